"""Folded states (聚合状态): every stream of the log at a pair of dates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, TypeVar

from bankcore.aggregates import kind_of
from bankcore.projections.window import EVERYTHING, Window
from bankcore.values.entry import Entry
from bankcore.values.streams import StreamKind

S = TypeVar("S")


@dataclass(slots=True)
class States:
    """States by stream id, in the order in which the streams began."""

    by_stream: dict[str, Any] = field(default_factory=dict)

    def get(self, kind: StreamKind[S], key: str) -> S | None:
        """The state of one stream, None when it had not begun."""
        state: S | None = self.by_stream.get(kind.stream(key))
        return state

    def of(self, kind: StreamKind[S]) -> Iterator[tuple[str, S]]:
        """Stream id and state of all streams of a kind."""
        for stream, state in self.by_stream.items():
            if kind_of(stream) is kind:
                yield stream, state

    def apply(self, entry: Entry[Any]) -> None:
        """Fold one more entry."""
        kind = kind_of(entry.stream)
        self.by_stream[entry.stream] = kind.evolve(self.by_stream.get(entry.stream), entry)


def fold_states(entries: Iterable[Entry[Any]], window: Window = EVERYTHING) -> States:
    """Fold the entries that the window sees."""
    states = States()
    for entry in window.filter(entries):
        states.apply(entry)
    return states
