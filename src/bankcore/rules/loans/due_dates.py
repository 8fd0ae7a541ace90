"""LN-14 Due dates and odd periods (还款日): always from the anchor, never from a clamped date."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from bankcore.rules.loans.schedule import LoanTerms, Period
from bankcore.values.dates import add_months
from bankcore.values.reasons import Reason, Rejected


@dataclass(frozen=True, slots=True)
class DueDates:
    """Strictly increasing dates, the last one the maturity, and the numbers of odd periods."""

    dates: tuple[date, ...]
    odd: tuple[int, ...]


def due_dates(terms: LoanTerms) -> DueDates:
    """One due date a month; a due day other than the value date's makes both ends odd.

    The first is the first `due_day` after the value date at least `min_first_days` away, the
    last is the maturity am(value_date, n). Refuses `term_not_positive`, `due_day_out_of_range`.
    """
    if terms.months <= 0:
        raise Rejected(Reason.TERM_NOT_POSITIVE, months=terms.months)
    due_day = terms.due_day
    if due_day is not None and not 1 <= due_day <= 31:
        raise Rejected(Reason.DUE_DAY_OUT_OF_RANGE, due_day=due_day)
    anchor, months = terms.value_date, terms.months
    if due_day is None or due_day == anchor.day or months == 1:
        return DueDates(tuple(add_months(anchor, k) for k in range(1, months + 1)), ())
    first = _first_month(terms, due_day)
    regular = [_on_day(add_months(first, k), due_day) for k in range(months - 1)]
    return DueDates((*regular, add_months(anchor, months)), (1, months))


def _first_month(terms: LoanTerms, due_day: int) -> date:
    """The first of the month that holds the first due date."""
    month = terms.value_date.replace(day=1)
    while (_on_day(month, due_day) - terms.value_date).days < max(terms.min_first_days, 1):
        month = add_months(month, 1)
    return month


def _on_day(month: date, day: int) -> date:
    return month.replace(day=min(day, monthrange(month.year, month.month)[1]))


def loan_periods(terms: LoanTerms) -> tuple[Period, ...]:
    """The interest periods of the loan's due dates, numbered from 1."""
    dues = due_dates(terms)
    starts = (terms.value_date, *dues.dates)
    return tuple(
        Period(k, starts[k - 1], due, k in dues.odd) for k, due in enumerate(dues.dates, start=1)
    )
