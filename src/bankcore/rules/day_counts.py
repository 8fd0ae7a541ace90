"""Day counts (计息天数惯例): days and year fraction of a period, exactly, by convention.

ACT/360, ACT/365F, ACT/ACT ISDA, 30/360 (Bond Basis), 30E/360, 30E/360 ISDA and 28E/336 as the
field names them (ISDA 2006 section 4.16, ACTUS dayCountConvention). The bank's own products count
by GEN-03 (`values/dates.py`); these serve contracts and references.
"""

from __future__ import annotations

from calendar import isleap, monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Final


@dataclass(frozen=True, slots=True)
class Counted:
    """Days of [start, end) as the convention counts them, and the year fraction."""

    days: int
    years: Fraction


def actual(start: date, end: date) -> int:
    """Calendar days; negative when the period is reversed."""
    return (end - start).days


def act_360(start: date, end: date) -> Counted:
    """Actual days over 360."""
    days = actual(start, end)
    return Counted(days, Fraction(days, 360))


def act_365_fixed(start: date, end: date) -> Counted:
    """Actual days over 365, leap years or not."""
    days = actual(start, end)
    return Counted(days, Fraction(days, 365))


def act_act_isda(start: date, end: date) -> Counted:
    """Days in leap years over 366 and the others over 365, split at each 1 January."""
    if end < start:
        back = act_act_isda(end, start)
        return Counted(-back.days, -back.years)
    years, since = Fraction(0), start
    while since < end:
        until = min(date(since.year + 1, 1, 1), end) if since.year < date.max.year else end
        years += Fraction(actual(since, until), 366 if isleap(since.year) else 365)
        since = until
    return Counted(actual(start, end), years)


def _thirty(start: date, end: date, first: int, last: int) -> Counted:
    """Thirty-day months with the day numbers given."""
    months = 12 * (end.year - start.year) + end.month - start.month
    days = 30 * months + last - first
    return Counted(days, Fraction(days, 360))


def bond_basis(start: date, end: date) -> Counted:
    """30/360: a 31st at the start is the 30th; one at the end too, when the start is the 30th."""
    first = min(start.day, 30)
    last = 30 if end.day == 31 and first == 30 else end.day
    return _thirty(start, end, first, last)


def thirty_e_360(start: date, end: date) -> Counted:
    """30E/360: every 31st is the 30th."""
    return _thirty(start, end, min(start.day, 30), min(end.day, 30))


def is_last_of_february(day: date) -> bool:
    """28 February, or the 29th in a leap year."""
    return day.month == 2 and day.day == monthrange(day.year, 2)[1]


def thirty_e_360_isda(start: date, end: date, maturity: date | None = None) -> Counted:
    """30E/360 ISDA: the last of February is the 30th too, but not an end at the maturity."""
    first = 30 if is_last_of_february(start) else min(start.day, 30)
    at_maturity = maturity is not None and end == maturity
    last = 30 if is_last_of_february(end) and not at_maturity else min(end.day, 30)
    return _thirty(start, end, first, last)


def twenty_eight_e_336(start: date, end: date) -> Counted:
    """28E/336: months of 28 days, a year of 336; a later day of the month is the 28th."""
    months = 12 * (end.year - start.year) + end.month - start.month
    days = 28 * months + min(end.day, 28) - min(start.day, 28)
    return Counted(days, Fraction(days, 336))


CONVENTIONS: Final[dict[str, Callable[[date, date], Counted]]] = {
    "ACT/360": act_360,
    "ACT/365F": act_365_fixed,
    "ACT/ACT ISDA": act_act_isda,
    "30/360 Bond Basis": bond_basis,
    "30E/360": thirty_e_360,
    "30E/360 ISDA": thirty_e_360_isda,
    "28E/336": twenty_eight_e_336,
}
"""Convention by its usual name; 30E/360 ISDA is taken here without a maturity."""
