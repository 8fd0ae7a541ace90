"""Rows of the log as PostgreSQL's binary COPY reads them, many times cheaper than value by value.

A row is the number of its fields, then each field behind its length; integers are eight bytes,
all in network order. `https://www.postgresql.org/docs/current/sql-copy.html`, Binary Format.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from struct import Struct
from typing import Final

from bankcore.store.chain import LinkedRow

HEADER: Final = b"PGCOPY\n\xff\r\n\0" + bytes(8)
TRAILER: Final = b"\xff\xff"
BLOCK: Final = 500
"""Rows sent at once: enough to be fast, few enough for the server to begin while we go on."""

_FIRST: Final = Struct("!hiqi")
_SECOND: Final = Struct("!iqi")
_LENGTH: Final = Struct("!i")


def event_blocks(rows: Iterable[LinkedRow]) -> Iterator[bytes]:
    """The whole of a COPY of events: position, stream, version, stored name, state and head."""
    yield HEADER
    rest = iter(rows)
    while block := b"".join(map(_event, islice(rest, BLOCK))):
        yield block
    yield TRAILER


def _event(row: LinkedRow) -> bytes:
    position, stream, version, name, state, head = row
    first, second = stream.encode(), name.encode()
    return b"".join(
        (
            _FIRST.pack(6, 8, position, len(first)),
            first,
            _SECOND.pack(8, version, len(second)),
            second,
            _LENGTH.pack(len(state)),
            state,
            _LENGTH.pack(len(head)),
            head,
        )
    )
