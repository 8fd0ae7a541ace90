"""Time/demand optional deposits (定活两便): the time held chooses the tier, DEP-17."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Final

from bankcore.values.dates import add_months
from bankcore.values.figures import Figure, figure
from bankcore.values.money import Money, whole_yuan
from bankcore.values.rates import AnnualRate
from bankcore.values.reasons import Reason, Rejected

TIERS: Final = (12, 6, 3)
DEMAND: Final = "demand"


@dataclass(frozen=True, slots=True)
class OptionalRates:
    """Rates of the withdrawal day: demand, lump-lump by months (3, 6, 12), the share paid."""

    demand: AnnualRate
    lump: Mapping[int, AnnualRate]
    share: Fraction


@dataclass(frozen=True, slots=True)
class OptionalInterest:
    """Days held, the tier they reach, the exact rate applied and the interest."""

    days: int
    tier: str
    rate: AnnualRate
    interest: Figure


def optional_interest(
    principal: Money, start: date, on: date, rates: OptionalRates
) -> OptionalInterest:
    """Interest of a whole withdrawal: the tier's share for all actual days, at least demand.

    The share of the rate is exact, not cut to two digits. Refuses `before_start`.
    """
    if on < start:
        raise Rejected(Reason.BEFORE_START, start=start)
    reached = next((m for m in TIERS if on >= add_months(start, m)), None)
    rate = rates.demand
    if reached is not None:
        rate = max(rate, AnnualRate(rates.share * rates.lump[reached].percent))
    days = (on - start).days
    interest = figure(
        "DEP-17",
        whole_yuan(principal).minor * rate.daily * days,
        principal.currency,
        principal=principal,
        start=start,
        on=on,
        days=days,
        rate=rate,
    )
    return OptionalInterest(days, str(reached or DEMAND), rate, interest)
