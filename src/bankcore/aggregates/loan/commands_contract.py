"""Commands of the contract and the disbursement."""

from __future__ import annotations

from bankcore.rules.loans.codes import Method, PaymentMode
from bankcore.rules.loans.repricing import RepricingKind
from bankcore.values.declare import command
from bankcore.values.money import ZERO, Money


@command("loan.draft_contract", "拟合同", "Draft the contract")
class DraftContract:
    """Draft the contract inside the approval; fields left out are those approved.

    The rate is LPR plus `spread_bp` basis points. `counterparty` is the seller of the purchase.
    """

    loan: str
    spread_bp: int
    amount: Money | None = None
    term_months: int | None = None
    purpose: str = ""
    method: Method | None = None
    due_day: int | None = None
    repricing: RepricingKind = RepricingKind.JAN1
    cycle_months: int = 12
    interest_period_months: int = 1
    amort_months: int | None = None
    balloon: Money | None = None
    payment_mode: PaymentMode = PaymentMode.SELF
    counterparty: str = ""
    upfront_costs: Money = ZERO
    period_fee: Money = ZERO
    missing_elements: tuple[str, ...] = ()


@command("loan.show_annualised_rate", "明示年化利率", "Show the annualised rate")
class ShowAnnualisedRate:
    """Show what the drafted loan costs a year."""

    loan: str


@command("loan.confirm_cost_statement", "综合融资成本确认", "Confirm the cost statement")
class ConfirmCostStatement:
    """The borrower confirms the cost statement."""

    loan: str


@command("loan.explain_terms", "讲解合同", "Explain the terms")
class ExplainTerms:
    """Explain the draft item by item."""

    loan: str
    items: tuple[str, ...] = ()


@command("loan.acknowledge_terms", "知悉确认", "Acknowledge the terms")
class AcknowledgeTerms:
    """The borrower says that he has understood."""

    loan: str
    by: str = "borrower"


@command("loan.sign_contract", "签约", "Sign the contract")
class SignContract:
    """Sign what was drafted, shown, explained and acknowledged."""

    loan: str
    contract: str = ""
    parties: tuple[str, ...] = ()


@command("loan.amend_contract", "变更合同", "Amend the contract")
class AmendContract:
    """Change signed terms inside the approval; fields left out stay."""

    loan: str
    reason: str
    due_day: int | None = None
    counterparty: str | None = None
    spread_bp: int | None = None
    purpose: str | None = None


@command("loan.satisfy_condition", "落实条件", "Satisfy a condition")
class SatisfyCondition:
    """A condition of the approval is met."""

    loan: str
    condition: str
    evidence: tuple[str, ...] = ()


@command("loan.request_drawdown", "提款申请", "Request a drawdown")
class RequestDrawdown:
    """Ask for money: `payee` is the borrower's account (self) or the seller (entrusted)."""

    loan: str
    amount: Money
    mode: PaymentMode
    payee: str
    draw: int = 1
    payee_category: str = ""
    purpose: str = ""


@command("loan.reject_drawdown", "拒绝提款", "Reject a drawdown")
class RejectDrawdown:
    """Refuse a draw with a reason."""

    loan: str
    draw: int
    reason: str


@command("loan.disburse", "放款", "Disburse the loan")
class Disburse:
    """Pay a requested draw out: to `target`, an account of the bank, or a rail for a payee outside.

    `counterparty_known` and `non_cash_impossible` are the facts of LN-09.
    """

    loan: str
    target: str
    draw: int = 1
    counterparty_known: bool = False
    non_cash_impossible: bool = False


@command("loan.set_autodebit", "约定扣款", "Set the auto debit")
class SetAutodebit:
    """Instalments are taken from this account."""

    loan: str
    account: str
