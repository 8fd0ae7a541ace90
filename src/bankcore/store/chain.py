"""The hash chain over a log: each event's head commits to everything before it.

head = SHA-256(previous head ‖ msgpack([stream, version, stored name, state])), the first one
after 32 zero bytes. Position is implied by order. A chain alone shows neither a cut tail nor a
full rewrite: heads printed and kept elsewhere (DayClosed, exports) do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from hashlib import sha256
from typing import Final

import msgpack

from bankcore.store.codec import Row

EMPTY: Final = bytes(32)
"""The head of a log without events."""

LinkedRow = tuple[int, str, int, str, bytes, bytes]
"""`(position, stream, version, stored name, state, head)`: a line of the log as it is kept."""

_pack: Final[Callable[[object], bytes]] = msgpack.Packer().pack


def link(head: bytes, row: Row) -> bytes:
    """The head after a row, given the head before it."""
    return sha256(head + _pack(row)).digest()


def linked(position: int, head: bytes, rows: Iterable[Row]) -> Iterator[LinkedRow]:
    """Rows numbered and chained onto the log whose last position and head are given."""
    pack = _pack
    for row in rows:
        position += 1
        head = sha256(head + pack(row)).digest()
        yield (position, *row, head)
