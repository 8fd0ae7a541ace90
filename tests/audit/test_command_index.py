"""The index of commands is compared in passing: nothing is kept, and no fault gets lost."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bankcore.audit import command_index
from bankcore.audit.command_index import CommandIndex
from bankcore.audit.verify import verify
from bankcore.store.bank import Bank
from bankcore.store.log import Log, open_log
from helpers.bank_file import write_bank
from samples import deposit


@pytest.mark.parametrize("together", [1, 2, 500])
def test_an_honest_index_is_never_held_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, together: int
) -> None:
    write_bank(tmp_path / "bank.db")
    monkeypatch.setattr(command_index, "TOGETHER", together)
    monkeypatch.setattr(Log, "commands", None)  # reading all of it would fail
    with Bank.open(str(tmp_path / "bank.db")) as bank:
        assert verify(bank.log).ok
        index = CommandIndex(bank.log)
        for entry in bank.entries():
            index.take(entry)
            assert len(index.waiting) <= together


@pytest.mark.parametrize("together", [1, 2, 500])
def test_a_command_in_two_places_is_found_however_it_is_bunched(
    monkeypatch: pytest.MonkeyPatch, together: int
) -> None:
    monkeypatch.setattr(command_index, "TOGETHER", together)
    names = ("c-1", "c-2", "c-1")
    made = [replace(deposit("account-1", n), command_id=c) for n, c in enumerate(names, 1)]
    with open_log(":memory:", create=True) as log:
        log.append_bulk(made[:2])
        log.append(made[2:])  # without a command row: the index knows only the first place
        index = CommandIndex(log)
        for entry in log.entries():
            index.take(entry)
        (fault,) = index.faults(3)
    assert (fault.check, fault.position) == ("commands", 1)
    assert "c-1" in fault.problem
