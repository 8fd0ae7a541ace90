"""A demand or agreement account of the naive model, day by day: DEP-02, 03, 16, 21, 22, GL-05."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Final

from bankcore.testing.naive.basics import FOREVER, ONE_DAY, Movement, Refused, days, half_up, seen
from bankcore.testing.naive.board import Board

BLOCKING: Final = ("debit_freeze", "full_freeze", "emergency_stop", "loss_report")
SETTLE_ON: Final = {
    "demand": ((6, 30),),
    "demand_q": ((3, 20), (6, 20), (9, 20), (12, 20)),
    "agreement": ((3, 20), (6, 20), (9, 20), (12, 20)),
}
INTEREST: Final = ("interest", "adjustment")


@dataclass(frozen=True, slots=True)
class Tier:
    """协定存款: what is above the threshold earns another rate until the contract ends, DEP-16."""

    threshold: int
    until: date
    rate: Fraction

    def above(self, fen: int, day: date) -> int:
        """The part of a day's base that earns it."""
        return max(0, fen - self.threshold) if day < self.until else 0


@dataclass(slots=True)
class Restriction:
    """A hold or a freeze; `amount` only where the kind blocks an amount."""

    name: str
    kind: str
    amount: int
    since: date
    until: date | None
    lifted_on: date | None = None

    def active(self, on: date) -> bool:
        """From ≤ day < until, and not lifted before the end of the day."""
        ends = min(self.until or FOREVER, self.lifted_on or FOREVER)
        return self.since <= on < ends


@dataclass(slots=True)
class Settlement:
    """A settled period; `now` is its interest after all restatements so far."""

    start: date
    end: date
    settled_on: date
    rate: Fraction
    interest: int
    now: int
    paid: bool = False
    tier: Tier | None = None


@dataclass(slots=True)
class NaiveAccount:
    """One account: movements, settlements and restrictions; everything else is counted anew."""

    number: str
    customer: str
    product: str = ""
    account_class: str = ""
    stage: str = "applied"
    opened_on: date = FOREVER
    closed_on: date = FOREVER
    movements: list[Movement] = field(default_factory=list)
    settlements: list[Settlement] = field(default_factory=list)
    restrictions: list[Restriction] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    contract: tuple[int, date] | None = None

    @property
    def gl(self) -> str:
        """The ledger account of its product."""
        return "2011.09" if self.product == "agreement" else "2011.01"

    def tier(self, board: Board, day: date) -> Tier | None:
        """What the contract gives at the rate of a day."""
        if self.contract is None:
            return None
        threshold, until = self.contract
        return Tier(threshold, until, board.on("agreement", day))

    @property
    def is_open(self) -> bool:
        """Money can move."""
        return self.stage in {"opened", "active", "closing"}

    def balance(self, as_of: date = FOREVER, known_at: date = FOREVER) -> int:
        """The sum of all movements that count."""
        return sum(m.fen for m in self.movements if seen(m, as_of, known_at))

    def blocked(self, on: date) -> bool:
        """No debit at all, DEP-22."""
        return any(r.kind in BLOCKING and r.active(on) for r in self.restrictions)

    def available(self, on: date, as_of: date = FOREVER, known_at: date = FOREVER) -> int:
        """Balance less active holds and amount freezes; nothing under a blocking kind, DEP-22."""
        if self.blocked(on):
            return 0
        held = sum(r.amount for r in self.restrictions if r.active(on) and r.kind not in BLOCKING)
        return max(0, self.balance(as_of, known_at) - held)

    def lowest_from(self, day: date, today: date) -> int:
        """The lowest end-of-day balance of [day, today], as known now."""
        return min(self.balance(on) for on in days(day, today + ONE_DAY))

    def check_debit(self, fen: int, today: date) -> None:
        """Refuse account_not_open, account_frozen, insufficient_available_balance."""
        if not self.is_open:
            raise Refused("account_not_open")
        if self.blocked(today):
            raise Refused("account_frozen")
        if fen > self.available(today):
            raise Refused("insufficient_available_balance")

    def settled_to(self, as_of: date = FOREVER, known_at: date = FOREVER) -> date:
        """End of the last settled period that is seen, or the opening day."""
        ends = [s.end for s in self.settlements if s.settled_on <= min(as_of, known_at)]
        return max(ends, default=self.opened_on)

    def is_settlement_day(self, day: date) -> bool:
        """The product's days, weekends and holidays not moved, DEP-03."""
        return (day.month, day.day) in SETTLE_ON[self.product]

    def settle(self, end: date, today: date, rate: Fraction, tier: Tier | None) -> int:
        """Fix the interest of the running period up to `end` (not counted)."""
        start = self.settled_to()
        interest = half_up(count(self.movements, start, end, rate, tier))
        settled = Settlement(start, end, today, rate, interest, interest, tier=tier)
        self.settlements.append(settled)
        return interest

    def pay(self, today: date) -> int:
        """Credit what was settled and not yet paid."""
        payable = sum(s.interest for s in self.settlements if not s.paid)
        for settlement in self.settlements:
            settlement.paid = True
        if payable:
            self.movements.append(Movement(today, today, payable, "interest"))
        return payable

    def payable(self) -> int:
        """Settled, not yet paid."""
        return sum(s.interest for s in self.settlements if not s.paid)

    def accrued(self, board: Board, as_of: date, known_at: date = FOREVER) -> Fraction:
        """Interest that grew since the last settlement, to the end of the day, GL-06; exact."""
        if min(as_of, known_at) >= self.closed_on or self.opened_on > min(as_of, known_at):
            return Fraction(0)
        known = [m for m in self.movements if seen(m, as_of, known_at)]
        start = self.settled_to(as_of, known_at)
        rate, tier = board.on("demand", as_of), self.tier(board, as_of)
        return count(known, start, as_of + ONE_DAY, rate, tier)

    def restate(self) -> tuple[int, date] | None:
        """Recompute every settled period with all that is known now, GL-05.

        Returns the difference to book and its value date, the pay day of the last settlement
        that changed; None when nothing is to be booked.
        """
        known = [m for m in self.movements if m.what not in INTEREST]
        changed: list[tuple[Settlement, int]] = []
        for settlement in self.settlements:
            period = settlement.start, settlement.end
            exact = count(known, *period, settlement.rate, settlement.tier)
            interest = half_up(exact)
            known.append(Movement(settlement.end, settlement.end, interest, "interest"))
            if interest != settlement.now:
                changed.append((settlement, interest))
        difference = sum(interest - settlement.now for settlement, interest in changed)
        if not difference:
            return None
        for settlement, interest in changed:
            settlement.now = interest
        return difference, changed[-1][0].end


def count(
    movements: Iterable[Movement],
    start: date,
    end: date,
    rate: Fraction,
    tier: Tier | None = None,
) -> Fraction:
    """积数计息: each day's balance in whole yuan, at rate/360, in exact fen, DEP-02, DEP-16."""
    known = list(movements)
    low, high = 0, 0
    for day in days(start, end):
        balance = sum(m.fen for m in known if m.valued <= day)
        base = max(balance, 0) // 100 * 100
        above = tier.above(base, day) if tier else 0
        low, high = low + base - above, high + above
    upper = tier.rate if tier else Fraction(0)
    return (low * rate + high * upper) / 100 / 360
