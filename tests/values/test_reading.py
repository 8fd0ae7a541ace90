"""Reading what people type: one clear sentence with place and remedy for what is wrong."""

from __future__ import annotations

from datetime import date

import pytest

from bankcore.commands.options import _log_first
from bankcore.values.errors import BadInput
from bankcore.values.money import yuan
from bankcore.values.reading import known_id, read_date, read_money, unknown_id


def test_dates_are_iso() -> None:
    assert read_date("2028-02-29") == date(2028, 2, 29)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("2026-02-29", "--as-of: there is no day 2026-02-29; check the month and its last day"),
        ("29.2.2028", "--as-of: '29.2.2028' is no date; write it as 2026-03-31"),
        ("２０２６-01-01", "--as-of: '２０２６-01-01' is no date; write 2026-01-01"),
    ],
)
def test_an_impossible_date_is_named_with_its_place(text: str, sentence: str) -> None:
    with pytest.raises(BadInput) as caught:
        read_date(text, "--as-of")
    assert str(caught.value) == sentence


def test_amounts_are_yuan_with_at_most_two_decimals() -> None:
    assert read_money("1,234.5") == yuan("1234.50")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("1.005", "amount: 1.005 has more than two decimals; yuan have two decimals, like 1234.50"),
        ("１００", "amount: '１００' is no amount; write 100"),
        ("ten", "amount: 'ten' is no amount; write yuan like 1234.50"),
    ],
)
def test_an_amount_that_is_none_is_answered_with_a_remedy(text: str, sentence: str) -> None:
    with pytest.raises(BadInput) as caught:
        read_money(text, "amount")
    assert str(caught.value) == sentence


def test_an_unknown_id_is_answered_with_the_nearest_known_ones() -> None:
    assert str(unknown_id("rule", "DEP-30", ["DEP-03", "LN-01"])) == (
        "no rule 'DEP-30'; did you mean DEP-03?"
    )
    assert str(unknown_id("rule", "zzz", ["DEP-03", "LN-01"])) == (
        "no rule 'zzz'; known: DEP-03, LN-01"
    )
    assert str(unknown_id("rule", "zzz", [])) == "no rule 'zzz'; there is no rule yet"


def test_a_known_id_passes() -> None:
    assert known_id("rule", "LN-01", ["LN-01"]) == "LN-01"
    with pytest.raises(BadInput):
        known_id("rule", "LN-1", ["LN-01"])


def test_the_log_option_stands_for_the_first_argument() -> None:
    assert _log_first(["A1", "--log", "bank.db", "--json"]) == ["bank.db", "A1", "--json"]
    assert _log_first(["A1", "--log=bank.db"]) == ["bank.db", "A1"]
    assert _log_first(["bank.db", "A1"]) == ["bank.db", "A1"]
    assert _log_first(["A1", "--", "--log", "x"]) == ["A1", "--", "--log", "x"]
