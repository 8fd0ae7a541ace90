"""Events of the complaint from registration to closing: the storage contract.

Decision, review and money stand in `decision_events`.
"""

from __future__ import annotations

from datetime import date

from bankcore.aggregates.complaint.decision_events import DecisionEvent, MoneyEvent
from bankcore.aggregates.complaint.kinds import ClockDays, Finding
from bankcore.rules.complaints.clock import Stage
from bankcore.rules.complaints.severity import Business, BusinessChannel, Cause, Severity
from bankcore.values.declare import Personal, event
from bankcore.values.money import Money

S = "complaint"


@event(
    S,
    "投诉登记",
    "Complaint registered",
    say_zh="登记 {customer} 的投诉({channel},{received} 接收):{claim}",
    say_en="complaint of {customer} registered ({channel}, received {received}): {claim}",
)
class ComplaintRegistered:
    """A complaint is registered (投诉登记), CMP-01; its clock runs from `received`.

    `disputed_events` are event ids and `statement_line` a line `account#nr` that the customer
    disputes; `grievance` is the voiced grievance that this complaint takes up.
    """

    customer: str
    channel: str
    received: date
    facts: tuple[str, ...]
    text: Personal
    claim: str
    claim_amount: Money | None
    matter: str
    disputed_events: tuple[str, ...]
    statement_line: str
    grievance: str
    agent: str
    representatives: int
    register_by: date
    acknowledge_by: date
    days: ClockDays


@event(
    S,
    "重复投诉合并",
    "Complaint merged",
    say_zh="重复投诉并入 {into},时限自 {clock_from} 起算",
    say_en="repeated complaint merged into {into}, clock from {clock_from}",
)
class ComplaintMerged:
    """A later message joins the complaint on file (重复投诉合并), CMP-03."""

    into: str
    received: date
    channel: str
    facts: tuple[str, ...]
    restart: bool
    clock_from: date


@event(
    S,
    "投诉分类",
    "Complaint classified",
    say_zh="分类:{business}/{cause},{severity}({points} 分)",
    say_en="classified as {business}/{cause}, {severity} ({points} points)",
)
class ComplaintClassified:
    """All dimensions are filled and the severity is set (投诉分类), CMP-02."""

    business: Business
    cause: Cause
    business_channel: BusinessChannel
    channel: str
    severity: Severity
    points: int


@event(S, "承办", "Complaint assigned", say_zh="由 {handler} 承办", say_en="assigned to {handler}")
class ComplaintAssigned:
    """The complaint has one owner who is not involved (承办), CMP-03."""

    handler: str
    subjects: tuple[str, ...]


@event(
    S,
    "受理告知",
    "Complaint acknowledged",
    say_zh="告知投诉人编号,最晚答复日 {reply_by}",
    say_en="complainant told the number and the last day of the reply, {reply_by}",
)
class ComplaintAcknowledged:
    """The customer is told number, handler and last day of the reply (受理告知), CMP-01."""

    on: date
    reply_by: date


@event(S, "调查", "Complaint investigated", say_zh="调查结论 {result}", say_en="found {result}")
class ComplaintInvestigated:
    """Evidence is taken and weighed (调查)."""

    evidence: tuple[str, ...]
    result: Finding


@event(
    S,
    "扣除时限",
    "Span excluded",
    say_zh="{since} 至 {until} 不计入时限",
    say_en="{since} to {until} do not count",
)
class ComplaintSpanExcluded:
    """Days of an outside appraisal do not count (扣除时限), CMP-04; `until` is exclusive."""

    since: date
    until: date
    notice: str


@event(
    S,
    "延期",
    "Complaint extended",
    say_zh="延期至 {due}({stage},{approver} 批准)",
    say_en="extended to {due} ({stage}, approved by {approver})",
)
class ComplaintExtended:
    """The clock is prolonged to a stage (延期), CMP-05."""

    stage: Stage
    due: date
    reason: str
    approver: str
    grade: int
    told_on: date


@event(S, "撤诉", "Complaint withdrawn", say_zh="{by} 撤诉", say_en="withdrawn by {by}")
class ComplaintWithdrawn:
    """The customer gives the complaint up (撤诉); the clock ends that day."""

    by: str


@event(
    S,
    "溯源",
    "Root cause recorded",
    say_zh="溯源:{cause},整改 {action}",
    say_en="root cause: {cause}, action {action}",
)
class RootCauseRecorded:
    """The cause is found and an action has an owner and a day (溯源整改), CMP-07."""

    cause: str
    action: str
    owner: str
    due: date | None


@event(S, "结案", "Complaint closed", say_zh="结案", say_en="closed")
class ComplaintClosed:
    """The complaint ends (结案)."""

    on: date


HandlingEvent = (
    ComplaintRegistered
    | ComplaintMerged
    | ComplaintClassified
    | ComplaintAssigned
    | ComplaintAcknowledged
    | ComplaintInvestigated
    | ComplaintSpanExcluded
    | ComplaintExtended
)
EndEvent = ComplaintWithdrawn | RootCauseRecorded | ComplaintClosed
ComplaintEvent = HandlingEvent | DecisionEvent | MoneyEvent | EndEvent
