"""Handling a complaint (投诉办理): assigned, acknowledged, investigated, its clock prolonged."""

from __future__ import annotations

from dataclasses import replace

from bankcore.aggregates.complaint import COMPLAINT, Complaint
from bankcore.aggregates.complaint import commands as c
from bankcore.aggregates.complaint import events as e
from bankcore.aggregates.complaint.decide import need_running, need_undecided
from bankcore.operations.decision import Decision
from bankcore.operations.staff import check_certified, grade_of, superiors_of
from bankcore.products.complaint_terms import extension_terms
from bankcore.rules.complaints.clock import check_excluded_span
from bankcore.rules.complaints.extension import Extension, check_extension
from bankcore.rules.complaints.ownership import Independence, check_handler
from bankcore.rules.complaints.severity import Severity
from bankcore.values.reasons import Reason, Rejected


def assign(d: Decision, c_: c.Assign) -> None:
    """Name the owner (CMP-03); a subject found during handling changes the owner, not the clock."""
    complaint = d.need(COMPLAINT, c_.complaint)
    need_running(complaint)
    subjects = complaint.subjects | frozenset(c_.subjects)
    check_independent(d, complaint, c_.handler, subjects)
    check_certified(d, c_.handler, "handle_complaint")
    assigned = e.ComplaintAssigned(handler=c_.handler, subjects=tuple(sorted(subjects)))
    d.emit(COMPLAINT, c_.complaint, assigned)


def check_independent(
    d: Decision, complaint: Complaint, person: str, subjects: frozenset[str]
) -> None:
    """Refuse somebody who is complained about, or his superior, to act on the complaint."""
    severity = complaint.severity or Severity.ORDINARY
    check_handler(Independence(person, subjects, superiors_of(d, subjects), severity))


def acknowledge(d: Decision, c_: c.Acknowledge) -> None:
    """Tell the customer number and last day; a wrong day told is a fact, not a refusal."""
    complaint = d.need(COMPLAINT, c_.complaint)
    need_running(complaint)
    if not complaint.handler:
        raise Rejected(Reason.OWNER_MISSING, complaint=c_.complaint)
    reply_by = c_.reply_by or complaint.clock(d.day).due
    d.emit(COMPLAINT, c_.complaint, e.ComplaintAcknowledged(on=d.day, reply_by=reply_by))


def investigate(d: Decision, c_: c.Investigate) -> None:
    """Take evidence; nobody who is complained about investigates (回避)."""
    complaint = d.need(COMPLAINT, c_.complaint)
    need_undecided(complaint, "complaint.investigate")
    check_independent(d, complaint, d.frame.actor.id, complaint.subjects)
    event = e.ComplaintInvestigated(evidence=c_.evidence, result=c_.result)
    d.emit(COMPLAINT, c_.complaint, event)


def exclude_span(d: Decision, c_: c.ExcludeSpan) -> None:
    """Days of an outside appraisal do not count once its result is there (CMP-04)."""
    need_running(d.need(COMPLAINT, c_.complaint))
    check_excluded_span(c_.since, c_.until, c_.notice)
    assert c_.until is not None, "an open span is refused"
    event = e.ComplaintSpanExcluded(since=c_.since, until=c_.until, notice=c_.notice)
    d.emit(COMPLAINT, c_.complaint, event)


def extend(d: Decision, c_: c.Extend) -> None:
    """Prolong the clock (CMP-05), approved by grade and told in time."""
    complaint = d.need(COMPLAINT, c_.complaint)
    grade = grade_of(d, c_.approver)
    asked = Extension(
        to=c_.stage,
        stage=complaint.clock_stage,
        recorded_on=d.day,
        current_due=complaint.clock(d.day).due,
        reason=c_.reason,
        approver=c_.approver,
        handler=complaint.handler,
        approver_grade=grade,
        told_on=c_.told_on,
        closed=complaint.ended or complaint.replied_on is not None,
    )
    check_extension(asked, extension_terms(d.catalogue, d.day))
    assert c_.told_on is not None, "an extension not told is refused"
    event = e.ComplaintExtended(
        stage=c_.stage,
        due=replace(complaint, clock_stage=c_.stage).clock(d.day).due,
        reason=c_.reason,
        approver=c_.approver,
        grade=grade,
        told_on=c_.told_on,
    )
    d.emit(COMPLAINT, c_.complaint, event)
