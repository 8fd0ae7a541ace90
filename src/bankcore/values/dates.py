"""Day counts and periods (计息天数、对年对月对日): months from an anchor, odd days, GEN-03."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from bankcore.values.reasons import Reason, Rejected


def add_months(anchor: date, months: int) -> date:
    """The same day number `months` later; the last day of a month that lacks it.

    Schedules step from the anchor, never from the last date, so no day is lost on the way.

    >>> add_months(date(2024, 1, 31), 1), add_months(date(2024, 1, 31), 2)
    (datetime.date(2024, 2, 29), datetime.date(2024, 3, 31))
    """
    ahead = anchor.month - 1 + months
    year, month, day = anchor.year + ahead // 12, ahead % 12 + 1, anchor.day
    return date(year, month, day if day <= 28 else min(day, monthrange(year, month)[1]))


def days_between(start: date, end: date) -> int:
    """Actual days of [start, end): the first counts, the last does not (算头不算尾).

    Refuses `period_reversed` when the end lies before the start.
    """
    if end < start:
        raise Rejected(Reason.PERIOD_REVERSED, start=start, end=end)
    return (end - start).days


@dataclass(frozen=True, slots=True)
class Span:
    """A period counted both ways: whole months with odd days, and actual days."""

    months: int
    odd_days: int
    days: int

    @property
    def by_months(self) -> Fraction:
        """Fraction of a year by 对年对月对日: months/12 + odd days/360."""
        return Fraction(self.months, 12) + Fraction(self.odd_days, 360)

    @property
    def by_days(self) -> Fraction:
        """Fraction of a year by actual days/360."""
        return Fraction(self.days, 360)


def split(start: date, end: date) -> Span:
    """Count [start, end) in whole months, odd days and actual days, GEN-03.

    `months` is the largest m with `add_months(start, m) <= end`. The month count is not additive
    over a split of the period; the days are. Refuses `period_reversed`.
    """
    days = days_between(start, end)
    months = (end.year - start.year) * 12 + end.month - start.month
    if add_months(start, months) > end:
        months -= 1
    return Span(months, (end - add_months(start, months)).days, days)
