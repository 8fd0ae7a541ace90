"""Finding events (定位): where a statement turns, where an invariant breaks, who moved a figure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

from bankcore.audit.readings import Reading, Statement, readings
from bankcore.values.entry import Entry

Again = Callable[[], Iterable[Entry[Any]]]
"""Entries from the first one, each time they are asked for."""


class Turn(NamedTuple):
    """An event after which a statement about a subject is true, or no longer."""

    entry: Entry[Any]
    now: bool
    figure: object


class Breach(NamedTuple):
    """An event after which an invariant no longer holds."""

    invariant: Statement
    reading: Reading


class Move(NamedTuple):
    """An event that changed a figure."""

    entry: Entry[Any]
    subject: str
    before: object
    after: object


def changes(entries: Iterable[Entry[Any]], text: str) -> Iterator[Turn]:
    """Each event at which the statement turns true or false, with the figure after it."""
    statement = Statement.parse(text)
    before: dict[str, bool] = {}
    for entry, subject, value in readings(entries, statement.figure, statement.subject):
        now = statement.holds(value)
        if now is not before.get(subject, False):
            yield Turn(entry, now, value)
            before[subject] = now


def breaches(entries: Again, invariants: Iterable[Statement]) -> Iterator[Breach]:
    """Each event at which an invariant stops holding; what is not there yet breaks nothing.

    The entries are read once for each invariant.
    """
    for invariant in invariants:
        broken: set[str] = set()
        for reading in readings(entries(), invariant.figure, invariant.subject):
            holds = reading.value is None or invariant.holds(reading.value)
            if not holds and reading.subject not in broken:
                yield Breach(invariant, reading)
            (broken.discard if holds else broken.add)(reading.subject)


def moves(entries: Iterable[Entry[Any]], figure: str, subject: str) -> Iterator[Move]:
    """Each event that changed a figure, with what it was before; None when there was none."""
    last: dict[str, object] = {}
    for entry, stream, value in readings(entries, figure, subject):
        before = last.get(stream)
        if value != before:
            yield Move(entry, stream, before, value)
            last[stream] = value
