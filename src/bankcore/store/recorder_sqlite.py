"""The recorder for SQLite files and shared memory, on the library's.

One transaction under the write lock checks the streams, numbers the events without gaps, chains
them and keeps the command. The lock is taken before anything is read (BEGIN IMMEDIATE): a read
snapshot that turns into a write fails at once under a second writer, whatever the timeout.
"""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any, Final

from eventsourcing.persistence import StoredEvent
from eventsourcing.sqlite import (
    SQLiteApplicationRecorder,
    SQLiteConnection,
    SQLiteConnectionPool,
    SQLiteDatastore,
    SQLiteFactory,
)
from eventsourcing.utils import Environment, EnvType

from bankcore.store.chain import EMPTY, LinkedRow, linked
from bankcore.store.codec import Row
from bankcore.store.questions import Questions
from bankcore.store.recording import (
    PLAIN,
    CommandRow,
    StaleStream,
    Terms,
    command_rows,
    expected,
    rows_of,
)

APPLICATION_ID: Final = 0x42434C47
"""Marks a file as a bankcore log (`BCLG`); SQLite keeps it in the header."""

_EVENTS: Final = """CREATE TABLE IF NOT EXISTS stored_events (
    rowid INTEGER PRIMARY KEY,
    originator_id TEXT NOT NULL,
    originator_version INTEGER NOT NULL CHECK (originator_version > 0),
    topic TEXT NOT NULL,
    state BLOB NOT NULL,
    head BLOB NOT NULL,
    UNIQUE (originator_id, originator_version)) STRICT"""
_COMMANDS: Final = """CREATE TABLE IF NOT EXISTS commands (
    id TEXT PRIMARY KEY NOT NULL,
    digest TEXT NOT NULL,
    first INTEGER NOT NULL,
    last INTEGER NOT NULL) STRICT, WITHOUT ROWID"""
_LAST: Final = "SELECT rowid, head FROM stored_events ORDER BY rowid DESC LIMIT 1"
_VERSION: Final = "SELECT MAX(originator_version) FROM stored_events WHERE originator_id = ?"

_TAKE_EVENTS: Final = """INSERT INTO stored_events
    SELECT rowid, originator_id, originator_version, topic, state, head
    FROM past.stored_events WHERE rowid <= ? ORDER BY rowid"""
_TAKE_COMMANDS: Final = """INSERT INTO commands
    SELECT id, digest, first, MIN(last, ?) FROM past.commands WHERE first <= ? ORDER BY id"""
_MOVED: Final = """SELECT * FROM (
    SELECT key, (SELECT COALESCE(MAX(originator_version), 0) FROM stored_events
                 WHERE originator_id = key) AS found, value
    FROM json_each(?)) WHERE found <> value LIMIT 1"""


class LitePool(SQLiteConnectionPool):
    """The library's pool with WAL, a statement cache and a choice of durability."""

    durable = True

    def _create_connection(self) -> SQLiteConnection:
        # The library asks for a cache of one statement (`cached_statements=True`); every save
        # would then compile its statements anew.
        c = sqlite3.connect(
            self.db_name,
            uri=True,
            check_same_thread=False,
            isolation_level=None,
            timeout=self.lock_timeout or 5,
        )
        if not self.is_sqlite_memory_mode:
            c.execute("PRAGMA journal_mode=WAL")
        c.execute("PRAGMA synchronous=FULL" if self.durable else "PRAGMA synchronous=NORMAL")
        c.row_factory = sqlite3.Row
        return SQLiteConnection(sqlite_conn=c, max_age=self.max_age)


class LiteRecorder(Questions, SQLiteApplicationRecorder):
    """Events, heads and commands in one SQLite database."""

    position = "rowid"

    def __init__(
        self, datastore: SQLiteDatastore, events_table_name: str = "stored_events"
    ) -> None:
        """Nothing is opened before the first use."""
        super().__init__(datastore, events_table_name)
        self._scan: sqlite3.Connection | None = None
        self._kept: sqlite3.Connection | None = None
        self._turn = threading.Lock()

    def construct_create_table_statements(self) -> list[str]:
        """The tables, and the mark that says whose file this is."""
        return [_EVENTS, _COMMANDS, f"PRAGMA application_id = {APPLICATION_ID}"]

    def insert_events(self, stored_events: Sequence[StoredEvent], **_: Any) -> Sequence[int]:
        """The library's own door to the same save."""
        return self.insert_rows(rows_of(stored_events), PLAIN)

    def insert_rows(self, rows: Sequence[Row], terms: Terms) -> Sequence[int]:
        """Append under the write lock: check, number, chain, insert; the new positions."""
        if not rows:
            return []
        with self._writing() as c:
            _check(c, expected(rows, terms.read))
            last, head = c.execute(_LAST).fetchone() or (0, EMPTY)
            terms.check_last(last)
            chained = linked(last, head, rows)
            self._write(c, chained, command_rows(terms.commands, last))
        return range(last + 1, last + 1 + len(rows))

    def insert_linked(self, rows: Iterable[LinkedRow], commands: Sequence[CommandRow]) -> None:
        """Append rows that already have position and head; the caller vouches for both."""
        with self._writing() as c:
            self._write(c, rows, commands)

    @property
    def file(self) -> str | None:
        """The database's URI for reading; None of shared memory, which only its pool reaches."""
        return None if self.datastore.pool.is_sqlite_memory_mode else self._read_only()

    def _read_only(self) -> str:
        name = self.datastore.pool.db_name
        return name.replace("?mode=rwc", "?mode=ro").replace("?mode=rw", "?mode=ro")

    def take_prefix(self, file: str, until: int) -> bool:
        """Copy rows and commands inside the database engine, many times faster than one by one."""
        if self.file is None:
            return False
        with self._writer() as connection:
            connection.execute("ATTACH DATABASE ? AS past", (file,))
            try:
                connection.execute("BEGIN IMMEDIATE")
                connection.execute(_TAKE_EVENTS, (until,))
                connection.execute(_TAKE_COMMANDS, (until, until))
                connection.execute("COMMIT")
            except BaseException:
                connection.rollback()
                raise
            finally:
                connection.execute("DETACH DATABASE past")
        return True

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Cursor]:
        """One transaction that holds the write lock from its begin; all or nothing.

        The library's own transaction begins without the lock and costs a dozen calls more.
        """
        with self._writer() as connection:
            c = connection.cursor()
            c.row_factory = None
            try:
                c.execute("BEGIN IMMEDIATE")
                yield c
                c.execute("COMMIT")
            except BaseException:
                connection.rollback()
                raise

    @contextmanager
    def _writer(self) -> Iterator[sqlite3.Connection]:
        """The connection that writes: of a file always the same, kept out of the pool's hands."""
        pool = self.datastore.pool
        if pool.is_sqlite_memory_mode:
            # In shared memory readers and writers exclude each other, which the pool sees to.
            with self.datastore.get_connection(commit=True) as pooled:
                yield pooled._sqlite_conn  # noqa: SLF001  # the library offers no other way
            return
        with self._turn:
            if self._kept is None:
                self._kept = pool._create_connection()._sqlite_conn  # noqa: SLF001  # of our own pool
                self._kept.row_factory = None
            yield self._kept

    @staticmethod
    def _write(
        c: sqlite3.Cursor,
        rows: Iterable[LinkedRow],
        commands: Iterable[tuple[str, str, int, int]],
    ) -> None:
        c.executemany("INSERT INTO stored_events VALUES (?,?,?,?,?,?)", rows)
        c.executemany("INSERT INTO commands VALUES (?,?,?,?)", commands)

    def page(self, after: int, until: int) -> list[LinkedRow]:
        """The rows of positions `(after, until]`, from a read-only connection of its own."""
        text = f"SELECT {self.columns}, head FROM {{events}} WHERE rowid > %s AND rowid <= %s"  # noqa: S608  # constants only
        ordered = f"{text} ORDER BY rowid"
        if self.datastore.pool.is_sqlite_memory_mode:
            return self._select(ordered, (after, until))
        return self._scanned(_sql(ordered), (after, until))

    def _select(self, text: str, values: tuple[Any, ...]) -> list[Any]:
        """All rows at once: nothing stays open that a writer would have to wait for."""
        sql = _sql(text)
        if self.datastore.pool.is_sqlite_memory_mode:
            with self.datastore.get_connection(commit=False) as conn, conn.cursor() as c:
                c.row_factory = None
                return c.execute(sql, values).fetchall()
        if self._kept is not None:
            # What was just written is still in this connection's cache.
            with self._turn:
                return self._kept.execute(sql, values).fetchall()
        return self._scanned(sql, values)

    def _scanned(self, sql: str, values: tuple[Any, ...]) -> list[Any]:
        """The same from a read-only connection: scans, and logs that nobody here writes."""
        if self._scan is None:
            name = self._read_only()
            self._scan = sqlite3.connect(name, uri=True, check_same_thread=False)
        return self._scan.execute(sql, values).fetchall()

    def close(self) -> None:
        """Close the two connections of its own; the pool is the factory's to close."""
        for connection in (self._kept, self._scan):
            if connection is not None:
                connection.close()
        self._kept = self._scan = None


@cache
def _sql(text: str) -> str:
    """A question in the words of SQLite; there are few, and each is asked often."""
    return text.format(events="stored_events", commands="commands").replace("%s", "?")


def _check(c: sqlite3.Cursor, versions: Mapping[str, int]) -> None:
    """Refuse when a stream stands elsewhere than expected; many are asked for at once."""
    if len(versions) > 8:
        found = c.execute(_MOVED, (json.dumps(versions),)).fetchone()
        if found:
            raise StaleStream(f"{found[0]} is at version {found[1]}, not {found[2]}")
        return
    for stream, version in versions.items():
        if (found := c.execute(_VERSION, (stream,)).fetchone()[0] or 0) != version:
            raise StaleStream(f"{stream} is at version {found}, not {version}")


class LiteFactory(SQLiteFactory):
    """Builds the recorder on a pool that knows how durable it has to be (`DURABLE`, y or n)."""

    application_recorder_class = LiteRecorder

    def __init__(self, env: Environment | EnvType | None) -> None:
        """Replace the library's pool before anything has been opened."""
        super().__init__(env)
        stock = self.datastore.pool
        pool = LitePool(db_name=stock.db_name, lock_timeout=stock.lock_timeout)
        pool.durable = self.env.get("DURABLE", "y") == "y"
        stock.close()
        self.datastore.pool = pool
