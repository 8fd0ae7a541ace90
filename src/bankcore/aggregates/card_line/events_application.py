"""Events of a card application (信用卡申请), CC-15: from the form to the decision."""

from __future__ import annotations

from bankcore.aggregates.card_line.terms import ApplicantFacts, S
from bankcore.values.declare import Personal, event
from bankcore.values.money import Money


@event(
    S,
    "提交申请",
    "Card application submitted",
    say_zh="{customer} 申请 {product},期望额度 {limit_asked}",
    say_en="{customer} applied for {product}, limit asked {limit_asked}",
)
class CardApplicationSubmitted:
    """A customer asks for a card (提交申请)."""

    customer: str
    product: str
    limit_asked: Money
    main: bool
    device: str
    employer: Personal


@event(
    S,
    "附资料",
    "Card document attached",
    say_zh="附资料 {kind}",
    say_en="document {kind} attached",
)
class CardDocumentAttached:
    """A paper is added to the application (附资料)."""

    document: str
    kind: str
    verified: bool


@event(
    S,
    "本人签名",
    "Applicant signed",
    say_zh="{signer} 签名({how})",
    say_en="{signer} signed ({how})",
)
class ApplicantSigned:
    """The form is signed (本人签名); the bank wants the applicant's own signature."""

    signer: str
    how: str


@event(
    S, "初核", "Card application prechecked", say_zh="初核:{result}", say_en="prechecked: {result}"
)
class CardApplicationPrechecked:
    """Sales looks the papers through (初核)."""

    result: str
    flags: tuple[str, ...]


@event(S, "移交反欺诈", "Fraud referred")
class FraudReferred:
    """Signs of fraud go to the anti-fraud desk (移交反欺诈)."""

    flags: tuple[str, ...]


@event(S, "上报审批", "Card application forwarded", say_zh="上报审批", say_en="sent for approval")
class CardApplicationForwarded:
    """The application goes to the approval unit (上报审批)."""

    documents: tuple[str, ...]


@event(S, "退回补正", "Card application returned")
class CardApplicationReturned:
    """The application comes back for completion (退回补正)."""

    reason: str


@event(
    S,
    "核准",
    "Card approved",
    say_zh="核准额度 {limit}",
    say_en="approved with a limit of {limit}",
)
class CardApproved:
    """The approval unit grants a limit (核准); `highest` is what CC-15 allows."""

    limit: Money
    highest: Money
    facts: ApplicantFacts


@event(S, "撤销核准", "Card approval revoked")
class CardApprovalRevoked:
    """An approval is taken back before the card is issued (撤销核准)."""

    reason: str


@event(S, "不予核准", "Card declined", say_zh="不予核准({reason})", say_en="declined ({reason})")
class CardDeclined:
    """The approval unit says no (不予核准)."""

    reason: str


@event(S, "结果告知", "Card decision notified")
class CardDecisionNotified:
    """The customer is told (结果告知): a general reason, never the score."""

    channel: str
    text: Personal


ApplicationEvent = (
    CardApplicationSubmitted
    | CardDocumentAttached
    | ApplicantSigned
    | CardApplicationPrechecked
    | FraudReferred
    | CardApplicationForwarded
    | CardApplicationReturned
    | CardApproved
    | CardApprovalRevoked
    | CardDeclined
    | CardDecisionNotified
)
