"""PAY-11 Mall and payment with points (商城与积分支付)."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from bankcore.values.money import ZERO, Money, round_to_money
from bankcore.values.reasons import Reason, Rejected


@dataclass(frozen=True, slots=True)
class PointsTerms:
    """Points are spent in steps; so many are one yuan; the item's share payable with them in %."""

    step: int
    per_yuan: int
    max_share: Fraction


def cash_due(price: Money, points: int, usable: int, terms: PointsTerms) -> Money:
    """What is paid in money beside so many points; points and cash are worth the price.

    Refuses `points_step`, `points_insufficient`, `points_share_exceeded` (also above the price).
    A point value that is no whole fen is rounded once.
    """
    if points < 0 or points % terms.step:
        raise Rejected(Reason.POINTS_STEP, step=terms.step)
    if points > usable:
        raise Rejected(Reason.POINTS_INSUFFICIENT, usable=usable)
    worth = Fraction(100 * points, terms.per_yuan)
    if worth > price.minor * min(terms.max_share, Fraction(100)) / 100:
        raise Rejected(Reason.POINTS_SHARE_EXCEEDED, most=terms.max_share)
    return round_to_money(price.minor - worth, price.currency).money


@dataclass(frozen=True, slots=True)
class MallOrder:
    """A purchase paid with points and cash, and what was refunded of it so far."""

    price: Money
    cash: Money
    points: int
    refunded: Money = ZERO

    def back(self, value: Money) -> tuple[int, Money]:
        """Points (rounded down) and cash (half up) that belong to a part of the price."""
        share = Fraction(value.minor, self.price.minor)
        points = self.points * share
        cash = round_to_money(self.cash.minor * share, self.cash.currency).money
        return points.numerator // points.denominator, cash


@dataclass(frozen=True, slots=True)
class Refunded:
    """The order after a refund, and what this refund gives back."""

    order: MallOrder
    points: int
    cash: Money


def refund(order: MallOrder, value: Money) -> Refunded:
    """Give back a part of the price, counted on all refunds so far, so the last one is exact.

    Refuses `refund_exceeds_price`.
    """
    total = order.refunded + value
    if total > order.price:
        raise Rejected(Reason.REFUND_EXCEEDS_PRICE, left=order.price - order.refunded)
    points, cash = order.back(total)
    points_before, cash_before = order.back(order.refunded)
    after = MallOrder(order.price, order.cash, order.points, total)
    return Refunded(after, points - points_before, cash - cash_before)
