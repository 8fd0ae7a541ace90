"""Two accounts whose facts come late: generated lives for questions at two dates."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from itertools import count
from pathlib import Path

from hypothesis import strategies as st

from bankcore.aggregates.deposit_account import commands as c
from bankcore.store.bank import Bank
from bankcore.values.money import Money
from bankcore.values.reasons import Rejected
from spec import Desk, known_customer, open_account

START = date(2026, 3, 16)
HOLD = -1
numbers = count(1)


@contextmanager
def two_accounts(folder: Path) -> Iterator[tuple[Desk, str]]:
    """A bank file with A1 and A2, open on START, across a settlement to come."""
    path = folder / f"bank{next(numbers)}.db"
    with Bank.open(str(path), create=True, durable=False) as bank:
        bank.advance(START)
        desk = Desk(bank)
        for n in (1, 2):
            known_customer(desk, f"C{n}", f"11010119900307000{n}")
            open_account(desk, f"A{n}", f"C{n}", opening="50000.00")
        yield desk, str(path)


def live(desk: Desk, acts: list[tuple[int, int, int, int]]) -> None:
    """Deposits and withdrawals, some valued in the past, some days later each."""
    for account, fen, late, days in acts:
        day = desk.bank.day
        assert day is not None
        wish = c.Deposit if fen > 0 else c.Withdraw
        command: object = wish(account=f"A{account}", amount=Money(abs(fen)))
        if late == HOLD:
            hold, amount = f"h{desk.count}", Money(abs(fen))
            command = c.PlaceHold(account=f"A{account}", hold=hold, amount=amount, purpose="p")
        value = max(START, day - timedelta(days=max(late, 0)))
        try:
            desk.do(command, value_date=value, ground="correction", approval="branch",
                    approver="boss")  # fmt: skip
        except Rejected:
            continue  # not covered, then or now; nothing was written
        desk.bank.advance(day + timedelta(days=days))


ACTS = st.lists(
    st.tuples(
        st.sampled_from([1, 2]),
        st.integers(-900_00, 900_00).filter(bool),
        st.sampled_from([0, 0, 0, 1, 3, 9, HOLD]),
        st.integers(0, 4),
    ),
    max_size=7,
)
