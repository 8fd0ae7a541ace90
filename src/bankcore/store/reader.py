"""What decisions read of a stored log: states by stream, agenda and books by catching up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from bankcore.aggregates.catalogue import CATALOGUE
from bankcore.operations.decision import Books
from bankcore.products.catalogue import Catalogue, shipped
from bankcore.projections.live import Live
from bankcore.store.log import Log
from bankcore.values.entry import Entry
from bankcore.values.streams import Due, StreamKind

S = TypeVar("S")
RULES = "catalogue-rules"


@dataclass(slots=True)
class LiveReader:
    """A `Reader` over a log.

    Single streams are folded on demand, kept, and caught up with what others wrote; the whole log
    is folded only when the agenda or the books are asked for, that is at close of day, and from
    then on kept up.
    """

    log: Log
    live: Live
    _states: dict[str, tuple[Any, int]] = field(default_factory=dict)
    _behind: set[str] = field(default_factory=set)
    _whole: bool = False
    _catalogue: tuple[int, Catalogue] | None = None

    def state(self, kind: StreamKind[S], stream: str) -> tuple[S | None, int]:
        """State and version, from memory or folded from the stored stream."""
        if self._whole:
            return self.live.states.get(stream), self.live.versions.get(stream, 0)
        known = self._states.get(stream)
        if known is None or stream in self._behind:
            state, version = known or (None, 0)
            for entry in self.log.stream(stream, version):
                state, version = kind.evolve(state, entry), entry.version
            known = self._states[stream] = (state, version)
            self._behind.discard(stream)
        return known

    def history(self, stream: str) -> Sequence[Entry[Any]]:
        """All stored entries of a stream."""
        return self.log.stream(stream)

    def due(self, on: date, step: int) -> Iterable[Due]:
        """Agenda items over all streams."""
        self._fold_all()
        return self.live.due(on, step)

    def books(self) -> Books:
        """A copy of the running totals."""
        self._fold_all()
        return self.live.books().branch()

    def head(self) -> tuple[int, str]:
        """Position and head (hex) of the last stored event."""
        position, head = self.log.head()
        return position, head.hex()

    def catalogue(self) -> Catalogue:
        """The shipped rows and those adopted in the log."""
        known = self.state(CATALOGUE, RULES)
        state, version = known[0], known[1]
        if self._catalogue is None or self._catalogue[0] != version:
            rows = () if state is None else state.rows
            self._catalogue = (version, shipped().with_rows(rows))
        return self._catalogue[1]

    def wrote(self, entries: Sequence[Entry[Any]], written: Mapping[str, tuple[Any, int]]) -> None:
        """Take in what this bank just wrote, with the states in which the decision left it."""
        if not self._whole:
            self._states.update(written)
            self._behind.difference_update(written)
        elif entries[0].position == self.live.position + 1:
            self.live.wrote(entries, written)
        else:
            self.live.take(self.log.entries(self.live.position))

    def took(self, entries: Sequence[Entry[Any]]) -> None:
        """Take in entries that were written without being decided here."""
        self._behind.update(entry.stream for entry in entries)
        if self._whole:
            self.live.take(self.log.entries(self.live.position))

    def refresh(self) -> None:
        """Catch up, at once or when it is asked for, what another writer may have changed."""
        self._behind.update(self._states)
        if self._whole:
            self.live.take(self.log.entries(self.live.position))

    def _fold_all(self) -> None:
        self.live.take(self.log.entries(self.live.position))
        self._whole = True
        self._states.clear()
        self._behind.clear()
