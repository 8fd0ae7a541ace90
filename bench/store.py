"""Writing: single durable commands and bulk saves, against the bare database, same bytes."""

from __future__ import annotations

import itertools
import sqlite3
import sys
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import cast

import psycopg
from common import in_turns, ratios, remove, timed, write_part
from workload import START, TELLER, entries

from bankcore.aggregates.deposit_account import commands as account
from bankcore.operations.decision import Frame
from bankcore.store.bank import Bank
from bankcore.store.codec import encode
from bankcore.store.log import Log, open_log
from bankcore.store.recording import Reads, Terms
from bankcore.values.money import Money

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from postgres_server import running_server  # found by the line above
from spec import Desk, known_customer, open_account  # found by the line above

SINGLE, BULK, ROUNDS = 2_000, 100_000, 7
ENTRIES = list(entries(BULK))
ROWS = [encode(entry) for entry in ENTRIES]
RAW_TABLE = """CREATE TABLE events (position INTEGER PRIMARY KEY, stream TEXT NOT NULL,
    version INTEGER NOT NULL, name TEXT NOT NULL, state BLOB NOT NULL, UNIQUE (stream, version))"""


def raw_lite(path: Path, count: int, size: int) -> float:
    """Rows a second of bare SQLite inserts, WAL and FULL, `size` rows a transaction."""
    remove(path)
    c = sqlite3.connect(path, isolation_level=None)
    c.execute("PRAGMA journal_mode=WAL")
    c.execute("PRAGMA synchronous=FULL")
    c.execute(RAW_TABLE)

    def write() -> None:
        for start in range(0, count, size):
            c.execute("BEGIN")
            rows = ROWS[start : start + size]
            c.executemany("INSERT INTO events VALUES (NULL,?,?,?,?)", rows)
            c.execute("COMMIT")

    seconds = timed(write)
    c.close()
    return count / seconds


def singles(log: Log, count: int) -> float:
    """Commands a second, one event and one transaction each."""

    def write() -> None:
        for entry in ENTRIES[:count]:
            log.append([entry], command_id=entry.command_id, digest=entry.command_digest)

    return count / timed(write)


def bulk(log: Log, count: int, size: int) -> float:
    """Commands a second, `size` of them a transaction, chain and command rows included."""

    def write() -> None:
        for start in range(0, count, size):
            log.append_bulk(ENTRIES[start : start + size])

    return count / timed(write)


def stored(log: Log, count: int, size: int) -> float:
    """Rows a second of the recorder alone: encoded before, chained, without command rows."""
    recorder = cast("Reads", log.application.recorder)

    def write() -> None:
        for start in range(0, count, size):
            recorder.insert_rows(ROWS[start : start + size], Terms(bulk=True))

    return count / timed(write)


def on_file(path: Path, work: Callable[[Log], float]) -> float:
    """A rate on a fresh file."""
    remove(path)
    with open_log(str(path), create=True) as log:
        return work(log)


def whole_bank(path: Path) -> float:
    """Deposits a second through the whole bank: looked up, decided, encoded, stored, folded."""
    remove(path)
    with Bank.open(str(path), create=True) as bank:
        bank.advance(START)
        desk = Desk(bank)
        for n in range(20):
            known_customer(desk, f"C{n}", f"1101011990030{n:05d}")
            open_account(desk, f"A{n}", f"C{n}")
        commands = [
            (
                account.Deposit(account=f"A{n % 20}", amount=Money(10_000 + n)),
                Frame(actor=TELLER, command_id=f"bench-{n}"),
            )
            for n in range(SINGLE)
        ]

        def give() -> None:
            for command, frame in commands:
                bank.execute(command, frame)

        return SINGLE / timed(give)


def schemas(address: str) -> Iterator[str]:
    """Addresses of fresh schemas."""
    for n in itertools.count(1):
        yield f"{address}&schema=bench{n}"


def raw_copy(address: str) -> float:
    """Rows a second of a bare binary COPY into a table of the same columns, 10,000 at a time."""
    with psycopg.connect(address, autocommit=True) as c:
        c.execute("DROP TABLE IF EXISTS raw")
        c.execute(
            "CREATE TABLE raw (position bigint PRIMARY KEY, stream text NOT NULL,"
            " version bigint NOT NULL, name text NOT NULL, state bytea NOT NULL,"
            " UNIQUE (stream, version))"
        )

        def write() -> None:
            numbers = itertools.count(1)
            for start in range(0, BULK, 10_000):
                with c.cursor().copy("COPY raw FROM STDIN (FORMAT BINARY)") as out:
                    out.set_types(["int8", "text", "int8", "text", "bytea"])
                    for row in ROWS[start : start + 10_000]:
                        out.write_row((next(numbers), *row))

        return BULK / timed(write)


def raw_single(address: str, count: int) -> float:
    """Rows a second of bare prepared inserts, each its own durable transaction."""
    with psycopg.connect(address, autocommit=True) as c:
        c.execute("DROP TABLE IF EXISTS one")
        c.execute(
            "CREATE TABLE one (position bigserial PRIMARY KEY, stream text NOT NULL,"
            " version bigint NOT NULL, name text NOT NULL, state bytea NOT NULL,"
            " UNIQUE (stream, version))"
        )
        text = "INSERT INTO one (stream, version, name, state) VALUES (%s, %s, %s, %s)"
        return count / timed(lambda: [c.execute(text, row, prepare=True) for row in ROWS[:count]])


def on_schema(address: str, work: Callable[[Log], float]) -> float:
    """A rate on a fresh schema."""
    with open_log(address, create=True) as log:
        return work(log)


def lite() -> str:
    """The tables for SQLite."""
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "bank.db"
        one = in_turns(
            {
                "raw insert": lambda: raw_lite(path, SINGLE, 1),
                "log: one event, chain and command row": lambda: on_file(
                    path, lambda log: singles(log, SINGLE)
                ),
                "bank: one deposit command, decided and stored": lambda: whole_bank(path),
            },
            ROUNDS,
        )
        parts = [ratios("SQLite, one durable command a transaction", one, "Aim: 0.7.")]
        for size in (1_000, 50_000):
            many = in_turns(
                {
                    "raw executemany": partial(raw_lite, path, BULK, size),
                    "recorder: encoded rows, chain": partial(
                        on_file, path, partial(stored, count=BULK, size=size)
                    ),
                    "log: encoding, chain and command rows": partial(
                        on_file, path, partial(bulk, count=BULK, size=size)
                    ),
                },
                ROUNDS,
            )
            parts.append(
                ratios(f"SQLite, {size:,} commands a transaction", many, "Aim: 0.5 (recorder).")
            )
        return "\n".join(parts)


def elephant() -> str:
    """The tables for PostgreSQL, on a unix socket, syncing to disk."""
    with running_server(durable=True) as address:
        fresh = schemas(address)
        one = in_turns(
            {
                "raw prepared insert": lambda: raw_single(address, SINGLE),
                "log: one event, chain and command row": lambda: on_schema(
                    next(fresh), lambda log: singles(log, SINGLE)
                ),
            },
            3,
        )
        many = in_turns(
            {
                "raw binary COPY": lambda: raw_copy(address),
                "recorder: encoded rows, chain": lambda: on_schema(
                    next(fresh), lambda log: stored(log, BULK, 10_000)
                ),
                "log: encoding, chain and command rows": lambda: on_schema(
                    next(fresh), lambda log: bulk(log, BULK, 10_000)
                ),
            },
            3,
        )
    return "\n".join(
        [
            ratios("PostgreSQL, one durable command a transaction", one),
            ratios("PostgreSQL, 10,000 commands a transaction", many, "Aim: 0.5 (recorder)."),
        ]
    )


if __name__ == "__main__":
    write_part("store", "Writing", f"{lite()}\n{elephant()}")
