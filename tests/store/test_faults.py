"""A small part of the faults of docs/reliability.md, at each push."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from bankcore import cli
from bankcore.store.log import Log
from bankcore.values.errors import DiskRefused
from helpers import faults
from helpers.bank_file import write_bank


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")
def test_no_acknowledged_event_is_lost_by_a_kill(tmp_path: Path) -> None:
    tally = faults.kills(str(tmp_path / "bank.db"), 60)
    assert tally.acknowledged >= 60


@pytest.mark.skipif(not faults.can_inject(), reason="there is no strace that may trace")
def test_a_failing_disk_loses_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    tally = faults.disk_faults(tmp_path, 12)
    assert tally.acknowledged
    assert tally.refused["DiskRefused"]


def test_a_full_disk_loses_nothing_and_goes_on_when_there_is_room(tmp_path: Path) -> None:
    if not faults.can_mount(tmp_path / "try"):
        pytest.skip("this process may not mount a small disk")
    tally = faults.full_disk(tmp_path / "small")
    assert set(tally.refused) == {"DiskRefused"}


def test_money_is_neither_lost_nor_made_in_a_crowd(shared_target: str) -> None:
    tally = faults.a_crowd(shared_target, payers=3, readers=1, transfers=12)
    assert tally.acknowledged
    assert not [answer for answer in tally.refused if answer == "busy"]


def test_a_disk_that_refuses_is_said_in_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "bank.db"
    write_bank(file)

    def full(*_: object, **__: object) -> None:
        raise DiskRefused("database or disk is full")

    monkeypatch.setattr(Log, "append", full)
    words = ["do", str(file), "deposit_account.deposit", "account=A1", "amount=1.00"]
    assert cli.run(words) == 6
    said = capsys.readouterr().err
    assert said.startswith("bankcore: the disk did not take it (database or disk is full); make")
    assert said.count("\n") == 1
