"""Several processes and one index: nothing wrong is said, nothing breaks, a kill costs nothing."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from bankcore import cli
from bankcore.audit import ask
from bankcore.audit.index.building import update
from bankcore.audit.index.place import index_of
from bankcore.audit.index.reading import Index
from bankcore.projections.window import Window
from bankcore.store.bank import Bank
from bankcore.values.errors import Busy
from helpers.bank_file import write_bank

GIVE = ["deposit_account.deposit", "account=A2", "amount=1.00"]

HALF_WAY = """
import sys
from bankcore.audit.index import building, writing
from bankcore.store.log import open_log

building._PAGES, writing.BATCH = 1, 10  # what does not fit into memory goes to the file at once
with open_log(sys.argv[1]) as log:
    def watch(rows, total):
        for n, row in enumerate(rows):
            if n == 40:
                print("half way", flush=True)
                sys.stdin.read()
            yield row
    log.watch = watch
    building.update(log, sys.argv[1])
"""
"""An update that stops half-way, with rows already written to the file."""


@pytest.fixture
def file(tmp_path: Path) -> str:
    path = tmp_path / "bank.db"
    write_bank(path)
    return str(path)


def path_of(file: str) -> Path:
    path = index_of(file)
    assert path is not None
    return path


def right(file: str) -> None:
    """The index stands where the log stands and says what the log says."""
    index = Index.fresh(file)
    assert index is not None
    with index, Bank.open(file) as bank:
        assert index.balances(Window()) == ask.booked_balances(bank, Window())


def index_often(file: str) -> list[int]:
    """Four processes bring one index up at once; their exit codes."""
    words = [sys.executable, "-m", "bankcore.cli", "index", file]
    children = [subprocess.Popen(words, stdout=subprocess.DEVNULL) for _ in range(4)]
    return [child.wait(60) for child in children]


def test_many_that_bring_one_index_up_at_once_do_it_one_after_the_other(file: str) -> None:
    assert index_often(file) == [0] * 4
    right(file)
    for _ in range(3):
        assert not cli.run(["do", file, *GIVE])
    assert index_often(file) == [0] * 4
    right(file)
    path_of(file).write_bytes(path_of(file).read_bytes()[:5_000])
    assert index_often(file) == [0] * 4
    right(file)


@pytest.fixture
def half_way(file: str) -> Iterator[subprocess.Popen[str]]:
    """A process that is half through an update of the file's index."""
    child = subprocess.Popen(
        [sys.executable, "-c", HALF_WAY, file],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with child:
        assert child.stdout is not None
        assert child.stdout.readline() == "half way\n"
        assert path_of(file).with_name("bank.db.index-journal").stat().st_size
        yield child
        child.kill()


def test_a_read_during_an_update_is_answered_by_the_log(
    file: str, half_way: subprocess.Popen[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert not cli.run(["balances", file])
    during = capsys.readouterr().out
    assert "379.50" in during
    with Bank.open(file) as bank, pytest.raises(Busy):
        update(bank.log, file, wait=0)
    half_way.communicate("go on")
    assert half_way.returncode == 0
    right(file)
    assert not cli.run(["balances", file])
    assert capsys.readouterr().out == during


def test_an_update_that_is_killed_leaves_the_index_as_it_was(
    file: str, half_way: subprocess.Popen[str], capsys: pytest.CaptureFixture[str]
) -> None:
    half_way.send_signal(signal.SIGKILL)
    half_way.wait()
    assert Index.fresh(file) is None
    assert not cli.run(["balances", file])
    assert "379.50" in capsys.readouterr().out
    right(file)


def test_a_read_sees_one_state_whatever_is_brought_up_meanwhile(file: str) -> None:
    with Bank.open(file) as bank:
        update(bank.log, file)
        index = Index.fresh(file)
        assert index is not None
        with index:
            before = index.balances(Window())
            assert not cli.run(["do", file, *GIVE])
            with pytest.raises(Busy):
                update(bank.log, file, wait=0)
            assert index.balances(Window()) == before
        update(bank.log, file, wait=0)
    right(file)


def test_an_index_that_is_being_written_but_not_yet_stored_still_answers(file: str) -> None:
    with Bank.open(file) as bank:
        update(bank.log, file)
    with closing(sqlite3.connect(path_of(file), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        right(file)
