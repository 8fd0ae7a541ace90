"""The statement of an account: its own movements alone, in booking order, with the balance."""

from __future__ import annotations

from datetime import date

from bankcore.aggregates.deposit_account import commands as account
from bankcore.projections.account_statement import statement
from bankcore.projections.window import Window
from bankcore.values.money import yuan
from spec import bank, known_customer, open_account


def test_a_statement_has_the_movements_of_its_account_and_no_others() -> None:
    desk = bank("2026-01-05", opening="1000.00")
    known_customer(desk, "C2")
    open_account(desk, "A2", "C2", opening="500.00")
    desk.do(account.Withdraw(account="A1", amount=yuan("30.00")))
    desk.do(account.Withdraw(account="A2", amount=yuan("7.00")))
    desk.advance("2026-01-06")
    desk.do(account.Deposit(account="A1", amount=yuan("5.00")))
    entries = desk.entries()
    lines = [(x.nr, x.amount, x.balance) for x in statement(entries, "A1")]
    assert lines == [
        (1, yuan("1000.00"), yuan("1000.00")),
        (2, yuan("-30.00"), yuan("970.00")),
        (3, yuan("5.00"), yuan("975.00")),
    ]
    other = [(x.nr, x.amount, x.balance) for x in statement(entries, "A2")]
    assert other == [(1, yuan("500.00"), yuan("500.00")), (2, yuan("-7.00"), yuan("493.00"))]
    first_day = statement(entries, "A1", Window(known_at=date(2026, 1, 5)))
    assert [x.nr for x in first_day] == [1, 2]
    assert list(statement(entries, "A3")) == []
