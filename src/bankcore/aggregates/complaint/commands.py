"""Commands of the complaint up to the decision."""

from __future__ import annotations

from datetime import date

from bankcore.aggregates.complaint.kinds import (
    Finding,
    Outcome,
    RedressFlow,
    RedressItem,
    RedressKind,
    Remedy,
)
from bankcore.rules.complaints.clock import Stage
from bankcore.rules.complaints.severity import Business, BusinessChannel, Cause, Severity
from bankcore.values.declare import Personal, command
from bankcore.values.money import Money


@command("complaint.register", "登记投诉", "Register a complaint")
class Register:
    """Register what a customer complains about, in his own facts.

    `received` is the day it reached the bank (today when left out). `disputed_events` are event
    ids such as `card-C1@12`, `statement_line` a line such as `A1#7`; `grievance` names the
    voiced grievance, `matter` the product or act, by which repeated complaints are recognised.
    """

    complaint: str
    customer: str
    channel: str
    facts: tuple[str, ...]
    received: date | None = None
    claim: str = ""
    claim_amount: Money | None = None
    text: Personal = ""
    matter: str = ""
    disputed_events: tuple[str, ...] = ()
    statement_line: str = ""
    grievance: str = ""
    agent: str = ""
    agent_authorised: bool = False
    representatives: int = 1


@command("complaint.merge", "合并投诉", "Merge a repeated complaint")
class Merge:
    """A later message about the same matter joins the complaint on file.

    `merged` is the number under which the message was registered, if it was; `matter` is needed
    only when it was not.
    """

    complaint: str
    channel: str = "phone"
    received: date | None = None
    facts: tuple[str, ...] = ()
    matter: str = ""
    merged: str = ""


@command("complaint.classify", "投诉分类", "Classify a complaint")
class Classify:
    """Fill all dimensions; the severity follows from the facts and may be raised by hand.

    Below what the facts give it may be set only with an `approver` of grade G5.
    """

    complaint: str
    business: Business | None = None
    cause: Cause | None = None
    business_channel: BusinessChannel | None = None
    severity: Severity | None = None
    approver: str = ""
    vulnerable: bool = False
    group_size: int = 1
    times_in_12_months: int = 1
    via_regulator_or_media: bool = False


@command("complaint.assign", "指定承办", "Assign a complaint")
class Assign:
    """Name the owner, and the persons complained about."""

    complaint: str
    handler: str
    subjects: tuple[str, ...] = ()


@command("complaint.acknowledge", "受理告知", "Acknowledge a complaint")
class Acknowledge:
    """Tell the customer number, owner and the last day of the reply (the due day if left out)."""

    complaint: str
    reply_by: date | None = None


@command("complaint.investigate", "调查", "Investigate a complaint")
class Investigate:
    """Take evidence, event ids or documents, and say what it shows."""

    complaint: str
    evidence: tuple[str, ...] = ()
    result: Finding = Finding.OPEN


@command("complaint.exclude_span", "扣除时限", "Exclude a span of an outside appraisal")
class ExcludeSpan:
    """Days of an outside appraisal do not count; `until` is the day on which its result came."""

    complaint: str
    since: date
    until: date | None = None
    notice: str = ""


@command("complaint.extend", "延期", "Extend the clock")
class Extend:
    """Prolong to `complex` (30 days) or `special` (60), told to the customer on `told_on`."""

    complaint: str
    stage: Stage
    reason: str
    approver: str
    told_on: date | None = None


@command("complaint.decide", "处理决定", "Decide a complaint")
class Decide:
    """Decide on the claims; money is computed by CMP-07 from what was wrong.

    `amount` may be left out; if given it must be what the rules compute. `sign` is 1 where the
    customer paid too much and -1 where he was paid too little. For a missold investment
    `horizon_months` picks the posted deposit rate of the purchase day.
    """

    complaint: str
    outcome: Outcome
    remedy: Remedy = Remedy.NONE
    amount: Money | None = None
    kind: RedressKind | None = None
    sign: int = 1
    items: tuple[RedressItem, ...] = ()
    paid_in: tuple[RedressFlow, ...] = ()
    received: tuple[RedressFlow, ...] = ()
    value_now: Money = Money(0)
    customer_share_pct: int = 0
    horizon_months: int = 12
