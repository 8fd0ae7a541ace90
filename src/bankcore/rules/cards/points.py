"""CC-09 Points (积分): earned on purchases, kept in monthly lots, redeemed, taken back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from bankcore.values.dates import add_months
from bankcore.values.money import Money, round_to_money
from bankcore.values.reasons import Reason, Rejected


@dataclass(frozen=True, slots=True, kw_only=True)
class EarnTerms:
    """Points per full yuan, the product's multiplier, the cap of a calendar month."""

    per_yuan: int
    multiplier: int
    monthly_cap: int


def _points(amount: Money, terms: EarnTerms) -> int:
    return max(0, amount.minor) * terms.per_yuan * terms.multiplier // 100


def earned(amount: Money, earned_this_month: int, terms: EarnTerms) -> int:
    """Points of a purchase: the whole product floored once, then cut to the month's cap."""
    return min(_points(amount, terms), max(0, terms.monthly_cap - earned_this_month))


@dataclass(frozen=True, slots=True, kw_only=True)
class Returned:
    """A purchase, what of it was refunded before, the refund now, the points it had earned."""

    amount: Money
    refunded_before: Money
    refund: Money
    earned: int


def clawback(returned: Returned, terms: EarnTerms) -> int:
    """Points to take back now: cumulative, so that several refunds add up exactly."""
    before = _kept(returned, returned.refunded_before, terms)
    after = _kept(returned, returned.refunded_before + returned.refund, terms)
    return before - after


def _kept(returned: Returned, refunded: Money, terms: EarnTerms) -> int:
    return min(returned.earned, _points(returned.amount - refunded, terms))


@dataclass(frozen=True, slots=True)
class Lot:
    """Points earned in a month, named by its first day."""

    month: date
    points: int


def usable_through(lot: Lot, months_valid: int) -> date:
    """The last day a lot can be used: the end of so many months after its own."""
    following = add_months(lot.month.replace(day=1), months_valid + 1)
    return date.fromordinal(following.toordinal() - 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class RedeemTerms:
    """Months of validity, step of redemption, points to the yuan."""

    months_valid: int
    step: int
    points_per_yuan: int


@dataclass(frozen=True, slots=True)
class Redeemed:
    """The lots left, in order of month, and the value in money."""

    lots: tuple[Lot, ...]
    value: Money


def unexpired(lots: Sequence[Lot], on: date, months_valid: int) -> tuple[Lot, ...]:
    """Lots that can still be used on a day, in order of month, empty ones dropped."""
    alive = [x for x in lots if x.points and usable_through(x, months_valid) >= on]
    return tuple(sorted(alive, key=lambda lot: lot.month))


def redeem(lots: Sequence[Lot], points: int, on: date, terms: RedeemTerms) -> Redeemed:
    """Take points from the lots that expire first.

    Refuses `points_not_positive`, `points_step`, `points_insufficient`. While clawbacks outweigh
    the lots there are none to take from, so a negative balance is `points_insufficient` too.
    """
    alive = unexpired(lots, on, terms.months_valid)
    check_redemption(sum(lot.points for lot in alive), points, terms.step)
    gone = {lot.month: lot.points for lot in take(alive, points)}
    rest = [replace(lot, points=lot.points - gone.get(lot.month, 0)) for lot in alive]
    value = worth(points, terms.points_per_yuan)
    return Redeemed(tuple(lot for lot in rest if lot.points), value)


def check_redemption(balance: int, points: int, step: int) -> None:
    """Refuse `points_not_positive`, `points_step`, `points_insufficient`, in this order."""
    refusals = (
        (points <= 0, Reason.POINTS_NOT_POSITIVE),
        (points % step != 0, Reason.POINTS_STEP),
        (points > balance, Reason.POINTS_INSUFFICIENT),
    )
    for refused, reason in refusals:
        if refused:
            raise Rejected(reason, points=points, balance=balance)


def take(lots: Sequence[Lot], points: int) -> tuple[Lot, ...]:
    """What of the lots, in the order given, makes up the points; less when they hold less."""
    left, taken = points, []
    for lot in lots:
        share = min(left, lot.points)
        left -= share
        if share:
            taken.append(replace(lot, points=share))
    return tuple(taken)


def take_back(lots: Sequence[Lot], month: date, points: int) -> tuple[Lot, ...]:
    """Points of a refund: from the lot of the month that earned them, then the earliest first."""
    return take(sorted(lots, key=lambda lot: (lot.month != month, lot.month)), points)


def worth(points: int, points_per_yuan: int) -> Money:
    """What points are worth, in fen, rounded half up once."""
    return round_to_money(Fraction(100 * points, points_per_yuan)).money


def released(liability: Money, points: int, left: int, points_per_yuan: int) -> Money:
    """What leaves the liability (2204) with points, in fen: their worth, never more than there is.

    The last points take all that is left, so that the fen lost and won by rounding each accrual
    do not stay behind (GL-04).
    """
    return min(liability, worth(points, points_per_yuan)) if left else liability
