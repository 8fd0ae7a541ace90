"""Keys, notes and seals: the published forms, and a sealer that never signs another past."""

from __future__ import annotations

import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest

from bankcore import cli
from bankcore.audit.proof.checkpoints import Checkpoint, parse
from bankcore.audit.proof.keys import PrivateKey, PublicKey
from bankcore.audit.proof.merkle import Head, root_of
from bankcore.audit.proof.notes import Note, notes_of, sign
from bankcore.audit.proof.sealing import Sealer, beside, kept, leaves_of
from bankcore.store.bank import Bank
from bankcore.store.log import Log, open_log
from bankcore.values.errors import BadInput, DamagedLog
from helpers.bank_file import write_bank

KEY = PrivateKey.of("bank.example/test", bytes(range(32)))
OTHER = PrivateKey.of("bank.example/test", bytes(32))
# The example of the signed-note form as Go's sumdb/note documents it.
GO_SECRET = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
GO_PUBLIC = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
GO_NOTE = (
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n"
    "\n"
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngo"
    "tpRZb6KE6RyyBwJnAM=\n"
)


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("bank") / "bank.db"
    write_bank(path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return path.read_bytes()


@pytest.fixture
def path(template: bytes, tmp_path: Path) -> Path:
    made = tmp_path / "bank.db"
    made.write_bytes(template)
    return made


@pytest.fixture
def log(path: Path) -> Iterator[Log]:
    with open_log(str(path)) as opened:
        yield opened


def test_the_published_example_is_read_and_signed_the_same() -> None:
    key = PrivateKey.parse(GO_SECRET)
    assert str(key.public) == GO_PUBLIC
    assert PublicKey.parse(GO_PUBLIC) == key.public
    (note,) = notes_of(GO_NOTE)
    assert note.signed_by(key.public)
    assert str(sign(note.text, key)) == GO_NOTE


def test_a_key_comes_back_from_its_line() -> None:
    assert PrivateKey.parse(KEY.line()) == KEY
    assert PublicKey.parse(str(KEY.public)) == KEY.public
    assert repr(KEY).find(KEY.seed.hex()) == -1


@pytest.mark.parametrize(
    "line",
    ["", "name", "name+00000000+AA==", "a b+00000000+" + "A" * 44, str(KEY.public).upper()],
)
def test_what_is_no_key_is_bad_input(line: str) -> None:
    with pytest.raises(BadInput):
        PublicKey.parse(line)
    with pytest.raises(BadInput) as refused:
        PrivateKey.parse("PRIVATE+KEY+" + line)
    assert line == "" or line not in str(refused.value)


def test_a_key_whose_id_is_another_ones_is_refused() -> None:
    name, _, raw = str(KEY.public).split("+", 2)
    with pytest.raises(BadInput, match="not that of the key"):
        PublicKey.parse(f"{name}+00000000+{raw}")


def test_a_changed_text_or_another_key_is_not_signed() -> None:
    note = sign("one\ntwo\n", KEY)
    assert note.signed_by(KEY.public)
    assert not Note("one\ntwO\n", note.signatures).signed_by(KEY.public)
    assert not note.signed_by(OTHER.public)
    (again,) = notes_of(str(note))
    assert again == note


@pytest.mark.parametrize(
    "text", ["a\n", "a\n\nno signature\n", "a\n\n— name A\n", "a\n\n— name !!!!!!!!\n"]
)
def test_what_is_no_note_is_bad_input(text: str) -> None:
    with pytest.raises(BadInput):
        list(notes_of(text))


def test_a_checkpoint_comes_back_from_its_text() -> None:
    made = Checkpoint("bank.example/test", Head(3, sha256(b"x").digest()), (("day", "2026-01-05"),))
    assert parse(made.text()) == made
    assert made.line("day") == "2026-01-05"
    assert made.line("head") == ""


@pytest.mark.parametrize(
    "text",
    ["", "o\n1\n", "o\n01\n" + "A" * 43 + "=\n", "o\n-1\n" + "A" * 43 + "=\n", "o\n1\nAA==\n"],
)
def test_what_is_no_checkpoint_is_bad_input(text: str) -> None:
    with pytest.raises(BadInput):
        parse(text)


def test_a_seal_says_what_the_log_is_and_is_made_once(log: Log, tmp_path: Path) -> None:
    sealer = Sealer(log, KEY, tmp_path / "seals")
    made = sealer.seal()
    assert made.tree == Head(log.head()[0], root_of(leaves_of(log)))
    assert made.line("head") == log.digest()
    assert made.line("day") == "2026-04-01"
    assert sealer.seal() == made
    assert Sealer(log, KEY, tmp_path / "seals").seal() == made
    (note,) = kept(tmp_path / "seals")
    assert note.signed_by(KEY.public)
    assert parse(note.text) == made


def test_each_close_of_day_is_sealed_when_asked_for(path: Path) -> None:
    with Bank.open(str(path)) as bank:
        bank.after_close = Sealer(bank.log, KEY, beside(str(path))).seal
        bank.advance(date(2026, 4, 4))
        size, root = bank.log.head()[0], root_of(leaves_of(bank.log))
    seals = [parse(note.text) for note in kept(beside(str(path)))]
    assert [seal.line("day") for seal in seals] == ["2026-04-01", "2026-04-02", "2026-04-03"]
    assert [seal.tree.size for seal in seals] == sorted({seal.tree.size for seal in seals})
    assert seals[-1].tree != Head(size, root), "the open day is not sealed"


def test_a_rewritten_past_is_not_sealed_again(path: Path, tmp_path: Path) -> None:
    with open_log(str(path)) as log:
        sealed = Sealer(log, KEY, tmp_path / "seals").seal().tree.size
    before = (tmp_path / "seals").read_bytes()
    with closing(sqlite3.connect(path)) as db:
        db.execute("UPDATE stored_events SET topic = 'x.Y.1' WHERE rowid = 9")
        db.commit()
    with open_log(str(path)) as log, pytest.raises(DamagedLog, match="not those sealed"):
        Sealer(log, KEY, tmp_path / "seals").seal()
    with closing(sqlite3.connect(path)) as db:
        db.execute("DELETE FROM stored_events WHERE rowid = ?", (sealed,))
        db.commit()
    with open_log(str(path)) as log, pytest.raises(DamagedLog, match="tail was cut"):
        Sealer(log, KEY, tmp_path / "seals").seal()
    assert (tmp_path / "seals").read_bytes() == before


def test_anothers_checkpoints_are_left_alone_and_an_empty_log_is_refused(
    log: Log, tmp_path: Path
) -> None:
    Sealer(log, OTHER, tmp_path / "seals").seal()
    with pytest.raises(BadInput, match="did not sign"):
        Sealer(log, KEY, tmp_path / "seals").seal()
    with open_log(":memory:", create=True) as empty, pytest.raises(BadInput, match="empty"):
        Sealer(empty, KEY, tmp_path / "none").seal()
    with pytest.raises(BadInput, match="no file beside"):
        beside("postgresql://someone@localhost/bank")


def test_the_commands_make_a_key_and_seal(
    path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    key = tmp_path / "bank.key"
    assert cli.run(["keygen", "bank.example/test", "-o", str(key)]) == 0
    public = PublicKey.parse(capsys.readouterr().out)
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert cli.run(["keygen", "bank.example/test", "-o", str(key)]) == 2
    assert cli.run(["seal", str(path), "--key", str(key)]) == 0
    done = ["do", str(path), "advance", "to=2026-04-03", "--seal", str(key)]
    assert cli.run(done) == 0
    notes = kept(beside(str(path)))
    assert len(notes) == 3
    assert all(note.signed_by(public) for note in notes)
    assert cli.run(["seal", str(path), "--key", str(tmp_path / "none")]) == 2
