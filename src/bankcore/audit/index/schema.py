"""What the index holds, and how one knows that it belongs to a log and to this program.

Booking dates never go back in a log, so sums by booking day are kept running; only legs valued
before their booking day, which are few, are kept one by one. With V the value date asked for and
K the day of knowledge, every leg booked by the earlier of both counts, and of those booked after V
up to K the ones valued by V: these are late legs.
"""

from __future__ import annotations

import sqlite3
from hashlib import sha256
from pathlib import Path
from typing import Final
from urllib.parse import quote

import bankcore

APPLICATION_ID: Final = 0x42434958
"""Marks a file as an index of a bankcore log (`BCIX`)."""

TABLES: Final = (
    f"PRAGMA application_id = {APPLICATION_ID}",
    "CREATE TABLE meta (position INTEGER NOT NULL, head BLOB NOT NULL, code TEXT NOT NULL) STRICT",
    """CREATE TABLE day_total (account TEXT NOT NULL, day INTEGER NOT NULL,
    total INTEGER NOT NULL, PRIMARY KEY (account, day)) STRICT, WITHOUT ROWID""",
    "CREATE TABLE gl (account TEXT PRIMARY KEY) STRICT, WITHOUT ROWID",
    """CREATE TABLE late_leg (account TEXT NOT NULL, booking INTEGER NOT NULL,
    value INTEGER NOT NULL, minor INTEGER NOT NULL) STRICT""",
    "CREATE INDEX late_leg_by_booking ON late_leg (booking)",
    "CREATE TABLE account (stream TEXT PRIMARY KEY, nr INTEGER NOT NULL) STRICT, WITHOUT ROWID",
    """CREATE TABLE stand (stream TEXT NOT NULL, booking INTEGER NOT NULL,
    version INTEGER NOT NULL, value INTEGER NOT NULL, newest INTEGER NOT NULL,
    customer TEXT NOT NULL, product TEXT NOT NULL, stage TEXT NOT NULL, booked INTEGER NOT NULL,
    held INTEGER NOT NULL, available INTEGER NOT NULL,
    PRIMARY KEY (stream, booking, version)) STRICT, WITHOUT ROWID""",
    "CREATE INDEX stand_out_of_order ON stand (booking) WHERE value < newest",
    """CREATE TABLE tie (stream TEXT NOT NULL, kind TEXT NOT NULL, id TEXT NOT NULL,
    amount INTEGER) STRICT""",
    "CREATE INDEX tie_by_stream ON tie (stream)",
    """CREATE TABLE line (stream TEXT NOT NULL, version INTEGER NOT NULL, booking INTEGER NOT NULL,
    value INTEGER NOT NULL, zh TEXT NOT NULL, en TEXT NOT NULL, purpose TEXT NOT NULL,
    amount INTEGER NOT NULL, PRIMARY KEY (stream, version)) STRICT, WITHOUT ROWID""",
)
"""`stand` is an account after each of its events, `newest` the latest value date so far; `tie`
holds and freezes as they are now, an amount of NULL being all there is."""

_MADE_OF: Final = (
    "aggregates",
    "audit/index",
    "operations/interest.py",
    "projections",
    "rules/ledger",
    "store",
    "values",
)
"""The code from which the index follows."""


def code_digest() -> str:
    """A digest over the code and data from which the index follows: another program, another one.

    It is taken from names, sizes and times of change: reading them all would take longer than
    most answers.
    """
    root = Path(bankcore.__file__).parent
    seen = sha256(bankcore.__version__.encode())
    for part in _MADE_OF:
        place = root / part
        files = sorted(place.rglob("*.*")) if place.is_dir() else [place]
        for file in files:
            if file.suffix in {".py", ".toml"}:
                status = file.stat()
                name, size, changed = file.relative_to(root), status.st_size, status.st_mtime_ns
                seen.update(f"{name} {size} {changed}\n".encode())
    return seen.hexdigest()[:16]


def opened(path: Path, mode: str, wait: float) -> sqlite3.Connection:
    """A connection to an index; `ro` never makes or changes one. `wait` is in seconds."""
    name = f"file:{quote(str(path))}?mode={mode}"
    return sqlite3.connect(name, uri=True, isolation_level=None, timeout=wait)


def stands_at(c: sqlite3.Connection) -> tuple[int, bytes] | None:
    """Position and head of the log that an index was written from, if this program wrote it."""
    found = c.execute("SELECT position, head, code FROM meta").fetchone()
    return found[:2] if found and found[2] == code_digest() else None


def is_index(c: sqlite3.Connection) -> bool:
    """Whether a file is an index of ours."""
    (mark,) = c.execute("PRAGMA application_id").fetchone()
    return bool(mark == APPLICATION_ID)


def is_marked(path: Path) -> bool:
    """The same of a damaged file, which SQLite does not read."""
    with path.open("rb") as file:
        header = file.read(72)
    return header.startswith(b"SQLite format 3\0") and header[68:72] == APPLICATION_ID.to_bytes(4)
