"""Commands of the complaint after the decision: reply, review, money, end."""

from __future__ import annotations

from datetime import date

from bankcore.aggregates.complaint.kinds import ReviewOutcome
from bankcore.rules.complaints.compensation import CompensationKind
from bankcore.values.declare import command
from bankcore.values.money import Money


@command("complaint.reply", "答复", "Reply to a complaint")
class Reply:
    """Tell the customer the decision with all its items.

    `items` are those of CMP-05: facts, rule, decision, remedy, review_right, mediation,
    other_ways. A letter (`post`) reaches the customer three days later unless `reached_on` says.
    """

    complaint: str
    items: tuple[str, ...]
    text: str = ""
    channel: str = "letter"
    reached_on: date | None = None


@command("complaint.request_review", "申请核查", "Ask for a review")
class RequestReview:
    """The customer asks the unit above to look at the decision again."""

    complaint: str


@command("complaint.review", "核查", "Review a decision")
class Review:
    """Somebody above the decider confirms or revises the decision."""

    complaint: str
    outcome: ReviewOutcome


@command("complaint.approve_compensation", "赔付审批", "Approve a compensation")
class ApproveCompensation:
    """Approve money within one's authority; the giver of the command is the approver."""

    complaint: str
    amount: Money
    kind: CompensationKind = CompensationKind.REDRESS


@command("complaint.compensate", "赔付", "Pay a compensation")
class Compensate:
    """Pay approved money to an account or in `cash`."""

    complaint: str
    amount: Money
    target: str
    kind: CompensationKind = CompensationKind.REDRESS


@command("complaint.refund_fee", "退费", "Refund a fee")
class RefundFee:
    """Take a fee back out of the income account it went to; `refunds` is the fee's event."""

    complaint: str
    amount: Money
    income: str
    target: str
    refunds: str = ""


@command("complaint.refund_interest", "退还利息", "Refund overcharged interest")
class RefundInterest:
    """Take overcharged interest back out of the income account it went to."""

    complaint: str
    amount: Money
    income: str
    target: str
    refunds: str = ""


@command("complaint.withdraw", "撤诉", "Withdraw a complaint")
class Withdraw:
    """The customer gives the complaint up of his own will."""

    complaint: str
    by: str = "customer"


@command("complaint.trace_root_cause", "溯源", "Record the root cause")
class TraceRootCause:
    """Say what caused the complaint, which action follows, who owns it and until when."""

    complaint: str
    cause: str
    action: str = ""
    owner: str = ""
    due: date | None = None


@command("complaint.close", "结案", "Close a complaint")
class Close:
    """Close after the reply."""

    complaint: str
