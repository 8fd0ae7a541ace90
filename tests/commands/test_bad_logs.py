"""What is no log, or no longer one: one sentence, an honest exit code, nothing created."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bankcore import cli
from helpers.bank_file import write_bank


def failed(capsys: pytest.CaptureFixture[str], *args: object) -> tuple[int, str]:
    code = cli.run([*(str(arg) for arg in args), "--lang", "en"])
    return code, capsys.readouterr().err


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The bytes of a sound log."""
    path = tmp_path_factory.mktemp("bank") / "bank.db"
    write_bank(path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return path.read_bytes()


READS = (
    ("balances",),
    ("statement", "A1"),
    ("interest",),
    ("ledger",),
    ("risk",),
    ("replay",),
    ("explain", "balance", "A1"),
    ("verify",),
    ("do", "deposit_account.deposit", "account=A1", "amount=1"),
)


@pytest.mark.parametrize("words", READS, ids=lambda words: words[0])
def test_a_missing_file_is_bad_input_and_is_not_made(
    words: tuple[str, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, said = failed(capsys, words[0], tmp_path / "none.db", *words[1:])
    assert code == 2
    assert said.count("\n") == 1
    assert "there is no log; create one first" in said
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("words", READS, ids=lambda words: words[0])
def test_a_cut_log_is_damaged(
    words: tuple[str, ...], whole: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "cut.db"
    path.write_bytes(whole[: len(whole) // 2])
    code, said = failed(capsys, words[0], path, *words[1:])
    assert (code, said.count("\n")) == (5, 1)
    assert "was cut" in said


def test_a_text_file_and_a_foreign_database_are_bad_input(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text, foreign = tmp_path / "notes.txt", tmp_path / "foreign.db"
    text.write_text("hello", "utf-8")
    with closing(sqlite3.connect(foreign)) as connection:
        connection.execute("CREATE TABLE t (a)")
        connection.commit()
    before = foreign.read_bytes()
    for path in (text, foreign, tmp_path):
        code, said = failed(capsys, "balances", path)
        assert (code, said.count("\n")) == (2, 1), path
    assert foreign.read_bytes() == before


def test_one_changed_byte_is_found_and_placed(
    whole: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The first deposit's amount, 12,345.67, is changed to 12,345.66 in its stored bytes."""
    changed = bytearray(whole)
    at = changed.index(b"amount", changed.index(b"FundsDeposited")) + len("amount")
    changed[at + 4] ^= 1
    path = tmp_path / "changed.db"
    path.write_bytes(bytes(changed))
    assert cli.run(["verify", str(path), "--lang", "en"]) == 5
    assert "WRONG: chain" in capsys.readouterr().out


def test_a_server_that_is_not_there_is_one_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    code, said = failed(capsys, "balances", "postgresql://nobody@localhost:1/none")
    assert (code, said.count("\n")) == (2, 1)
