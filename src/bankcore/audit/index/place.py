"""Where the index of a log lies, and where its log ends: both cheap to know.

Beside a file lies `FILE.index`. A log in PostgreSQL may have many readers and no directory: each
keeps an index of its own in the user's cache, named by host, database and schema.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from typing import Final
from urllib.parse import quote

SUFFIX: Final = ".index"


def index_of(target: str) -> Path | None:
    """Where the index of a log lies; None for a log in memory."""
    if target == ":memory:":
        return None
    if _is_server(target):
        return _cache() / f"{_name(target)}{SUFFIX}"
    return Path(target).absolute().with_name(Path(target).name + SUFFIX)


def last_row(target: str) -> tuple[int, bytes]:
    """Position and head of the last event of a log, read without the library."""
    if _is_server(target):
        from bankcore.store.address_postgres import last_event  # noqa: PLC0415  # the driver

        return last_event(target)
    name = f"file:{quote(str(Path(target).absolute()))}?mode=ro"
    with closing(sqlite3.connect(name, uri=True)) as c:
        sql = "SELECT rowid, head FROM stored_events ORDER BY rowid DESC LIMIT 1"
        found = c.execute(sql).fetchone()
    return (found[0], found[1]) if found else (0, bytes(32))


def is_there(target: str) -> bool:
    """Whether a log may be there: a file is looked for, a server is not asked."""
    return _is_server(target) or Path(target).is_file()


def _is_server(target: str) -> bool:
    return target.startswith(("postgresql://", "postgres://"))


def _name(target: str) -> str:
    """The same for each way to write an address; who asks, and with what password, is left out."""
    from bankcore.store.address_postgres import read_address  # noqa: PLC0415  # the driver

    info, schema = read_address(target)
    place = [str(info.get(key, "")) for key in ("host", "hostaddr", "port", "dbname")]
    return sha256("\n".join([*place, schema]).encode()).hexdigest()[:16]


def _cache() -> Path:
    """The user's cache directory; it says only where a copy lies, never which log is read."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "bankcore"
