"""The catalogue: reading, choosing, rows adopted in the log."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from bankcore.products.catalogue import plain_value, rows_of, shipped
from bankcore.products.deposits import SOLD, deposit_offer
from bankcore.products.files import read_file
from bankcore.values.errors import BadInput
from bankcore.values.money import yuan
from bankcore.values.rates import AnnualRate
from bankcore.values.reasons import Reason, Rejected

GOOD = """
[[param]]
id = "fee.sms"
zh = "短信费"
price = true
source = "tariff"
mark = "convention"
rows = [{ valid_from = 2020-01-01, value = 2.00 }, { valid_from = 2021-01-01 }]
"""


@dataclass(frozen=True)
class Row:
    param: str
    value: str
    valid_from: date
    adopted_on: date
    source: str = "test"
    mark: str = "convention"


def test_every_shipped_row_has_a_source_and_a_mark() -> None:
    for param in shipped().params():
        assert param.zh, param.id
        assert param.rows, f"{param.id} has no rows"
        for row in param.rows:
            assert row.source, param.id
            assert row.mark in {"text", "known", "convention"}, param.id


def test_values_are_exact_and_never_floating() -> None:
    for param in shipped().params():
        for row in param.rows:
            assert not isinstance(row.value, float), param.id


def test_board_rates_are_read_by_day() -> None:
    board = shipped()
    assert board.rate("deposit.rate.lump_lump.12", date(2025, 5, 20)) == AnnualRate.of("0.95")
    assert board.rate("deposit.rate.lump_lump.12", date(2025, 5, 19)) == AnnualRate.of("1.1")
    row = board.row("deposit.rate.demand", date(2024, 8, 1))
    assert (row.valid_from, row.valid_to) == (date(2024, 7, 25), date(2024, 10, 17))


@pytest.mark.parametrize("product", SOLD)
def test_every_product_sold_has_an_offer(product: str) -> None:
    assert deposit_offer(shipped(), product, date(2026, 1, 5)).min_opening >= yuan("1.00")


def test_on_every_board_demand_pays_least_and_longer_terms_no_less() -> None:
    board = shipped()
    for row in rows_of(board, "deposit.rate.demand"):
        day = row.valid_from
        names = ("demand", "notice_1d", "notice_7d")
        short = [board.rate(f"deposit.rate.{name}", day) for name in names]
        terms = (3, 6, 12, 24, 36, 60)
        long = [board.rate(f"deposit.rate.lump_lump.{m}", day) for m in terms]
        assert short == sorted(short)
        assert long == sorted(long)


def test_typed_readings() -> None:
    catalogue, day = shipped(), date(2026, 1, 5)
    assert catalogue.money("deposit.insurance_limit", day) == yuan("500000.00")
    assert catalogue.number("deposit.notice_days.notice_7d", day) == 7
    assert catalogue.fraction("deposit.optional_share", day) == Fraction(3, 5)
    assert catalogue.text("deposit.settlement.demand_q", day) == "quarterly"
    assert catalogue.value("deposit.terms.instal_lump", day) == (12, 36, 60)


def test_an_unknown_parameter_and_an_early_day_are_not_in_force() -> None:
    for param, on in (("fee.moon", date(2026, 1, 1)), ("deposit.rate.demand", date(2015, 1, 1))):
        with pytest.raises(Rejected) as no:
            shipped().value(param, on)
        assert no.value.reason is Reason.RULE_NOT_IN_FORCE
        assert no.value.facts["param"] == param


def test_rows_adopted_in_the_log_lie_on_top_and_are_known_from_their_day() -> None:
    adopted = Row("deposit.rate.demand", "0.02", date(2026, 7, 1), date(2026, 6, 20))
    catalogue = shipped().with_rows([adopted])
    day = date(2026, 7, 1)
    assert catalogue.rate("deposit.rate.demand", day) == AnnualRate.of("0.02")
    known = catalogue.rate("deposit.rate.demand", day, date(2026, 6, 19))
    assert known == AnnualRate.of("0.05")
    assert shipped().rate("deposit.rate.demand", day) == AnnualRate.of("0.05")
    assert catalogue.effective_on(day) == ["deposit.rate.demand"]


def test_an_adopted_row_may_begin_a_new_parameter_or_repeal_one() -> None:
    day = date(2026, 1, 5)
    catalogue = shipped().with_rows([
        Row("fee.new", "1/3", day, day), Row("deposit.dormant_months", "", day, day),
    ])  # fmt: skip
    assert catalogue.fraction("fee.new", day) == Fraction(1, 3)
    with pytest.raises(Rejected) as no:
        catalogue.value("deposit.dormant_months", day)
    assert no.value.reason is Reason.RULE_REPEALED


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0.30", Decimal("0.30")),
        ("3/5", Fraction(3, 5)),
        ("true", True),
        ("yearly", "yearly"),
        ("1/0", "1/0"),
        ("", None),
    ],
)
def test_values_are_read_from_their_text(text: str, value: object) -> None:
    assert plain_value(text) == value


def test_a_row_without_a_value_repeals() -> None:
    (param,) = read_file("x.toml", GOOD)
    assert [row.value for row in param.rows] == [Decimal("2.00"), None]


@pytest.mark.parametrize(
    ("text", "part"),
    [
        (GOOD.replace("zh =", "zz ="), "param.0.zh"),
        (GOOD.replace('mark = "convention"', 'mark = "guess"'), "param.0.mark"),
        (GOOD.replace('source = "tariff"\n', ""), "needs a source"),
        (GOOD.replace("[[param]]", "[[param"), "x.toml"),
        (GOOD + '[[sheet]]\nvalid_from = 2020-01-01\nsource = "s"\nmark = "text"\n'
         '[sheet.values]\n"fee.other" = 1\n', "fee.other is not declared"),
    ],
)  # fmt: skip
def test_a_faulty_file_is_named_with_its_field(text: str, part: str) -> None:
    with pytest.raises(BadInput) as wrong:
        read_file("x.toml", text)
    assert part in str(wrong.value)
