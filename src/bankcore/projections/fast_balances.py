"""All balances straight from stored bodies: the fold for a whole, large, cold log.

Nothing is built per event: each stored name is compiled once into the amounts it adds, from the
same posting rows (GL-02) and declared fields that `post` reads. Events whose rows depend on their
content, reversals and old versions are few and go the ordinary way, as entries. That both ways
give the same balances is a property test.
"""

from __future__ import annotations

import typing
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal, NamedTuple

from bankcore.aggregates.deposit_account import ACCOUNT
from bankcore.aggregates.deposit_account import events as e
from bankcore.projections.postings import post
from bankcore.rules.ledger.posting_rows import patterns
from bankcore.values.declare import EVENTS
from bankcore.values.entry import Entry
from bankcore.values.money import Money

Term = tuple[int, str]
"""A signed money field of an event: `(-1, "tax")`."""

Take = Callable[[str, Mapping[str, Any]], None]
"""Adds what one stored body moves to the balances of its stream."""

BOOKED: Final[Mapping[type[Any], tuple[Term, ...]]] = {
    e.FundsDeposited: ((1, "amount"),),
    e.AccountCredited: ((1, "amount"),),
    e.FundsWithdrawn: ((-1, "amount"),),
    e.AccountDebited: ((-1, "amount"),),
    e.FundsDeductedByOrder: ((-1, "amount"),),
    e.DepositFeeCharged: ((-1, "fee"),),
    e.InterestAdjusted: ((1, "credited"),),
    e.InterestPaid: ((1, "interest"), (-1, "tax")),
    e.DepositEntryReversed: ((1, "change"),),
}
"""What moves the booked balance of a deposit account (存款账户余额)."""


class LegPlan(NamedTuple):
    """One leg of an event: its account or the placeholder for one, first signed amount, others."""

    account: str
    placeholder: str
    sign: int
    name: str
    more: tuple[Term, ...]


@dataclass(slots=True)
class BalanceFold:
    """Running balances in minor units, debit positive; feed each event once, in any order.

    `totals` holds stream -> ledger account -> balance, `booked` the balance of each deposit
    account as the customer sees it (credit positive).
    """

    totals: dict[str, dict[str, int]] = field(default_factory=dict)
    booked: dict[str, int] = field(default_factory=dict)
    _takes: dict[str, Take | Literal["entry"] | None] = field(default_factory=dict)

    def take_of(self, name: str) -> Take | Literal["entry"] | None:
        """How bodies of a stored name are taken.

        None when they move no balance and need no reading, `"entry"` when only whole entries
        will do (`take_entry`).
        """
        try:
            return self._takes[name]
        except KeyError:
            take = self._takes[name] = self._compiled(name)
            return take

    def take_entry(self, entry: Entry[Any]) -> None:
        """Take a whole entry, the ordinary way."""
        for leg in post(entry):
            mine = self.totals.setdefault(entry.stream, {})
            mine[leg.account] = mine.get(leg.account, 0) + leg.minor
        for sign, name in BOOKED.get(type(entry.event), ()):
            minor = sign * getattr(entry.event, name).minor
            self.booked[entry.stream] = self.booked.get(entry.stream, 0) + minor

    def ledger(self) -> dict[str, int]:
        """The trial balance: accounts in order, zero ones left out."""
        sums: Counter[str] = Counter()
        for mine in self.totals.values():
            sums.update(mine)
        return {account: sums[account] for account in sorted(sums) if sums[account]}

    def accounts(self) -> dict[str, int]:
        """The booked balances of deposit accounts, by stream."""
        return {s: self.booked[s] for s in sorted(self.booked) if s.startswith(ACCOUNT.prefix)}

    def _compiled(self, name: str) -> Take | Literal["entry"] | None:
        cls = next((cls for cls, info in EVENTS.items() if info.stored_name == name), None)
        if cls is None or hasattr(cls, "posting_rows") or hasattr(cls, "reversed_event"):
            return "entry"
        legs, booked = legs_of(cls), BOOKED.get(cls, ())
        return self._taker(legs, booked) if legs or booked else None

    def _taker(self, legs: tuple[LegPlan, ...], booked: tuple[Term, ...]) -> Take:
        totals, balances = self.totals, self.booked

        def take(stream: str, body: Mapping[str, Any]) -> None:
            if legs:
                try:
                    mine = totals[stream]
                except KeyError:
                    mine = totals[stream] = {}
                for account, placeholder, sign, name, more in legs:
                    value = body[name]
                    minor = sign * value if type(value) is int else sign * _minor(value)
                    if more:
                        minor += _sum(more, body)
                    if minor:
                        place = account or body["gl"][placeholder]
                        mine[place] = mine.get(place, 0) + minor
            if booked:
                balances[stream] = balances.get(stream, 0) + _sum(booked, body)

        return take


def _minor(value: Any) -> int:
    """Minor units of stored money of another currency, `[minor, currency]`, or of no money."""
    return value[0] if value else 0


def _sum(terms: tuple[Term, ...], body: Mapping[str, Any]) -> int:
    total = 0
    for sign, name in terms:
        value = body[name]
        total += sign * (value if type(value) is int else _minor(value))
    return total


def legs_of(cls: type[Any]) -> tuple[LegPlan, ...]:
    """The legs of an event class: its rows, with only the money fields that the class has."""
    hints = typing.get_type_hints(cls)
    money = {name for name, hint in hints.items() if Money in (hint, *typing.get_args(hint))}
    plans = []
    for row in EVENTS[cls].rows:
        for pattern in patterns(row):
            terms = tuple((pattern.side * s, n) for s, n in pattern.terms if n in money)
            literal = pattern.account[0].isdigit()
            names = (pattern.account, "") if literal else ("", pattern.account)
            if terms:
                plans.append(LegPlan(*names, *terms[0], terms[1:]))
    return tuple(plans)
