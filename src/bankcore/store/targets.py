"""Where a log lives: a file, shared memory or a PostgreSQL database, as the user writes it.

Whatever is wrong with a target is found here, before anything is created: a missing file, a
directory, a file that is something else, a database that was cut.
"""

from __future__ import annotations

import itertools
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import quote

from bankcore.store.recorder_sqlite import APPLICATION_ID
from bankcore.values.errors import BadInput, DamagedLog

MEMORY: Final = ":memory:"
_LITE: Final = "bankcore.store.recorder_sqlite:LiteFactory"
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
        # PostgreSQL's driver takes long to import, and a file needs none of it.
        from bankcore.store.targets_postgres import settings  # noqa: PLC0415

        return common | settings(target, how)
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
