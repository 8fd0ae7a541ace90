"""A busy account stays as short as its days: movements of one value date are one sum."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bankcore.aggregates.deposit_account import DepositAccount
from bankcore.aggregates.deposit_account import events as e
from bankcore.aggregates.deposit_account.balance_days import counted
from bankcore.aggregates.deposit_account.state import evolve
from bankcore.values.money import ZERO, Money
from samples import sample

OPENED = date(2026, 1, 5)
GL = {"deposit": "2011.01", "source": "1001"}
MOVES = st.lists(st.tuples(st.integers(0, 6), st.integers(1, 10**6)), max_size=30)


@given(MOVES, st.booleans())
def test_movements_in_any_order_are_one_sum_a_day(
    made: list[tuple[int, int]],
    fen: bool,  # noqa: FBT001  # drawn
) -> None:
    terms = e.DemandTerms(settlement="quarterly", base="fen" if fen else "yuan")
    account = DepositAccount(opened_on=OPENED, terms=terms, days=counted(OPENED, ZERO, (), fen=fen))
    base = sample(e.FundsDeposited)
    single = []
    for ahead, minor in made:
        on = OPENED + timedelta(days=ahead)
        single.append((on, Money(minor)))
        event = e.FundsDeposited(amount=Money(minor), source="cash", gl=GL)
        account = evolve(account, replace(base, event=event, value_date=on))
    sums: Counter[date] = Counter()
    for on, change in single:
        sums[on] += change.minor
    assert account.movements == tuple((on, Money(sums[on])) for on in sorted(sums))
    assert account.days == counted(OPENED, ZERO, sorted(single, key=lambda m: m[0]), fen=fen)
    assert account.balance.minor == sum(sums.values())
