"""Tables, widths and JSON: what a terminal and a program get."""

from __future__ import annotations

import itertools
import json
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bankcore.commands import output
from bankcore.commands.indented import indented
from bankcore.commands.output import Column, fit, show_json, show_table, width
from bankcore.commands.plain import plain
from bankcore.values.figures import figure
from bankcore.values.money import Money, yuan
from bankcore.values.rates import AnnualRate
from bankcore.values.roles import Role

TEXTS = st.text(st.sampled_from("ab 1存款余额，é"), max_size=60)


@given(TEXTS, st.integers(2, 40))
def test_a_fitted_text_takes_exactly_its_columns_or_one_less_before_a_wide_one(
    text: str, columns: int
) -> None:
    assert width(fit(text, columns)) == columns


def test_chinese_counts_two_columns() -> None:
    assert width("余额ab") == 6


def test_a_table_aligns_numbers_right_and_chinese_by_width(
    capsys: pytest.CaptureFixture[str],
) -> None:
    show_table(
        [Column("科目"), Column("金额", number=True)],
        [("吸收存款", yuan("1234567.5")), ("cash", yuan("-1"))],
    )
    head, first, second = capsys.readouterr().out.splitlines()
    assert width(head) == width(first) == width(second) == 8 + 2 + 12
    assert first.endswith("1,234,567.50")


@given(st.lists(st.tuples(TEXTS, TEXTS, st.integers(0, 10**12)), min_size=1, max_size=4))
def test_a_table_keeps_to_eighty_columns(rows: list[tuple[str, str, int]]) -> None:
    said: list[str] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("click.echo", said.append)
        columns = [Column("名称"), Column("note"), Column("¥", number=True)]
        show_table(columns, [(a, b, Money(n)) for a, b, n in rows])
    assert all(width(line) <= 80 for text in said for line in text.split("\n"))


def test_json_spells_money_dates_rates_and_fractions_exactly(
    capsys: pytest.CaptureFixture[str],
) -> None:
    show_json(
        {
            "money": yuan("1234.5"),
            "dollars": Money(100, "USD"),
            "day": date(2026, 2, 28),
            "rate": AnnualRate.of("1.55"),
            "third": Fraction(1, 3),
            "role": Role.AUDITOR,
            "list": (yuan("1"), None, True),
            "zh": "余额",
        }
    )
    printed = capsys.readouterr().out
    assert "余额" in printed
    assert json.loads(printed) == {
        "money": "1234.50",
        "dollars": "1.00 USD",
        "day": "2026-02-28",
        "rate": "1.55",
        "third": "1/3",
        "role": "auditor",
        "list": ["1.00", None, True],
        "zh": "余额",
    }


def test_a_figure_is_json_with_its_trace() -> None:
    shown = plain(figure("GEN-01", Fraction(1, 2), days=30))
    assert shown["amount"] == "0.01"
    assert shown["exact"] == "0.5"
    assert shown["inputs"] == {"days": 30}


def test_a_value_without_a_json_form_is_a_bug() -> None:
    with pytest.raises(AssertionError, match="no JSON form for object"):
        plain(object())


def test_a_pipe_gets_no_colour(capsys: pytest.CaptureFixture[str]) -> None:
    output.heading("余额")
    assert capsys.readouterr().out == "\n余额\n"


def test_no_color_is_respected_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert output.bold("x") != "x"
    monkeypatch.setenv("NO_COLOR", "1")
    assert output.bold("x") == "x"


def test_progress_passes_items_on_and_is_silent_in_a_pipe(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert list(output.progress(range(3), "events")) == [0, 1, 2]
    assert capsys.readouterr().err == ""


def test_progress_speaks_after_a_second_and_only_on_a_terminal(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    ticks = itertools.count(0, 0.4)
    monkeypatch.setattr("time.monotonic", lambda: next(ticks))
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    assert list(output.progress(range(5), "events", 5)) == [0, 1, 2, 3, 4]
    said = capsys.readouterr().err.split("\r")
    assert said[1:3] == ["events 3/5", "events 4/5"]
    assert said[-1].startswith("events 5 (")


LEAVES = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | TEXTS
NESTED = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4)
)


@given(NESTED)
def test_indented_json_is_byte_for_byte_that_of_the_standard_encoder(value: object) -> None:
    assert indented(value) == json.dumps(value, ensure_ascii=False, indent=2)


@given(st.lists(st.tuples(TEXTS, st.integers(-(10**9), 10**9)), max_size=6))
def test_columns_are_padded_as_each_of_their_cells(rows: list[tuple[str, int]]) -> None:
    said: list[str] = []
    columns = [Column("摘要"), Column("amount", number=True)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("click.echo", said.append)
        show_table(columns, [(text, Money(minor)) for text, minor in rows])
    cells = [("摘要", "amount"), *((text, Money(minor).grouped()) for text, minor in rows)]
    second = max(len(amount) for _, amount in cells)
    # The first column gives way until the line has 80 columns, which two take between them.
    first = min(max(width(text) for text, _ in cells), 80 - 2 - second)
    lines = [f"{fit(a, first)}  {fit(b, second, right=True)}".rstrip() for a, b in cells]
    assert said == ["\n".join(lines)]
