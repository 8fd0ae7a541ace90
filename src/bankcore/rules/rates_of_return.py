"""Rates of return of dated flows (内部收益率、XIRR): every root isolated, none or several said so.

The worth of flows is an exponential sum in s = ln(1 + x). Such a sum has at most as many roots as
its amounts change sign, and between two roots of a suitable derivative, which changes sign once
less, it is monotone. So every root in range is bracketed, never one of several by chance.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from decimal import Decimal, localcontext
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise
from typing import Final

_DIGITS: Final = 40
_WIDTH: Final = Decimal(10) ** -30
_TOUCH: Final = Decimal(10) ** -30
_LOWEST: Final = Decimal("0.01")
_HIGHEST: Final = Decimal(2001)
"""Growth of a year between which roots are looked for: −99 % to 200,000 %."""

Terms = Sequence[tuple[int, Decimal]]
"""Days from the first flow, rising, and amounts that are not zero."""


class Roots(StrEnum):
    """Why there is no one rate of return."""

    NONE = "no root"
    SEVERAL = "several roots"


def xirr(flows: Sequence[tuple[date, Fraction]], basis: int = 365) -> Fraction | Roots:
    """The yearly rate at which the flows are worth nothing, on actual days over `basis`.

    Good to 25 digits; `Roots.NONE` and `Roots.SEVERAL` when there is not exactly one.
    """
    start = min(on for on, _ in flows)
    by_day: defaultdict[int, Fraction] = defaultdict(Fraction)
    for on, amount in flows:
        by_day[(on - start).days] += amount
    with localcontext() as context:
        context.prec = _DIGITS
        terms = [
            (days, Decimal(amount.numerator) / Decimal(amount.denominator))
            for days, amount in sorted(by_day.items())
            if amount
        ]
        found = _roots(terms, (_LOWEST.ln() / basis, _HIGHEST.ln() / basis))
        if len(found) != 1:
            return Roots.SEVERAL if found else Roots.NONE
        return Fraction((found[0] * basis).exp() - 1)


def _roots(terms: Terms, within: tuple[Decimal, Decimal]) -> list[Decimal]:
    """All daily s in range where the terms are worth nothing, rising."""
    change = next((i for i, (a, b) in enumerate(pairwise(terms)) if a[1] * b[1] < 0), None)
    if change is None:
        return []
    # Scaled by e^(middle·s) the sum keeps its roots, and its derivative loses this sign change.
    middle = Decimal(terms[change][0] + terms[change + 1][0]) / 2
    turning = _roots([(days, amount * (middle - days)) for days, amount in terms], within)
    worths = [(s, _weighed(terms, s)) for s in (within[0], *turning, within[1])]
    found = [s for s, worth in worths if worth == 0]
    found += [_halve(terms, a[0], b[0]) for a, b in pairwise(worths) if a[1] * b[1] < 0]
    return sorted(found)


def _halve(terms: Terms, low: Decimal, high: Decimal) -> Decimal:
    falling = _worth(terms, low) > 0
    while high - low > _WIDTH:
        middle = (low + high) / 2
        if (_worth(terms, middle) > 0) is falling:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def _worth(terms: Terms, s: Decimal) -> Decimal:
    """Σ amount · e^(−days·s), from the last flow back to the first."""
    discount = (-s).exp()
    powers: dict[int, Decimal] = {}
    worth, after = Decimal(0), terms[-1][0]
    for days, amount in reversed(terms):
        gap = after - days
        if gap not in powers:
            powers[gap] = discount**gap
        worth = worth * powers[gap] + amount
        after = days
    return worth * discount**after


def _weighed(terms: Terms, s: Decimal) -> Decimal:
    """The worth, and nothing where the terms cancel to all digits that count: a double root."""
    worth = _worth(terms, s)
    whole = _worth([(days, abs(amount)) for days, amount in terms], s)
    return worth if abs(worth) > _TOUCH * whole else Decimal(0)
