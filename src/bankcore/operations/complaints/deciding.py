"""Deciding a complaint (投诉处理决定): decided, replied, reviewed, withdrawn, traced, closed."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from bankcore.aggregates.complaint import COMPLAINT, Stage
from bankcore.aggregates.complaint import closing_commands as x
from bankcore.aggregates.complaint import commands as c
from bankcore.aggregates.complaint import decision_events as m
from bankcore.aggregates.complaint import events as e
from bankcore.aggregates.complaint.decide import (
    NOTHING,
    Redress,
    need_decision,
    need_running,
    need_stage,
    redress_of,
)
from bankcore.aggregates.complaint.kinds import Finding, RedressBasis, RedressKind, Remedy
from bankcore.aggregates.customer import CUSTOMER
from bankcore.operations.complaints.handling import check_independent
from bankcore.operations.decision import Decision
from bankcore.operations.staff import grade_of
from bankcore.products.complaint_terms import extension_terms, redress_terms
from bankcore.products.compliance_terms import forbidden_word_list
from bankcore.rules.complaints.extension import Review, check_answer, check_reviewer, review_window
from bankcore.rules.complaints.redress import check_decision
from bankcore.rules.compliance.confidentiality import check_wording
from bankcore.values.money import ZERO
from bankcore.values.reasons import Reason, Rejected

POST_DAYS: Final = timedelta(days=3)
"""A posted letter counts as received three days later (CMP-05, convention)."""


def decide(d: Decision, c_: c.Decide) -> None:
    """Decide (CMP-05, CMP-07): money only for what was found true and computed by the rules."""
    complaint = d.need(COMPLAINT, c_.complaint)
    need_running(complaint)
    need_stage(complaint, "complaint.decide", Stage.INVESTIGATED)
    check_independent(d, complaint, d.frame.actor.id, complaint.subjects)
    basis = _basis(d, c_, complaint.finding)
    owed = NOTHING if basis is None else _owed(d, c_, basis)
    decided = m.ComplaintDecided(
        outcome=c_.outcome,
        remedy=c_.remedy,
        amount=owed.amount,
        difference=owed.difference,
        time_value=owed.time_value,
        remainder=owed.remainder,
        basis=basis,
        decider=d.frame.actor.id,
        grade=grade_of(d, d.frame.actor.id),
    )
    entry = d.emit(COMPLAINT, c_.complaint, decided)
    # The product's stream or a refund gives the difference back; only the rest is a loss.
    accrued = owed.amount if c_.remedy is Remedy.COMPENSATION else owed.time_value
    # After a review the liability follows the new decision, less what was paid already.
    change = max(accrued - complaint.redress.paid, ZERO) - complaint.accrued
    if change:
        event = m.RedressAccrued(amount=change, gl={})
        d.emit(COMPLAINT, c_.complaint, event, caused_by=entry.id)


def _basis(d: Decision, c_: c.Decide, finding: Finding) -> RedressBasis | None:
    """What CMP-07 computes from, with the rate in force; None for a decision without money."""
    if not c_.remedy.pays:
        return None
    found_true = finding in {Finding.SUBSTANTIATED, Finding.PARTLY}
    check_decision(substantiated=found_true, redress_recomputed=c_.kind is not None)
    assert c_.kind is not None, "a redress without a kind is refused"
    return RedressBasis(
        kind=c_.kind,
        redress_date=d.day,
        rate=d.catalogue.rate(*_benchmark(d, c_)),
        sign=c_.sign,
        items=c_.items,
        paid_in=c_.paid_in,
        received=c_.received,
        value_now=c_.value_now,
        customer_share_pct=c_.customer_share_pct,
    )


def _benchmark(d: Decision, c_: c.Decide) -> tuple[str, date]:
    """The parameter and day of the rate: LPR of today, or the deposit rate of the purchase."""
    if c_.kind is not RedressKind.MISSOLD:
        return "loan.lpr.1Y", d.day
    bought = min((flow.on for flow in c_.paid_in), default=d.day)
    return f"deposit.rate.lump_lump.{c_.horizon_months}", bought


def _owed(d: Decision, c_: c.Decide, basis: RedressBasis) -> Redress:
    owed = redress_of(basis, redress_terms(d.catalogue, d.day).customer_share_cap_pct)
    if c_.amount is not None and c_.amount != owed.amount:
        raise Rejected(
            Reason.RIGHT_AMOUNT_NOT_RECOMPUTED, given=str(c_.amount), computed=str(owed.amount)
        )
    return owed


def reply(d: Decision, c_: x.Reply) -> None:
    """Tell the decision with all its items; words that betray a case are refused (AML-07)."""
    complaint = d.need(COMPLAINT, c_.complaint)
    need_running(complaint)
    need_decision(complaint)
    need_stage(complaint, "complaint.reply", Stage.DECIDED)
    check_answer(c_.items, extension_terms(d.catalogue, d.day))
    person = d.need(CUSTOMER, complaint.customer)
    if person.under_measure(d.day):
        check_wording(c_.text, forbidden_word_list(d.catalogue, d.day))
    posted = POST_DAYS if c_.channel == "post" else timedelta()
    event = m.ComplaintReplied(
        items=c_.items,
        text=c_.text,
        channel=c_.channel,
        reached_on=c_.reached_on or d.day + posted,
    )
    d.emit(COMPLAINT, c_.complaint, event)


def request_review(d: Decision, c_: x.RequestReview) -> None:
    """Ask for a review within the window (CMP-05); a closed complaint is opened again by it."""
    complaint = d.need(COMPLAINT, c_.complaint)
    decided = need_decision(complaint)
    if complaint.stage in {Stage.WITHDRAWN, Stage.MERGED}:
        need_running(complaint)
    terms = extension_terms(d.catalogue, d.day)
    window = review_window(Review(decided.reached_on, d.day), terms)
    if complaint.reviewed:
        raise Rejected(Reason.REVIEW_WINDOW_CLOSED, reviewed=True)
    need_stage(complaint, "complaint.request_review", Stage.REPLIED, Stage.CLOSED)
    event = m.ReviewRequested(on=d.day, review_due=window.review_due)
    d.emit(COMPLAINT, c_.complaint, event)


def review(d: Decision, c_: x.Review) -> None:
    """Confirm or revise; the reviewer stands above the decider and is not involved."""
    complaint = d.need(COMPLAINT, c_.complaint)
    decided = need_decision(complaint)
    need_stage(complaint, "complaint.review", Stage.IN_REVIEW)
    reviewer = d.frame.actor.id
    check_independent(d, complaint, reviewer, complaint.subjects)
    grade = grade_of(d, reviewer)
    check_reviewer(grade, decided.grade)
    event = m.ReviewDecided(outcome=c_.outcome, reviewer=reviewer, grade=grade)
    d.emit(COMPLAINT, c_.complaint, event)


def withdraw(d: Decision, c_: x.Withdraw) -> None:
    """Give the complaint up; the clock ends that day. Who pressed for it is a finding."""
    need_running(d.need(COMPLAINT, c_.complaint))
    d.emit(COMPLAINT, c_.complaint, e.ComplaintWithdrawn(by=c_.by))


def trace_root_cause(d: Decision, c_: x.TraceRootCause) -> None:
    """Record the cause, also after closing (CMP-07)."""
    complaint = d.need(COMPLAINT, c_.complaint)
    need_decision(complaint)
    if not c_.cause.strip():
        raise Rejected(Reason.REASON_MISSING)
    event = e.RootCauseRecorded(cause=c_.cause, action=c_.action, owner=c_.owner, due=c_.due)
    d.emit(COMPLAINT, c_.complaint, event)


def close(d: Decision, c_: x.Close) -> None:
    """Close after the reply; a decision that nobody told is none yet."""
    complaint = d.need(COMPLAINT, c_.complaint)
    need_running(complaint)
    if complaint.decided is None or complaint.decided.reached_on is None:
        raise Rejected(Reason.NO_DECISION_YET, state=complaint.stage.value)
    need_stage(complaint, "complaint.close", Stage.REPLIED)
    d.emit(COMPLAINT, c_.complaint, e.ComplaintClosed(on=d.day))
