"""History: causes and effects, late facts, the grid of both dates, the first event that turns."""

from __future__ import annotations

from datetime import date

import pytest

from bankcore.aggregates.deposit_account import ACCOUNT
from bankcore.aggregates.deposit_account import commands as c
from bankcore.aggregates.deposit_account import events as e
from bankcore.audit.bisect import changes
from bankcore.audit.history import balance_grid, restatements, story
from bankcore.values.errors import BadInput
from bankcore.values.money import yuan
from spec import Desk, bank


def late_bank() -> Desk:
    """1,000 from 2 March; 900,000 more valued 3 March but known on 23 March."""
    desk = bank("2026-03-02", opening="1000.00")
    desk.advance("2026-03-23")
    desk.do(
        c.Deposit(account="A1", amount=yuan("900000.00")),
        value_date=date(2026, 3, 3),
        ground="late_information",
        approval="branch",
        approver="head",
    )
    return desk


def test_a_late_fact_is_listed_with_the_adjustment_that_it_caused() -> None:
    (found,) = restatements(late_bank().entries())
    assert found.days_late == 20
    (adjusted,) = found.adjusted
    # 900,000 × 18 days × 0.05 % / 360 = 22.50, on top of 0.03 settled.
    assert isinstance(adjusted.event, e.InterestAdjusted)
    assert adjusted.event.difference == yuan("22.50")
    assert story(late_bank().entries(), found.late.id).effects[0].id == adjusted.id


def test_the_cause_of_an_adjustment_is_the_late_fact() -> None:
    entries = late_bank().entries()
    adjusted = next(x for x in entries if isinstance(x.event, e.InterestAdjusted))
    found = story(entries, adjusted.id)
    assert [x.event.amount for x in found.causes] == [yuan("900000.00")]
    assert sum(leg.minor for leg in found.legs) == 0


def test_the_grid_shows_what_was_known_when() -> None:
    desk = late_bank()
    grid = balance_grid(desk.entries(), ACCOUNT, "account-A1")
    row = grid.as_of.index(date(2026, 3, 3))
    before, after = grid.known_at.index(date(2026, 3, 2)), grid.known_at.index(date(2026, 3, 23))
    assert grid.cells[row][before] == 1000_00
    assert grid.cells[row][after] == 901_000_00


def test_the_first_event_that_makes_a_statement_true_is_found() -> None:
    desk = bank("2026-03-02", opening="1000.00")
    desk.do(c.Withdraw(account="A1", amount=yuan("400.00")))
    spent = desk.do(c.Withdraw(account="A1", amount=yuan("550.00"))).entries[0]
    entry, now, figure = next(changes(desk.entries(), "balance(A1) < 100.00"))
    # An account has no money before its first deposit, so the statement is true at first.
    assert (now, figure) == (True, yuan("0.00"))
    turns = [(x.id, n) for x, n, _ in changes(desk.entries(), "balance(A1) < 100.00")]
    assert turns[-1] == (spent.id, True)
    assert entry.stream == "account-A1"


def test_ledger_accounts_can_be_searched() -> None:
    desk = bank("2026-03-02", opening="1000.00")
    (found,) = changes(desk.entries(), "ledger(2011.01) >= 1000.00")
    assert found[2] == yuan("1000.00")


@pytest.mark.parametrize("text", ["nonsense", "colour(A1) = red", "ledger(9999) > 1"])
def test_what_is_no_statement_is_bad_input(text: str) -> None:
    with pytest.raises(BadInput):
        list(changes(bank().entries(), text))


def test_an_unknown_event_is_bad_input() -> None:
    with pytest.raises(BadInput):
        story(bank().entries(), "account-A1@99")
