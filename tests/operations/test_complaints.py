"""Complaints from registration to closing: clock, independence, merging, extension, review."""

from __future__ import annotations

from datetime import date

import pytest

from bankcore.aggregates.complaint import COMPLAINT, Complaint, Stage
from bankcore.aggregates.complaint import closing_commands as x
from bankcore.aggregates.complaint import commands as c
from bankcore.aggregates.complaint import decision_events as m
from bankcore.aggregates.complaint import events as e
from bankcore.aggregates.complaint.kinds import Finding, Outcome, ReviewOutcome
from bankcore.aggregates.customer import standing_commands as standing
from bankcore.aggregates.customer.standing_events import RestrictionScope
from bankcore.aggregates.employee import commands as staff
from bankcore.rules.complaints.clock import Stage as ClockStage
from bankcore.rules.complaints.severity import Business, BusinessChannel, Cause, Severity
from bankcore.rules.compliance.measures import Basis
from bankcore.rules.employees.appointment import Education
from bankcore.values.money import yuan
from bankcore.values.reasons import Reason
from bankcore.values.roles import Actor, Role
from spec import Desk, bank

HR = Actor("hr1", Role.HR)
OFFICER = Actor("qin", Role.COMPLAINT_HANDLER)
BAI = Actor("bai", Role.COMPLAINT_HANDLER)
HEAD = Actor("xu", Role.BRANCH_HEAD)
BRANCH = Actor("gao", Role.HEAD_OFFICE)
ALL_ITEMS = (
    "facts", "rule", "decision", "remedy", "review_right", "mediation", "other_ways",
)  # fmt: skip


def hire(desk: Desk, actor: Actor, grade: int, reports_to: str = "") -> None:
    desk.do(staff.RecordEducation(employee=actor.id, level=Education.BACHELOR), HR)
    desk.do(staff.VerifyEducation(employee=actor.id), HR)
    desk.do(staff.Declare(employee=actor.id), HR)
    appoint = staff.Appoint(
        employee=actor.id, name=actor.id, role=actor.role, grade=grade, reports_to=reports_to
    )
    desk.do(appoint, HR)
    desk.do(staff.GrantQualification(employee=actor.id, kind="complaint_handler"), HR)


def office(day: str = "2026-06-08") -> Desk:
    """A bank with complaint officer qin (G3), bai (G2) under head xu (G5), and gao (G6)."""
    desk = bank(day)
    hire(desk, OFFICER, 3)
    hire(desk, BAI, 2, reports_to="xu")
    hire(desk, HEAD, 5)
    hire(desk, BRANCH, 6)
    return desk


REGISTER = c.Register(
    complaint="2026-000001",
    customer="C1",
    channel="branch",
    facts=("autopay_missing", "interest", "credit_record"),
    claim="refund and correction",
    claim_amount=yuan("179.81"),
    matter="autopay",
    disputed_events=("account-A1@4",),
    statement_line="A1#1",
)
CLASSIFY = c.Classify(
    complaint="2026-000001",
    business=Business.CARD,
    cause=Cause.FACILITY_SYSTEM,
    business_channel=BusinessChannel.BACK_OFFICE,
)
ASSIGN = c.Assign(complaint="2026-000001", handler="qin", subjects=("bai",))
FOUND = c.Investigate(
    complaint="2026-000001", evidence=("system_log",), result=Finding.SUBSTANTIATED
)
REJECT = c.Decide(complaint="2026-000001", outcome=Outcome.REJECTED)
REPLY = x.Reply(complaint="2026-000001", items=ALL_ITEMS, text="答复")


def registered(day: str = "2026-06-08") -> Desk:
    desk = office(day)
    desk.do(REGISTER, OFFICER)
    return desk


def decided(desk: Desk) -> Desk:
    for command in (CLASSIFY, ASSIGN, FOUND, REJECT):
        desk.do(command, OFFICER)
    return desk


def state(desk: Desk, key: str = "2026-000001") -> Complaint:
    return desk.state(COMPLAINT, key)


def test_a_complaint_of_monday_is_due_in_fifteen_calendar_days() -> None:
    desk = registered()
    event = desk.events()[0]
    assert isinstance(event, e.ComplaintRegistered)
    assert (event.register_by, event.acknowledge_by) == (date(2026, 6, 8), date(2026, 6, 9))
    clock = state(desk).clock(date(2026, 6, 24))
    assert (clock.due, clock.late_days) == (date(2026, 6, 23), 1)
    assert clock.due_special == date(2026, 8, 7)


def test_a_letter_received_on_saturday_is_registered_late_and_its_clock_is_not() -> None:
    desk = office("2026-06-10")
    late = c.Register(
        complaint="2", customer="C1", channel="letter", facts=("x",), received=date(2026, 6, 6)
    )
    desk.do(late, OFFICER)
    event = desk.events()[0]
    assert isinstance(event, e.ComplaintRegistered)
    assert event.register_by == date(2026, 6, 8)
    assert state(desk, "2").clock(date(2026, 6, 10)).due == date(2026, 6, 21)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"complaint": "2026-000001"}, Reason.STREAM_EXISTS),
        ({"customer": "C9"}, Reason.STREAM_NOT_FOUND),
        ({"facts": (" ",)}, Reason.FACTS_MISSING),
        ({"received": date(2026, 6, 9)}, Reason.RECEIVED_IN_FUTURE),
        ({"agent": "agency"}, Reason.AGENT_NOT_AUTHORISED),
        ({"representatives": 6}, Reason.TOO_MANY_REPRESENTATIVES),
        ({"disputed_events": ("account-A1@99",)}, Reason.STREAM_NOT_FOUND),
        ({"disputed_events": ("account-A1@x",)}, Reason.STREAM_NOT_FOUND),
        ({"disputed_events": ("nothing@1",)}, Reason.STREAM_NOT_FOUND),
    ],
)
def test_a_registration_that_cannot_stand_is_refused(
    change: dict[str, object], reason: Reason
) -> None:
    desk = registered()
    fields: dict[str, object] = {
        "complaint": "2", "customer": "C1", "channel": "phone", "facts": ("x",),
    }  # fmt: skip
    desk.refused(c.Register(**(fields | change)), reason, OFFICER)  # type: ignore[arg-type]


def test_the_same_facts_again_keep_the_first_clock() -> None:
    desk = registered()
    desk.advance("2026-06-09")
    desk.do(c.Merge(complaint="2026-000001", facts=("interest",)), OFFICER)
    merged = desk.events()[0]
    assert isinstance(merged, e.ComplaintMerged)
    assert not merged.restart
    assert state(desk).clock_from == date(2026, 6, 8)


def test_a_new_fact_restarts_the_clock_of_an_undecided_complaint() -> None:
    desk = registered()
    desk.advance("2026-06-12")
    desk.do(c.Merge(complaint="2026-000001", facts=("rude_call",)), OFFICER)
    merged = desk.events()[0]
    assert isinstance(merged, e.ComplaintMerged)
    assert merged.restart
    assert state(desk).clock_from == date(2026, 6, 12)
    assert "rude_call" in state(desk).facts


def test_a_restarted_clock_is_simple_again() -> None:
    desk = registered()
    desk.do(ASSIGN, OFFICER)
    extend = c.Extend(
        complaint="2026-000001", stage=ClockStage.COMPLEX, reason="23 accounts", approver="xu",
        told_on=date(2026, 6, 8),
    )  # fmt: skip
    desk.do(extend, OFFICER)
    desk.do(c.Merge(complaint="2026-000001", facts=("interest",)), OFFICER)
    assert state(desk).clock_stage is ClockStage.COMPLEX
    desk.do(c.Merge(complaint="2026-000001", facts=("rude_call",)), OFFICER)
    assert state(desk).clock_stage is ClockStage.SIMPLE


def test_a_message_registered_twice_is_merged_under_one_number() -> None:
    desk = registered()
    desk.advance("2026-06-09")
    again = c.Register(
        complaint="2", customer="C1", channel="phone", facts=("interest",), matter="autopay"
    )
    desk.do(again, OFFICER)
    desk.do(c.Merge(complaint="2026-000001", merged="2"), OFFICER)
    second = state(desk, "2")
    assert (second.stage, second.merged_into) == (Stage.MERGED, "complaint-2026-000001")
    assert state(desk).clock_from == date(2026, 6, 8)
    assert second.clock(date(2026, 12, 31)).late_days == 0
    merge = c.Merge(complaint="2026-000001", merged="2")
    desk.refused(merge, Reason.COMPLAINT_CLOSED, OFFICER)


def test_only_the_same_matter_of_the_same_customer_is_merged() -> None:
    desk = registered()
    other = c.Merge(complaint="2026-000001", facts=("x",), matter="queue")
    desk.refused(other, Reason.MERGE_DIFFERENT_MATTER, OFFICER)
    itself = c.Merge(complaint="2026-000001", merged="2026-000001")
    desk.refused(itself, Reason.ILLEGAL_TRANSITION, OFFICER)
    future = c.Merge(complaint="2026-000001", received=date(2026, 7, 1))
    desk.refused(future, Reason.RECEIVED_IN_FUTURE, OFFICER)


def test_after_the_reply_a_message_is_no_merge_but_a_review() -> None:
    desk = decided(registered())
    desk.do(REPLY, OFFICER)
    late = c.Merge(complaint="2026-000001", facts=("interest",))
    assert desk.refused(late, Reason.ILLEGAL_TRANSITION, OFFICER).facts["handling"] == "review"


def test_severity_follows_from_the_facts_and_falls_only_with_grade_five() -> None:
    desk = registered()
    desk.do(CLASSIFY, OFFICER)
    event = desk.events()[0]
    assert isinstance(event, e.ComplaintClassified)
    assert (event.severity, event.points) == (Severity.ORDINARY, 0)
    assert event.channel == "branch"
    assert state(desk).stage is Stage.CLASSIFIED
    desk.do(ASSIGN, OFFICER)
    raised = c.Classify(
        complaint="2026-000001",
        business=Business.CARD,
        cause=Cause.INFORMATION_SAFETY,
        business_channel=BusinessChannel.BACK_OFFICE,
        vulnerable=True,
    )
    desk.do(raised, OFFICER)
    assert state(desk).severity is Severity.IMPORTANT
    assert state(desk).stage is Stage.ASSIGNED
    desk.refused(CLASSIFY, Reason.APPROVER_LEVEL_TOO_LOW, OFFICER)
    lowered = c.Classify(
        complaint="2026-000001",
        business=Business.CARD,
        cause=Cause.FACILITY_SYSTEM,
        business_channel=BusinessChannel.BACK_OFFICE,
        approver="xu",
    )
    desk.do(lowered, OFFICER)
    assert state(desk).severity is Severity.ORDINARY


def test_a_classification_has_all_dimensions_and_comes_before_handling() -> None:
    desk = registered()
    empty = c.Classify(complaint="2026-000001", business=Business.CARD)
    assert desk.refused(empty, Reason.DIMENSION_MISSING, OFFICER).facts == {
        "dimension": "business_channel"
    }
    desk.do(ASSIGN, OFFICER)
    desk.do(FOUND, OFFICER)
    desk.refused(CLASSIFY, Reason.CLASSIFICATION_AFTER_HANDLING, OFFICER)


def test_the_one_complained_about_never_handles() -> None:
    desk = registered()
    desk.refused(c.Assign(complaint="2026-000001", handler=""), Reason.OWNER_MISSING, OFFICER)
    own = c.Assign(complaint="2026-000001", handler="bai", subjects=("bai",))
    desk.refused(own, Reason.HANDLER_IS_SUBJECT, OFFICER)
    desk.do(ASSIGN, OFFICER)
    desk.refused(FOUND, Reason.HANDLER_IS_SUBJECT, BAI)
    desk.do(FOUND, OFFICER)
    desk.refused(REJECT, Reason.HANDLER_IS_SUBJECT, BAI)


def test_the_direct_superior_handles_nothing_important() -> None:
    desk = registered()
    raised = c.Classify(
        complaint="2026-000001",
        business=Business.CARD,
        cause=Cause.FACILITY_SYSTEM,
        business_channel=BusinessChannel.BACK_OFFICE,
        severity=Severity.IMPORTANT,
    )
    to_head = c.Assign(complaint="2026-000001", handler="xu", subjects=("bai",))
    desk.do(CLASSIFY, OFFICER)
    desk.do(to_head, OFFICER)
    desk.do(raised, OFFICER)
    desk.refused(to_head, Reason.HANDLER_IS_SUPERIOR, OFFICER)
    desk.refused(FOUND, Reason.HANDLER_IS_SUPERIOR, HEAD)


def test_an_owner_without_the_certificate_is_refused() -> None:
    desk = registered()
    newcomer = Actor("tang", Role.COMPLAINT_HANDLER)
    desk.do(staff.RecordEducation(employee="tang", level=Education.BACHELOR), HR)
    desk.do(staff.VerifyEducation(employee="tang"), HR)
    desk.do(staff.Declare(employee="tang"), HR)
    desk.do(staff.Appoint(employee="tang", name="tang", role=newcomer.role, grade=2), HR)
    to_tang = c.Assign(complaint="2026-000001", handler="tang")
    desk.refused(to_tang, Reason.QUALIFICATION_MISSING, OFFICER)


def test_the_customer_is_told_an_owner_and_the_last_day() -> None:
    desk = registered()
    acknowledge = c.Acknowledge(complaint="2026-000001")
    desk.refused(acknowledge, Reason.OWNER_MISSING, OFFICER)
    desk.do(ASSIGN, OFFICER)
    desk.do(acknowledge, OFFICER)
    assert desk.events() == [
        e.ComplaintAcknowledged(on=date(2026, 6, 8), reply_by=date(2026, 6, 23))
    ]
    assert state(desk).acknowledged_on == date(2026, 6, 8)


def test_days_of_an_outside_appraisal_do_not_count() -> None:
    desk = registered()
    desk.advance("2026-06-20")
    span = c.ExcludeSpan(complaint="2026-000001", since=date(2026, 6, 10), notice="letter 7")
    desk.refused(span, Reason.EXCLUDED_SPAN_OPEN, OFFICER)
    closed = c.ExcludeSpan(
        complaint="2026-000001", since=date(2026, 6, 10), until=date(2026, 6, 20), notice="7"
    )
    desk.do(closed, OFFICER)
    assert state(desk).clock(date(2026, 6, 20)).due == date(2026, 7, 3)


def test_an_extension_needs_grade_four_in_time_and_told() -> None:
    desk = registered()
    desk.do(ASSIGN, OFFICER)
    desk.advance("2026-06-23")
    told = date(2026, 6, 23)
    extend = c.Extend(
        complaint="2026-000001", stage=ClockStage.COMPLEX, reason="23 accounts", approver="xu",
        told_on=told,
    )  # fmt: skip
    low = c.Extend(
        complaint="2026-000001", stage=ClockStage.COMPLEX, reason="23 accounts", approver="bai",
        told_on=told,
    )  # fmt: skip
    untold = c.Extend(
        complaint="2026-000001", stage=ClockStage.COMPLEX, reason="23 accounts", approver="xu"
    )
    desk.refused(low, Reason.APPROVER_LEVEL_TOO_LOW, OFFICER)
    desk.refused(untold, Reason.COMPLAINANT_NOT_TOLD, OFFICER)
    desk.do(extend, OFFICER)
    assert desk.events()[0].due == state(desk).clock(told).due == date(2026, 7, 8)
    again = c.Extend(
        complaint="2026-000001", stage=ClockStage.SPECIAL, reason="court file", approver="gao",
        told_on=date(2026, 7, 8),
    )  # fmt: skip
    desk.refused(extend, Reason.EXTENSION_OUT_OF_ORDER, OFFICER)
    desk.do(again, OFFICER)
    assert state(desk).clock(told).due == date(2026, 8, 7)


def test_nothing_after_the_due_day_makes_a_complaint_timely() -> None:
    desk = registered()
    desk.do(ASSIGN, OFFICER)
    desk.advance("2026-06-24")
    extend = c.Extend(
        complaint="2026-000001", stage=ClockStage.COMPLEX, reason="busy", approver="xu",
        told_on=date(2026, 6, 23),
    )  # fmt: skip
    desk.refused(extend, Reason.DEADLINE_ALREADY_PASSED, OFFICER)


def test_a_decision_follows_an_investigation_and_a_reply_follows_a_decision() -> None:
    desk = registered()
    desk.refused(REJECT, Reason.ILLEGAL_TRANSITION, OFFICER)
    desk.refused(REPLY, Reason.NO_DECISION_YET, OFFICER)
    close = x.Close(complaint="2026-000001")
    desk.refused(close, Reason.NO_DECISION_YET, OFFICER)
    desk.do(FOUND, OFFICER)
    desk.do(REJECT, OFFICER)
    desk.refused(FOUND, Reason.ILLEGAL_TRANSITION, OFFICER)
    desk.refused(close, Reason.NO_DECISION_YET, OFFICER)
    desk.do(REPLY, OFFICER)
    desk.refused(REPLY, Reason.ILLEGAL_TRANSITION, OFFICER)
    desk.do(close, OFFICER)
    assert state(desk).stage is Stage.CLOSED
    for late in (close, CLASSIFY, ASSIGN, FOUND, REPLY, x.Withdraw(complaint="2026-000001")):
        desk.refused(late, Reason.COMPLAINT_CLOSED, OFFICER)


def test_an_answer_without_the_right_of_review_is_refused() -> None:
    desk = decided(registered())
    short = x.Reply(complaint="2026-000001", items=ALL_ITEMS[:4])
    assert desk.refused(short, Reason.ANSWER_INCOMPLETE, OFFICER).facts == {"item": "review_right"}


def test_a_posted_reply_reaches_the_customer_three_days_later() -> None:
    desk = decided(registered())
    desk.advance("2026-06-22")
    posted = x.Reply(complaint="2026-000001", items=ALL_ITEMS, channel="post")
    desk.do(posted, OFFICER)
    assert state(desk).clock(date(2026, 12, 31)).late_days == 2
    assert state(desk).replied_on == date(2026, 6, 25)


def test_a_reply_to_a_customer_under_a_measure_betrays_nothing() -> None:
    desk = decided(registered())
    compliance = Actor("co", Role.COMPLIANCE)
    restrict = standing.Restrict(
        customer="C1",
        measure=RestrictionScope.NO_NEW_PRODUCT,
        basis=Basis.BANK_MEASURE,
        ground="AML24 art. 30",
    )
    desk.do(restrict, compliance)
    betrays = x.Reply(complaint="2026-000001", items=ALL_ITEMS, text="您的交易可疑")
    desk.refused(betrays, Reason.FORBIDDEN_WORDING, OFFICER)
    desk.do(REPLY, OFFICER)


def test_a_withdrawal_ends_the_clock_as_it_stands() -> None:
    desk = registered()
    desk.advance("2026-06-25")
    desk.do(x.Withdraw(complaint="2026-000001"), Actor("C1", Role.CUSTOMER))
    assert state(desk).clock(date(2026, 12, 31)).late_days == 2


def test_a_review_is_asked_within_thirty_days_and_decided_from_above() -> None:
    desk = decided(registered())
    ask = x.RequestReview(complaint="2026-000001")
    desk.refused(ask, Reason.NO_DECISION_YET, OFFICER)
    desk.do(REPLY, OFFICER)
    desk.do(x.Close(complaint="2026-000001"), OFFICER)
    desk.advance("2026-07-08")
    desk.do(ask, Actor("C1", Role.CUSTOMER))
    assert desk.events() == [m.ReviewRequested(on=date(2026, 7, 8), review_due=date(2026, 8, 7))]
    confirm = x.Review(complaint="2026-000001", outcome=ReviewOutcome.CONFIRMED)
    desk.refused(confirm, Reason.ROLE_NOT_HELD, OFFICER)
    desk.do(confirm, HEAD)
    desk.refused(ask, Reason.REVIEW_WINDOW_CLOSED, Actor("C1", Role.CUSTOMER))
    desk.do(x.Close(complaint="2026-000001"), OFFICER)


def test_a_late_or_early_request_for_review_is_refused() -> None:
    desk = registered()
    ask = x.RequestReview(complaint="2026-000001")
    desk.refused(ask, Reason.NO_DECISION_YET, OFFICER)
    decided(desk)
    desk.do(REPLY, OFFICER)
    desk.advance("2026-07-09")
    desk.refused(ask, Reason.REVIEW_WINDOW_CLOSED, OFFICER)


def test_a_reviewer_does_not_stand_beside_the_decider() -> None:
    desk = registered()
    for command in (CLASSIFY, ASSIGN, FOUND):
        desk.do(command, OFFICER)
    desk.do(REJECT, HEAD)
    desk.do(REPLY, OFFICER)
    desk.do(x.RequestReview(complaint="2026-000001"), OFFICER)
    revise = x.Review(complaint="2026-000001", outcome=ReviewOutcome.REVISED)
    desk.refused(revise, Reason.REVIEWER_NOT_SUPERIOR, HEAD)
    desk.do(revise, BRANCH)
    assert state(desk).stage is Stage.INVESTIGATED
    desk.do(REJECT, OFFICER)


def test_a_withdrawn_complaint_has_no_review() -> None:
    desk = decided(registered())
    desk.do(x.Withdraw(complaint="2026-000001"), Actor("C1", Role.CUSTOMER))
    ask = x.RequestReview(complaint="2026-000001")
    desk.refused(ask, Reason.COMPLAINT_CLOSED, OFFICER)


def test_the_root_cause_is_recorded_with_an_owner_also_after_closing() -> None:
    desk = registered()
    trace = x.TraceRootCause(
        complaint="2026-000001", cause="batch not rerun", action="A1", owner="luo",
        due=date(2026, 7, 1),
    )  # fmt: skip
    desk.refused(trace, Reason.NO_DECISION_YET, OFFICER)
    decided(desk)
    desk.do(REPLY, OFFICER)
    desk.do(x.Close(complaint="2026-000001"), OFFICER)
    empty = x.TraceRootCause(complaint="2026-000001", cause=" ")
    desk.refused(empty, Reason.REASON_MISSING, OFFICER)
    desk.do(trace, OFFICER)
    assert state(desk).root_cause == "batch not rerun"
