"""Scripts are read with the place of every problem."""

from __future__ import annotations

from pathlib import Path

import pytest

from bankcore.scenarios.check import check
from bankcore.scenarios.places import line_at, lines_of
from bankcore.scenarios.source import load, parse
from bankcore.values.errors import BadInput

SMALL = """
id = "small"
title = { zh = "小", en = "small" }
story = { zh = "小", en = "small" }
start = 2026-01-05

[[cast]]
id = "c"
name = { zh = "某", en = "somebody" }
about = { zh = "某", en = "somebody" }

[[step]]
do = "routine.known_customer"
with = { customer = "c", name = "C", document_no = "1" }

[[step]]
do = "routine.open_account"
id = "opened"
with = { account = "a", customer = "c", opening_amount = 100 }

[[step]]
on = 2026-02-02
do = "deposit_account.deposit"
as = "c"
with = { account = "a", amount = 12.34 }
"""


def problem(text: str) -> str:
    with pytest.raises(BadInput) as bad:
        check(parse(text, "small.toml"))
    return str(bad.value)


def test_a_good_script_is_read() -> None:
    script = check(parse(SMALL, "small.toml")).script
    assert script.id == "small"
    assert [step.do for step in script.step][-1] == "deposit_account.deposit"


@pytest.mark.parametrize(
    ("right", "wrong", "sentence"),
    [
        ('id = "small"', 'id = "small', "small.toml:2: is no TOML"),
        ('id = "small"', 'id = "Small One"', "small.toml:2: id: String should match"),
        ("start = 2026-01-05", "start = 2026-13-05", "small.toml:5: is no TOML"),
        ("start = 2026-01-05", 'start = "2026-02-30"', "small.toml:5: start: there is no day"),
        ("start = 2026-01-05", "", "small.toml:1: start: is missing; add it"),
        (
            "amount = 12.34",
            "amount = 12.345",
            "small.toml:25: step.2.with: amount: 12.345 has",
        ),
        ("amount = 12.34", 'amount = "１２"', "step.2.with: amount: '１２' is no amount; write 12"),
        ("amount = 12.34", "amout = 12.34", "step.2.with: amout: is no field here; did you mean"),
        ('as = "c"', 'as = "d"', "small.toml:24: step.2.as: no actor 'd'; known: c, script"),
        ('as = "c"', 'is = "c"', "small.toml:24: step.2.is: is no field here"),
        ("deposit_account.deposit", "deposit_account.deposits", "did you mean deposit_account.d"),
        ("routine.open_account", "routine.open_acount", "no routine 'open_acount'; did you mean"),
        ('customer = "c", opening', 'customer = "x", opening', "no customer 'x'; known: c"),
        (
            'account = "a", amount',
            'account = "x", amount',
            "with.account: no account 'x'; known: a",
        ),
        ('as = "c"', 'refused = "no_such_reason"', "no reason 'no_such_reason'"),
        ("on = 2026-02-02", "on = 2025-12-31", "small.toml:22: step.2.on: 2025-12-31 is before"),
        (
            'account = "a", amount',
            'account = "$open", amount',
            "no act 'open'; did you mean",
        ),
        ('account = "a", amount', 'account = "$opened.Nix", amount', "no event 'Nix'"),
    ],
)
def test_a_problem_is_named_with_file_line_and_remedy(
    right: str, wrong: str, sentence: str
) -> None:
    assert sentence in problem(SMALL.replace(right, wrong))


@pytest.mark.parametrize(
    ("added", "sentence"),
    [
        ('what = "balanc"\nof = "a"\nis = 1', "no figure 'balanc'; did you mean balance"),
        ('what = "ledger"\nof = "9999"\nis = 1', "no ledger account '9999'"),
        ('what = "event.Settled"\nof = "a"\nis = 1', "no event 'Settled'"),
        ('what = "balance"\nof = "a"', "expect.0.is: is missing"),
    ],
)
def test_an_expectation_that_nobody_can_answer_is_named(added: str, sentence: str) -> None:
    assert sentence in problem(f"{SMALL}\n[[expect]]\n{added}\n")


def test_a_condition_needs_an_event_that_exists_and_one_of_its_fields() -> None:
    def step(condition: str) -> str:
        return f"{SMALL}\n[[step]]\nwhen = [{{ {condition} }}]\n"

    assert "no event 'Opened'" in problem(step('event = "Opened"'))
    assert "no field 'colour'" in problem(step('event = "FundsDeposited", has = { colour = "1" }'))
    assert "names no event, or two" in problem(step('of = "account-a"'))


def test_a_rubric_adds_up_to_a_hundred_and_a_point_has_one_reference() -> None:
    criterion = '[[rubric]]\nid = "r"\ntitle = { zh = "甲", en = "a" }\nweight = 90\nearned = []\n'
    assert "add up to 90" in problem(f"{SMALL}\n{criterion}")
    words = '{ zh = "甲", en = "a" }'
    point = (
        f'[[point]]\nid = "D1"\non = 2026-01-06\nsituation = {words}\nexpected = {words}\n'
        f'why = {words}\nrule = "GEN-01"\nsection = "0.1"\n'
    )
    option = f'[[point.option]]\nid = "A"\nsay = {words}\nreaction = {words}\n'
    assert "neither options nor figures" in problem(f"{SMALL}\n{point}")
    assert "exactly one reference" in problem(f"{SMALL}\n{point}{option}")
    late = point.replace("2026-01-06", "2026-01-01")
    assert "is outside the script" in problem(f"{SMALL}\n{late}{option}reference = true\n")


def test_two_things_of_one_name_are_refused() -> None:
    fields = '{ account = "a", amount = 1 }'
    again = f'[[step]]\nid = "opened"\ndo = "deposit_account.deposit"\nwith = {fields}\n'
    assert "'opened' names two things" in problem(f"{SMALL}\n{again}")


def test_a_file_that_is_not_there_or_no_text_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="there is no such script"):
        load(str(tmp_path / "none.toml"))
    binary = tmp_path / "binary.toml"
    binary.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(BadInput, match=r"is no UTF-8 text"):
        load(str(binary))
    with pytest.raises(BadInput, match="cannot be read"):
        load(f"{tmp_path}/")
    with pytest.raises(BadInput, match="did you mean early-withdrawal-quote"):
        load("early-withdrawal-quot")


def test_a_case_is_found_by_its_code() -> None:
    assert load("s08").script.id == "minimum-payment-myth"


def test_lines_are_known_through_arrays_tables_and_long_texts() -> None:
    lines = lines_of(
        'a = 1\ntext = """\nb = 2\n"""\n[t]\nc.d = 3\n[[x]]\ne = [\n  { f = 1 },\n  { f = 2 },\n]\n'
        "[[x]]\ng = 4\n[[x.y]]\nh = 5\n"
    )
    assert lines[("a",)] == 1
    assert ("b",) not in lines
    assert (lines[("t",)], lines[("t", "c", "d")]) == (5, 6)
    assert (lines[("x", 0, "e", 0)], lines[("x", 0, "e", 1)]) == (9, 10)
    assert (lines[("x", 1, "g")], lines[("x", 1, "y", 0, "h")]) == (13, 15)
    assert line_at(lines, ("x", 1, "g", "deeper", 7)) == 13
    assert line_at(lines, ("nowhere",)) == 1
