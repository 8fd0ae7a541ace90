"""Events of the application (贷款申请): from the request to the decision."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from bankcore.aggregates.loan.terms import Assessment
from bankcore.rules.loans.codes import Method, Product, Security
from bankcore.values.declare import Personal, event
from bankcore.values.money import Money
from bankcore.values.rates import AnnualRate

S = "loan"


@event(
    S,
    "受理申请",
    "Loan application opened",
    say_zh="{customer} 申请 {product} 贷款 {amount},{term_months} 个月,用途 {purpose}",
    say_en="{customer} applied for a {product} loan of {amount} over {term_months} months",
)
class LoanApplicationOpened:
    """A customer asks for a loan (受理申请).

    `household` keys the exposure guard: the customer or a couple. `home` is `first`, `second` or
    empty; `collateral` an existing pledge as LN-02 names it.
    """

    customer: str
    co_borrowers: tuple[str, ...]
    household: str
    product: Product
    amount: Money
    term_months: int
    purpose: str
    method: Method
    security: Security
    collateral: str
    home: str
    second_hand: bool
    co_owned: bool
    marital: str
    employment: str
    needs_hash: str


@event(S, "申请变更", "Loan application amended")
class LoanApplicationAmended:
    """One field of the request changed (申请变更): `amount`, `term_months`, `purpose`, `method`."""

    field: str
    old: str
    new: str


@event(
    S,
    "初审",
    "Loan prescreened",
    say_zh="初审结论 {result}(规则:{rule_result} {reasons})",
    say_en="prescreened as {result} (the rule says {rule_result} {reasons})",
)
class LoanPrescreened:
    """The person's result, with what LN-01 says beside it (初审)."""

    result: str
    rule_result: str
    reasons: tuple[str, ...]


@event(S, "提交资料", "Loan document submitted")
class LoanDocumentSubmitted:
    """A paper is handed in (提交资料)."""

    document: str
    kind: str
    ref: Personal
    valid_to: date | None


@event(S, "资料核实", "Loan document verified")
class LoanDocumentVerified:
    """The paper was checked against its source (资料核实)."""

    document: str
    kind: str
    how: str
    self_issued: bool


@event(S, "资料退回", "Loan document rejected")
class LoanDocumentRejected:
    """The paper is not good (资料退回)."""

    document: str
    reason: str


@event(S, "资料齐全", "Loan documents completed", say_zh="资料齐全", say_en="documents complete")
class LoanDocumentsCompleted:
    """Every required kind has a verified, unexpired paper (资料齐全)."""

    kinds: tuple[str, ...]


@event(S, "重开资料清单", "Documents reopened")
class DocumentsReopened:
    """The checklist is open again (重开资料清单)."""

    reason: str
    missing: tuple[str, ...]


@event(S, "面谈", "Borrower interviewed", say_zh="面谈({form})", say_en="interviewed ({form})")
class BorrowerInterviewed:
    """The borrower was interviewed (面谈); `form` is `face_to_face` or `video`."""

    form: str
    topics: tuple[str, ...]


@event(S, "调查记录", "Investigation finding recorded")
class InvestigationFindingRecorded:
    """Something was found out (调查记录)."""

    finding: str
    kind: str
    result: str
    severity: str
    source: str
    text: Personal


@event(S, "疑点说明", "Finding explained")
class FindingExplained:
    """A doubt was cleared with evidence (疑点说明)."""

    finding: str
    evidence: tuple[str, ...]


@event(
    S,
    "调查完成",
    "Investigation completed",
    say_zh="调查完成,建议 {recommendation}",
    say_en="investigation complete, recommendation {recommendation}",
)
class InvestigationCompleted:
    """The file is complete (调查完成); ratios in exact percent, None where there is none."""

    recommendation: str
    dti: Fraction | None
    ltv: Fraction | None
    inputs: Assessment


@event(S, "调查推荐", "Loan recommended")
class LoanRecommended:
    """The investigator recommends amount, term, rate and conditions (调查推荐)."""

    amount: Money
    term_months: int
    rate: AnnualRate
    conditions: tuple[str, ...]


@event(S, "撤回推荐", "Loan recommendation withdrawn")
class LoanRecommendationWithdrawn:
    """The recommendation is taken back (撤回推荐)."""

    reason: str


@event(S, "审查", "Loan reviewed")
class LoanReviewed:
    """A second person reviewed the case (审查)."""

    opinion: str
    amount: Money
    term_months: int


@event(S, "例外审批", "Loan exception approved")
class LoanExceptionApproved:
    """A rule may be broken in this case (例外审批)."""

    rule_id: str
    approver: str
    reason: str


@event(
    S,
    "审批通过",
    "Loan approved",
    say_zh="批准 {amount},{term_months} 个月,利率不低于 {rate}%,审批层级 {level}",
    say_en="approved {amount} over {term_months} months at no less than {rate} %, level {level}",
)
class LoanApproved:
    """The loan is approved (审批通过); `rate` is the floor, `exposure` the total after approval."""

    amount: Money
    term_months: int
    rate: AnnualRate
    method: Method
    conditions: tuple[str, ...]
    level: int
    valid_to: date
    exposure: Money


@event(S, "撤销审批", "Loan approval revoked")
class LoanApprovalRevoked:
    """The approval is taken back (撤销审批)."""

    reason: str


@event(S, "拒贷", "Loan rejected", say_zh="拒绝贷款:{reason}", say_en="loan rejected: {reason}")
class LoanRejected:
    """The bank declines (拒贷)."""

    reason: str
    text: str


@event(S, "告知拒贷", "Rejection notified")
class RejectionNotified:
    """The customer was told (告知拒贷)."""

    channel: str
    reason: str
    text: str


ApplicationEvent = LoanApplicationOpened | LoanApplicationAmended | LoanPrescreened
PaperEvent = (
    LoanDocumentSubmitted
    | LoanDocumentVerified
    | LoanDocumentRejected
    | LoanDocumentsCompleted
    | DocumentsReopened
)
InvestigationEvent = (
    BorrowerInterviewed
    | InvestigationFindingRecorded
    | FindingExplained
    | InvestigationCompleted
    | LoanRecommended
    | LoanRecommendationWithdrawn
)
DecisionEvent = (
    LoanReviewed
    | LoanExceptionApproved
    | LoanApproved
    | LoanApprovalRevoked
    | LoanRejected
    | RejectionNotified
)
