"""AUD-04 Block leave and rotation (强制休假与轮岗)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from bankcore.values.dates import add_months

WorkingDay = Callable[[date], bool]


def longest_leave(
    year: int, leaves: Iterable[tuple[date, date]], is_working_day: WorkingDay
) -> int:
    """Working days of the year in the longest single leave; touching leaves do not add up."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    return max(
        (_working(max(start, first), min(end, last), is_working_day) for start, end in leaves),
        default=0,
    )


def _working(start: date, end: date, is_working_day: WorkingDay) -> int:
    days = (start + timedelta(days=n) for n in range((end - start).days + 1))
    return sum(map(is_working_day, days))


@dataclass(frozen=True, slots=True)
class Rotation:
    """The last day in a post, and how many days it is overdue."""

    due: date
    overdue_days: int


def rotation(start: date, as_of: date, max_months: int, extension_months: int = 0) -> Rotation:
    """So many months from the start, with what was extended; the day itself is in time."""
    due = add_months(start, max_months + extension_months)
    return Rotation(due, max(0, (as_of - due).days))
