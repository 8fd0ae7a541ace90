"""History: causes and effects, late facts, the grid of both dates, the first event that turns."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from bankcore.aggregates.deposit_account import ACCOUNT
from bankcore.aggregates.deposit_account import commands as c
from bankcore.aggregates.deposit_account import events as e
from bankcore.audit.bisect import changes
from bankcore.audit.history import figure_grid, story
from bankcore.audit.restating import DECIDED, TOLD, restatements
from bankcore.products.catalogue import shipped
from bankcore.values.declare import EVENTS
from bankcore.values.errors import BadInput
from bankcore.values.money import yuan
from loan_desk import lent
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
    (found,) = restatements(late_bank().entries, shipped())
    assert found.days_late == 20
    (adjusted,) = found.adjusted
    # 900,000 × 18 days × 0.05 % / 360 = 22.50, on top of 0.03 settled.
    assert isinstance(adjusted.event, e.InterestAdjusted)
    assert adjusted.event.difference == yuan("22.50")
    assert story(late_bank().bank.log, found.late.id).effects[0].id == adjusted.id


def test_the_cause_of_an_adjustment_is_the_late_fact() -> None:
    desk = late_bank()
    (adjusted,) = desk.found(e.InterestAdjusted)
    found = story(desk.bank.log, adjusted.id)
    assert [x.event.amount for x in found.causes] == [yuan("900000.00")]
    assert sum(leg.minor for leg in found.legs) == 0


def test_the_grid_shows_what_was_known_when() -> None:
    desk = late_bank()
    grid = figure_grid(desk.entries(), ACCOUNT, "account-A1", "balance")
    row = grid.as_of.index(date(2026, 3, 3))
    before, after = grid.known_at.index(date(2026, 3, 2)), grid.known_at.index(date(2026, 3, 23))
    assert grid.cells[row][before] == yuan("1000.00")
    assert grid.cells[row][after] == yuan("901000.00")


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
        story(bank().bank.log, "account-A1@99")


def test_a_restatement_tells_figures_ledger_and_what_had_gone_out_meanwhile() -> None:
    (found,) = restatements(late_bank().entries, shipped())
    figures = {change.figure: (change.before, change.after) for change in found.figures}
    # 1,000 x 19 days at 0.05 % over 360 are 0.026 of a yuan: 0.03, then 22.50 more.
    assert figures["settled-interest"] == (Fraction(3), Fraction(22_53))
    assert figures["balance"] == (Fraction(1000_03), Fraction(901_022_53))
    assert dict(found.ledger) == {"1001": 900_000_00, "2011.01": -900_022_50, "6411.01": 22_50}
    assert [type(entry.event) for entry in found.told] == [e.InterestSettled]
    assert found.decided == ()


def test_decisions_taken_on_what_was_believed_are_listed() -> None:
    # A payment valued before its due date becomes known when the loan counts as past due.
    desk = lent()
    desk.do(c.Withdraw(account="A1", amount=yuan("13000.00")))
    desk.advance("2026-02-20")
    desk.do(
        c.Deposit(account="A1", amount=yuan("5000.00")),
        value_date=date(2026, 2, 11),
        ground="late_information",
        approval="branch",
        approver="head",
    )
    (found,) = restatements(desk.entries, shipped())
    names = {type(entry.event).__name__ for entry in found.decided}
    assert "PrincipalBecamePastDue" in names
    assert all(entry.booking_date >= date(2026, 2, 11) for entry in found.decided)


def test_what_is_told_and_decided_are_events_that_exist() -> None:
    names = {info.name for info in EVENTS.values()}
    assert names >= TOLD
    assert names >= DECIDED
    assert not TOLD & DECIDED


def test_a_grid_of_any_figure_shows_it_by_both_dates() -> None:
    desk = late_bank()
    grid = figure_grid(desk.entries(), ACCOUNT, "account-A1", "stage")
    assert {str(cell) for row in grid.cells for cell in row if cell is not None} == {"active"}
    with pytest.raises(BadInput, match="deposit_account has no figure 'nix'; known: stage"):
        figure_grid(desk.entries(), ACCOUNT, "account-A1", "nix")
