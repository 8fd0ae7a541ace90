"""Catalogue and rules on the command line."""

from __future__ import annotations

import json
from typing import Any

import pytest
from click.testing import CliRunner

from bankcore import cli
from bankcore.commands.output import width
from bankcore.values.errors import BadInput


def shown(*args: str) -> str:
    result = CliRunner().invoke(cli.cli, args, env={"LC_ALL": "C"}, catch_exceptions=False)
    assert result.exit_code == 0
    return result.stdout


def listed(*args: str) -> Any:
    return json.loads(shown(*args, "--json"))


def test_the_demand_rate_in_force_on_a_day() -> None:
    (param,) = listed("catalogue", "list", "deposit.rate.demand", "--as-of", "2024-12-31")
    assert param["row"]["value"] == "0.1"
    assert param["row"]["valid_from"] == "2024-10-18"


def test_the_newest_row_counts_where_no_day_is_named() -> None:
    (param,) = listed("catalogue", "list", "deposit.rate.demand")
    assert param["row"]["value"] == "0.05"


def test_a_parameter_shows_all_its_rows_with_sources() -> None:
    rows = listed("catalogue", "show", "loan.lpr.1Y")["rows"]
    assert rows[0] == {
        "valid_from": "2019-08-20",
        "adopted_on": "2019-08-20",
        "value": "4.25",
        "source": "PBoC, authorised publication",
        "mark": "text",
        "own": False,
    }


def test_a_list_of_values_is_shown_whole_below_the_table() -> None:
    assert '"yuan"' not in shown("catalogue", "list", "deposit.draw_steps.lump_instal")
    assert "(3)" in shown("catalogue", "list", "deposit.draw_steps.lump_instal")
    assert "[" in shown("catalogue", "show", "deposit.draw_steps.lump_instal")


def test_the_catalogue_keeps_to_eighty_columns() -> None:
    assert max(width(line) for line in shown("catalogue", "list").splitlines()) <= 80


@pytest.mark.parametrize(
    ("args", "remedy"),
    [
        (("catalogue", "show", "deposit.rate.demnd"), "did you mean deposit.rate.demand"),
        (("catalogue", "list", "deposit.rate.demnd"), "did you mean deposit.rate.demand"),
        (("rules", "show", "DEP-99"), "did you mean DEP-"),
        (("rules", "list", "XX"), "no rule family 'XX'"),
    ],
)
def test_unknown_ids_are_answered_with_the_nearest(args: tuple[str, ...], remedy: str) -> None:
    with pytest.raises(BadInput, match=remedy):
        shown(*args)


def test_rules_are_listed_by_family() -> None:
    assert {rule["id"].split("-")[0] for rule in listed("rules", "list", "gl")} == {"GL"}


def test_a_rule_shows_its_refusals_and_its_code() -> None:
    rule = listed("rules", "show", "dep-02")
    assert "negative_balance" in rule["refusals"]
    assert any(c["where"].startswith("rules.deposits.demand") for c in rule["code"])
    text = shown("rules", "show", "DEP-02", "--lang", "zh")
    assert "拒绝原因" in text
    assert "rules.deposits.demand" in text
