"""Names and values that people write become commands."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bankcore.aggregates.catalogue.commands import RecordLpr
from bankcore.aggregates.deposit_account.commands import Deposit, Freeze
from bankcore.rules.deposits.availability import FreezeKind
from bankcore.scenarios.binding import (
    bind,
    command_class,
    command_classes,
    command_schema,
    model_of,
    unbind,
)
from bankcore.values.errors import BadInput
from bankcore.values.money import Money
from bankcore.values.rates import AnnualRate


def refusal(name: str, **fields: object) -> str:
    with pytest.raises(BadInput) as bad:
        bind(name, fields)
    return str(bad.value)


@given(st.integers(1, 10**12), st.text("ABC123", min_size=1))
@settings(max_examples=50, derandomize=True)
def test_a_command_survives_being_written_and_read(minor: int, account: str) -> None:
    command = Deposit(account=account, amount=Money(minor))
    assert bind(*unbind(command)) == command


@given(st.fractions(0, 30, max_denominator=400), st.dates(date(2000, 1, 1), date(2099, 12, 31)))
@settings(max_examples=50, derandomize=True)
def test_rates_and_dates_survive_exactly(percent: Fraction, day: date) -> None:
    command = RecordLpr(tenor="1Y", rate=AnnualRate(percent), effective_from=day)
    assert bind(*unbind(command)) == command


def test_every_known_command_has_a_model_and_a_schema() -> None:
    for name, cls in command_classes().items():
        assert set(model_of(cls).model_fields) == set(cls.__dataclass_fields__), name
        assert command_schema(name)["additionalProperties"] is False, name


def test_texts_of_the_command_line_are_read_by_the_type_of_the_field() -> None:
    given_: dict[str, Any] = {
        "account": "A1",
        "freeze": "f",
        "kind": "full_freeze",
        "until": "2026-03-31",
    }
    assert bind("deposit_account.freeze", given_) == Freeze(
        account="A1", freeze="f", kind=FreezeKind.FULL_FREEZE, until=date(2026, 3, 31)
    )


@pytest.mark.parametrize(
    ("amount", "sentence"),
    [
        ("1.234", "deposit_account.deposit: amount: 1.234 has more than two decimals"),
        ("１２", "write 12"),
        ("1e3", "'1e3' is no amount; write yuan like 1234.50"),
        (True, "True is no amount"),
        (1.5, "1.5 is no amount"),
    ],
)
def test_an_amount_that_is_none_is_named_with_its_remedy(amount: object, sentence: str) -> None:
    assert sentence in refusal("deposit_account.deposit", account="A1", amount=amount)


def test_a_day_that_does_not_exist_is_named() -> None:
    said = refusal(
        "deposit_account.freeze", account="A1", freeze="f", kind="loss_report", until="2026-02-30"
    )
    assert "there is no day 2026-02-30" in said


def test_a_missing_a_strange_and_a_wrongly_typed_field_are_named() -> None:
    assert "amount: is missing" in refusal("deposit_account.deposit", account="A1")
    said = refusal("deposit_account.deposit", account="A1", amount="1", acount="A1")
    assert "acount: is no field here; did you mean account" in said
    assert 'write it in quotes: "1"' in refusal("deposit_account.deposit", account=1, amount="1")


def test_an_unknown_command_is_answered_with_the_nearest_names() -> None:
    with pytest.raises(BadInput, match=r"did you mean deposit_account\.deposit"):
        command_class("deposit_account.deposits")
    with pytest.raises(BadInput, match=r"deposit_account\.withdraw"):
        command_class("account.withdraw")
