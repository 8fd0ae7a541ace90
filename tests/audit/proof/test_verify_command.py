"""`verify` with what was kept outside, `prove`, and seals made after the fact."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from bankcore import cli
from bankcore.audit.checks import CHECKS
from bankcore.audit.proof.checkpoints import parse
from bankcore.audit.proof.keys import PrivateKey
from bankcore.audit.proof.merkle import Head, extends, includes
from bankcore.audit.proof.sealing import kept
from bankcore.store.chain import linked
from bankcore.store.log import open_log
from helpers.bank_file import write_bank

KEY = PrivateKey.of("bank.example/test", bytes(range(32)))
OTHER = PrivateKey.of("bank.example/other", bytes(range(32)))


class Sealed(NamedTuple):
    """A log and its checkpoints, one a close of day and one of its end."""

    log: Path
    kept: Path
    size: int


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Sealed:
    folder = tmp_path_factory.mktemp("sealed")
    log, key = folder / "bank.db", folder / "bank.key"
    write_bank(log)
    key.write_text(KEY.line(), "utf-8")
    seals = folder / "seals"
    done = ["seal", str(log), "--key", str(key), "-o", str(seals), "--each-close"]
    assert cli.run(done) == 0
    assert cli.run(done) == 0
    with open_log(str(log)) as opened:
        return Sealed(log, seals, opened.head()[0])


@pytest.fixture
def sealed(original: Sealed, tmp_path: Path) -> Sealed:
    copy = tmp_path / "bank.db"
    with closing(sqlite3.connect(original.log)) as a, closing(sqlite3.connect(copy)) as b:
        a.backup(b)
    return original._replace(log=copy)


def told(capsys: pytest.CaptureFixture[str], *args: object) -> tuple[int, Any]:
    capsys.readouterr()
    code = cli.run([*map(str, args), "--json", "--lang", "en"])
    return code, json.loads(capsys.readouterr().out)


def test_each_close_so_far_has_a_checkpoint_and_the_end_has_one(original: Sealed) -> None:
    seals = [parse(note.text) for note in kept(original.kept)]
    assert len(seals) == 86 + 1, "5 January to 31 March are 86 days, and the open day"
    assert seals[0].line("day") == "2026-01-05"
    assert seals[-1].tree.size == original.size
    assert all(a.tree.size < b.tree.size for a, b in pairwise(seals))


def test_a_whole_log_fits_its_checkpoints(
    sealed: Sealed, capsys: pytest.CaptureFixture[str]
) -> None:
    args = ("verify", sealed.log, "--checkpoints", sealed.kept, "--key", KEY.public)
    code, verdict = told(capsys, *args)
    assert (code, verdict["ok"]) == (0, True)
    assert verdict["sealed"] == verdict["trusted"] == sealed.size
    assert cli.run([*map(str, args), "--lang", "en"]) == 0
    assert f"events sealed       {sealed.size}" in capsys.readouterr().out


def test_a_key_that_did_not_sign_makes_the_checkpoints_worthless(
    sealed: Sealed, capsys: pytest.CaptureFixture[str]
) -> None:
    args = ("verify", sealed.log, "--checkpoints", sealed.kept, "--key", OTHER.public)
    code, verdict = told(capsys, *args)
    assert code == 5
    assert verdict["sealed"] == 0
    assert {fault["code"] for fault in verdict["faults"]} == {CHECKS["signature"].code}


def test_a_cut_tail_is_shown_by_the_checkpoints_alone(
    sealed: Sealed, capsys: pytest.CaptureFixture[str]
) -> None:
    with closing(sqlite3.connect(sealed.log)) as db:
        (first,) = db.execute("SELECT MAX(first) FROM commands").fetchone()
        db.execute("DELETE FROM stored_events WHERE rowid >= ?", (first,))
        db.execute("DELETE FROM commands WHERE first >= ?", (first,))
        db.commit()
    assert told(capsys, "verify", sealed.log)[0] == 0
    code, verdict = told(capsys, "verify", sealed.log, "--checkpoints", sealed.kept)
    assert code == 5
    (fault,) = verdict["faults"]
    assert (fault["check"], fault["kind"]) == ("cut", "cut: the tail is gone")
    assert verdict["trusted"] == first - 1


def test_a_log_rewritten_with_new_hashes_is_shown_from_the_last_good_checkpoint_on(
    sealed: Sealed, capsys: pytest.CaptureFixture[str]
) -> None:
    """Another actor in an event that nothing else depends on, and everything chained anew."""
    with open_log(str(sealed.log)) as log:
        rows = list(log.rows())
    at = next(n for n, row in enumerate(rows) if b"teller_cash" in row[4])
    changed = rows[at][4].replace(b"\xa6teller", b"\xa6forger")
    assert changed != rows[at][4]
    rows[at] = (*rows[at][:4], changed, rows[at][5])
    forged = linked(at, rows[at - 1][5], (row[1:5] for row in rows[at:]))
    with closing(sqlite3.connect(sealed.log)) as db:
        sql = "UPDATE stored_events SET state = ?, head = ? WHERE rowid = ?"
        db.executemany(sql, [(row[4], row[5], row[0]) for row in forged])
        db.commit()
    seals = [parse(note.text).tree.size for note in kept(sealed.kept)]
    code, verdict = told(capsys, "verify", sealed.log, "--checkpoints", sealed.kept)
    assert code == 5
    checks = [fault["check"] for fault in verdict["faults"]]
    assert "root" in checks
    assert "witness" in checks, "the close of that day wrote down another head"
    assert verdict["sealed"] == verdict["trusted"] == max(size for size in seals if size <= at)


def test_the_checks_are_listed_with_a_code_each(capsys: pytest.CaptureFixture[str]) -> None:
    code, listed = told(capsys, "verify", "--list")
    assert code == 0
    assert [check["code"] for check in listed] == [check.code for check in CHECKS.values()]
    assert len({check["code"] for check in listed}) == len(listed)
    assert cli.run(["verify", "--list", "--lang", "zh"]) == 0
    assert "V01" in capsys.readouterr().out
    assert cli.run(["verify"]) == 2


def test_figures_are_recomputed_unless_it_is_said_not_to(
    sealed: Sealed, capsys: pytest.CaptureFixture[str]
) -> None:
    assert told(capsys, "verify", sealed.log, "--no-semantic")[1]["recomputed"] == 0
    assert told(capsys, "verify", sealed.log, "--semantic")[1]["recomputed"] > 0


@pytest.mark.parametrize("event", ["account-A1@1", "1", "customer-C2@1"])
def test_a_proof_shows_an_event_to_be_in_the_log(
    event: str, sealed: Sealed, capsys: pytest.CaptureFixture[str]
) -> None:
    size = parse(kept(sealed.kept)[-2].text).tree.size
    code, proof = told(capsys, "prove", sealed.log, event, "--size", size)
    assert code == 0
    tree = parse(kept(sealed.kept)[-2].text).tree
    assert tree == Head(proof["size"], bytes.fromhex(proof["root"]))
    hashes = tuple(map(bytes.fromhex, proof["proof"]))
    assert includes(tree, proof["index"], bytes.fromhex(proof["leaf"]), hashes)


def test_a_proof_shows_a_log_to_continue_an_earlier_one(
    sealed: Sealed, capsys: pytest.CaptureFixture[str]
) -> None:
    first, last = (parse(kept(sealed.kept)[at].text).tree for at in (3, -1))
    _, proof = told(capsys, "prove", sealed.log, "--from", first.size)
    assert extends(first, last, tuple(map(bytes.fromhex, proof["proof"])))
    assert cli.run(["prove", str(sealed.log), "--from", str(first.size)]) == 0


@pytest.mark.parametrize(
    "args", [[], ["1", "--from", "2"], ["--from", "0"], ["1", "--size", "0"], ["9", "--size", "3"]]
)
def test_what_cannot_be_proven_is_bad_input(args: list[str], sealed: Sealed) -> None:
    assert cli.run(["prove", str(sealed.log), *args]) == 2


def test_checkpoint_files_that_are_none_are_bad_input(sealed: Sealed, tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.touch()
    for file in (empty, tmp_path / "none"):
        assert cli.run(["verify", str(sealed.log), "--checkpoints", str(file)]) == 2
    assert cli.run(["verify", str(sealed.log), "--key", "x"]) == 2
