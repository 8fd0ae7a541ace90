"""Bringing an index up: from the first event, or on from where it stands.

One transaction takes all that is new, under the write lock from its begin: two processes that
bring up one index do it one after the other, and a crash leaves it as it was. One that belongs to
another log, another program or is damaged is made anew.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Final

from bankcore.audit.index.place import index_of
from bankcore.audit.index.schema import TABLES, code_digest, is_index, is_marked, opened, stands_at
from bankcore.audit.index.writing import Writer
from bankcore.store.failures import telling
from bankcore.store.log import Log
from bankcore.values.errors import BadInput

WAIT: Final = 60
"""Seconds to wait for another process that brings up the same index."""

_PAGES: Final = -64_000
"""Kilobytes of pages kept in memory: accounts are written in no order of theirs."""

_BROKEN: Final = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}


def update(log: Log, target: str, *, wait: float = WAIT) -> tuple[int, int]:
    """Bring the index of a log up; from which position and up to which it was written.

    Raises `Busy` when another process has it for longer than `wait` seconds, `BadInput` when
    something else lies in its place or it can't be written, `DiskRefused` when the disk is full.
    """
    path = index_of(target)
    if path is None:
        raise BadInput("a log in memory has no index", place=target, remedy="ask without one")
    with telling("the index"):
        _make_folder(path.parent)
        try:
            return _brought_up(path, log, wait)
        except sqlite3.DatabaseError as error:
            if getattr(error, "sqlite_errorcode", 0) & 0xFF not in _BROKEN:
                raise
        if not is_marked(path):
            raise _strange(path)
        # The journal first: one that outlived its index would be rolled back into the next.
        path.with_name(f"{path.name}-journal").unlink(missing_ok=True)
        path.unlink(missing_ok=True)
        return _brought_up(path, log, wait)


def _make_folder(folder: Path) -> None:
    """Only a cache may be missing, and only its user may look into it."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as reason:
        raise BadInput(f"can't be made ({reason.strerror})", place=str(folder)) from reason


def _strange(path: Path) -> BadInput:
    return BadInput("is no index", place=str(path), remedy="move it away")


def _brought_up(path: Path, log: Log, wait: float) -> tuple[int, int]:
    with closing(opened(path, "rwc", wait)) as c:
        c.execute(f"PRAGMA cache_size = {_PAGES}")
        c.execute("BEGIN IMMEDIATE")
        start = _start(c, path, log)
        position, head = log.head()
        if start is None:
            _make_empty(c)
        Writer(c).take(log.entries(start or 0, position))
        c.execute("DELETE FROM meta")
        c.execute("INSERT INTO meta VALUES (?, ?, ?)", (position, head, code_digest()))
        c.execute("COMMIT")
    return start or 0, position


def _start(c: sqlite3.Connection, path: Path, log: Log) -> int | None:
    """The position up to which an index can be kept; None when it has to be made anew."""
    if not is_index(c):
        if _tables(c):
            raise _strange(path)
        return None
    found = stands_at(c)
    if found is None or not 0 < found[0] <= log.head()[0]:
        return None
    position, head = found
    (row,) = log.rows(position - 1, position)
    return position if row[5] == head else None


def _tables(c: sqlite3.Connection) -> list[str]:
    found = c.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()
    return [name for (name,) in found]


def _make_empty(c: sqlite3.Connection) -> None:
    for table in _tables(c):
        c.execute(f'DROP TABLE "{table}"')
    for statement in TABLES:
        c.execute(statement)
