"""WM-10 Subscription fee and units (申购费与份额).

Fee tiers by the gross amount, lower bounds inclusive. The outer method (价外法) takes the fee on
what is invested, the inner one (价内法) on what is paid. Net and fee add up to the amount.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from bankcore.products.wealth_terms import FeeTier, SubscriptionTerms
from bankcore.values.figures import Figure, figure
from bankcore.values.money import ZERO, Money
from bankcore.values.units import Units, units_for

RULE: Final = "WM-10"


@dataclass(frozen=True, slots=True)
class Subscribed:
    """What is invested, the fee, and the units bought; what rounding left stays in the product."""

    net: Figure
    fee: Figure
    units: Units


def tier_of(amount: Money, tiers: Sequence[FeeTier]) -> FeeTier:
    """The highest tier whose lower bound the amount reaches."""
    return max((t for t in tiers if t.least <= amount), key=lambda t: t.least.minor)


def subscribe(
    amount: Money, nav: Fraction, terms: SubscriptionTerms, raising_interest: Money = ZERO
) -> Subscribed:
    """Fee and units of an order at the net asset value of its trade date.

    Interest of a raising period (认购) turns into units without fee. A tiny order may buy no
    units; the order around it refuses that.
    """
    tier = tier_of(amount, terms.tiers)
    if tier.flat is not None:
        net, fee = _flat(amount, tier.flat)
    else:
        net, fee = _rated(amount, tier.rate * terms.discount / 100, outer=terms.outer)
    invested = Fraction((net.amount + raising_interest).minor)
    return Subscribed(net, fee, units_for(invested, nav, down=terms.round_down))


def _flat(amount: Money, flat: Money) -> tuple[Figure, Figure]:
    """A flat fee, at most the amount; the online discount never touches it."""
    fee = min(amount, flat)
    shown = {"amount": amount, "flat": flat}
    net = amount - fee
    return (
        Figure(net, Fraction(net.minor), RULE, shown),
        Figure(fee, Fraction(fee.minor), RULE, shown),
    )


def _rated(amount: Money, rate: Fraction, *, outer: bool) -> tuple[Figure, Figure]:
    """One of the two is rounded, the other is what it leaves of the amount."""
    if outer:
        net = figure(RULE, amount.minor / (1 + rate), amount=amount, rate=rate, method="outer")
        return net, _rest(amount, net)
    fee = figure(RULE, amount.minor * rate, amount=amount, rate=rate, method="inner")
    return _rest(amount, fee), fee


def _rest(amount: Money, taken: Figure) -> Figure:
    return Figure(amount - taken.amount, amount.minor - taken.exact, RULE, taken.inputs)
