"""Taking a complaint in (投诉受理): registered, merged with an earlier one, classified."""

from __future__ import annotations

from bankcore.aggregates import kind_of
from bankcore.aggregates.complaint import COMPLAINT, Complaint
from bankcore.aggregates.complaint import commands as c
from bankcore.aggregates.complaint import events as e
from bankcore.aggregates.complaint.decide import need_running
from bankcore.aggregates.complaint.kinds import ClockDays
from bankcore.aggregates.customer import CUSTOMER
from bankcore.operations.decision import Decision
from bankcore.operations.staff import grade_of
from bankcore.products import complaint_terms as terms
from bankcore.rules.complaints.intake import Registration, check_registration, last_days
from bankcore.rules.complaints.ownership import (
    Grievance,
    KnownComplaint,
    Repeat,
    check_same_matter,
    repeat_handling,
)
from bankcore.rules.complaints.severity import (
    Business,
    BusinessChannel,
    Cause,
    Severity,
    SeverityFacts,
    check_classification,
    grade_complaint,
    lowers,
)
from bankcore.values.calendar import WORK
from bankcore.values.money import ZERO
from bankcore.values.reasons import Reason, Rejected


def register(d: Decision, c_: c.Register) -> None:
    """Register (CMP-01); the terms of the clock are those of the day of receipt."""
    if d.load(COMPLAINT, c_.complaint) is not None:
        raise Rejected(Reason.STREAM_EXISTS, complaint=c_.complaint)
    d.need(CUSTOMER, c_.customer)
    received = c_.received or d.day
    given = Registration(c_.facts, received, c_.agent, c_.agent_authorised, c_.representatives)
    own = terms.intake_terms(d.catalogue, d.day)
    check_registration(given, d.day, own)
    for event_id in c_.disputed_events:
        check_event_exists(d, event_id)
    days = terms.clock_terms(d.catalogue, received).days
    register_by, acknowledge_by = last_days(received, c_.channel, own, WORK.projecting())
    registered = e.ComplaintRegistered(
        customer=CUSTOMER.stream(c_.customer),
        channel=c_.channel,
        received=received,
        facts=c_.facts,
        text=c_.text,
        claim=c_.claim,
        claim_amount=c_.claim_amount,
        matter=c_.matter,
        disputed_events=c_.disputed_events,
        statement_line=c_.statement_line,
        grievance=c_.grievance,
        agent=c_.agent,
        representatives=c_.representatives,
        register_by=register_by,
        acknowledge_by=acknowledge_by,
        days=ClockDays(simple=days["simple"], complex=days["complex"], special=days["special"]),
    )
    d.emit(COMPLAINT, c_.complaint, registered)


def check_event_exists(d: Decision, event_id: str) -> None:
    """Refuse `stream_not_found` for an event id `stream@version` that is not in the log."""
    stream, _, version = event_id.partition("@")
    try:
        kind = kind_of(stream)
    except AssertionError:
        raise Rejected(Reason.STREAM_NOT_FOUND, event=event_id) from None
    known = str(len(d.history(kind, stream)))
    if not version.isdecimal() or not 1 <= int(version) <= int(known):
        raise Rejected(Reason.STREAM_NOT_FOUND, event=event_id)


def merge(d: Decision, c_: c.Merge) -> None:
    """Merge a repeated complaint (CMP-03): first clock without new facts, a new one with them."""
    kept = d.need(COMPLAINT, c_.complaint)
    need_running(kept)
    later = _message(d, c_, kept)
    known = KnownComplaint(
        kept.customer,
        kept.matter,
        kept.facts,
        kept.clock_from,
        kept.decided.reached_on if kept.decided is not None else None,
    )
    check_same_matter(known, later)
    window = terms.extension_terms(d.catalogue, d.day).review_window_days
    handling = repeat_handling(known, later, window)
    if handling.action not in {Repeat.MERGE, Repeat.MERGE_RESTART}:
        raise Rejected(
            Reason.ILLEGAL_TRANSITION, command="complaint.merge", handling=handling.action.value
        )
    assert handling.clock_from is not None, "a merged complaint keeps a clock"
    event = e.ComplaintMerged(
        into=COMPLAINT.stream(c_.complaint),
        received=later.received,
        channel=c_.channel,
        facts=tuple(sorted(later.facts)),
        restart=handling.action is Repeat.MERGE_RESTART,
        clock_from=handling.clock_from,
    )
    d.emit(COMPLAINT, c_.complaint, event)
    if c_.merged:
        d.emit(COMPLAINT, c_.merged, event)


def _message(d: Decision, c_: c.Merge, kept: Complaint) -> Grievance:
    """The later message: as registered under its own number, or as the command tells it."""
    if not c_.merged:
        matter, received = c_.matter or kept.matter, c_.received or d.day
        if received > d.day:
            raise Rejected(Reason.RECEIVED_IN_FUTURE, received=received, today=d.day)
        return Grievance(kept.customer, matter, received, frozenset(c_.facts))
    own = d.need(COMPLAINT, c_.merged)
    need_running(own)
    if COMPLAINT.stream(c_.merged) == COMPLAINT.stream(c_.complaint):
        raise Rejected(Reason.ILLEGAL_TRANSITION, command="complaint.merge", into=c_.complaint)
    return Grievance(own.customer, own.matter, own.received, own.facts)


def classify(d: Decision, c_: c.Classify) -> None:
    """Classify (CMP-02); severity from the facts, lowered by hand only with grade G5."""
    complaint = d.need(COMPLAINT, c_.complaint)
    need_running(complaint)
    graded = grade_complaint(_facts(complaint, c_), terms.severity_terms(d.catalogue, d.day))
    severity = c_.severity or graded.severity
    first = complaint.severity is None
    channel = _channel_of(d, c_.complaint)
    filled = {
        "business_channel": c_.business_channel or "",
        "business": c_.business or "",
        "cause": c_.cause or "",
        "channel": channel,
        "severity": severity,
    }
    check_classification(filled, handling_begun=first and complaint.handling_begun)
    _check_severity(d, c_, severity, floor_of(graded.severity, complaint.severity))
    event = e.ComplaintClassified(
        business=Business(filled["business"]),
        cause=Cause(filled["cause"]),
        business_channel=BusinessChannel(filled["business_channel"]),
        channel=channel,
        severity=severity,
        points=graded.points,
    )
    d.emit(COMPLAINT, c_.complaint, event)


def _facts(complaint: Complaint, c_: c.Classify) -> SeverityFacts:
    return SeverityFacts(
        claim_amount=complaint.claim_amount or ZERO,
        vulnerable=c_.vulnerable,
        group_size=c_.group_size,
        times_in_12_months=c_.times_in_12_months,
        via_regulator_or_media=c_.via_regulator_or_media,
        cause=(c_.cause or ""),
    )


def _channel_of(d: Decision, complaint: str) -> str:
    first = d.history(COMPLAINT, complaint)[0].event
    assert isinstance(first, e.ComplaintRegistered), "a complaint begins with its registration"
    return first.channel


def floor_of(computed: Severity, before: Severity | None) -> Severity:
    """The severity below which only grade G5 may go: the computed one or the one in force."""
    return before if before is not None and lowers(before, computed) else computed


def _check_severity(d: Decision, c_: c.Classify, chosen: Severity, floor: Severity) -> None:
    if not lowers(floor, chosen):
        return
    needed = d.catalogue.number("complaint.severity.lowering_grade", d.day)
    grade = grade_of(d, c_.approver) if c_.approver else 0
    if grade < needed:
        raise Rejected(Reason.APPROVER_LEVEL_TOO_LOW, grade=grade, needed=needed)
