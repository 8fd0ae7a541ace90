"""Failures of the databases told in the bank's words."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from eventsourcing.persistence import IntegrityError, OperationalError, PersistenceError

from bankcore.store.recording import StaleStream
from bankcore.values.errors import BadInput, Busy, Conflict, DamagedLog, DiskRefused

_UNIQUE: Final = "23505"
_WAITED: Final = {"55P03", "40001", "40P01", "57014"}
"""PostgreSQL: lock not available, serialization failure, deadlock, cancelled by timeout."""
_LOST: Final = {None, "57P01", "57P02", "57P03", "08000", "08003", "08006"}
"""PostgreSQL: no answer at all, or the server or the connection went away."""

_TAKEN: Final = {sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY, sqlite3.SQLITE_CONSTRAINT_UNIQUE}
_LOCKED: Final = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_DISK: Final = {sqlite3.SQLITE_IOERR, sqlite3.SQLITE_FULL}
_BROKEN: Final = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}


@contextmanager
def telling(what: str = "the log") -> Iterator[None]:
    """Turn what a database raises into Conflict, Busy, DiskRefused, DamagedLog or BadInput.

    `what` names what the database holds, for the sentence. A broken constraint that is no version
    and no command id is a bug and passes as it is.
    """
    try:
        yield
    except StaleStream as stale:
        raise Conflict(str(stale)) from stale
    except (PersistenceError, sqlite3.Error) as error:
        told = _told(error, what)
        if told is None:
            raise
        raise told from error


def _told(error: Exception, what: str) -> Exception | None:
    cause = error.__cause__ or error
    if isinstance(cause, sqlite3.Error):
        return _told_sqlite(cause, what)
    # The driver of PostgreSQL is not imported here: a bank in a file need not wait for it. Its
    # errors all have an SQL state, None where the server sent none.
    if hasattr(cause, "sqlstate"):
        return _told_postgres(error, cause, cause.sqlstate)
    if isinstance(error, IntegrityError):
        return Conflict(str(error))
    return Busy(str(error)) if isinstance(error, OperationalError) else None


def _told_sqlite(cause: sqlite3.Error, what: str) -> Exception | None:
    code = getattr(cause, "sqlite_errorcode", 0)
    if code in _TAKEN:
        return Conflict(f"a version or command id is taken ({cause})")
    plain = code & 0xFF
    if plain in _LOCKED:
        return Busy(f"another writer held {what} too long ({cause})")
    if plain in _BROKEN:
        return DamagedLog(f"{what} can't be read ({cause})")
    if plain in _DISK:
        return DiskRefused(str(cause))
    if plain == sqlite3.SQLITE_READONLY:
        return BadInput(f"{what} can only be read ({cause})")
    if plain == sqlite3.SQLITE_CANTOPEN:
        return BadInput(f"{what} can't be opened ({cause})")
    return None


def _told_postgres(error: Exception, cause: BaseException, state: Any) -> Exception | None:
    if state == _UNIQUE:
        return Conflict(f"a version or command id is taken ({cause})")
    if state in _WAITED:
        return Busy(f"another writer held the log too long ({cause})")
    if type(cause).__name__ == "PoolTimeout":
        return Busy(f"the database gave no connection ({cause})")
    if isinstance(error, OperationalError) and state in _LOST:
        # Perhaps after the commit. Deciding again begins with looking the command id up, which
        # answers from the log if it was stored.
        return Conflict(f"the connection to the log was lost ({cause})")
    return None
