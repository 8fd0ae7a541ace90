"""Points of a card in the naive model, CC-09: earned, taken back, redeemed.

A life is shorter than the two years after which they expire; what they are worth is not modelled.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

from bankcore.testing.naive import card, card_cash
from bankcore.testing.naive.bank import Answer, Asked, NaiveBank
from bankcore.testing.naive.basics import Refused

MONTH_MOST, STEP, PER_FEN = 50_000, 500, 5
LIABILITY, SHOP = "2204", "2241.04"


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
    """Usable points by month of earning, points owed, and what every purchase earned."""

    lots: dict[str, int] = field(default_factory=dict)
    owed: int = 0
    earned: dict[str, Earned] = field(default_factory=dict)

    @property
    def balance(self) -> int:
        """Usable points less those that are owed."""
        return sum(self.lots.values()) - self.owed

    def earn(self, item: str, fen: int, month: str) -> None:
        """One for each full yuan, up to the most of a month; what is owed is filled first."""
        so_far = sum(e.points for e in self.earned.values() if e.month == month)
        points = min(fen // 100, MONTH_MOST - so_far)
        self.earned[item] = Earned(month, fen, points)
        filled = min(points, self.owed)
        self.owed -= filled
        self.lots[month] = self.lots.get(month, 0) + points - filled

    def take_back(self, item: str, fen: int) -> None:
        """What the rest of the purchase would not have earned: its own month first, then oldest."""
        earned = self.earned[item]
        earned.refunded += fen
        kept = min(earned.points, (earned.fen - earned.refunded) // 100)
        left = earned.points - kept - earned.taken
        earned.taken += left
        self.owed += self.spend(left, [earned.month, *sorted(self.lots)])

    def spend(self, points: int, months: list[str]) -> int:
        """Take points from lots in an order; what they do not hold is left over."""
        for month in months:
            gone = min(points, self.lots[month])
            self.lots[month] -= gone
            points -= gone
        return points


def points_of(bank: NaiveBank, key: str) -> NaivePoints:
    """The points of a card, none at first."""
    found: NaivePoints = bank.points.setdefault(key, NaivePoints())
    return found


def purchase(bank: NaiveBank, c: Any, asked: Asked) -> None:
    """A purchase earns."""
    card.purchase(bank, c, asked)
    points_of(bank, c.card).earn(c.item, c.amount.minor, bank.today.isoformat()[:7])


def refund(bank: NaiveBank, c: Any, asked: Asked) -> None:
    """A refund takes back."""
    card_cash.refund(bank, c, asked)
    points_of(bank, c.card).take_back(c.item, c.amount.minor)


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
    points.spend(c.points, sorted(points.lots))
    cost = c.points // PER_FEN
    bank.post(bank.today, {LIABILITY: cost, SHOP: -cost})


ANSWERS: Final[dict[str, Answer]] = {
    "card_line.post": purchase,
    "card_line.refund": refund,
    "points_account.redeem": redeem,
}
