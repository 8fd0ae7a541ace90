"""Where a log lives: a file, shared memory or a PostgreSQL database, as the user writes it.

Whatever is wrong with a target is found here, before anything is created: a missing file, a
directory, a file that is something else, a database that was cut.
"""

from __future__ import annotations

import itertools
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from bankcore.store.recorder_postgres import COMMANDS_TABLE, EVENTS_TABLE
from bankcore.store.recorder_sqlite import APPLICATION_ID
from bankcore.values.errors import BadInput, DamagedLog

MEMORY: Final = ":memory:"
_LITE: Final = "bankcore.store.recorder_sqlite:LiteFactory"
_PG: Final = "bankcore.store.recorder_postgres:PgFactory"
_names: Final[Iterator[int]] = itertools.count(1)
_MAKE: Final = "create one first, or check the path"


@dataclass(frozen=True, slots=True)
class Opening:
    """How to open: whether to make a log, to survive power loss, and seconds to wait for a lock."""

    create: bool = False
    durable: bool = True
    wait: int = 5


def environment(target: str, how: Opening) -> dict[str, str]:
    """The settings of the library for a target, or `BadInput`/`DamagedLog` with one sentence."""
    common = {
        "DURABLE": "y" if how.durable else "n",
        "CREATE_TABLE": "y" if how.create or target == MEMORY else "n",
    }
    if target.startswith(("postgresql://", "postgres://")):
        return common | _postgres(target, how)
    if target == MEMORY:
        name = f"file:bankcore-{next(_names)}?mode=memory&cache=shared"
    else:
        name = _file(Path(target), how)
    return common | {
        "PERSISTENCE_MODULE": _LITE,
        "SQLITE_DBNAME": name,
        "SQLITE_LOCK_TIMEOUT": str(how.wait),
    }


def _file(path: Path, how: Opening) -> str:
    path = path.absolute()
    mode = "rwc" if how.create else "rw"
    if path.is_dir():
        raise BadInput("is a directory, not a log", place=str(path))
    if path.exists() and path.stat().st_size:
        _check_file(path)
    elif not how.create:
        problem = "is empty, no log" if path.exists() else "there is no log"
        raise BadInput(problem, place=str(path), remedy=_MAKE)
    elif not path.parent.is_dir():
        raise BadInput("there is no such directory", place=str(path.parent))
    return f"file:{quote(str(path))}?mode={mode}"


def _check_file(path: Path) -> None:
    _check_length(path)
    try:
        with closing(sqlite3.connect(f"file:{quote(str(path))}?mode=ro", uri=True)) as c:
            (mark,) = c.execute("PRAGMA application_id").fetchone()
            tables = {row[0] for row in c.execute("SELECT name FROM sqlite_schema")}
    except sqlite3.OperationalError as reason:
        raise BadInput(f"can't be opened ({reason})", place=str(path)) from reason
    except sqlite3.DatabaseError as reason:
        raise BadInput(f"is no bankcore log ({reason})", place=str(path)) from reason
    if mark != APPLICATION_ID or not {"stored_events", "commands"} <= tables:
        raise BadInput("is a database, but no bankcore log", place=str(path))


def _check_length(path: Path) -> None:
    """Refuse a log that is shorter than its header says; SQLite would only find out on the way."""
    try:
        with path.open("rb") as file:
            header = file.read(100)
    except OSError as reason:
        raise BadInput(f"can't be read ({reason.strerror})", place=str(path)) from reason
    if not header.startswith(b"SQLite format 3\0"):
        raise BadInput("is no bankcore log", place=str(path))
    wal = path.with_name(f"{path.name}-wal")
    if wal.exists() and wal.stat().st_size:
        return  # pages that the file lacks may stand in the write-ahead log
    size = int.from_bytes(header[16:18], "big")
    pages = int.from_bytes(header[28:32], "big")
    needed = pages * (65536 if size == 1 else size)
    if len(header) < 100 or path.stat().st_size < needed:
        found = path.stat().st_size
        raise DamagedLog(f"{path}: the log was cut: {found} of {needed} bytes are left")


def _postgres(target: str, how: Opening) -> dict[str, str]:
    parts = urlsplit(target)
    query = dict(parse_qsl(parts.query))
    schema = query.pop("schema", "public")
    try:
        info = conninfo_to_dict(parts._replace(query=urlencode(query)).geturl())
    except psycopg.ProgrammingError as reason:
        problem = f"is no PostgreSQL address ({reason})".strip()
        raise BadInput(problem, place=_shown(target)) from reason
    if not info.get("user") or not info.get("dbname"):
        raise BadInput(
            "user and database must be named",
            place=_shown(target),
            remedy="write postgresql://USER@HOST/DATABASE",
        )
    # What the address leaves open is stated as empty: libpq would ask the process environment.
    info = {"host": "localhost", "port": "5432", "hostaddr": "", "options": "", **info}
    _check_database(info, schema, how, place=_shown(target))
    own = {key: str(info.pop(key, "")) for key in ("dbname", "host", "port", "user")}
    password = str(info.pop("password", "") or "")
    return {
        "PERSISTENCE_MODULE": _PG,
        "POSTGRES_DBNAME": own["dbname"],
        "POSTGRES_HOST": own["host"],
        "POSTGRES_PORT": own["port"],
        "POSTGRES_USER": own["user"],
        # The library insists on a password even where the server asks for none.
        "POSTGRES_PASSWORD": password or "none",
        "POSTGRES_SCHEMA": schema,
        "POSTGRES_POOL_SIZE": "1",
        "POSTGRES_LOCK_TIMEOUT": str(how.wait),
        "POSTGRES_CONNECT_TIMEOUT": str(max(how.wait, 2)),
        "CONNINFO": make_conninfo("", **{key: str(value) for key, value in info.items()}),
    }


def _check_database(info: Mapping[str, Any], schema: str, how: Opening, *, place: str) -> None:
    """Connect once by hand: the library's pool would only say that time is up."""
    found = "SELECT to_regclass(%s) IS NOT NULL AND to_regclass(%s) IS NOT NULL"
    tables = [f'"{schema}".{table}' for table in (EVENTS_TABLE, COMMANDS_TABLE)]
    timed = {"connect_timeout": max(how.wait, 2), **info}
    try:
        with closing(psycopg.connect(**timed)) as connection:
            row = connection.execute(found, tables).fetchone()
    except psycopg.Error as reason:
        raise BadInput(f"can't be opened ({reason})", place=place) from reason
    if not how.create and row != (True,):
        raise BadInput("there is no log in this database", place=place, remedy="create one first")


def _shown(target: str) -> str:
    """The target without its password."""
    parts = urlsplit(target)
    host = parts.netloc.rpartition("@")[2]
    user = f"{parts.username}@" if parts.username else ""
    return parts._replace(netloc=user + host).geturl()
