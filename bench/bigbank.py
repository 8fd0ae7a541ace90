"""A sound bank of many events: opened and closed by the bank itself, its counter traffic in bulk.

Every account is opened by commands and every day is closed with its dues, settlements included;
what happens at the counter between is appended as the bank would have written it. The log
verifies, so what is measured on it is what an honest log costs.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from workload import CASH, OUT, START, TELLER

from bankcore.aggregates.deposit_account import ACCOUNT
from bankcore.aggregates.deposit_account import events as e
from bankcore.store.bank import Bank
from bankcore.values.entry import Entry
from bankcore.values.money import Money

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from spec import Desk, known_customer, open_account  # found by the line above

ACCOUNTS, A_DAY = 10_000, 9_000


def _event(n: int, turn: int) -> Any:
    """What happens on an account in its n-th turn; a hold is released in the next one."""
    fen = 10_000 + n % 9_973
    if turn % 20 == 0:
        return e.HoldPlaced(hold=f"h-{turn}", amount=Money(fen), purpose="card", until=None)
    if turn % 20 == 1:
        return e.HoldReleased(hold=f"h-{turn - 1}", reason="done")
    if turn % 2:
        return e.FundsWithdrawn(amount=Money(fen), target="cash", gl=OUT)
    return e.FundsDeposited(amount=Money(fen + 100), source="cash", gl=CASH)


class Counter:
    """The traffic of days at the counter, account after account."""

    def __init__(self, bank: Bank, accounts: int) -> None:
        """Traffic of a bank with so many accounts."""
        self.bank, self.accounts, self.done = bank, accounts, 0

    def day(self, on: date, count: int) -> list[Entry[Any]]:
        """The entries of one day, in turns over the accounts."""
        return list(self._entries(on, count))

    def _entries(self, on: date, count: int) -> Iterator[Entry[Any]]:
        versions: dict[int, int] = {}
        for n in range(self.done, self.done + count):
            account, turn = n % self.accounts, n // self.accounts + 2
            known = versions.get(account) or self.bank.version(ACCOUNT, f"A{account}")
            versions[account] = known + 1
            yield Entry(
                stream=ACCOUNT.stream(f"A{account}"),
                version=versions[account],
                event=_event(n, turn),
                booking_date=on,
                value_date=on,
                actor=TELLER,
                channel="counter",
                command_id=f"c-{n:08d}",
                command_digest="0123456789abcdef",
            )
        self.done += count


def build(path: str, events: int, accounts: int = ACCOUNTS, a_day: int = A_DAY) -> int:
    """Write a bank of at least so many events; how many it has. The last day stays open."""
    with Bank.open(path, create=True, durable=False) as bank:
        bank.advance(START)
        desk, day = Desk(bank), START
        for n in range(accounts):
            known_customer(desk, f"C{n}", f"1101011990{n:08d}")
            open_account(desk, f"A{n}", f"C{n}")
        desk.outcomes.clear()
        counter = Counter(bank, accounts)
        while bank.log.head()[0] < events:
            day += timedelta(days=1)
            bank.advance(day)
            bank.log.append_bulk(counter.day(day, a_day))
        return bank.log.head()[0]


if __name__ == "__main__":
    sys.stdout.write(f"{build(sys.argv[1], int(sys.argv[2])):,} events\n")
