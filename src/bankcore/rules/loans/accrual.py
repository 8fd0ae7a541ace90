"""Interest of the running period of a loan up to any day (贷款应计利息), derived, GL-06 step 2."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from bankcore.rules.loans.penalty import RateStep, rate_segments
from bankcore.values.dates import split
from bankcore.values.money import Money


def accrued_interest(
    balance: Money, rates: Sequence[RateStep], period: tuple[date, date], *, by_days: bool
) -> Fraction:
    """Exact interest in minor units of a balance over [start, end).

    A whole period grows by months and odd days (对年对月对日), so that at its due date it is the
    interest that falls due, to the last fraction; an odd period, and one in which the rate
    changed, grows by days.
    """
    start, end = period
    if by_days:
        segments = rate_segments(rates, start, end)
        return balance.minor * sum((days * rate.daily for days, rate in segments), Fraction(0))
    span = split(start, end)
    rate = [step.rate for step in rates if step.start <= start][-1]
    return balance.minor * (span.months * rate.monthly + span.odd_days * rate.daily)
