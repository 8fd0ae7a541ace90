"""CC-03 Minimum payment (最低还款额): the smallest amount that keeps an account current."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from bankcore.values.figures import Figure, figure
from bankcore.values.money import ZERO, Money

RULE: Final = "CC-03"


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """What is outstanding at the close of a statement day, by group; disputed items left out."""

    purchases: Money = ZERO
    cash: Money = ZERO
    instalment: Money = ZERO
    interest: Money = ZERO
    fees: Money = ZERO

    @property
    def in_full(self) -> Money:
        """Cash, billed instalments, interest and fees: due at 100 %."""
        return self.cash + self.instalment + self.interest + self.fees

    @property
    def balance(self) -> Money:
        """The statement balance B."""
        return self.in_full + self.purchases


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """The statement before: its minimum, the purchase share of it, credits posted since."""

    minimum: Money = ZERO
    purchase_share: Money = ZERO
    credits_since: Money = ZERO

    @property
    def unpaid(self) -> Money:
        """U: what of the earlier minimum is still unpaid."""
        return max(ZERO, self.minimum - self.credits_since)


@dataclass(frozen=True, slots=True, kw_only=True)
class MinimumTerms:
    """Share of in-limit purchases in percent and the floor in money."""

    share: Fraction
    floor: Money


@dataclass(frozen=True, slots=True)
class MinimumPayment:
    """Balance, the minimum with its trace, and its purchase share for the next statement."""

    balance: Money
    minimum: Figure
    purchase_share: Money


def minimum_payment(
    owed: Owed, limit: Money, earlier: Earlier, terms: MinimumTerms
) -> MinimumPayment:
    """100 % of what is not a purchase, plus a share of the purchases, at least the floor.

    Purchases over the limit and the purchase part of an earlier unpaid minimum count in full;
    only the share of the rest is rounded, half up. Never more than the balance.
    """
    over = min(owed.purchases, max(ZERO, owed.balance - limit))
    carried = min(earlier.unpaid, earlier.purchase_share)
    rest = max(ZERO, owed.purchases - over - carried)
    share = figure(RULE, terms.share * rest.minor / 100, base=rest, share=terms.share)
    part = min(owed.purchases, over + carried + share.amount)
    minimum = min(owed.balance, max(owed.in_full + part, terms.floor))
    traced = Figure(
        minimum,
        Fraction(minimum.minor),
        RULE,
        {
            "in_full": owed.in_full,
            "over_limit": over,
            "earlier_unpaid": carried,
            "share_of_purchases": share.amount,
            "floor": terms.floor,
            "balance": owed.balance,
        },
    )
    return MinimumPayment(owed.balance, traced, max(ZERO, minimum - owed.in_full))
