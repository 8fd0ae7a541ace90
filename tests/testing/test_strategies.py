"""Strategies derived from the declarations: every command can be drawn, and means what it says."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import find, given, settings
from hypothesis import strategies as st

from bankcore.aggregates.deposit_account.commands import Deposit
from bankcore.operations.table import HANDLERS
from bankcore.scenarios.binding import bind, unbind
from bankcore.testing.strategies import (
    EDGES,
    Known,
    amounts,
    around,
    command_of,
    commands_for,
    key_field,
    known_ids,
    spans,
)
from bankcore.values.declare import COMMANDS
from bankcore.values.money import Money

TODAY = date(2024, 2, 29)
KNOWN = Known(TODAY, {"account": ("A1", "A2"), "customer": ("C1",)})
FEW = settings(max_examples=15, deadline=None, derandomize=True)


@pytest.mark.parametrize("cls", list(HANDLERS), ids=[COMMANDS[c].wire_name for c in HANDLERS])
def test_every_command_can_be_drawn_and_written_down(cls: type[Any]) -> None:
    @FEW
    @given(command_of(cls, KNOWN))
    def written(command: Any) -> None:
        assert bind(*unbind(command)) == command

    written()


@FEW
@given(commands_for(KNOWN))
def test_any_command_is_one_that_the_bank_declares(command: Any) -> None:
    assert type(command) in COMMANDS
    assert not COMMANDS[type(command)].system


def test_ids_that_exist_are_used() -> None:
    found = find(command_of(Deposit, KNOWN), lambda c: c.account == "A2")
    assert found.account == "A2"


def test_the_field_that_names_a_stream_is_the_first_of_its_commands() -> None:
    assert key_field("deposit_account") == "account"
    assert key_field("time_deposit") == "deposit"
    assert known_ids({"loan": ["L1"]}) == {"loan": ["L1"]}


@FEW
@given(amounts(5_000))
def test_amounts_are_positive_and_bounded(amount: Money) -> None:
    assert 0 < amount.minor <= 5_000


@pytest.mark.parametrize("fen", [1, 99, 100, 101, 5_000])
def test_amounts_reach_the_edges(fen: int) -> None:
    assert fen in EDGES
    assert find(amounts(), lambda a: a.minor == fen) == Money(fen)


def test_days_around_a_day_reach_its_month_end_and_the_leap_day() -> None:
    assert find(around(date(2024, 3, 15)), lambda d: d == date(2024, 2, 29)) == TODAY
    assert find(around(TODAY), lambda d: d == TODAY + timedelta(days=366))


@FEW
@given(spans(90), st.data())
def test_spans_stay_inside(days: int, data: st.DataObject) -> None:
    assert 0 <= days <= 90
    assert 0 <= data.draw(spans(7)) <= 7
