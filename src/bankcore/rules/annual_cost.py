"""Annualised cost (年化利率): the one internal rate of return of cash flows, LN-08, CC-08."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from fractions import Fraction
from itertools import pairwise
from typing import Final

from bankcore.values.reasons import Reason, Rejected

_DIGITS: Final = 50
_WIDTH: Final = Decimal(10) ** -24
_HIGHEST: Final = Decimal(2) ** 40


@dataclass(frozen=True, slots=True)
class AnnualCost:
    """The yearly cost in exact percent: `simple` = 12·x, `effective` = (1 + x)^12 − 1."""

    simple: Fraction
    effective: Fraction


def irr(flows: Sequence[tuple[int | Fraction, Fraction]]) -> Fraction:
    """The rate x ≥ 0 per unit of time at which the flows are worth nothing, exact to 10^-20.

    A flow is (time, amount): received positive, paid negative, in any one unit of money. Times
    are months (then x is a month rate) or fractions of a year, from 0. The root is bracketed
    and halved in 50-digit decimals. Exactly one change of sign, from received to paid, is
    asked for: by the rule of Descartes the root is then the only one. Anything else, and flows
    that pay back less than was received, are `flows_not_a_loan`.
    """
    ordered = sorted(flows, key=lambda flow: flow[0])
    signs = [amount > 0 for _, amount in ordered if amount]
    changes = sum(a != b for a, b in pairwise(signs))
    if changes != 1 or not signs[0] or sum(amount for _, amount in ordered) > 0:
        raise Rejected(Reason.FLOWS_NOT_A_LOAN, flows=len(flows))
    with localcontext() as context:
        context.prec = _DIGITS
        exact = [(_decimal(Fraction(time)), _decimal(amount)) for time, amount in ordered]
        if sum(amount for _, amount in ordered) == 0:
            return Fraction(0)
        return Fraction(_bisect(exact))


def _bisect(flows: Sequence[tuple[Decimal, Decimal]]) -> Decimal:
    low, high = Decimal(0), Decimal(1)
    while _worth(flows, high) < 0:
        low, high = high, high * 2
        if high > _HIGHEST:
            raise Rejected(Reason.FLOWS_NOT_A_LOAN, flows=len(flows))
    while high - low > _WIDTH * max(Decimal(1), high):
        middle = (low + high) / 2
        if _worth(flows, middle) < 0:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def _worth(flows: Sequence[tuple[Decimal, Decimal]], rate: Decimal) -> Decimal:
    growth = 1 + rate
    return sum((amount * growth**-time for time, amount in flows), Decimal(0))


def _decimal(number: Fraction) -> Decimal:
    return Decimal(number.numerator) / Decimal(number.denominator)


def monthly_cost(net: Fraction, payments: Sequence[Fraction]) -> AnnualCost:
    """Both yearly forms of the month rate of a loan paid back at equal months 1…n.

    `net` is what the borrower receives at month 0 after upfront costs, in minor units;
    `payments[k−1]` what is paid at month k with all periodic fees. Unrounded.
    """
    flows: list[tuple[int | Fraction, Fraction]] = [(0, net)]
    flows += [(month, -paid) for month, paid in enumerate(payments, start=1)]
    rate = irr(flows)
    return AnnualCost(1200 * rate, 100 * ((1 + rate) ** 12 - 1))
