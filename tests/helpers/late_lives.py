"""Two accounts whose facts come late: generated lives for questions at two dates."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from itertools import count
from pathlib import Path

from hypothesis import strategies as st

from bankcore.aggregates.deposit_account import ACCOUNT
from bankcore.aggregates.deposit_account import commands as c
from bankcore.rules.deposits.availability import FreezeKind
from bankcore.store.bank import Bank
from bankcore.values.money import Money
from bankcore.values.reasons import Rejected
from spec import Desk, known_customer, open_account

START = date(2026, 3, 16)
HOLD, FREEZE, LIFT = -1, -2, -3
numbers = count(1)


@contextmanager
def two_accounts(folder: Path, server: str = "") -> Iterator[tuple[Desk, str]]:
    """A bank with A1 and A2, open on START, across a settlement to come; in a file or a server."""
    number = next(numbers)
    target = f"{server}&schema=late{number}" if server else str(folder / f"bank{number}.db")
    with Bank.open(target, create=True, durable=False) as bank:
        bank.advance(START)
        desk = Desk(bank)
        for n in (1, 2):
            known_customer(desk, f"C{n}", f"11010119900307000{n}")
            open_account(desk, f"A{n}", f"C{n}", opening="50000.00")
        yield desk, target


def live(desk: Desk, acts: list[tuple[int, int, int, int]]) -> None:
    """Deposits, withdrawals, some valued in the past, holds and freezes; some days later each."""
    for account, fen, late, days in acts:
        day = desk.bank.day
        assert day is not None
        value = max(START, day - timedelta(days=max(late, 0)))
        try:
            desk.do(_wish(desk, f"A{account}", fen, late), value_date=value, ground="correction",
                    approval="branch", approver="boss")  # fmt: skip
        except Rejected:
            continue  # not covered, then or now, or nothing to lift; nothing was written
        desk.bank.advance(day + timedelta(days=days))


def _wish(desk: Desk, account: str, fen: int, late: int) -> object:
    """What an act asks for; a freeze takes an amount or everything, a lift what was tied last."""
    amount = Money(abs(fen))
    if late == HOLD:
        return c.PlaceHold(account=account, hold=f"h{desk.count}", amount=amount, purpose="p")
    if late == FREEZE and fen > 0:
        return c.Freeze(account=account, freeze=f"f{desk.count}", kind=FreezeKind.FULL_FREEZE,
                        order="(2026) 1")  # fmt: skip
    if late == FREEZE:
        return c.Freeze(account=account, freeze=f"f{desk.count}", kind=FreezeKind.AMOUNT_FREEZE,
                        amount=amount, order="(2026) 2")  # fmt: skip
    if late == LIFT:
        state = desk.bank.state(ACCOUNT, account)
        assert state is not None
        if fen > 0 and state.holds:
            return c.ReleaseHold(account=account, hold=state.holds[-1].hold)
        freeze = state.freezes[-1].freeze if state.freezes else "none"
        return c.Unfreeze(account=account, freeze=freeze, reason="order_lifted")
    return (c.Deposit if fen > 0 else c.Withdraw)(account=account, amount=amount)


ACTS = st.lists(
    st.tuples(
        st.sampled_from([1, 2]),
        st.integers(-900_00, 900_00).filter(bool),
        st.sampled_from([0, 0, 0, 1, 3, 9, HOLD, FREEZE, LIFT]),
        st.integers(0, 4),
    ),
    max_size=7,
)
