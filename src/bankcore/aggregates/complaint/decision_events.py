"""Events of the complaint's decision, its review and its money: the storage contract."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from bankcore.aggregates.complaint.kinds import Outcome, RedressBasis, Remedy, ReviewOutcome
from bankcore.rules.complaints.compensation import CompensationKind
from bankcore.values.declare import Gl, event
from bankcore.values.money import Money

S = "complaint"


@event(
    S,
    "处理决定",
    "Complaint decided",
    say_zh="处理决定:{outcome},补救 {remedy},金额 {amount}",
    say_en="decided: {outcome}, remedy {remedy}, amount {amount}",
)
class ComplaintDecided:
    """The bank decides on the claims (处理决定).

    `amount` = `difference` + `time_value` by CMP-07 from `basis`; `remainder` is what rounding
    left of both, in fen.
    """

    outcome: Outcome
    remedy: Remedy
    amount: Money
    difference: Money
    time_value: Money
    remainder: Fraction
    basis: RedressBasis | None
    decider: str
    grade: int


@event(
    S,
    "答复",
    "Complaint replied",
    say_zh="答复投诉人({channel},{reached_on} 送达)",
    say_en="reply reached the complainant on {reached_on} ({channel})",
)
class ComplaintReplied:
    """The decision reaches the customer (答复), CMP-05; this stops the clock on `reached_on`."""

    items: tuple[str, ...]
    text: str
    channel: str
    reached_on: date


@event(
    S,
    "申请核查",
    "Review requested",
    say_zh="申请核查,{review_due} 前决定",
    say_en="review requested, to be decided by {review_due}",
)
class ReviewRequested:
    """The customer asks the unit above to review the decision (申请核查), CMP-05."""

    on: date
    review_due: date


@event(
    S,
    "核查决定",
    "Review decided",
    say_zh="核查决定 {outcome}({reviewer})",
    say_en="review by {reviewer}: {outcome}",
)
class ReviewDecided:
    """The unit above confirms or revises the decision (核查决定)."""

    outcome: ReviewOutcome
    reviewer: str
    grade: int


@event(
    S,
    "赔付审批",
    "Compensation approved",
    say_zh="{approver} 批准赔付 {amount}({kind})",
    say_en="{approver} approves {amount} ({kind})",
)
class CompensationApproved:
    """Money is approved within the authority of a grade (赔付审批), CMP-06.

    `counted` is what was held against the limit: this sum with the earlier ones.
    """

    kind: CompensationKind
    amount: Money
    counted: Money
    approver: str
    grade: int


@event(
    S,
    "计提赔付",
    "Redress accrued",
    rows="R2",
    say_zh="计提赔付 {amount}",
    say_en="redress of {amount} accrued",
)
class RedressAccrued:
    """Redress decided and not yet paid becomes a liability (计提赔付)."""

    amount: Money
    gl: Gl


@event(
    S,
    "赔付",
    "Compensation paid",
    rows="R1",
    say_zh="赔付 {amount} 至 {target}",
    say_en="{amount} paid to {target}",
)
class CompensationPaid:
    """Money is paid (赔付); `accrued` is the part that was a liability already."""

    kind: CompensationKind
    amount: Money
    accrued: Money
    target: str
    gl: Gl


@event(
    S,
    "退费",
    "Fee refunded",
    rows="R3",
    say_zh="退费 {fee} 至 {target}",
    say_en="fee of {fee} refunded to {target}",
)
class FeeRefunded:
    """A fee that was not due goes back to the customer (退费); `refunds` is its event."""

    fee: Money
    refunds: str
    target: str
    approver: str
    grade: int
    gl: Gl


@event(
    S,
    "退还多收利息",
    "Overcharged interest refunded",
    rows="R4",
    say_zh="退还多收利息 {interest} 至 {target}",
    say_en="overcharged interest of {interest} refunded to {target}",
)
class OverchargedInterestRefunded:
    """Interest that was not due goes back to the customer (退还多收利息)."""

    interest: Money
    refunds: str
    target: str
    approver: str
    grade: int
    gl: Gl


DecisionEvent = ComplaintDecided | ComplaintReplied | ReviewRequested | ReviewDecided
MoneyEvent = (
    CompensationApproved
    | RedressAccrued
    | CompensationPaid
    | FeeRefunded
    | OverchargedInterestRefunded
)
