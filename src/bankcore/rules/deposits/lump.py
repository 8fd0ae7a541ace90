"""Term interest (定期利息: 逐笔计息法): whole terms and any period, DEP-04, DEP-05."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from bankcore.values.dates import Span, add_months, split
from bankcore.values.figures import Figure, figure
from bankcore.values.money import Money, whole_yuan
from bankcore.values.rates import AnnualRate
from bankcore.values.reasons import Reason, Rejected


def term_interest(principal: Money, rate: AnnualRate, term_months: int) -> Figure:
    """Interest of a term held to maturity: base(P) · rate · term/12, whatever the calendar, DEP-04.

    The base is whole yuan; the fen of the principal are paid back without interest.
    """
    exact = whole_yuan(principal).minor * rate.yearly * Fraction(term_months, 12)
    return figure(
        "DEP-04",
        exact,
        principal.currency,
        principal=principal,
        rate=rate,
        term_months=term_months,
    )


def maturity_of(start: date, term_months: int) -> date:
    """The maturity (到期日) by 对年对月对日; it is never moved for a holiday."""
    return add_months(start, term_months)


@dataclass(frozen=True, slots=True)
class PeriodInterest:
    """Interest of one sum over one period, with the count behind it."""

    span: Span
    interest: Figure


def period_interest(
    principal: Money, rate: AnnualRate, start: date, end: date, method: str = "months_days"
) -> PeriodInterest:
    """Interest of [start, end) at one simple rate, rounded once, DEP-05.

    `months_days` counts whole months and odd days/360, `actual` days/360. Refuses
    `period_reversed` and `rate_negative`.
    """
    span = split(start, end)
    if rate.percent < 0:
        raise Rejected(Reason.RATE_NEGATIVE, rate=rate)
    years = span.by_days if method == "actual" else span.by_months
    made = figure(
        "DEP-05",
        whole_yuan(principal).minor * rate.yearly * years,
        principal.currency,
        principal=principal,
        rate=rate,
        start=start,
        end=end,
        method=method,
        months=span.months,
        odd_days=span.odd_days,
        days=span.days,
    )
    return PeriodInterest(span, made)
