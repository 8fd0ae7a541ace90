"""Deriving: accrued interest of many accounts, the close of a day, and the weight of `--help`."""

from __future__ import annotations

import gc
import subprocess
import sys
import tempfile
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path

from common import in_turns, ratios, table, timed, write_part

from bankcore.aggregates.deposit_account import DepositAccount, Stage
from bankcore.aggregates.deposit_account.balance_days import counted
from bankcore.aggregates.deposit_account.events import DemandTerms
from bankcore.products.catalogue import shipped
from bankcore.projections.accruals.demand_bulk import balance_days
from bankcore.projections.accrued import accrued
from bankcore.projections.states import States
from bankcore.store.bank import Bank
from bankcore.values.entry import Entry
from bankcore.values.money import Money

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from spec import Desk, known_customer, open_account  # found by the line above

ACCOUNTS, SAMPLE, ROUNDS = 100_000, 2_000, 3
FIRST, LAST = date(2026, 1, 1), date(2026, 12, 19)
SMALL, LARGE, DUES = 1_000, 100_000, 200
SETTLEMENT = date(2026, 3, 20)


def account(n: int) -> DepositAccount:
    """An account with twelve changes in a year, money in on its first day."""
    days = (FIRST + timedelta(days=28 * k + n % 28) for k in range(12))
    changes = tuple((on, Money(1_000 + n * 7 % 9_973)) for on in days)
    opening = Money(1_000_000 + n)
    return DepositAccount(
        stage=Stage.ACTIVE,
        customer=f"C{n}",
        product="demand",
        terms=DemandTerms(settlement="yearly", base="yuan"),
        opened_on=FIRST,
        started_on=FIRST,
        opening_balance=opening,
        movements=changes,
        days=counted(FIRST, opening, changes, fen=False),
    )


def derived(accounts: States) -> int:
    """Balance-days of all accounts by the read side, which keeps them up with the movements."""
    return sum(weight for _, weight in balance_days(accounts.by_stream.values(), LAST))


def day_by_day(accounts: States) -> int:
    """The same, slow and obvious: every account's whole yuan of every day, in bare integers."""
    days = [FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1)]
    sum_of_days = 0
    for one in accounts.by_stream.values():
        moves: dict[date, int] = {}
        for on, change in one.movements:
            moves[on] = moves.get(on, 0) + change.minor
        balance = one.opening_balance.minor
        for day in days:
            balance += moves.get(day, 0)
            sum_of_days += balance // 100 * 100
    return sum_of_days


def traced(accounts: States) -> int:
    """Every accrual with its trace, as `bankcore interest` shows it."""
    return len(list(accrued(accounts, LAST, shipped())))


def accrual() -> str:
    """Accounts a second, each way; the balance-days must be equal."""
    many = States({f"account-{n:06d}": account(n) for n in range(ACCOUNTS)})
    few = States(dict(list(many.by_stream.items())[:SAMPLE]))
    assert derived(few) == day_by_day(few), "the two ways differ"
    works = {
        "day by day": lambda: SAMPLE / timed(lambda: day_by_day(few)),
        "kept up with the changes": lambda: ACCOUNTS / timed(lambda: derived(many)),
        "derived, each with its trace": lambda: SAMPLE / timed(lambda: traced(few)),
    }
    aim = f"{ACCOUNTS:,} accounts, 12 changes each, a year. Aim: 20 times the loop."
    return ratios("Accrued interest, accounts", in_turns(works, ROUNDS), aim)


def bank_of(path: str, count: int) -> Bank:
    """A bank with `count` accounts, of which `DUES` settle interest on the day to be closed."""
    bank = Bank.open(path, create=True, durable=False)
    bank.advance(date(2026, 1, 5))
    entries = [e for n in range(count) for e in _copies(n, quarterly=n < DUES)]
    for start in range(0, len(entries), 50_000):
        bank.log.append_bulk(entries[start : start + 50_000])
    bank.close()
    bank = Bank.open(path, durable=False)
    bank.advance(SETTLEMENT)
    return bank


def _template(product: str) -> list[Entry[object]]:
    desk = Desk(Bank.memory())
    desk.bank.advance(date(2026, 1, 5))
    known_customer(desk, "C1")
    open_account(desk, "A1", "C1", product, "5000.00")
    return [e for e in desk.entries() if e.stream == "account-A1"]


TEMPLATES = {True: _template("demand_q"), False: _template("demand")}


def _copies(n: int, *, quarterly: bool) -> list[Entry[object]]:
    return [
        replace(e, stream=f"account-{n:06d}", command_id=f"{n}-{e.version}", position=0)
        for e in TEMPLATES[quarterly]
    ]


def closing() -> str:
    """Milliseconds to close a day with the same dues in a small and in a large bank."""
    rows, base = [], 0.0
    for count in (SMALL, LARGE):
        with (
            tempfile.TemporaryDirectory() as folder,
            bank_of(str(Path(folder) / "bank.db"), count) as bank,
        ):
            gc.collect()
            gc.freeze()  # a collection that falls into one of two single shots would decide both
            took = timed(bank.close_day) * 1_000
            gc.unfreeze()
        base = base or took
        rows.append([f"{count:,} accounts", f"{took:,.0f}", f"{took / base:.2f}"])
    head = ["", "ms", "ratio"]
    aim = f"{DUES} settlements due in both. Aim: 1.3."
    return f"### Close of day\n\n{table(head, rows)}\n\n{aim}\n"


def started(code: str) -> float:
    """Starts a second of a Python process that runs this."""
    words = [sys.executable, "-c", code]
    return 1 / timed(lambda: subprocess.run(words, check=True, capture_output=True))


def help_weight() -> str:
    """`bankcore --help` against a process that only imports click."""
    works = {
        "import click": partial(started, "import click"),
        "bankcore --help": partial(started, "from bankcore.cli import run; run(['--help'])"),
    }
    return ratios("Starts", in_turns(works, 15), "Aim: 0.5, twice the time of click alone.")


if __name__ == "__main__":
    write_part("reads", "Deriving", f"{accrual()}\n{closing()}\n{help_weight()}")
