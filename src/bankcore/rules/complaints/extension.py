"""Extension, answer and review of a complaint (延期、答复、核查), CMP-05."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from bankcore.products.complaint_terms import ExtensionTerms
from bankcore.rules.complaints.clock import Stage
from bankcore.values.reasons import Reason, Rejected

_BEFORE: Final = {Stage.COMPLEX: Stage.SIMPLE, Stage.SPECIAL: Stage.COMPLEX}


@dataclass(frozen=True, slots=True)
class Extension:
    """A request to prolong the clock to a stage, recorded on a day, told to the customer or not."""

    to: Stage
    stage: Stage
    recorded_on: date
    current_due: date
    reason: str
    approver: str
    handler: str
    approver_grade: int
    told_on: date | None
    closed: bool = False


def check_extension(given: Extension, terms: ExtensionTerms) -> None:
    """Refuse an extension in the order of CMP-05.

    To 30 days only from simple, to 60 only from complex, recorded and told on or before the
    current due day: nothing after the due day can make a complaint timely.
    """
    lowest = terms.approver_grade.get(given.to.value)
    told = given.told_on
    ladder = (
        (Reason.COMPLAINT_CLOSED, given.closed),
        (Reason.REASON_MISSING, not given.reason.strip()),
        (Reason.EXTENSION_OUT_OF_ORDER, _BEFORE.get(given.to) is not given.stage),
        (Reason.DEADLINE_ALREADY_PASSED, given.recorded_on > given.current_due),
        (Reason.APPROVER_IS_HANDLER, given.approver == given.handler),
        (Reason.APPROVER_LEVEL_TOO_LOW, lowest is None or given.approver_grade < lowest),
        (Reason.COMPLAINANT_NOT_TOLD, told is None or told > given.current_due),
    )
    for reason, holds in ladder:
        if holds:
            raise Rejected(reason, to=given.to.value, due=str(given.current_due))


@dataclass(frozen=True, slots=True)
class Review:
    """A request for review (核查): when the decision arrived, who decided, who reviews."""

    decision_received: date | None
    requested: date
    reviewer_level: int | None = None
    decider_level: int = 0


@dataclass(frozen=True, slots=True)
class ReviewWindow:
    """Last day on which a review may be asked, and the day on which it must be decided."""

    window_until: date
    review_due: date
    rule: str = "CMP-05"


def review_window(given: Review, terms: ExtensionTerms) -> ReviewWindow:
    """Open a review (CMP-05): asked on day 30 is in time, on day 31 not.

    Refuses `no_decision_yet`, `review_window_closed`, and `reviewer_not_superior` when the
    reviewer is named and is not above the decider.
    """
    if given.decision_received is None or given.requested < given.decision_received:
        raise Rejected(Reason.NO_DECISION_YET)
    until = given.decision_received + timedelta(days=terms.review_window_days)
    if given.requested > until:
        raise Rejected(Reason.REVIEW_WINDOW_CLOSED, until=str(until))
    if given.reviewer_level is not None:
        check_reviewer(given.reviewer_level, given.decider_level)
    return ReviewWindow(until, given.requested + timedelta(days=terms.review_days))


def check_reviewer(reviewer_level: int, decider_level: int) -> None:
    """Refuse a reviewer who does not stand above the decider (`reviewer_not_superior`)."""
    if reviewer_level <= decider_level:
        raise Rejected(Reason.REVIEWER_NOT_SUPERIOR, reviewer=reviewer_level, decider=decider_level)


def check_answer(items: Iterable[str], terms: ExtensionTerms) -> None:
    """Refuse an answer that lacks an item of CMP-05, naming the first one (`answer_incomplete`)."""
    given = set(items)
    for item in terms.answer_items:
        if item not in given:
            raise Rejected(Reason.ANSWER_INCOMPLETE, item=item)
