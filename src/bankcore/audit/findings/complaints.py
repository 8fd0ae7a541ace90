"""Findings over complaints (投诉类发现), handbook chapter 9."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, Final

from bankcore.audit.findings.finding import Hit, finding
from bankcore.audit.findings.shapes import Deadline, Undo, lacking, overdue, refused
from bankcore.audit.findings.trail import Trail, working_days
from bankcore.values.entry import Entry

PAID: Final = (
    "CompensationPaid|FeeRefunded|OverchargedInterestRefunded|CardFeeWaived|CardInterestWaived"
)


def owner(trail: Trail, trigger: Entry[Any], last: date) -> str:
    """Whose task a complaint is at the end of a day: its handler, else who registered it."""
    assigned = [
        e for e in trail.named("ComplaintAssigned", trigger.stream) if e.booking_date <= last
    ]
    return str(assigned[-1].event.handler) if assigned else trigger.actor.id


def voiced(trail: Trail, registered: Entry[Any]) -> Entry[Any] | None:
    """The grievance that a complaint takes up."""
    for entry in trail.before(registered, "GrievanceVoiced"):
        if entry.event.grievance == registered.event.grievance:
            return entry
    return None


@finding("F-LATE-02")
def registered_late(trail: Trail) -> Iterator[Hit]:
    """A grievance neither registered nor settled on the spot on the day it was voiced."""
    for entry in trail.named("GrievanceVoiced"):
        if not trail.passed(entry.booking_date):
            continue
        later = trail.after(entry, "ComplaintRegistered|GrievanceResolvedOnTheSpot")
        same = [e for e in later if e.event.grievance == entry.event.grievance]
        if not any(e.booking_date == entry.booking_date for e in same):
            missing = ("ComplaintRegistered",)
            yield Hit(entry, entry.event.grievance, missing=missing, on=entry.booking_date)


@finding("F-REC-13")
def facts_softened(trail: Trail) -> Iterator[Hit]:
    """A complaint registered without a fact that the customer had voiced."""
    for entry in trail.named("ComplaintRegistered"):
        heard = voiced(trail, entry)
        missing = sorted(set(heard.event.facts) - set(entry.event.facts)) if heard else []
        if heard and missing:
            yield Hit(entry, entry.stream, (heard,), tuple(missing))


@finding("F-AUTH-19")
def handled_by_subject(trail: Trail) -> Iterator[Hit]:
    """The person complained about handles the case; the bank refuses, unless it was not told."""
    yield from refused(trail, "complaint.", "handler_is_subject", "handler_is_superior")
    for entry in trail.named("ComplaintAssigned"):
        if entry.event.handler in entry.event.subjects:
            yield Hit(entry, entry.stream)


@finding("F-ORD-17")
def handled_unclassified(trail: Trail) -> Iterator[Hit]:
    """Investigated before it was classified."""
    undo = Undo("ComplaintClassified", before="ComplaintDecided")
    yield from lacking(trail, "ComplaintInvestigated", "ComplaintClassified", undo=undo)
    yield from refused(trail, "complaint.", "classification_after_handling", "dimension_missing")


@finding("F-LATE-15")
def acknowledged_late(trail: Trail) -> Iterator[Hit]:
    """Not acknowledged by the next working day."""
    limit = Deadline(
        "ComplaintAcknowledged|ComplaintMerged|ComplaintWithdrawn",
        lambda e: e.event.acknowledge_by or working_days(e.booking_date, 1),
        owner,
    )
    return overdue(trail, "ComplaintRegistered", limit)


@finding("F-LATE-16")
def answered_late(trail: Trail) -> Iterator[Hit]:
    """No answer by the last day of the stage that accepted extensions reached."""
    for entry in trail.named("ComplaintRegistered"):
        merged = trail.after(entry, "ComplaintMerged", entry.stream)
        if any(e.event.into != entry.stream for e in merged):
            continue
        last = _due(trail, entry)
        done = trail.after(entry, "ComplaintReplied|ComplaintWithdrawn", entry.stream)
        if trail.passed(last) and not any(e.booking_date <= last for e in done):
            who, missing = owner(trail, entry, last), ("ComplaintReplied",)
            yield Hit(entry, entry.stream, missing=missing, on=last, who=who)


def _due(trail: Trail, registered: Entry[Any]) -> date:
    """The last day: 15 calendar days, or what the last extension in time set."""
    last: date = registered.event.received + timedelta(days=registered.event.days.simple)
    for entry in trail.named("ComplaintExtended", registered.stream):
        if entry.booking_date <= last:
            last = entry.event.due
    return last


@finding("F-AUTH-20")
def extended_wrongly(trail: Trail) -> Iterator[Hit]:
    """An extension out of order, late, untold or without the grade; the bank refuses."""
    reasons = (
        "reason_missing",
        "extension_out_of_order",
        "deadline_already_passed",
        "approver_is_handler",
        "approver_level_too_low",
        "complainant_not_told",
    )
    return refused(trail, "complaint.extend", *reasons)


@finding("F-ORD-18")
def decided_unheard(trail: Trail) -> Iterator[Hit]:
    """Decided before it was investigated."""
    yield from lacking(trail, "ComplaintDecided", "ComplaintInvestigated")
    yield from refused(trail, "complaint.decide", "not_substantiated", "illegal_transition")


@finding("F-DISC-23")
def review_untold(trail: Trail) -> Iterator[Hit]:
    """An answer without the right of review; the bank refuses it as incomplete."""
    for entry in trail.named("ComplaintReplied"):
        if "review_right" not in entry.event.items:
            undo = Undo("ComplaintReplied").of(trail, entry)
            yield Hit(entry, entry.stream, missing=("review_right",), undo=undo)
    yield from refused(trail, "complaint.reply", "answer_incomplete")


@finding("F-AUTH-04")
def paid_above_limit(trail: Trail) -> Iterator[Hit]:
    """Compensation above one's own limit, or by handler or subject; the bank refuses."""
    reasons = ("above_authority", "approver_is_handler", "approver_is_subject")
    for command in ("complaint.approve_compensation", "complaint.compensate", "complaint.refund"):
        yield from refused(trail, command, *reasons)


@finding("F-UNST-05")
def closed_unpaid(trail: Trail) -> Iterator[Hit]:
    """Closed while a decided amount is neither paid nor taken back."""
    for entry in trail.named("ComplaintClosed"):
        decided = trail.before(entry, "ComplaintDecided", entry.stream)
        owed = bool(decided) and bool(decided[-1].event.amount)
        if owed and not trail.before(entry, PAID):
            later = trail.after(entry, PAID)
            yield Hit(entry, entry.stream, (decided[-1],), undo=later[0] if later else None)


@finding("F-REC-14")
def no_root_cause(trail: Trail) -> Iterator[Hit]:
    """A substantiated complaint closed without its root cause in twenty working days."""
    for entry in trail.named("ComplaintClosed"):
        decided = trail.before(entry, "ComplaintDecided", entry.stream)
        last = working_days(entry.booking_date, 20)
        traced = list(trail.named("RootCauseRecorded", entry.stream))
        upheld = bool(decided) and decided[-1].event.outcome != "rejected"
        if upheld and trail.passed(last) and not any(e.booking_date <= last for e in traced):
            undo = traced[0] if traced else None
            yield Hit(entry, entry.stream, missing=("RootCauseRecorded",), on=last, undo=undo)
