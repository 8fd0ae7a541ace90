"""Entries for the benchmarks: ordinary account life, the same in every run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from bankcore.aggregates.deposit_account import events as e
from bankcore.values.entry import Entry
from bankcore.values.money import Money
from bankcore.values.roles import Actor, Role

TELLER = Actor("teller-7", Role.TELLER_CASH)
START = date(2026, 1, 5)
CASH = {"deposit": "2011.01", "source": "1001"}
OUT = {"deposit": "2011.01", "target": "1001"}
PAID = {"target": "2011.01"}


def event(n: int) -> Any:
    """The n-th event: 45 % cash in, 35 % cash out, 10 % mirrors, 5 % interest, 5 % no money."""
    kind, fen = n * 7 % 20, 10_000 + n % 9_973
    if kind < 9:
        return e.FundsDeposited(amount=Money(fen), source="cash", gl=CASH)
    if kind < 16:
        return e.FundsWithdrawn(amount=Money(fen), target="cash", gl=OUT)
    if kind < 18:
        return e.AccountCredited(amount=Money(fen), posted_by="account-1@1", purpose="transfer")
    if kind < 19:
        return e.InterestPaid(interest=Money(fen % 997), tax=Money(0), gl=PAID)
    return e.HoldPlaced(hold=f"h-{n}", amount=Money(fen), purpose="card", until=None)


def entries(count: int, accounts: int = 10_000) -> Iterator[Entry[Any]]:
    """Entries of `count` commands of one event each over so many accounts."""
    versions: Counter[int] = Counter()
    for n in range(count):
        account = n * 7_919 % accounts
        versions[account] += 1
        on = START + timedelta(days=n // 2_000)
        yield Entry(
            stream=f"account-{account:06d}",
            version=versions[account],
            event=event(n),
            booking_date=on,
            value_date=on,
            actor=TELLER,
            channel="counter",
            command_id=f"c-{n:08d}",
            command_digest="0123456789abcdef",
        )
