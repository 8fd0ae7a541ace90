"""Interest of the running period of a loan up to any day (贷款应计利息), derived, GL-06 step 2."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from bankcore.rules.loans.penalty import RateStep, rate_segments
from bankcore.values.dates import split
from bankcore.values.money import Money


def accrued_interest(
    balance: Money, rates: Sequence[RateStep], period: tuple[date, date], whole: int | None
) -> Fraction:
    """Exact interest in minor units of a balance over [start, end).

    A period of `whole` months grows by months and odd days (对年对月对日) and never beyond those
    months, so that at its due date it is the interest that falls due, to the last fraction, also
    where it starts on a clamped month end (28 Feb to 31 Mar). None: an odd period, or one in which
    the rate changed, grows by days.
    """
    start, end = period
    if whole is None:
        segments = rate_segments(rates, start, end)
        return balance.minor * sum((days * rate.daily for days, rate in segments), Fraction(0))
    span = split(start, end)
    rate = [step.rate for step in rates if step.start <= start][-1]
    grown = span.months * rate.monthly + span.odd_days * rate.daily
    return balance.minor * min(grown, whole * rate.monthly)
