"""What is opened is a bankcore log, or the refusal says in one sentence why not."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import psycopg
import pytest

from bankcore.store.log import open_log
from bankcore.values.errors import BadInput, Busy, Conflict, DamagedLog
from samples import deposit


def made(path: Path, events: int = 3) -> str:
    with open_log(str(path), create=True) as log:
        log.append([deposit("a-1", n + 1) for n in range(events)])
    return str(path)


def test_a_missing_file_is_refused_and_nothing_is_made(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="there is no log; create one first"):
        open_log(str(tmp_path / "bank.db"))
    with pytest.raises(BadInput, match="no such directory"):
        open_log(str(tmp_path / "no" / "bank.db"), create=True)
    assert list(tmp_path.iterdir()) == []


def test_a_log_closed_is_one_file(tmp_path: Path) -> None:
    made(tmp_path / "bank.db")
    assert [file.name for file in tmp_path.iterdir()] == ["bank.db"]


@pytest.mark.parametrize("content", [b"hello", b"", b"SQLite format 3\0", b"x" * 9000])
def test_a_file_that_is_something_else_is_refused_and_stays_as_it_is(
    tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "notes.txt"
    path.write_bytes(content)
    with pytest.raises((BadInput, DamagedLog)):
        open_log(str(path))
    assert path.read_bytes() == content
    assert list(tmp_path.iterdir()) == [path]


def test_another_database_is_refused_even_for_making_a_log(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE stored_events (x)")
    other.close()
    before = path.read_bytes()
    for create in (False, True):
        with pytest.raises(BadInput, match="no bankcore log"):
            open_log(str(path), create=create)
    assert path.read_bytes() == before


def test_a_directory_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="is a directory"):
        open_log(str(tmp_path))


def test_a_log_that_was_cut_is_damaged(tmp_path: Path) -> None:
    path = Path(made(tmp_path / "bank.db", 500))
    content = path.read_bytes()
    for size in (len(content) - 1, len(content) // 2, 4096, 200):
        path.write_bytes(content[:size])
        with pytest.raises(DamagedLog, match="was cut"):
            open_log(str(path))


def test_a_log_with_destroyed_pages_is_damaged_when_they_are_read(tmp_path: Path) -> None:
    path = Path(made(tmp_path / "bank.db", 500))
    content = path.read_bytes()
    path.write_bytes(content[:4096] + b"\xff" * (len(content) - 4096))
    with pytest.raises(DamagedLog), open_log(str(path)) as log:
        list(log.entries())


def test_making_a_log_where_one_is_opens_it(shared_target: str) -> None:
    target = shared_target
    for size in (1, 2):
        with open_log(target, create=True) as log:
            log.append([deposit("a-1", size)])
            assert log.head()[0] == size
    with open_log(target) as log:
        assert log.head()[0] == 2


def test_two_logs_in_memory_are_two(tmp_path: Path) -> None:
    with open_log(":memory:") as one, open_log(":memory:") as two:
        one.append([deposit("a-1", 1)])
        assert two.head()[0] == 0
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["bank?mode=memory", "bank#1.db", "银行 %20.db", "file:x"])
def test_a_path_is_a_path_whatever_it_is_made_of(tmp_path: Path, name: str) -> None:
    made(tmp_path / name)
    assert [file.name for file in tmp_path.iterdir()] == [name]
    with open_log(str(tmp_path / name)) as log:
        assert log.head()[0] == 3


def test_the_environment_cannot_redirect_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = tmp_path / "elsewhere.db"
    for prefix in ("", "BANK_"):
        monkeypatch.setenv(f"{prefix}PERSISTENCE_MODULE", "eventsourcing.popo")
        monkeypatch.setenv(f"{prefix}SQLITE_DBNAME", str(elsewhere))
        monkeypatch.setenv(f"{prefix}COMPRESSOR_TOPIC", "zlib")
        monkeypatch.setenv(f"{prefix}MAPPER_TOPIC", "os:getcwd")
        monkeypatch.setenv(f"{prefix}APPLICATION_RECORDER_TOPIC", "os:getcwd")
        monkeypatch.setenv(f"{prefix}CREATE_TABLE", "n")
        monkeypatch.setenv(f"{prefix}IS_SNAPSHOTTING_ENABLED", "y")
    made(tmp_path / "bank.db")
    assert [file.name for file in tmp_path.iterdir()] == ["bank.db"]
    for name in [name for name in os.environ if name.endswith(("MODULE", "DBNAME", "TOPIC"))]:
        monkeypatch.delenv(name)
    with open_log(str(tmp_path / "bank.db")) as log:
        assert log.head()[0] == 3


def test_the_environment_cannot_redirect_a_database(
    postgres: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    services = tmp_path / "services"
    services.write_text("[elsewhere]\nhostaddr=203.0.113.1\nport=9\ndbname=elsewhere\n")
    for name, value in {
        "PGHOST": "203.0.113.1",
        "PGHOSTADDR": "203.0.113.1",
        "PGPORT": "9",
        "PGDATABASE": "elsewhere",
        "PGUSER": "stranger",
        "PGSERVICE": "elsewhere",
        "PGSERVICEFILE": str(services),
        "PGOPTIONS": "-c search_path=elsewhere",
        "POSTGRES_SCHEMA": "elsewhere",
        "BANK_POSTGRES_DBNAME": "elsewhere",
        "BANK_POSTGRES_HOST": "203.0.113.1",
    }.items():
        monkeypatch.setenv(name, value)
    with open_log(f"{postgres}&schema=steady", create=True) as log:
        log.append([deposit("a-1", 1)])
        assert log.head()[0] == 1


def test_a_database_without_a_log_is_refused_and_nothing_is_made(postgres: str) -> None:
    for _ in range(2):
        with pytest.raises(BadInput, match="no log in this database"):
            open_log(f"{postgres}&schema=nothing")


@pytest.mark.parametrize(
    "target",
    ["postgresql://", "postgresql://host/", "postgresql:///bank", "postgresql://u@h/b?x=y"],
)
def test_an_address_that_names_too_little_is_refused(target: str) -> None:
    with pytest.raises(BadInput):
        open_log(target)


def test_a_log_in_a_file_needs_no_driver_of_another_database() -> None:
    code = "import sys; from bankcore.store.log import open_log; open_log(':memory:').close();"
    code += "assert not {'psycopg', 'hypothesis'} & sys.modules.keys()"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_a_writer_on_a_database_that_waits_too_long_is_busy(postgres: str) -> None:
    target = f"{postgres}&schema=waiting"
    with open_log(target, create=True, wait=1) as log, psycopg.connect(postgres) as other:
        other.execute("LOCK TABLE waiting.bank_events IN EXCLUSIVE MODE")
        with pytest.raises(Busy):
            log.append([deposit("a-1", 1)])
        assert log.head()[0] == 0
        other.rollback()
        assert log.append([deposit("a-1", 1)]) == [1]


def test_a_lost_connection_is_a_conflict_and_a_later_try_has_a_new_one(postgres: str) -> None:
    with (
        open_log(f"{postgres}&schema=lost", create=True) as log,
        psycopg.connect(postgres, autocommit=True) as other,
    ):
        log.append([deposit("a-1", 1)])
        other.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
            " AND backend_type = 'client backend'"
        )
        with pytest.raises(Conflict, match="lost"):
            log.append([deposit("a-1", 2)])
        for _ in range(5):  # the pool may hold more than one connection that is gone
            with suppress(Conflict):
                assert log.append([deposit("a-1", 2)]) == [2]
                break
        assert log.head()[0] == 2


def test_a_refused_address_does_not_show_its_password() -> None:
    with pytest.raises(BadInput) as caught:
        open_log("postgresql://teller:secret@host/")
    assert "secret" not in str(caught.value)


def test_a_writer_that_waits_too_long_is_busy_and_writes_nothing(tmp_path: Path) -> None:
    path = made(tmp_path / "bank.db")
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with open_log(path, wait=1) as log:
        with pytest.raises(Busy):
            log.append([deposit("b-1", 1)])
        assert log.head()[0] == 3
        other.execute("ROLLBACK")
        assert log.append([deposit("b-1", 1)]) == [4]
    other.close()


def test_a_log_need_not_survive_a_power_cut(shared_target: str) -> None:
    with open_log(shared_target, create=True, durable=False) as log:
        assert log.append([deposit("a-1", 1)]) == [1]
    with open_log(shared_target) as log:
        assert log.head()[0] == 1
