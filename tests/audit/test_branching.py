"""Branches and comparison: one past, two futures, and only what differs is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from bankcore.aggregates.deposit_account import commands as c
from bankcore.audit.branching import compare, fork_point, position_of
from bankcore.audit.difference_page import page
from bankcore.audit.verify import verify
from bankcore.operations.decision import Frame
from bankcore.store.bank import Bank
from bankcore.values.errors import BadInput
from bankcore.values.money import yuan
from spec import NARRATOR, Desk, bank, known_customer, open_account


def forked(desk: Desk, path: Path, at: str) -> Bank:
    """A bank on a fork of the desk's log."""
    return Bank(desk.bank.log.copy_prefix(str(path), position_of(desk.bank.log, at)))


def test_a_fork_shares_its_past_and_the_comparison_tells_what_differs(tmp_path: Path) -> None:
    desk = bank("2026-03-02", opening="1000.00")
    desk.advance("2026-03-05")
    with forked(desk, tmp_path / "fork.db", "2026-03-04") as other:
        desk.do(c.Deposit(account="A1", amount=yuan("500.00")))
        other.advance(desk.bank.day)  # type: ignore[arg-type]  # a day is open
        withdraw = c.Withdraw(account="A1", amount=yuan("200.00"))
        other.execute(withdraw, Frame(actor=NARRATOR, command_id="other-1"))
        found = compare(desk.bank.log, other.log)
        # The day had been opened in the original, and is opened again alike in the fork.
        assert found.fork == fork_point(desk.bank.log, other.log)
        assert (found.events_a, found.events_b) == (1, 1)
        ledger = {change.account: (change.a, change.b) for change in found.ledger}
        assert ledger == {"1001": (500_00, -200_00), "2011.01": (-500_00, 200_00)}
        balances = {x.field: (x.a, x.b) for x in found.states if x.field == "balance"}
        assert balances == {"balance": ("1,500.00", "800.00")}
        assert verify(other.log).ok


def test_a_log_differs_from_itself_in_nothing() -> None:
    desk = bank()
    found = compare(desk.bank.log, desk.bank.log)
    assert (found.events_a, found.events_b, found.ledger, found.states) == (0, 0, (), ())


@pytest.mark.parametrize("at", ["nonsense", "account-A1@99", "999999", "2020-01-01"])
def test_a_place_that_is_not_there_is_bad_input(at: str) -> None:
    with pytest.raises(BadInput):
        position_of(bank().bank.log, at)


def test_the_end_of_a_day_is_its_last_event() -> None:
    desk = bank("2026-03-02")
    desk.advance("2026-03-04")
    position = position_of(desk.bank.log, "2026-03-03")
    entries = desk.entries()
    assert entries[position - 1].booking_date.isoformat() == "2026-03-03"
    assert entries[position].booking_date.isoformat() == "2026-03-04"


def test_the_most_affected_customers_come_first_with_what_they_are_owed(tmp_path: Path) -> None:
    desk = bank("2026-03-02", opening="1000.00")
    known_customer(desk, "C2", "110101199003070022")
    open_account(desk, "A2", "C2", opening="50.00")
    desk.advance("2026-03-03")
    with forked(desk, tmp_path / "fork.db", "2026-03-02") as other:
        other.advance(desk.bank.day)  # type: ignore[arg-type]  # a day is open
        desk.do(c.Deposit(account="A1", amount=yuan("5.00")))
        desk.do(c.Deposit(account="A2", amount=yuan("70.00")))
        found = compare(desk.bank.log, other.log)
    # What the bank owes is negative: C2 ends with 120.00 or 50.00, C1 with 1,005.00 or 1,000.00.
    assert [(x.customer, x.a, x.b) for x in found.customers] == [
        ("customer-C2", -120_00, -50_00),
        ("customer-C1", -1005_00, -1000_00),
    ]
    text = page(found, ("one <a>", "two"), "en")
    assert "one &lt;a&gt;" in text
    assert text.count("<rect") == len(found.ledger) == 2
    assert "<script" not in text
    assert "-75.00" in text


def test_banks_that_do_not_differ_have_an_empty_page() -> None:
    desk = bank("2026-03-02")
    found = compare(desk.bank.log, desk.bank.log)
    assert (found.customers, found.ledger, found.states) == ((), (), ())
    assert "<svg" not in page(found, ("a", "b"), "zh")
