"""What a running bank keeps in memory: folded states, the agenda and the running books.

Disposable: it is folded from the log and caught up with what others wrote. Close of day asks it
what is due, so a day costs what is due and not what exists.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from bankcore.aggregates import kind_of
from bankcore.projections.trial_balance import RunningBooks
from bankcore.values.entry import Entry
from bankcore.values.streams import Due


@dataclass(slots=True)
class Live:
    """States by stream, due items by day and step, running totals; `position` says how far."""

    position: int = 0
    states: dict[str, Any] = field(default_factory=dict)
    versions: dict[str, int] = field(default_factory=dict)
    books: RunningBooks = field(default_factory=RunningBooks)
    _dues: dict[str, tuple[Due, ...]] = field(default_factory=dict)
    _agenda: dict[tuple[date, int], dict[Due, None]] = field(
        default_factory=lambda: defaultdict(dict)
    )

    def take(self, entries: Iterable[Entry[Any]]) -> None:
        """Fold entries in; the agenda of a stream is derived once, after its last entry."""
        touched: dict[str, None] = {}
        for entry in entries:
            stream, kind = entry.stream, kind_of(entry.stream)
            old = self.states.get(stream)
            new = self.states[stream] = kind.evolve(old, entry)
            self.versions[stream] = entry.version
            self.books.emitted(kind, old, entry, new)
            self.position = entry.position
            touched[stream] = None
        for stream in touched:
            self._refresh(stream)

    def due(self, on: date, step: int) -> list[Due]:
        """The agenda items of a day and step over all streams."""
        return list(self._agenda.get((on, step), ()))

    def _refresh(self, stream: str) -> None:
        for due in self._dues.get(stream, ()):
            at = self._agenda[(due.on, due.step)]
            del at[due]
            if not at:
                del self._agenda[(due.on, due.step)]
        dues = tuple(dict.fromkeys(kind_of(stream).agenda(stream, self.states[stream])))
        for due in dues:
            self._agenda[(due.on, due.step)][due] = None
        if dues:
            self._dues[stream] = dues
        else:
            self._dues.pop(stream, None)
