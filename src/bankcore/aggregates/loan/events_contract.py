"""Events of the contract and the disbursement (合同、放款)."""

from __future__ import annotations

from datetime import date

from bankcore.aggregates.loan.terms import ContractTerms, ScheduleRow
from bankcore.rules.loans.codes import Method, PaymentMode
from bankcore.values.declare import Gl, event
from bankcore.values.money import Money
from bankcore.values.rates import AnnualRate

S = "loan"


@event(S, "拟定合同", "Loan contract drafted")
class LoanContractDrafted:
    """The contract is drafted inside the approval (拟定合同); the hash names this version."""

    terms: ContractTerms
    terms_hash: str


@event(
    S,
    "明示年化利率",
    "Annualised rate shown",
    say_zh="明示年化利率:单利 {apr_simple}%,复利 {apr_effective}%",
    say_en="annualised rate shown: simple {apr_simple} %, compound {apr_effective} %",
)
class AnnualisedRateShown:
    """The borrower saw what the loan costs a year (明示年化利率); percent, two decimals."""

    apr_simple: AnnualRate
    apr_effective: AnnualRate
    terms_hash: str


@event(S, "综合融资成本确认", "Cost statement confirmed")
class CostStatementConfirmed:
    """The borrower confirmed the cost statement (综合融资成本确认)."""

    costs: Money
    terms_hash: str


@event(S, "合同讲解", "Loan terms explained", say_zh="讲解合同条款", say_en="terms explained")
class LoanTermsExplained:
    """The terms were explained item by item (合同讲解)."""

    items: tuple[str, ...]
    terms_hash: str


@event(S, "知悉确认", "Loan terms acknowledged")
class LoanTermsAcknowledged:
    """The borrower acknowledged the terms (知悉确认)."""

    by: str
    role: str
    terms_hash: str


@event(S, "签约", "Loan contract signed", say_zh="签订借款合同", say_en="loan contract signed")
class LoanContractSigned:
    """The contract is signed (签约); `limit` is what may be drawn under it."""

    contract: str
    parties: tuple[str, ...]
    terms: ContractTerms
    terms_hash: str
    kind: str
    limit: Money


@event(S, "合同变更", "Loan contract amended")
class LoanContractAmended:
    """The signed terms were changed inside the approval (合同变更)."""

    terms: ContractTerms
    terms_hash: str
    reason: str


@event(S, "落实条件", "Loan condition satisfied")
class LoanConditionSatisfied:
    """A condition of the approval is met (落实条件)."""

    condition: str
    evidence: tuple[str, ...]


@event(S, "提款申请", "Drawdown requested")
class DrawdownRequested:
    """The borrower asks for money (提款申请); `payee_category` as LN-21 names it, or empty."""

    draw: int
    amount: Money
    mode: PaymentMode
    payee: str
    payee_category: str
    purpose: str


@event(S, "拒绝提款", "Drawdown rejected")
class DrawdownRejected:
    """The draw is refused (拒绝提款)."""

    draw: int
    reason: str


@event(
    S,
    "放款",
    "Loan disbursed",
    rows="L1",
    actus="IED",
    say_zh="放款 {amount} 至 {target},年利率 {rate}%",
    say_en="{amount} disbursed to {target} at {rate} % a year",
)
class LoanDisbursed:
    """Money leaves the loan account (放款) at the LPR of `index_date` plus the spread (LN-14)."""

    draw: int
    amount: Money
    mode: PaymentMode
    payee: str
    target: str
    rate: AnnualRate
    tenor: str
    index: AnnualRate
    index_date: date
    gl: Gl


@event(
    S,
    "还款计划",
    "Repayment schedule built",
    say_zh="生成还款计划({method},{cause})",
    say_en="repayment schedule built ({method}, {cause})",
)
class RepaymentScheduleBuilt:
    """The open rows of a draw from now on (还款计划).

    `level` is the level payment or principal part, zero for methods without one; `cause` says
    why: `disbursed`, `prepaid`, `repriced`, `extended`, `restructured`.
    """

    draw: int
    method: Method
    level: Money
    rate: AnnualRate
    rows: tuple[ScheduleRow, ...]
    cause: str


@event(
    S,
    "约定自动扣款",
    "Auto debit set",
    say_zh="约定自 {account} 扣款",
    say_en="auto debit from {account}",
)
class AutoDebitSet:
    """Instalments are taken from this account from a day on (约定自动扣款)."""

    account: str
    since: date


DisclosureEvent = (
    AnnualisedRateShown | CostStatementConfirmed | LoanTermsExplained | LoanTermsAcknowledged
)
ContractEvent = (
    LoanContractDrafted | LoanContractSigned | LoanContractAmended | LoanConditionSatisfied
)
DrawEvent = (
    DrawdownRequested | DrawdownRejected | LoanDisbursed | RepaymentScheduleBuilt | AutoDebitSet
)
