"""Failures of the databases told in the bank's words."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import psycopg
from eventsourcing.persistence import IntegrityError, OperationalError, PersistenceError
from psycopg_pool import PoolTimeout

from bankcore.store.recording import StaleStream
from bankcore.values.errors import BadInput, Busy, Conflict, DamagedLog

_WAITED: Final = {"55P03", "40001", "40P01", "57014"}
"""PostgreSQL: lock not available, serialization failure, deadlock, cancelled by timeout."""

_TAKEN: Final = {sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY, sqlite3.SQLITE_CONSTRAINT_UNIQUE}
_LOCKED: Final = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_BROKEN: Final = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}


@contextmanager
def telling() -> Iterator[None]:
    """Turn what a database raises into Conflict, Busy, DamagedLog or BadInput.

    A broken constraint that is no version and no command id is a bug and passes as it is.
    """
    try:
        yield
    except StaleStream as stale:
        raise Conflict(str(stale)) from stale
    except (PersistenceError, sqlite3.Error, psycopg.Error) as error:
        told = _told(error)
        if told is None:
            raise
        raise told from error


def _told(error: Exception) -> Exception | None:
    cause = error.__cause__ or error
    if isinstance(cause, sqlite3.Error):
        return _told_sqlite(cause)
    if isinstance(cause, psycopg.Error):
        return _told_postgres(cause)
    if isinstance(error, IntegrityError):
        return Conflict(str(error))
    return Busy(str(error)) if isinstance(error, OperationalError) else None


def _told_sqlite(cause: sqlite3.Error) -> Exception | None:
    code = getattr(cause, "sqlite_errorcode", 0)
    if code in _TAKEN:
        return Conflict(f"a version or command id is taken ({cause})")
    if code & 0xFF in _LOCKED:
        return Busy(f"another writer held the log too long ({cause})")
    if code & 0xFF in _BROKEN:
        return DamagedLog(f"the log can't be read ({cause})")
    if code & 0xFF == sqlite3.SQLITE_READONLY:
        return BadInput(f"the log can only be read ({cause})")
    return BadInput(f"the log can't be opened ({cause})") if code == _CANTOPEN else None


_CANTOPEN: Final = sqlite3.SQLITE_CANTOPEN


def _told_postgres(cause: psycopg.Error) -> Exception | None:
    if cause.sqlstate == "23505":
        return Conflict(f"a version or command id is taken ({cause})")
    if cause.sqlstate in _WAITED:
        return Busy(f"another writer held the log too long ({cause})")
    if isinstance(cause, PoolTimeout):
        return Busy(f"the database gave no connection ({cause})")
    if isinstance(cause, psycopg.OperationalError) and cause.sqlstate is None:
        # The connection is gone: perhaps after the commit. Deciding again begins with looking
        # the command id up, which answers from the log if it was stored.
        return Conflict(f"the connection to the log was lost ({cause})")
    return None
