"""`bankcore impact` and `branch` with wishes, as they are typed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from bankcore import cli
from helpers.bank_file import write_bank

SCRIPT = """
id = "newcomer"
kind = "rule"
title = { zh = "新客户", en = "A newcomer" }
story = { zh = "新客户开户。", en = "A newcomer opens an account." }
handbook = ["2.1"]
rules = ["DEP-20"]
competencies = ["onboarding"]
start = 2026-03-25
end = 2026-03-27

[[cast]]
id = "n"
name = { zh = "某", en = "somebody" }
about = { zh = "某", en = "somebody" }

[[step]]
do = "routine.known_customer"
with = { customer = "n", name = "N", document_no = "9" }

[[step]]
on = 2026-03-26
do = "routine.open_account"
with = { account = "n-a", customer = "n", opening_amount = 77 }
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "bank.db"
    write_bank(path)
    return path


def typed(*args: object) -> Any:
    words = [str(arg) for arg in args]
    return CliRunner().invoke(cli.cli, words, env={"LC_ALL": "C"}, catch_exceptions=False)


def test_an_impact_is_shown_by_contract_by_product_and_as_a_journal(file: Path) -> None:
    shown = typed("impact", file, "--rate", "deposit.rate.demand=0.10")
    assert shown.exit_code == 0
    lines = [" ".join(line.split()) for line in shown.stdout.splitlines()]
    assert "account-A1 settled-interest 1.39 2.79 1.40" in lines
    assert "demand_q settled-interest 1.39 2.79 1.40" in lines
    assert "account-A1 2011.01 demand deposits 1.40" in lines
    told = json.loads(typed("impact", file, "--rate", "deposit.rate.demand=0.10", "--json").stdout)
    assert [row["difference"] for row in told["moved"] if row["figure"] == "balance"] == ["140"]
    assert told["departures"] == []


def test_what_moves_nothing_says_so(file: Path) -> None:
    shown = typed("impact", file, "--rule", "deposit.rate.demand=2026-01-05")
    assert shown.stdout.strip() == "no figure moves"


def test_a_fork_lives_on_without_a_command_and_tells_what_came_out_otherwise(file: Path) -> None:
    new = file.with_name("new.db")
    shown = typed("branch", file, "--without", "account-A2@6", "-o", new)
    assert shown.exit_code == 0
    assert "taken over" in shown.stdout
    assert "account-A2@6: left out" in shown.stdout
    assert cli.run(["verify", str(new)]) == 0
    assert cli.run(["diff", str(file), str(new)]) == 1


def test_a_script_is_played_into_the_other_future(file: Path, tmp_path: Path) -> None:
    script, new = tmp_path / "newcomer.toml", file.with_name("new.db")
    script.write_text(SCRIPT, encoding="utf-8")
    made = typed("branch", file, "--at", "2026-03-24", "--with", script, "-o", new, "--json")
    assert json.loads(made.stdout)["departures"] == []
    balances = json.loads(typed("balances", new, "--json").stdout)
    found = {row["account"]: row["booked"] for row in balances}
    assert found["account-n-a"] == "77.00"
    assert found["account-A1"] == "14347.06"
    assert cli.run(["verify", str(new)]) == 0


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--rate", "deposit.rate.demand"), "--rate: 'deposit.rate.demand' changes nothing"),
        ((), "nothing is changed; give --rate PARAM=VALUE"),
    ],
)
def test_an_impact_of_nothing_is_bad_input(
    file: Path, words: tuple[str, ...], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.run(["impact", str(file), *words]) == 2
    assert sentence in capsys.readouterr().err


def test_a_fork_without_a_place_writes_nothing(file: Path) -> None:
    new = file.with_name("new.db")
    assert cli.run(["branch", str(file), "-o", str(new)]) == 2
    assert not new.exists()


def test_a_fork_that_cannot_be_finished_leaves_nothing_behind(file: Path, tmp_path: Path) -> None:
    script, new = tmp_path / "newcomer.toml", file.with_name("new.db")
    script.write_text(SCRIPT, encoding="utf-8")
    # The script begins on 25 March; the fork is already at the end of the 30th.
    words = ["branch", str(file), "--at", "2026-03-30", "--with", str(script), "-o", str(new)]
    assert cli.run(words) == 2
    assert list(new.parent.glob("new.db*")) == []
