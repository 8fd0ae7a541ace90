"""Asking history (查询历史): an event's causes and effects, and what was known when."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

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


def story(entries: Sequence[Entry[Any]], event_id: str) -> Story:
    """The story of one event; an unknown id is bad input."""
    by_id = {entry.id: entry for entry in entries}
    entry = by_id.get(event_id)
    if entry is None:
        raise BadInput(f"no event {event_id!r} in this log", remedy="see `bankcore replay`")
    causes, at = [], entry
    while at.caused_by and at.caused_by in by_id:
        at = by_id[at.caused_by]
        causes.append(at)
    effects, reached = [], {event_id}
    for other in entries:
        if other.caused_by in reached:
            reached.add(other.id)
            effects.append(other)
    same = tuple(e for e in entries if e.command_id == entry.command_id and e is not entry)
    return Story(entry, post(entry), tuple(causes), tuple(effects), same)


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
