"""One account with very many events: its first load, commands after it, catching up with others.

Processor time, so that what else the machine does counts little; medians.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import process_time

from bigbank import Counter, build
from common import table, write_part
from workload import START, TELLER

from bankcore.aggregates.deposit_account import commands as account
from bankcore.operations.decision import Frame
from bankcore.store.bank import Bank
from bankcore.values.money import Money

SIZES, NEW, TRIES = (1_000, 10_000, 100_000), (10, 100, 1_000), 25


def cpu_ms(work: Callable[[], object]) -> float:
    """Milliseconds of processor time."""
    began = process_time()
    work()
    return 1_000 * (process_time() - began)


class Teller:
    """Deposits on the one account, each a command of its own."""

    def __init__(self, bank: Bank, name: str) -> None:
        """A teller at a bank, under whose name the commands go."""
        self.bank, self.name, self.count = bank, name, 0

    def deposit(self) -> None:
        """One more deposit."""
        self.count += 1
        frame = Frame(actor=TELLER, command_id=f"{self.name}-{self.count}")
        self.bank.execute(account.Deposit(account="A0", amount=Money(100)), frame)


def row(path: str, size: int) -> list[str]:
    """The figures of an account of this size."""
    build(path, 0, 1, 0)
    with Bank.open(path, durable=False) as bank:
        bank.log.append_bulk(Counter(bank, 1).day(START, size))
    with Bank.open(path, durable=False) as bank, Bank.open(path, durable=False) as other:
        here, there = Teller(bank, "here"), Teller(other, "there")
        first = cpu_ms(here.deposit)
        later = median(cpu_ms(here.deposit) for _ in range(TRIES))
        caught_up = []
        for new in NEW:
            for _ in range(new):
                there.deposit()
            caught_up.append(cpu_ms(here.deposit))
    return [f"{size:,}", f"{first:,.0f}", f"{later:,.2f}", *(f"{ms:,.1f}" for ms in caught_up)]


def main() -> None:
    """A row for each size."""
    with tempfile.TemporaryDirectory() as folder:
        rows = [row(str(Path(folder) / f"{size}.db"), size) for size in SIZES]
    behind = [f"{new:,} events of another writer behind" for new in NEW]
    head = ["events", "first command", "median of the next", *behind]
    note = "Milliseconds of processor time a deposit takes. Aim: 10 ms after the first load.\n"
    write_part("long", "One account with very many events", f"{note}\n{table(head, rows)}\n")


if __name__ == "__main__":
    main()
