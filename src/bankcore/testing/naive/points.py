"""Points of a card in the naive model, CC-09, and what they are worth, C14 to C17.

500 points are a yuan: each accrual is worth its points, rounded; what goes takes its worth along,
never more than there is, and the last points take what is left.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from typing import Any, Final

from bankcore.testing.naive import card, card_cash
from bankcore.testing.naive.bank import Answer, Asked, NaiveBank
from bankcore.testing.naive.basics import ONE_DAY, Refused, half_up, months_later

MONTH_MOST, STEP, PER_FEN = 50_000, 500, 5
VALID, AFTER_CARD = 24, timedelta(days=30)
LIABILITY, SHOP, INCOME = "2204", "2241.04", "6021.02"


@dataclass(slots=True)
class Earned:
    """What a purchase earned in which month, and what its refunds took back."""

    month: str
    fen: int
    points: int
    taken: int = 0
    refunded: int = 0


@dataclass(slots=True)
class NaivePoints:
    """Usable points by month of earning with their worth, points owed, what purchases earned."""

    lots: dict[str, int] = field(default_factory=dict)
    owed: int = 0
    worth: int = 0
    earned: dict[str, Earned] = field(default_factory=dict)

    @property
    def balance(self) -> int:
        """Usable points less those that are owed."""
        return sum(self.lots.values()) - self.owed

    def earn(self, item: str, fen: int, month: str) -> int:
        """One for each full yuan, up to the most of a month; what is owed is filled first."""
        so_far = sum(e.points for e in self.earned.values() if e.month == month)
        points = min(fen // 100, MONTH_MOST - so_far)
        self.earned[item] = Earned(month, fen, points)
        filled = min(points, self.owed)
        self.owed -= filled
        self.lots[month] = self.lots.get(month, 0) + points - filled
        worth = half_up(Fraction(points - filled, PER_FEN))
        self.worth += worth
        return worth

    def take_back(self, item: str, fen: int) -> int:
        """What the rest of the purchase would not have earned: its own month first, then oldest."""
        earned = self.earned[item]
        earned.refunded += fen
        kept = min(earned.points, (earned.fen - earned.refunded) // 100)
        back = earned.points - kept - earned.taken
        earned.taken += back
        there = min(back, sum(self.lots.values()))
        self.owed += back - there
        return self.spend(there, [earned.month, *sorted(self.lots)])

    def spend(self, points: int, months: list[str]) -> int:
        """Take points from lots in an order; the worth that goes with them."""
        worth = half_up(Fraction(points, PER_FEN))
        for month in months:
            gone = min(points, self.lots[month])
            self.lots[month] -= gone
            points -= gone
        gone_with = min(worth, self.worth) if sum(self.lots.values()) else self.worth
        self.worth -= gone_with
        return gone_with


def points_of(bank: NaiveBank, key: str) -> NaivePoints:
    """The points of a card, none at first."""
    found: NaivePoints = bank.points.setdefault(key, NaivePoints())
    return found


def release(bank: NaiveBank, worth: int) -> None:
    """What is no longer owed becomes income."""
    bank.post(bank.today, {LIABILITY: worth, INCOME: -worth})


def purchase(bank: NaiveBank, c: Any, asked: Asked) -> None:
    """A purchase earns."""
    card.purchase(bank, c, asked)
    month, ended = bank.today.isoformat()[:7], card.card_of(bank, c.card).cancelled
    if last_day(month, ended) >= bank.today:
        release(bank, -points_of(bank, c.card).earn(c.item, c.amount.minor, month))


def refund(bank: NaiveBank, c: Any, asked: Asked) -> None:
    """A refund takes back."""
    card_cash.refund(bank, c, asked)
    points = points_of(bank, c.card)
    if c.item in points.earned:
        release(bank, points.take_back(c.item, c.amount.minor))


def redeem(bank: NaiveBank, c: Any, _: Asked) -> None:
    """Whole steps of what is there, the oldest first, unless the card is overdue."""
    points = points_of(bank, c.card)
    if c.points <= 0:
        raise Refused("points_not_positive")
    if c.points % STEP:
        raise Refused("points_step")
    if c.points > sum(points.lots.values()):
        raise Refused("points_insufficient")
    if points.owed:
        raise Refused("points_negative_balance")
    if card.late_since(card.card_of(bank, c.card), bank.today):
        raise Refused("account_overdue")
    worth, cost = points.spend(c.points, sorted(points.lots)), c.points // PER_FEN
    bank.post(bank.today, {LIABILITY: worth, SHOP: -cost, INCOME: cost - worth})


def last_day(month: str, ended: date | None) -> date:
    """The last day of the 24th month after the month of earning; sooner without a card."""
    through = months_later(date.fromisoformat(f"{month}-01"), VALID + 1) - ONE_DAY
    return through if ended is None else min(through, ended + AFTER_CARD)


def expire(bank: NaiveBank) -> None:
    """At its close a lot's last day takes what is left of it."""
    for key, points in bank.points.items():
        for month, left in points.lots.items():
            if left and last_day(month, bank.cards[key].cancelled) == bank.today:
                release(bank, points.spend(left, [month]))


ANSWERS: Final[dict[str, Answer]] = {
    "card_line.post": purchase,
    "card_line.refund": refund,
    "points_account.redeem": redeem,
}
