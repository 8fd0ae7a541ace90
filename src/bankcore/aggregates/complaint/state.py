"""State of the complaint: stage, clock, owner, decision, and the money decided and paid."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final, assert_never

from bankcore.aggregates.complaint import decision_events as m
from bankcore.aggregates.complaint import events as e
from bankcore.aggregates.complaint.kinds import ClockDays, Finding, Outcome, Remedy, ReviewOutcome
from bankcore.products.complaint_terms import ClockTerms
from bankcore.rules.complaints.clock import (
    Clock,
    ClockInput,
    ExcludedSpan,
    complaint_clock,
)
from bankcore.rules.complaints.clock import Stage as ClockStage
from bankcore.rules.complaints.compensation import CompensationKind
from bankcore.rules.complaints.severity import Severity
from bankcore.values.changing import changed
from bankcore.values.entry import Entry
from bankcore.values.money import ZERO, Money

REDRESS_PAYABLE: Final = "2241.03"
NO_DAYS: Final = ClockDays(simple=0, complex=0, special=0)


class Stage(StrEnum):
    """Where the complaint is in its life."""

    REGISTERED = "registered"
    CLASSIFIED = "classified"
    ASSIGNED = "assigned"
    INVESTIGATED = "investigated"
    DECIDED = "decided"
    REPLIED = "replied"
    IN_REVIEW = "in_review"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"
    MERGED = "merged"


ENDED: Final = frozenset({Stage.CLOSED, Stage.WITHDRAWN, Stage.MERGED})


@dataclass(frozen=True, slots=True)
class Approval:
    """Money approved and paid of one kind, with the last approver and his grade."""

    approved: Money = ZERO
    paid: Money = ZERO
    approver: str = ""
    grade: int = 0


@dataclass(frozen=True, slots=True)
class Decided:
    """The decision in force: who decided, what, and when it reached the customer."""

    outcome: Outcome
    remedy: Remedy
    amount: Money
    difference: Money
    decider: str
    grade: int
    reached_on: date | None = None


@dataclass(frozen=True, slots=True)
class Complaint:
    """One complaint; `accrued` is its part of control account 2241.03, credit as positive."""

    stage: Stage = Stage.REGISTERED
    customer: str = ""
    matter: str = ""
    facts: frozenset[str] = frozenset()
    claim_amount: Money | None = None
    received: date = date.min
    clock_from: date = date.min
    days: ClockDays = NO_DAYS
    register_by: date = date.min
    acknowledge_by: date = date.min
    registered_on: date = date.min
    acknowledged_on: date | None = None
    severity: Severity | None = None
    clock_stage: ClockStage = ClockStage.SIMPLE
    excluded: tuple[ExcludedSpan, ...] = ()
    handler: str = ""
    subjects: frozenset[str] = frozenset()
    finding: Finding = Finding.OPEN
    handling_begun: bool = False
    decided: Decided | None = None
    reviewed: bool = False
    review_due: date | None = None
    replied_on: date | None = None
    ended_on: date | None = None
    root_cause: str = ""
    redress: Approval = Approval()
    goodwill: Approval = Approval()
    refunded: Money = ZERO
    accrued: Money = ZERO
    merged_into: str = ""

    @property
    def ended(self) -> bool:
        """Closed, withdrawn or merged into another one."""
        return self.stage in ENDED

    @property
    def committed(self) -> Money:
        """What was approved or refunded on this complaint so far; splitting cannot hide it."""
        return self.redress.approved + self.goodwill.approved + self.refunded

    def approval(self, kind: CompensationKind) -> Approval:
        """The approvals of a kind of payment."""
        return self.redress if kind is CompensationKind.REDRESS else self.goodwill

    def clock(self, as_of: date) -> Clock:
        """The clock of CMP-04 on a day; the reply or a withdrawal stops it."""
        stopped = self.replied_on or self.ended_on
        days = {"simple": self.days.simple, "complex": self.days.complex}
        terms = ClockTerms(days | {"special": self.days.special})
        given = ClockInput(self.clock_from, self.clock_stage, self.excluded, stopped)
        return complaint_clock(given, as_of, terms)


def subledger(complaint: Complaint) -> Mapping[str, int]:
    """Redress decided and not yet paid, on 2241.03 (credit negative)."""
    return {REDRESS_PAYABLE: -complaint.accrued.minor}


def evolve(state: Complaint | None, entry: Entry[e.ComplaintEvent]) -> Complaint:
    """Fold one event; total."""
    complaint, event = state or Complaint(), entry.event
    match event:
        case e.ComplaintRegistered():
            return _registered(complaint, event, entry.booking_date)
        case e.ComplaintMerged():
            return _merged(complaint, event, entry)
        case e.ComplaintClassified(severity=severity):
            stage = Stage.CLASSIFIED if complaint.stage is Stage.REGISTERED else complaint.stage
            return changed(complaint, stage=stage, severity=severity)
        case e.ComplaintAssigned(handler=handler, subjects=subjects):
            early = complaint.stage in {Stage.REGISTERED, Stage.CLASSIFIED}
            return changed(
                complaint,
                stage=Stage.ASSIGNED if early else complaint.stage,
                handler=handler,
                subjects=complaint.subjects | frozenset(subjects),
            )
        case e.ComplaintAcknowledged(on=on):
            return changed(complaint, acknowledged_on=on)
        case e.ComplaintInvestigated(result=result):
            return changed(complaint, stage=Stage.INVESTIGATED, finding=result, handling_begun=True)
        case e.ComplaintSpanExcluded(since=since, until=until):
            span = ExcludedSpan(since, until)
            return changed(complaint, excluded=(*complaint.excluded, span))
        case e.ComplaintExtended(stage=stage):
            return changed(complaint, clock_stage=stage)
        case e.ComplaintWithdrawn():
            return changed(complaint, stage=Stage.WITHDRAWN, ended_on=entry.booking_date)
        case e.RootCauseRecorded(cause=cause):
            return changed(complaint, root_cause=cause)
        case e.ComplaintClosed(on=on):
            return changed(complaint, stage=Stage.CLOSED, ended_on=on)
        case _:
            return _decision(complaint, event)


def _registered(complaint: Complaint, event: e.ComplaintRegistered, today: date) -> Complaint:
    return changed(
        complaint,
        customer=event.customer,
        matter=event.matter,
        facts=frozenset(event.facts),
        claim_amount=event.claim_amount,
        received=event.received,
        clock_from=event.received,
        days=event.days,
        register_by=event.register_by,
        acknowledge_by=event.acknowledge_by,
        registered_on=today,
    )


def _merged(
    complaint: Complaint, event: e.ComplaintMerged, entry: Entry[e.ComplaintEvent]
) -> Complaint:
    if event.into != entry.stream:
        return changed(
            complaint, stage=Stage.MERGED, ended_on=entry.booking_date, merged_into=event.into
        )
    return changed(
        complaint,
        facts=complaint.facts | frozenset(event.facts),
        clock_from=event.clock_from,
        clock_stage=ClockStage.SIMPLE if event.restart else complaint.clock_stage,
    )


def _decision(complaint: Complaint, event: m.DecisionEvent | m.MoneyEvent) -> Complaint:
    match event:
        case m.ComplaintDecided():
            decided = Decided(
                event.outcome,
                event.remedy,
                event.amount,
                event.difference,
                event.decider,
                event.grade,
            )
            return changed(complaint, stage=Stage.DECIDED, decided=decided, handling_begun=True)
        case m.ComplaintReplied(reached_on=reached_on):
            told = complaint.decided and changed(complaint.decided, reached_on=reached_on)
            return changed(
                complaint,
                stage=Stage.REPLIED,
                replied_on=complaint.replied_on or reached_on,
                decided=told,
            )
        case m.ReviewRequested(review_due=review_due):
            return changed(complaint, stage=Stage.IN_REVIEW, review_due=review_due)
        case m.ReviewDecided(outcome=outcome):
            again = outcome is ReviewOutcome.REVISED
            stage = Stage.INVESTIGATED if again else Stage.REPLIED
            return changed(complaint, stage=stage, reviewed=True, review_due=None)
        case _:
            return _money(complaint, event)


def _money(complaint: Complaint, event: m.MoneyEvent) -> Complaint:
    match event:
        case m.CompensationApproved(kind=kind, amount=amount):
            old = complaint.approval(kind)
            new = changed(
                old, approved=old.approved + amount, approver=event.approver, grade=event.grade
            )
            return _with(complaint, kind, new)
        case m.RedressAccrued(amount=amount):
            return changed(complaint, accrued=complaint.accrued + amount)
        case m.CompensationPaid(kind=kind, amount=amount, accrued=accrued):
            old = complaint.approval(kind)
            paid = _with(complaint, kind, changed(old, paid=old.paid + amount))
            return changed(paid, accrued=complaint.accrued - accrued)
        case m.FeeRefunded(fee=amount) | m.OverchargedInterestRefunded(interest=amount):
            return changed(complaint, refunded=complaint.refunded + amount)
        case _:
            assert_never(event)


def _with(complaint: Complaint, kind: CompensationKind, approval: Approval) -> Complaint:
    if kind is CompensationKind.REDRESS:
        return changed(complaint, redress=approval)
    return changed(complaint, goodwill=approval)
