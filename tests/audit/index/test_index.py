"""The index answers what the log answers, at every pair of dates, and never anything else."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bankcore import cli
from bankcore.audit import ask
from bankcore.audit.index import schema
from bankcore.audit.index.building import update
from bankcore.audit.index.reading import Index, OutOfOrder
from bankcore.projections.window import Window
from bankcore.store.bank import Bank
from bankcore.values.errors import BadInput
from bankcore.values.money import yuan
from helpers.bank_file import write_bank
from helpers.late_lives import ACTS, START, live, two_accounts

FIRST, LAST = START - timedelta(days=2), START + timedelta(days=30)
DAYS = st.none() | st.dates(FIRST, LAST)


def compare(bank: Bank, path: str, window: Window) -> int:
    """Every answer of the index against that of the log; how many the index left to the log."""
    left = 0
    index = Index.fresh(path)
    assert index is not None
    with index:
        totals = {r.account: r for r in ask.trial_balance(bank, window)}
        found = index.trial_balance(window)
        assert found.keys() == totals.keys()
        for account, row in totals.items():
            side = row.debit or row.credit
            assert side is not None
            assert abs(found[account]) == side.minor
            assert (found[account] > 0) is (row.debit is not None)
        for account in ("account-A1", "account-A2"):
            lines = ask.statement(bank, account, window)
            assert list(index.statement(account, window)) == lines
        try:
            assert index.balances(window) == ask.booked_balances(bank, window)
        except OutOfOrder:
            left = 1
    return left


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ACTS, ACTS, st.lists(st.builds(Window, DAYS, DAYS), min_size=3, max_size=3))
def test_the_index_answers_what_the_log_answers(
    tmp_path: Path,
    acts: list[tuple[int, int, int, int]],
    more: list[tuple[int, int, int, int]],
    windows: list[Window],
) -> None:
    with two_accounts(tmp_path) as (desk, path):
        live(desk, acts)
        update(desk.bank.log, path)
        # What is booked afterwards is brought up; nothing before it is read again.
        live(desk, more)
        start, end = update(desk.bank.log, path)
        assert end == desk.bank.log.head()[0]
        assert start or not acts
        for window in (*windows, Window()):
            compare(desk.bank, path, window)


def test_only_a_late_fact_that_is_out_of_order_is_left_to_the_log(tmp_path: Path) -> None:
    with two_accounts(tmp_path) as (desk, path):
        live(desk, [(1, 100_00, 0, 1), (1, 200_00, 0, 4), (1, 300_00, 3, 1)])
        update(desk.bank.log, path)
        day = desk.bank.day
        assert day is not None
        assert compare(desk.bank, path, Window(day, day)) == 0
        assert compare(desk.bank, path, Window(START, START)) == 0
        # Between the late fact's value date and its booking the fold leaves events out.
        assert compare(desk.bank, path, Window(START, day)) == 0
        assert compare(desk.bank, path, Window(START + timedelta(days=2), day)) == 1


@pytest.fixture
def file(tmp_path: Path) -> str:
    path = tmp_path / "bank.db"
    write_bank(path)
    return str(path)


def index_it(file: str) -> Path:
    with Bank.open(file) as bank:
        update(bank.log, file)
    path = schema.index_of(file)
    assert path is not None
    return path


def test_commands_answer_the_same_with_and_without_an_index(
    file: str, capsys: pytest.CaptureFixture[str]
) -> None:
    questions = [
        ["balances", file],
        ["ledger", file],
        ["statement", file, "A1"],
        ["ledger", file, "--as-of", "2026-02-09", "--json"],
        ["statement", file, "account-A2", "--known-at", "2026-01-31", "--json"],
    ]
    before = []
    for words in questions:
        assert not cli.run(words)
        before.append(capsys.readouterr().out)
    assert not cli.run(["index", file])
    assert "events 1 …" in capsys.readouterr().out
    for words, said in zip(questions, before, strict=True):
        assert not cli.run(words)
        assert capsys.readouterr().out == said


def test_a_read_brings_the_index_up(file: str, capsys: pytest.CaptureFixture[str]) -> None:
    path = index_it(file)
    give = ["do", file, "deposit_account.deposit", "account=A2", "amount=1.00"]
    assert not cli.run(give)
    assert Index.fresh(file) is None
    capsys.readouterr()
    assert not cli.run(["statement", file, "A2", "--lang", "en"])
    assert "380.50" in capsys.readouterr().out
    fresh = Index.fresh(file)
    assert fresh is not None
    fresh.close()
    assert path.is_file()


def test_an_index_of_another_log_or_program_or_a_damaged_one_is_made_anew(
    file: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = index_it(file)
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    assert Index.fresh(file) is None
    index_it(file)
    with sqlite3.connect(path) as c:
        c.execute("UPDATE meta SET head = zeroblob(32)")
    assert Index.fresh(file) is None
    assert index_it(file).is_file()
    monkeypatch.setattr(schema, "code_digest", lambda: "another")
    assert Index.fresh(file) is None
    monkeypatch.undo()
    path.write_bytes(b"")
    assert Index.fresh(file) is None
    index_it(file)
    fresh = Index.fresh(file)
    assert fresh is not None
    fresh.close()
    with Bank.open(file) as bank:
        longer = tmp_path / "longer.db"
        bank.log.copy_prefix(str(longer), 50).close()
    Path(f"{longer}.index").write_bytes(path.read_bytes())
    assert Index.fresh(str(longer)) is None
    assert index_it(str(longer)).is_file()


def test_another_file_in_its_place_is_left_alone(file: str) -> None:
    path = schema.index_of(file)
    assert path is not None
    with sqlite3.connect(path) as c:
        c.execute("CREATE TABLE mine (x)")
    assert Index.fresh(file) is None
    with Bank.open(file) as bank, pytest.raises(BadInput, match="is no index; move it away"):
        update(bank.log, file)


def test_only_files_have_an_index(file: str) -> None:
    with Bank.memory() as bank, pytest.raises(BadInput, match="only a log in a file"):
        update(bank.log, ":memory:")
    assert Index.fresh(":memory:") is None
    assert Index.fresh(f"{file}-nowhere") is None


def test_an_empty_bank_has_an_empty_index(tmp_path: Path) -> None:
    path = str(tmp_path / "bank.db")
    with Bank.open(path, create=True) as bank:
        assert update(bank.log, path) == (0, 0)
        assert update(bank.log, path) == (0, 0)
    index = Index.fresh(path)
    assert index is not None
    with index:
        assert index.balances(Window()) == []
        assert index.trial_balance(Window()) == {}
        assert index.account("A1") is None


def test_the_fast_way_loads_neither_the_bank_nor_the_store(file: str) -> None:
    index_it(file)
    code = (
        "import sys; from bankcore.cli import run; "
        f"code = run(['balances', {file!r}]) or run(['ledger', {file!r}]); "
        "heavy = {'pydantic', 'eventsourcing', 'msgpack'}; "
        "loaded = {m.split('.')[0] for m in sys.modules} & heavy; "
        "loaded |= {m for m in sys.modules if m.startswith('bankcore.aggregates')}; "
        "sys.exit(str(loaded) if loaded or code else 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert yuan("14347.06").grouped() in done.stdout
