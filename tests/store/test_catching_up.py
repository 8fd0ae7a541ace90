"""Catching up costs the new events alone, counted in rows that are read, not in time."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bankcore.aggregates.deposit_account import ACCOUNT
from bankcore.aggregates.deposit_account import commands as account
from bankcore.store.bank import Bank
from bankcore.store.recorder_sqlite import LiteRecorder
from bankcore.values.money import Money, yuan
from helpers.bank_file import write_bank
from spec import Desk

MANY = 300


@pytest.fixture
def path(tmp_path: Path) -> str:
    """A bank whose account A1 has very many events."""
    write_bank(tmp_path / "bank.db")
    with Bank.open(str(tmp_path / "bank.db")) as bank:
        desk = Desk(bank, 1_000)
        for _ in range(MANY):
            desk.do(account.Deposit(account="A1", amount=Money(100)))
    return str(tmp_path / "bank.db")


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many rows of single streams each question to the log brought."""
    rows: list[int] = []
    ask = LiteRecorder.stream_rows

    def counted(self: LiteRecorder, stream: str, after: int) -> list[Any]:
        found = ask(self, stream, after)
        rows.append(len(found))
        return found

    monkeypatch.setattr(LiteRecorder, "stream_rows", counted)
    return rows


def test_a_long_account_is_read_once(path: str, read: list[int]) -> None:
    with Bank.open(path) as bank:
        desk = Desk(bank, 2_000)
        desk.do(account.Deposit(account="A1", amount=Money(100)))
        assert sum(read) > MANY
        read.clear()
        desk.do(account.Deposit(account="A1", amount=Money(100)))
        assert sum(read) == 0


def test_what_another_wrote_is_read_and_nothing_before_it(path: str, read: list[int]) -> None:
    with Bank.open(path) as bank, Bank.open(path) as other:
        desk, there = Desk(bank, 2_000), Desk(other, 3_000)
        desk.do(account.Deposit(account="A1", amount=Money(100)))
        before = desk.balance()
        for _ in range(3):
            there.do(account.Deposit(account="A1", amount=yuan("10.00")))
        read.clear()
        # Decided on what it knew, refused by the log as stale, decided again on the three new ones.
        desk.do(account.Deposit(account="A1", amount=Money(100)))
        assert sum(read) == 3
        assert desk.balance() == before + yuan("30.00") + Money(100)
        assert bank.version(ACCOUNT, "A1") == other.version(ACCOUNT, "A1") + 1
