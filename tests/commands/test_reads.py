"""The commands that read a bank, on a small file; figures by hand from the rulebook.

A1 (`demand_q`) holds 12,345.67 from 5 January and 14,345.67 from 10 February, A2 (`demand`)
500.00 and from 10 February 379.50. The demand rate is 0.05 % a year, the interest base whole yuan:
A1 earns on settlement (12345 · 36 + 14345 · 39) · 5/36000 fen = 139 + 41/96 fen.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from bankcore import cli
from bankcore.values.errors import BadInput
from helpers.bank_file import write_bank


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample bank; no test writes to it."""
    path = tmp_path_factory.mktemp("bank") / "bank.db"
    write_bank(path)
    return path


def asked(*args: object) -> Result:
    return CliRunner().invoke(
        cli.cli, [str(arg) for arg in args], env={"LC_ALL": "C"}, catch_exceptions=False
    )


def answered(*args: object) -> Any:
    result = asked(*args, "--json")
    assert result.exit_code == 0
    return json.loads(result.stdout)


def test_a_statement_shows_every_movement_with_running_balance(file: Path) -> None:
    lines = answered("statement", file, "A1")
    assert [(x["value_date"], x["amount"], x["balance"]) for x in lines] == [
        ("2026-01-05", "12345.67", "12345.67"),
        ("2026-02-10", "2000.00", "14345.67"),
        ("2026-03-21", "1.39", "14347.06"),
    ]


def test_the_log_may_be_an_option_instead_of_the_first_argument(file: Path) -> None:
    assert answered("statement", "A1", "--log", file) == answered("statement", file, "A1")


def test_a_statement_as_of_an_earlier_day_ends_there(file: Path) -> None:
    assert len(answered("statement", file, "A1", "--as-of", "2026-02-10")) == 2


def test_an_account_that_nobody_has_is_answered_with_the_nearest(file: Path) -> None:
    with pytest.raises(BadInput, match=r"no account 'A3'.*did you mean account-A[12]"):
        asked("statement", file, "A3")


def test_balances_at_two_dates(file: Path) -> None:
    now = {row["account"]: row["booked"] for row in answered("balances", file)}
    then = {r["account"]: r["booked"] for r in answered("balances", file, "--as-of", "2026-01-31")}
    assert now == {"account-A1": "14347.06", "account-A2": "379.50"}
    assert then == {"account-A1": "12345.67", "account-A2": "500.00"}


def test_accrued_interest_is_exact_and_derived(file: Path) -> None:
    """A1 to 28 February inclusive: (12345 · 36 + 14345 · 19) · 5/36000 fen = 99 + 83/144 fen."""
    (row,) = answered("interest", file, "A1", "--as-of", "2026-02-28")
    assert (row["interest"], row["exact_yuan"]) == ("1.00", "28679/28800")


def test_the_table_of_accrued_interest_ends_with_its_sum(file: Path) -> None:
    last = asked("interest", file, "--as-of", "2026-02-28").stdout.splitlines()[-1]
    assert last.split() == ["total", "1.0308", "1.03"]


def test_the_trial_balance_balances(file: Path) -> None:
    rows = {row["account"]: row for row in answered("ledger", file)}
    assert rows["1001"]["debit"] == "14725.17"
    assert rows["2011.01"]["credit"] == "14726.56"
    assert rows["6411.01"]["debit"] == "1.39"
    last = asked("ledger", file).stdout.splitlines()[-1].split()
    assert last == ["total", "14,726.56", "14,726.56"]


def test_the_trial_balance_takes_accrued_interest_in_on_request(file: Path) -> None:
    rows = {row["account"]: row for row in answered("ledger", file, "--accrued")}
    assert rows["2231"]["credit"] is not None


def test_the_journal_of_one_account(file: Path) -> None:
    legs = answered("ledger", file, "--journal", "--account", "6411.01")
    assert [(leg["event"], leg["debit"]) for leg in legs] == [("InterestSettled", "1.39")]
    assert asked("ledger", file, "--journal").stdout.count("\n") == 13


def test_an_account_outside_the_chart_is_bad_input(file: Path) -> None:
    with pytest.raises(BadInput, match=r"no ledger account '2011\.99'"):
        asked("ledger", file, "--journal", "--account", "2011.99")


def test_replay_tells_each_event_and_folds_quiet_days(file: Path) -> None:
    told = asked("replay", file, "--known-at", "2026-02-09").stdout
    assert "12,345.67" in told
    assert "2026-02-01 … 2026-02-09" in told
    assert told.endswith("account-A1  12,345.67\naccount-A2  500.00\n")


def test_replay_of_one_stream_in_chinese(file: Path) -> None:
    told = asked("replay", file, "--of", "A2", "--lang", "zh").stdout
    assert "支取" in told
    assert "A1@" not in told


def test_an_explanation_adds_up_to_the_last_fraction(file: Path) -> None:
    found = answered("explain", file, "settled-interest", "A1")
    assert found["adds_up"] is True
    (part,) = found["parts"]
    assert (part["rule"], part["days"], part["exact"]) == ("DEP-02", 75, "13385/96")
    assert part["remainder"] == "41/96"
    assert "the parts add up exactly" in asked("explain", file, "settled-interest", "A1").stdout


def test_an_unknown_figure_is_answered_with_those_that_exist(file: Path) -> None:
    with pytest.raises(BadInput, match=r"figures of this stream: .*balance"):
        asked("explain", file, "wealth", "A1")


def test_a_customer_in_one_view(file: Path) -> None:
    found = answered("customer", file, "C1")
    assert (found["customer"], found["kyc"]["status"]) == ("customer-C1", "valid")
    (holding,) = found["holdings"]
    assert (holding["stream"], holding["positions"]) == ("account-A1", {"2011.01": -1434706})
    shown = asked("customer", file, "C1").stdout
    assert shown.splitlines()[-1].split()[-1] == "14,347.06"
    assert "owed " not in shown  # no credit, no line


def test_a_customer_who_came_later_was_not_known_then(file: Path) -> None:
    with pytest.raises(BadInput, match=r"was not known at these dates"):
        asked("customer", file, "C1", "--as-of", "2026-01-01")


def test_a_bank_without_credit_has_an_empty_risk_table(file: Path) -> None:
    assert answered("risk", file) == []
    assert asked("risk", file).stdout.startswith("contract")


def test_an_untouched_log_verifies(file: Path) -> None:
    verdict = answered("verify", file)
    assert verdict["ok"]
    assert verdict["recomputed"] >= 1
    assert asked("verify", file, "--head", verdict["head"]).exit_code == 0


def test_a_log_that_ends_elsewhere_than_was_written_down_is_altered(file: Path) -> None:
    result = CliRunner().invoke(
        cli.cli, ["verify", str(file), "--head", "00"], standalone_mode=False
    )
    assert result.return_value == 5


def test_the_doctor_looks_at_installation_and_log(file: Path) -> None:
    checks = {check["id"]: check for check in answered("doctor", file)}
    assert all(check["ok"] for check in checks.values()), checks
    assert checks["verified"]["found"] == "whole"


def test_the_doctor_names_what_is_wrong(tmp_path: Path) -> None:
    wrong = tmp_path / "notes.db"
    wrong.write_text("not a log", encoding="utf-8")
    result = CliRunner().invoke(cli.cli, ["doctor", str(wrong), "--json"], standalone_mode=False)
    assert result.return_value == 1
    assert json.loads(result.stdout)[-1]["ok"] is False


def test_replay_of_some_days_and_of_all_that_a_customer_has(file: Path) -> None:
    told = asked("replay", file, "--from", "2026-02-10", "--until", "2026-02-10").stdout
    assert "2026-02-10" in told
    assert "2026-01-05" not in told
    assert "14,345.67" in told  # the balance at the end of that day
    rows = json.loads(asked("replay", file, "--only", "C2", "--json").stdout)
    assert {row["id"].partition("@")[0] for row in rows} == {"customer-C2", "account-A2"}
    kinds = json.loads(asked("replay", file, "--only", "customer", "--json").stdout)
    assert {row["id"].partition("@")[0] for row in kinds} == {"customer-C1", "customer-C2"}
