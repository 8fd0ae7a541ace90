"""The index answers what the log answers, at every pair of dates, and never anything else."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bankcore import cli
from bankcore.aggregates.deposit_account.events import AccountCredited
from bankcore.audit import ask
from bankcore.audit.index import schema
from bankcore.audit.index.building import update
from bankcore.audit.index.place import index_of
from bankcore.audit.index.reading import Index, OutOfOrder
from bankcore.projections.window import Window
from bankcore.store.bank import Bank
from bankcore.values.errors import BadInput
from bankcore.values.money import yuan
from helpers.bank_file import write_bank
from helpers.late_lives import ACTS, FREEZE, START, live, two_accounts

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


LIVES = st.tuples(ACTS, ACTS, st.lists(st.builds(Window, DAYS, DAYS), min_size=3, max_size=3))
Life = tuple[list[tuple[int, int, int, int]], list[tuple[int, int, int, int]], list[Window]]


def live_and_compare(folder: Path, life: Life, server: str = "") -> None:
    acts, more, windows = life
    with two_accounts(folder, server) as (desk, target):
        live(desk, acts)
        update(desk.bank.log, target)
        # What is booked afterwards is brought up; nothing before it is read again.
        for some in (more[::2], more[1::2]):
            before = desk.bank.log.head()[0]
            live(desk, some)
            assert update(desk.bank.log, target) == (before, desk.bank.log.head()[0])
        for window in (*windows, Window()):
            compare(desk.bank, target, window)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(LIVES)
def test_the_index_answers_what_the_log_answers(tmp_path: Path, life: Life) -> None:
    live_and_compare(tmp_path, life)


@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(LIVES)
def test_so_it_does_of_a_log_in_a_server(
    tmp_path: Path, postgres: str, monkeypatch: pytest.MonkeyPatch, life: Life
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    live_and_compare(tmp_path, life, postgres)


def test_money_that_comes_to_a_wholly_frozen_account_is_held_too(tmp_path: Path) -> None:
    with two_accounts(tmp_path) as (desk, path):
        live(desk, [(1, 1, FREEZE, 0)])
        update(desk.bank.log, path)
        fee = AccountCredited(amount=yuan("7.00"), posted_by="x@1", purpose="transfer")
        last = desk.entries()[-1]
        assert last.stream == "account-A1"
        desk.bank.record([replace(last, event=fee, version=last.version + 1, command_id="late")])
        update(desk.bank.log, path)
        index = Index.fresh(path)
        assert index is not None
        with index:
            row = index.balances(Window())[0]
        assert row.booked == row.held == yuan("50007.00")
        assert row.available == yuan("0.00")


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
    path = index_of(file)
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


def test_an_index_of_a_log_with_another_past_is_made_anew(file: str, tmp_path: Path) -> None:
    other = str(tmp_path / "other.db")
    with Bank.open(file) as bank:
        length = bank.log.head()[0]
        bank.log.copy_prefix(other, length).close()
    give = ["deposit_account.deposit", "account=A2"]
    assert not cli.run(["do", file, *give, "amount=2.00"])
    for _ in range(2):
        assert not cli.run(["do", other, *give, "amount=1.00"])
    Path(f"{other}.index").write_bytes(index_it(file).read_bytes())
    with Bank.open(other) as bank:
        assert update(bank.log, other) == (0, length + 2)
        compare(bank, other, Window())


def test_another_file_in_its_place_is_left_alone(file: str) -> None:
    path = index_of(file)
    assert path is not None
    with sqlite3.connect(path) as c:
        c.execute("CREATE TABLE mine (x)")
    assert Index.fresh(file) is None
    with Bank.open(file) as bank, pytest.raises(BadInput, match="is no index; move it away"):
        update(bank.log, file)
    path.write_text("the index of my book")
    with Bank.open(file) as bank, pytest.raises(BadInput, match="is no index; move it away"):
        update(bank.log, file)
    assert path.read_text() == "the index of my book"
    assert not cli.run(["balances", file])


def test_a_log_in_memory_has_no_index(file: str) -> None:
    with Bank.memory() as bank, pytest.raises(BadInput, match="a log in memory has no index"):
        update(bank.log, ":memory:")
    assert Index.fresh(":memory:") is None
    assert Index.fresh(f"{file}-nowhere") is None


def test_a_log_in_a_server_has_its_index_in_the_users_cache(
    postgres: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    with two_accounts(tmp_path, postgres) as (desk, target):
        live(desk, [(1, 100_00, 0, 1)])
        questions = [["balances", target], ["ledger", target], ["statement", target, "A1"]]
        before = [said(words, capsys) for words in questions]
        path = index_of(target)
        assert path is not None
        assert not path.exists()
        assert str(path) in said(["index", target], capsys)
        assert path.parent == tmp_path / "bankcore"
        assert path.parent.stat().st_mode & 0o777 == 0o700
        assert [said(words, capsys) for words in questions] == before
        # Who asks and with what password is no part of which log it is; the schema is.
        assert index_of(target.replace("postgres@", "postgres:secret@")) == path
        assert index_of(target.replace("schema=", "schema=other")) != path
        live(desk, [(1, 50_00, 0, 0)])
        assert "50,150.00" in said(["balances", target], capsys)
        # A log that is gone is no log, whatever the index once knew.
        with psycopg.connect(postgres, autocommit=True) as c:
            c.execute(f"DROP SCHEMA {target.rpartition('=')[2]} CASCADE")
        assert Index.fresh(target) is None
        assert cli.run(["balances", target]) == 2


def said(words: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    assert not cli.run([*words, "--lang", "en"])
    return capsys.readouterr().out


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
