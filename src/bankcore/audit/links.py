"""Following a log row by row (逐行校验): order, chain, bytes, dates and the heads of closed days.

What is needed of the rows before is small, so a check can begin anywhere that it was taken to
before (`copy`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from bankcore.aggregates import KINDS
from bankcore.aggregates.business_day.events import DayClosed
from bankcore.audit.checks import Fault
from bankcore.store.chain import EMPTY, LinkedRow, link
from bankcore.store.codec import decode, is_canonical
from bankcore.values.declare import EVENTS
from bankcore.values.entry import Entry
from bankcore.values.errors import DamagedLog

Followed = tuple[Entry[Any] | None, list[Fault]]
"""The entry of a row, None where it cannot be read, and what is wrong with it."""


@dataclass(slots=True)
class Links:
    """What the rows so far have led to; `heads` are those since the last close of day."""

    head: bytes = EMPTY
    events: int = 0
    last_booking: date = date.min
    versions: dict[str, int] = field(default_factory=dict)
    heads: dict[int, bytes] = field(default_factory=dict)

    def copy(self) -> Links:
        """The same, to follow another future from here."""
        versions, heads = dict(self.versions), dict(self.heads)
        return Links(self.head, self.events, self.last_booking, versions, heads)

    def follow(self, row: LinkedRow) -> Followed:
        """Check the next row; after a fault of order, chain or bytes nothing more follows."""
        position, stream, version, name, state, head = row
        event_id = f"{stream}@{version}"
        if position != self.events + 1:
            problem = f"position {self.events + 1} is missing"
            return None, [Fault("order", position, event_id, problem)]
        if link(self.head, (stream, version, name, state)) != head:
            problem = "its hash does not follow from the one before it"
            return None, [Fault("chain", position, event_id, problem)]
        self.head, self.events = head, position
        self.heads[position] = head
        try:
            entry = decode(position, stream, version, name, state)
        except DamagedLog as damage:
            return None, [Fault("bytes", position, event_id, damage.problem)]
        if not is_canonical(state):
            return None, [Fault("bytes", position, event_id, "its bytes are not canonical")]
        return entry, list(self._entry(entry))

    def _entry(self, entry: Entry[Any]) -> Iterator[Fault]:
        if not belongs(entry):
            yield Fault("order", entry.position, entry.id, "its stream holds no such events")
            return
        expected = self.versions.get(entry.stream, 0) + 1
        if entry.version != expected:
            problem = f"version {entry.version} where {expected} follows"
            yield Fault("order", entry.position, entry.id, problem)
        if entry.booking_date < self.last_booking:
            problem = f"booked on {entry.booking_date}, after {self.last_booking}"
            yield Fault("order", entry.position, entry.id, problem)
        if entry.value_date > entry.booking_date:
            problem = f"valued {entry.value_date}, after its booking date"
            yield Fault("dates", entry.position, entry.id, problem)
        self.last_booking = max(self.last_booking, entry.booking_date)
        self.versions[entry.stream] = entry.version
        if isinstance(entry.event, DayClosed):
            yield from self._close(entry, entry.event)

    def _close(self, entry: Entry[Any], closed: DayClosed) -> Iterator[Fault]:
        if self.heads.get(closed.position, EMPTY).hex() != closed.head:
            problem = f"it wrote down another head for position {closed.position} than the log has"
            yield Fault("witness", entry.position, entry.id, problem)
        self.heads = {entry.position: self.head}


def belongs(entry: Entry[Any]) -> bool:
    """Whether the stream of an entry is of the kind that its event was declared for."""
    prefix = _PREFIXES[EVENTS[type(entry.event)].stream]
    return entry.stream == prefix or (prefix[-1] == "-" and entry.stream.startswith(prefix))


_PREFIXES: Final = {kind.name: kind.prefix for kind in KINDS}
