"""Commands of the application: request, papers, investigation, decision."""

from __future__ import annotations

from datetime import date

from bankcore.rules.loans.codes import Method, Product, Security
from bankcore.values.declare import Personal, command
from bankcore.values.money import ZERO, Money
from bankcore.values.rates import AnnualRate


@command("loan.open_application", "受理申请", "Open a loan application")
class OpenApplication:
    """A customer asks for a loan. `household` is the couple that borrows, else the customer.

    `collateral` is an existing pledge: none, real_estate, vehicle, deposit_pledge, guarantor.
    """

    loan: str
    customer: str
    product: Product
    amount: Money
    term_months: int
    purpose: str
    method: Method = Method.LEVEL_PAYMENT
    security: Security = Security.UNSECURED
    co_borrowers: tuple[str, ...] = ()
    household: str = ""
    collateral: str = "none"
    home: str = ""
    second_hand: bool = False
    co_owned: bool = False
    marital: str = "single"
    employment: str = "employed"
    needs_hash: str = ""


@command("loan.amend_request", "变更申请", "Amend a loan request")
class AmendRequest:
    """Change what was asked for; fields left out stay."""

    loan: str
    amount: Money | None = None
    term_months: int | None = None
    purpose: str | None = None
    method: Method | None = None


@command("loan.prescreen", "初审", "Prescreen the borrower")
class Prescreen:
    """The person's result, beside which the rule's reasons are recorded (LN-01)."""

    loan: str
    result: str
    monthly_income: Money
    civil_capacity: bool = True
    in_service_area: bool = True
    query_authorised: bool = True
    currently_overdue: bool = False
    on_defaulter_list: bool = False
    open_high_risk_event: bool = False
    missed_consecutive_24m: int = 0
    missed_total_24m: int = 0
    enquiries_3m: int = 0
    months_in_business: int = 0
    months_contributed: int = 0


@command("loan.submit_document", "提交资料", "Submit a document")
class SubmitDocument:
    """Hand in a paper by its kind; `document` names it afterwards."""

    loan: str
    document: str
    kind: str
    ref: Personal = ""
    valid_to: date | None = None


@command("loan.verify_document", "核实资料", "Verify or reject a document")
class VerifyDocument:
    """Check a paper: `result` is `verified` or `rejected` (then with a reason)."""

    loan: str
    document: str
    result: str = "verified"
    how: str = "original"
    self_issued: bool = False
    reason: str = ""


@command("loan.mark_documents_complete", "资料齐全", "Mark the documents complete")
class MarkDocumentsComplete:
    """The checklist of LN-02 is complete."""

    loan: str


@command("loan.reopen_documents", "重开资料清单", "Reopen the documents")
class ReopenDocuments:
    """Ask for papers again."""

    loan: str
    reason: str


@command("loan.interview", "面谈", "Interview the borrower")
class Interview:
    """Talk to the borrower: `face_to_face` or `video`."""

    loan: str
    form: str = "face_to_face"
    topics: tuple[str, ...] = ()


@command("loan.record_finding", "调查记录", "Record a finding")
class RecordFinding:
    """Record what was found out, by kind (LN-03)."""

    loan: str
    kind: str
    result: str = "clear"
    finding: str = ""
    severity: str = "none"
    source: str = ""
    text: Personal = ""


@command("loan.explain_finding", "疑点说明", "Explain a finding")
class ExplainFinding:
    """Clear a doubt with evidence."""

    loan: str
    finding: str
    evidence: tuple[str, ...] = ()


@command("loan.complete_investigation", "调查完成", "Complete the investigation")
class CompleteInvestigation:
    """Close the file with what was found of income, debts and pledge (LN-03, LN-04, LN-05).

    Income is the household's, monthly, bonus and profit yearly. `ltv_key` names the row of
    LN-05; `price` is given for purchases.
    """

    loan: str
    recommendation: str = "approve"
    salary: Money = ZERO
    bonus_year: Money = ZERO
    rent: Money = ZERO
    profit_year: Money = ZERO
    pension: Money = ZERO
    other_instalments: Money = ZERO
    card_used: Money = ZERO
    property_fee: Money = ZERO
    ltv_key: str = ""
    price: Money | None = None
    appraisal: Money | None = None
    prior_liens: Money = ZERO
    down_payment: Money | None = None
    grade: str = "A"
    outsourced_whole: bool = False


@command("loan.recommend", "推荐", "Recommend the loan")
class Recommend:
    """The investigator recommends terms."""

    loan: str
    amount: Money
    term_months: int
    rate: AnnualRate
    conditions: tuple[str, ...] = ()


@command("loan.withdraw_recommendation", "撤回推荐", "Withdraw the recommendation")
class WithdrawRecommendation:
    """Take the recommendation back."""

    loan: str
    reason: str


@command("loan.review", "审查", "Review the loan")
class Review:
    """A second person gives an opinion."""

    loan: str
    opinion: str
    amount: Money
    term_months: int


@command("loan.approve_exception", "例外审批", "Approve an exception")
class ApproveException:
    """Allow that a rule (LN-04, LN-05 or LN-06) is not met in this case."""

    loan: str
    rule_id: str
    reason: str


@command("loan.approve", "审批", "Approve the loan")
class Approve:
    """Approve amount, term and the lowest rate, with conditions to be met before disbursement."""

    loan: str
    amount: Money
    term_months: int
    rate: AnnualRate
    conditions: tuple[str, ...] = ()


@command("loan.revoke_approval", "撤销审批", "Revoke the approval")
class RevokeApproval:
    """Take the approval back before the contract is signed."""

    loan: str
    reason: str


@command("loan.reject", "拒贷", "Reject the loan")
class Reject:
    """Decline with a reason."""

    loan: str
    reason: str
    text: str = ""


@command("loan.notify_rejection", "告知拒贷", "Notify the rejection")
class NotifyRejection:
    """Tell the customer; wording that tips off is `forbidden_wording` (AML-07)."""

    loan: str
    text: str
    reason: str = ""
    channel: str = "counter"
