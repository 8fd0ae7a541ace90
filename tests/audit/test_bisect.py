"""Where a statement turns, where an invariant breaks, who moved a figure."""

from __future__ import annotations

import pytest

from bankcore.aggregates.deposit_account import commands as c
from bankcore.audit.bisect import breaches, changes, moves
from bankcore.audit.readings import Statement
from bankcore.values.errors import BadInput
from bankcore.values.money import yuan
from spec import Desk, bank


def up_and_down() -> Desk:
    """A1: 1,000, then 400, then 900, then 300; A2 stays at nothing."""
    desk = bank("2026-03-02", opening="1000.00")
    desk.do(c.Withdraw(account="A1", amount=yuan("600.00")))
    desk.do(c.Deposit(account="A1", amount=yuan("500.00")))
    desk.do(c.Withdraw(account="A1", amount=yuan("600.00")))
    return desk


def test_an_invariant_is_told_each_time_it_stops_holding() -> None:
    entries = up_and_down().entries()
    found = list(breaches(lambda: entries, [Statement.parse("balance(A1) >= 500.00")]))
    # The account begins at nothing, which is below; then 400 and 300 after 1,000 and 900.
    assert [breach.reading.value for breach in found] == [yuan("0.00"), yuan("400.00"),
                                                          yuan("300.00")]  # fmt: skip


def test_what_always_holds_breaks_nowhere() -> None:
    always = [Statement.parse(t) for t in ("balance(*) >= 0.00", "ledger(2011.01) >= 0.00")]
    assert list(breaches(up_and_down().entries, always)) == []


def test_a_star_watches_each_stream_for_itself() -> None:
    entries = up_and_down().entries()
    one = list(breaches(lambda: entries, [Statement.parse("balance(account-A1) != 400.00")]))
    every = list(breaches(lambda: entries, [Statement.parse("balance(*) != 400.00")]))
    assert [b.reading for b in one] == [b.reading for b in every]
    assert [b.reading.subject for b in every] == ["account-A1"]


def test_a_ledger_account_is_watched_on_its_own_side() -> None:
    found = list(breaches(up_and_down().entries, [Statement.parse("ledger(2011.01) < 900")]))
    # The credit side of deposits: 1,000, 400, 900, 300.
    assert [breach.reading.value for breach in found] == [yuan("1000.00"), yuan("900.00")]


def test_who_moved_a_figure_is_told_with_before_and_after() -> None:
    found = list(moves(up_and_down().entries(), "balance", "A1"))
    assert [(m.before, m.after) for m in found] == [
        (None, yuan("0.00")),
        (yuan("0.00"), yuan("1000.00")),
        (yuan("1000.00"), yuan("400.00")),
        (yuan("400.00"), yuan("900.00")),
        (yuan("900.00"), yuan("300.00")),
    ]
    assert all(m.entry.actor.id for m in found)


def test_a_statement_turns_back_and_forth() -> None:
    turns = list(changes(up_and_down().entries(), "balance(A1) > 500"))
    assert [(turn.now, turn.figure) for turn in turns] == [
        (True, yuan("1000.00")),
        (False, yuan("400.00")),
        (True, yuan("900.00")),
        (False, yuan("300.00")),
    ]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("balance A1 < 5", "is no statement; write it like: balance(A1) < 100.00"),
        ("balance(A1) < much", "balance(A1) < much: 'much' is no amount"),
        ("balance(A1) < 1.005", "1.005 has more than two decimals"),
        ("colour(A1) = red", "account-A1 has no figure 'colour'; known: stage"),
        ("balance(A9) >= 0.00", "no stream 'A9' in this log"),
        ("colour(*) = red", "no stream has a figure 'colour'"),
        ("ledger(2011.99) > 0", "no ledger account '2011.99'; did you mean"),
    ],
)
def test_what_cannot_be_read_is_bad_input(text: str, sentence: str) -> None:
    with pytest.raises(BadInput) as bad:
        list(changes(up_and_down().entries(), text))
    assert sentence in str(bad.value)


def test_a_count_is_compared_as_a_number() -> None:
    assert Statement.parse("points(P1) >= 0.00").holds(0)
    assert not Statement.parse("points(P1) > 9").holds(9)
    with pytest.raises(BadInput, match="'x' is no number; write it like 90"):
        Statement.parse("points(P1) > x").holds(9)
