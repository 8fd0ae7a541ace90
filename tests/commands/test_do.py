"""`bankcore do`: a bank from nothing to a statement, by hand."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from bankcore import cli
from bankcore.store.bank import Bank
from bankcore.values.errors import BadInput
from bankcore.values.reasons import Reason, Rejected
from helpers.bank_file import write_bank


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A sample bank to write to; it stands open on 2026-04-01."""
    path = tmp_path / "bank.db"
    write_bank(path)
    return path


def did(*args: object) -> Any:
    words = ["do", *(str(arg) for arg in args), "--json"]
    result = CliRunner().invoke(cli.cli, words, env={"LC_ALL": "C"}, catch_exceptions=False)
    assert result.exit_code == 0
    return json.loads(result.stdout)


def length(file: Path) -> int:
    with Bank.open(str(file)) as bank:
        return bank.log.head()[0]


DEPOSIT = ("deposit_account.deposit", "account=A1", "amount=200")


def test_a_command_is_decided_written_and_told(file: Path) -> None:
    (outcome,) = did(file, *DEPOSIT, "--as", "T1:teller_cash")
    (event,) = outcome["events"]
    assert (event["event"], event["actor"], event["role"]) == (
        "FundsDeposited",
        "T1",
        "teller_cash",
    )
    assert event["fields"]["amount"] == "200.00"
    shown = CliRunner().invoke(cli.cli, ["balances", str(file)], env={"LC_ALL": "C"}).stdout
    assert "14,547.06" in shown


def test_a_new_bank_grows_from_nothing_by_hand(tmp_path: Path) -> None:
    file = tmp_path / "new.db"
    did(file, "business_day.open", "day=2026-01-05", "--create")
    did(file, "customer.register", "customer=C1", "name=Li Na")
    did(file, "customer.verify_identity", "customer=C1", "document_no=11010119900307123X")
    did(file, "deposit_account.apply", "account=A1", "customer=C1")
    with Bank.open(str(file)) as bank:
        assert "account-A1" in bank.log.streams("account-")


def test_without_create_there_must_be_a_bank(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="there is no log"):
        did(tmp_path / "new.db", *DEPOSIT)
    assert list(tmp_path.iterdir()) == []


def test_a_dry_run_shows_and_writes_nothing(file: Path) -> None:
    before = length(file)
    (outcome,) = did(file, *DEPOSIT, "--dry-run")
    assert outcome["events"]
    assert length(file) == before


def test_the_same_id_twice_is_done_once(file: Path) -> None:
    did(file, *DEPOSIT, "--id", "k-1")
    before = length(file)
    (outcome,) = did(file, *DEPOSIT, "--id", "k-1")
    assert outcome["duplicate"]
    assert length(file) == before


def test_without_an_id_a_repeated_command_is_done_again(file: Path) -> None:
    did(file, *DEPOSIT)
    (outcome,) = did(file, *DEPOSIT)
    assert not outcome["duplicate"]


def test_advance_closes_day_after_day(file: Path) -> None:
    did(file, "advance", "to=2026-04-03")
    with Bank.open(str(file)) as bank:
        assert str(bank.day) == "2026-04-03"


def test_a_refusal_changes_nothing(file: Path) -> None:
    before = length(file)
    with pytest.raises(Rejected) as no:
        did(file, "deposit_account.withdraw", "account=A1", "amount=99999999")
    assert no.value.reason is Reason.INSUFFICIENT_AVAILABLE_BALANCE
    assert length(file) == before


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("deposit_account.deposit", "account"), "'account' is no field; write FIELD=VALUE"),
        (("deposit_account.deposit", "account=[1"), "account: is no JSON"),
        ((*DEPOSIT, "--as", "T1:teler"), "--as: no role 'teler'; did you mean"),
        ((*DEPOSIT, "--value-date", "2026-02-30"), "--value-date: there is no day 2026-02-30"),
        (("advance", "to=soon"), "to: 'soon' is no date"),
    ],
)
def test_bad_input_is_named_with_its_place(
    file: Path, words: tuple[str, ...], sentence: str
) -> None:
    with pytest.raises(BadInput) as wrong:
        did(file, *words)
    assert str(wrong.value).startswith(sentence)


def bankcore(*args: object) -> subprocess.CompletedProcess[str]:
    words = [sys.executable, "-m", "bankcore.cli", *(str(arg) for arg in args)]
    return subprocess.run(
        words, capture_output=True, text=True, check=False, env={"LC_ALL": "zh_CN.UTF-8"}
    )


def test_a_real_process_speaks_chinese_and_leaves_an_honest_exit_code(file: Path) -> None:
    done = bankcore("do", file, *DEPOSIT)
    assert (done.returncode, done.stderr) == (0, "")
    assert "存入" in done.stdout
    refused = bankcore("do", file, "deposit_account.withdraw", "account=A1", "amount=99999999")
    assert refused.returncode == 1
    assert refused.stderr.startswith("bankcore: 拒绝: ")
    wrong = bankcore("do", file, *DEPOSIT[:2], "amount=１００")
    assert wrong.returncode == 2
    assert "write 100" in wrong.stderr
    assert "Traceback" not in refused.stderr + wrong.stderr


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("deposit_account.deposit", "account=A11", "amount=200"), "no deposit account 'A11'"),
        (
            ("time_deposit.open", "deposit=D1", "product=gold", "account=A1", "amount=1000"),
            "no product 'gold'",
        ),
    ],
)
def test_an_id_that_nobody_has_is_answered_with_the_nearest(
    file: Path, words: tuple[str, ...], sentence: str
) -> None:
    before = length(file)
    with pytest.raises(BadInput, match=sentence) as bad:
        did(file, *words)
    assert bad.value.remedy
    assert length(file) == before
