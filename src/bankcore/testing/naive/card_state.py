"""What the naive model remembers of a card: items, statements, minima not paid, plans."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date


@dataclass(slots=True)
class Item:
    """A debit: what it was posted with, what was paid of it when, and whether it bears interest."""

    kind: str
    posted: date
    fen: int
    paid: list[tuple[date, int]] = field(default_factory=list)
    statement: int = 0
    state: str = "grace"
    start: date = date.max
    cap: int = 0
    counted_to: date = date.min
    key: str = ""
    posted_fen: int = 0
    returned: int = 0

    def outstanding(self, on: date = date.max) -> int:
        """What is open of it at the end of a day."""
        return self.fen - sum(fen for day, fen in self.paid if day <= on)


@dataclass(slots=True)
class Statement:
    """A cut: balance, minimum and its purchase share, and the first two as they were sent."""

    on: date
    balance: int
    minimum: int
    share: int
    sent: tuple[int, int] = (0, 0)


@dataclass(slots=True)
class Plan:
    """Instalments: principal and charge of each part, how many were billed, of which items.

    `fees` were billed and not given back; `refunds` are the days and amounts given back of it.
    """

    key: str
    start: date
    parts: list[tuple[int, int]]
    items: list[Item]
    billed: int = 0
    whole: int = 0
    fees: int = 0
    refunds: list[tuple[date, int]] = field(default_factory=list)

    @property
    def coming(self) -> list[tuple[int, int]]:
        """The parts that no statement has billed."""
        return self.parts[self.billed :]


@dataclass(slots=True)
class Entry:
    """A new minimum in the queue of CC-12: since which cut, until when, how much is open."""

    cut: date
    last_day: date
    open: int


@dataclass(slots=True)
class NaiveCard:
    """A card line: items, statements, credits, and a credit balance."""

    key: str
    limit: int
    statement_day: int
    items: list[Item] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)
    credits: list[tuple[date, int]] = field(default_factory=list)
    credit_balance: int = 0
    late_fee: int = 0
    queue: list[Entry] = field(default_factory=list)
    cap: int | None = None
    blocked: bool = False
    active_from: date = date.max
    plans: list[Plan] = field(default_factory=list)
    quoted: tuple[str, int, int] | None = None
    cancelled: date | None = None
    allowance: int = 0
    noted: int = 0

    def copy(self) -> NaiveCard:
        """What it looks like now, to be looked back at."""
        items = [replace(item, paid=list(item.paid)) for item in self.items]
        statements, paid = list(self.statements), list(self.credits)
        return replace(self, items=items, statements=statements, credits=paid)

    def credited(self, after: date, until: date) -> int:
        """Credits posted in (after, until]."""
        return sum(fen for day, fen in self.credits if after < day <= until)

    def used(self) -> int:
        """All that is owed, and what plans will still bring."""
        owed = sum(item.outstanding() for item in self.items)
        return owed + sum(principal for plan in self.plans for principal, _ in plan.coming)

    def open(self, kind: str) -> int:
        """What is outstanding of a kind."""
        return sum(item.outstanding() for item in self.items if item.kind == kind)
