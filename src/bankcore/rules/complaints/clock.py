"""The clock of a complaint (办理时限), CMP-04: 15, 30, 60 calendar days from receipt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from bankcore.products.complaint_terms import ClockTerms
from bankcore.values.reasons import Reason, Rejected


class Stage(StrEnum):
    """How long the handling may take: simple (15), complex (30), special (60 days)."""

    SIMPLE = "simple"
    COMPLEX = "complex"
    SPECIAL = "special"


@dataclass(frozen=True, slots=True)
class ExcludedSpan:
    """Days that do not count (扣除时限): outside appraisal, `until` the first day after it."""

    since: date
    until: date

    def holds(self, day: date) -> bool:
        """Whether a day lies in the span; the day on which the outside result arrives does not."""
        return self.since <= day < self.until


@dataclass(frozen=True, slots=True)
class Clock:
    """The due days of all stages, the one in force, and the days late so far."""

    due_simple: date
    due_complex: date
    due_special: date
    due: date
    late_days: int
    rule: str = "CMP-04"


@dataclass(frozen=True, slots=True)
class ClockInput:
    """Where the clock runs from, the stage, the spans, and when the reply reached the customer.

    `stopped` is also the day of a withdrawal: it ends the clock, in time or late as it stands.
    """

    clock_from: date
    stage: Stage
    excluded: Sequence[ExcludedSpan] = ()
    stopped: date | None = None


def due_day(clock_from: date, days: int, excluded: Sequence[ExcludedSpan]) -> date:
    """The day on which the counter reaches `days` (GEN-04.5: holidays move nothing).

    The counter is 0 on `clock_from`; each later day adds 1 unless it is excluded, so spans that
    overlap count once and a span after the due day does not help.
    """
    day, counter = clock_from, 0
    while counter < days:
        day += timedelta(days=1)
        counter += not any(span.holds(day) for span in excluded)
    return day


def complaint_clock(given: ClockInput, as_of: date, terms: ClockTerms) -> Clock:
    """The clock of a complaint on a day (CMP-04); late days rise by one a day until the reply."""
    due = {
        stage: due_day(given.clock_from, terms.days[stage.value], given.excluded) for stage in Stage
    }
    end = as_of if given.stopped is None else given.stopped
    return Clock(
        due_simple=due[Stage.SIMPLE],
        due_complex=due[Stage.COMPLEX],
        due_special=due[Stage.SPECIAL],
        due=due[given.stage],
        late_days=max(0, (end - due[given.stage]).days),
    )


def check_excluded_span(span_from: date, span_to: date | None, notice: str) -> None:
    """Refuse a span that is still open, or of which the customer was not told.

    `excluded_span_open` until the outside result has arrived, `excluded_without_notice`.
    """
    if span_to is None or span_to < span_from:
        raise Rejected(Reason.EXCLUDED_SPAN_OPEN, since=str(span_from))
    if not notice.strip():
        raise Rejected(Reason.EXCLUDED_WITHOUT_NOTICE, since=str(span_from))
