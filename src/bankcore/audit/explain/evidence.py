"""What explainers read (证据): the entries of a window, the states they fold to, the catalogue.

Nothing is read before it is asked for. A figure of one stream costs that stream and no more; the
whole log passes by entry by entry, and only its states are ever held.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol, TypeVar

from bankcore.aggregates import kind_of
from bankcore.products.catalogue import Catalogue
from bankcore.projections.states import States, fold_states
from bankcore.projections.window import Window
from bankcore.values.entry import Entry
from bankcore.values.streams import StreamKind

S = TypeVar("S")


class Source(Protocol):
    """Where entries come from: a log, or a list."""

    def entries(self) -> Iterator[Entry[Any]]:
        """All of them in log order, as often as asked."""

    def stream(self, stream_id: str, /) -> Iterable[Entry[Any]]:
        """Those of one stream."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A list as a source; sorted by stream once, when asked."""

    kept: Sequence[Entry[Any]]
    _by_stream: dict[str, list[Entry[Any]]] = field(default_factory=dict, repr=False)

    def entries(self) -> Iterator[Entry[Any]]:
        """All entries."""
        return iter(self.kept)

    def stream(self, stream_id: str, /) -> Iterable[Entry[Any]]:
        """The entries of one stream."""
        if not self._by_stream:
            for entry in self.kept:
                self._by_stream.setdefault(entry.stream, []).append(entry)
        return self._by_stream.get(stream_id, [])


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a window sees of a source; `on` is the day of the question."""

    source: Source
    window: Window
    catalogue: Catalogue
    on: date
    _single: dict[str, Any] = field(default_factory=dict, repr=False)
    _whole: list[States] = field(default_factory=list, repr=False)

    @property
    def entries(self) -> Iterator[Entry[Any]]:
        """The entries that the window sees, from the first one each time."""
        return self.window.filter(self.source.entries())

    def of(self, stream: str) -> list[Entry[Any]]:
        """The entries of one stream that the window sees."""
        return list(self.window.filter(self.source.stream(stream)))

    def cited(self, event_ids: Iterable[str]) -> dict[str, Entry[Any]]:
        """The entries of event ids, by id; what the window does not see is left out."""
        wanted = set(event_ids)
        streams = sorted({event_id.rpartition("@")[0] for event_id in wanted})
        return {e.id: e for stream in streams for e in self.of(stream) if e.id in wanted}

    def state(self, kind: StreamKind[S], key: str) -> S | None:
        """The state of one stream, None when it had not begun."""
        found: S | None = self.folded(kind.stream(key))
        return found

    def folded(self, stream: str) -> Any:
        """The same by the id of the stream."""
        if self._whole:
            return self._whole[0].by_stream.get(stream)
        if stream not in self._single:
            state = None
            for entry in self.of(stream):
                state = kind_of(stream).evolve(state, entry)
            self._single[stream] = state
        return self._single[stream]

    @property
    def states(self) -> States:
        """The states of all streams, folded once."""
        if not self._whole:
            self._whole.append(fold_states(self.source.entries(), self.window))
        return self._whole[0]


def evidence(
    entries: Sequence[Entry[Any]], window: Window, catalogue: Catalogue, on: date
) -> Evidence:
    """What a window sees of a list of entries."""
    return Evidence(Listed(entries), window, catalogue, on)
