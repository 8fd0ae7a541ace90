"""Interest tax (储蓄存款利息个人所得税): by the days on which the interest grew, DEP-19."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Final

from bankcore.values.dated import DatedRow
from bankcore.values.dates import days_between
from bankcore.values.figures import Figure, figure
from bankcore.values.money import Money

EXEMPT: Final = frozenset({"education"})


@dataclass(frozen=True, slots=True)
class TaxedInterest:
    """Tax withheld and what the customer gets; net + tax = gross."""

    tax: Figure
    net: Money


def interest_tax(
    gross: Money, start: date, end: date, rates: Sequence[DatedRow[Fraction]]
) -> TaxedInterest:
    """Tax of interest that grew evenly over [start, end); `rates` in percent by accrual day.

    Each day is taxed at the rate of that day; rounded once. Refuses `period_reversed`.
    """
    days = days_between(start, end)
    weighted = Fraction(0)
    ordered = sorted(rates, key=lambda r: r.valid_from)
    for i, row in enumerate(ordered):
        until = ordered[i + 1].valid_from if i + 1 < len(ordered) else end
        share = max((min(until, end) - max(row.valid_from, start)).days, 0)
        weighted += share * (row.value or Fraction(0))
    exact = gross.minor * weighted / (100 * days) if days else Fraction(0)
    tax = figure("DEP-19", exact, gross.currency, gross=gross, start=start, end=end)
    return TaxedInterest(tax, gross - tax.amount)


def is_exempt(product: str) -> bool:
    """Education savings (教育储蓄) were never taxed."""
    return product in EXEMPT
