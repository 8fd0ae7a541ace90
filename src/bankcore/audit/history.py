"""Asking history (查询历史): an event's causes and effects, and what was known when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from bankcore.projections.postings import Leg, post
from bankcore.values.entry import Entry
from bankcore.values.errors import BadInput
from bankcore.values.streams import StreamKind


@dataclass(frozen=True, slots=True)
class Story:
    """An event with its legs, what caused it back to the first cause, and what it caused."""

    entry: Entry[Any]
    legs: tuple[Leg, ...]
    causes: tuple[Entry[Any], ...]
    effects: tuple[Entry[Any], ...]
    same_command: tuple[Entry[Any], ...]


class Told(Protocol):
    """What a story is read from: a log."""

    def entries(self) -> Iterator[Entry[Any]]:
        """All entries in order."""

    def stream(self, stream_id: str, /) -> Iterable[Entry[Any]]:
        """Those of one stream."""


def story(log: Told, event_id: str) -> Story:
    """The story of one event; an unknown id is bad input."""
    entry = _cited(log, event_id)
    if entry is None:
        raise BadInput(f"no event {event_id!r} in this log", remedy="see `bankcore replay`")
    causes, at = [], entry
    while at.caused_by and (cause := _cited(log, at.caused_by)) is not None:
        at = cause
        causes.append(at)
    effects, same, reached = [], [], {event_id}
    for other in log.entries():
        if other.caused_by in reached:
            reached.add(other.id)
            effects.append(other)
        if other.command_id == entry.command_id and other.position != entry.position:
            same.append(other)
    return Story(entry, post(entry), tuple(causes), tuple(effects), tuple(same))


def _cited(log: Told, event_id: str) -> Entry[Any] | None:
    stream = event_id.rpartition("@")[0]
    return next((entry for entry in log.stream(stream) if entry.id == event_id), None)


@dataclass(frozen=True, slots=True)
class Grid:
    """A figure for value dates (rows) as known on booking dates (columns); None: nothing yet."""

    as_of: tuple[date, ...]
    known_at: tuple[date, ...]
    cells: tuple[tuple[object, ...], ...]


def figure_grid(
    entries: Iterable[Entry[Any]], kind: StreamKind[Any], stream: str, figure: str
) -> Grid:
    """A field of a stream's state at every pair of dates on which the stream changed.

    An unknown figure is bad input.
    """
    own = [entry for entry in entries if entry.stream == stream]
    values = tuple(sorted({e.value_date for e in own}))
    bookings = tuple(sorted({e.booking_date for e in own}))
    cells = tuple(
        tuple(_figure(own, kind, figure, value, known) for known in bookings) for value in values
    )
    return Grid(values, bookings, cells)


def _figure(
    own: Sequence[Entry[Any]], kind: StreamKind[Any], figure: str, as_of: date, known_at: date
) -> object:
    state = None
    for entry in own:
        if entry.value_date <= as_of and entry.booking_date <= known_at:
            state = kind.evolve(state, entry)
    if state is None:
        return None
    if not hasattr(state, figure):
        known = ", ".join(state.__dataclass_fields__)
        raise BadInput(f"{kind.name} has no figure {figure!r}", remedy=f"known: {known}")
    return getattr(state, figure)
