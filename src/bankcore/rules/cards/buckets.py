"""CC-12 Days past due and buckets (逾期天数、逾期分期段) from the queue of minimum payments."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bankcore.rules.cards.tolerance import ToleranceTerms
from bankcore.values.money import ZERO, Money, total


@dataclass(frozen=True, slots=True)
class QueueEntry:
    """The new minimum of one statement: `open` is what credits have not yet filled."""

    statement_date: date
    due_date: date
    open: Money


@dataclass(frozen=True, slots=True)
class PastDue:
    """Days past due, bucket M0…M7+, and all that is open in past-due entries."""

    dpd: int
    bucket: str
    amount: Money


def fill(queue: Sequence[QueueEntry], on: date, credit: Money) -> tuple[QueueEntry, ...]:
    """Fill entries oldest first with a credit; only those whose statement lies before its date.

    What is left over is not kept for later entries.
    """
    left, filled = credit, []
    for entry in sorted(queue, key=lambda e: e.statement_date):
        share = min(entry.open, left) if entry.statement_date < on else ZERO
        left -= share
        filled.append(replace(entry, open=entry.open - share))
    return tuple(filled)


def past_due(queue: Sequence[QueueEntry], as_of: date, tolerance: ToleranceTerms) -> PastDue:
    """Past due on a day: entries with more than the tolerance amount open after their last day.

    Days count from the due date of the oldest such entry; 0 through its tolerance day.
    """
    late = [
        e
        for e in queue
        if e.open > tolerance.amount and as_of > e.due_date + timedelta(days=tolerance.days)
    ]
    if not late:
        return PastDue(0, "M0", ZERO)
    dpd = (as_of - min(e.due_date for e in late)).days
    return PastDue(dpd, bucket_of(dpd), total([e.open for e in late]))


def bucket_of(dpd: int) -> str:
    """M0 current, then one bucket for each 30 days begun, M7+ from 181 days."""
    if dpd <= 0:
        return "M0"
    number = -(-dpd // 30)
    return f"M{number}" if number < 7 else "M7+"
