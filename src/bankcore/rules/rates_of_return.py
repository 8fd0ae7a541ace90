"""Rates of return of dated flows (内部收益率、XIRR): bracketed on exact decimals, roots counted.

The net worth is a function of q = 1/(1+x). Roots are looked for in every stretch of a fine grid;
none and several are reported as such, never one of them by chance.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal, localcontext
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise
from typing import Final

_DIGITS: Final = 40
_WIDTH: Final = Decimal(10) ** -25
_GRID: Final = tuple(
    Decimal(n) / 100
    for n in (*range(-99, -50, 1), *range(-50, 100, 2), *range(100, 1000, 50),
              *range(1000, 10_000, 500), *range(10_000, 200_001, 10_000))
)  # fmt: skip
"""Yearly rates between which roots are looked for: −99 % to 200,000 %, finer where flows live."""


class Roots(StrEnum):
    """Why there is no one rate of return."""

    NONE = "no root"
    SEVERAL = "several roots"


def xirr(flows: Sequence[tuple[date, Fraction]], basis: int = 365) -> Fraction | Roots:
    """The yearly rate at which the flows are worth nothing, on actual days over `basis`.

    Exact to 10^-25; `Roots.NONE` when no sign changes, `Roots.SEVERAL` when more than one does.
    """
    start = min(on for on, _ in flows)
    with localcontext() as context:
        context.prec = _DIGITS
        exact = [
            (Decimal((on - start).days) / basis, Decimal(a.numerator) / Decimal(a.denominator))
            for on, a in flows
        ]
        worths = [(x, _worth(exact, x)) for x in _GRID]
        at = [x for x, worth in worths if worth == 0]
        between = [(a[0], b[0]) for a, b in pairwise(worths) if a[1] * b[1] < 0]
        if len(at) + len(between) != 1:
            return Roots.SEVERAL if at or between else Roots.NONE
        return Fraction(at[0] if at else _halve(exact, *between[0]))


def _halve(flows: Sequence[tuple[Decimal, Decimal]], low: Decimal, high: Decimal) -> Decimal:
    falling = _worth(flows, low) > 0
    while high - low > _WIDTH * max(Decimal(1), abs(high)):
        middle = (low + high) / 2
        if (_worth(flows, middle) > 0) is falling:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def _worth(flows: Sequence[tuple[Decimal, Decimal]], rate: Decimal) -> Decimal:
    discount = -(1 + rate).ln()
    return sum((amount * (time * discount).exp() for time, amount in flows), Decimal(0))
