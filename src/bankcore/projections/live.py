"""What a running bank keeps in memory: folded states, the agenda and the running books.

Disposable: it is folded from the log and caught up with what others wrote. Close of day asks it
what is due, so a day costs what is due and not what exists. Agenda and books are brought up only
when asked for: a command pays for its own stream, not for the ledger of the whole bank.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from bankcore.aggregates import kind_of
from bankcore.projections.trial_balance import RunningBooks
from bankcore.values.entry import Entry
from bankcore.values.streams import Due, Repeat

BACKLOG: Final = 10_000
"""Entries that may wait to be posted before they are, so that memory stays bounded."""


@dataclass(slots=True)
class Live:
    """States by stream, due items by day and step, running totals; `position` says how far."""

    position: int = 0
    states: dict[str, Any] = field(default_factory=dict)
    versions: dict[str, int] = field(default_factory=dict)
    _books: RunningBooks = field(default_factory=RunningBooks)
    _unposted: list[Entry[Any]] = field(default_factory=list)
    _touched: dict[str, None] = field(default_factory=dict)
    _dues: dict[str, tuple[Due, ...]] = field(default_factory=dict)
    _agenda: dict[tuple[date, int], dict[Due, None]] = field(
        default_factory=lambda: defaultdict(dict)
    )
    _repeated: dict[tuple[Repeat, int], dict[Due, None]] = field(
        default_factory=lambda: defaultdict(dict)
    )

    def take(self, entries: Iterable[Entry[Any]]) -> None:
        """Fold entries of the log in, in order."""
        for entry in entries:
            stream, kind = entry.stream, kind_of(entry.stream)
            self.states[stream] = kind.evolve(self.states.get(stream), entry)
            self.versions[stream] = entry.version
            self._note(entry)

    def wrote(self, entries: Sequence[Entry[Any]], written: Mapping[str, tuple[Any, int]]) -> None:
        """Take entries that were just written, with the states in which they left their streams."""
        for stream, (state, version) in written.items():
            self.states[stream] = state
            self.versions[stream] = version
        for entry in entries:
            self._note(entry)

    def due(self, on: date, step: int) -> list[Due]:
        """The agenda items of a day and step over all streams."""
        self._bring_up()
        found = list(self._agenda.get((on, step), ()))
        for repeat in (Repeat.DAILY, Repeat.MONTH_END):
            if repeat.falls_on(on):
                found += [d for d in self._repeated.get((repeat, step), ()) if d.is_due(on, step)]
        return found

    def books(self) -> RunningBooks:
        """The running totals; copy them before changing them."""
        self._bring_up()
        return self._books

    def _note(self, entry: Entry[Any]) -> None:
        self.position = entry.position
        self._touched[entry.stream] = None
        self._unposted.append(entry)
        if len(self._unposted) >= BACKLOG:
            self._bring_up()

    def _bring_up(self) -> None:
        for entry in self._unposted:
            self._books.book(entry)
        self._unposted.clear()
        for stream in self._touched:
            kind = kind_of(stream)
            self._books.restate(stream, kind.subledger(self.states[stream]))
            self._schedule(stream, tuple(dict.fromkeys(kind.agenda(stream, self.states[stream]))))
        self._touched.clear()

    def _schedule(self, stream: str, dues: tuple[Due, ...]) -> None:
        """Replace the agenda items of a stream."""
        for due in self._dues.pop(stream, ()):
            if due.repeat is not Repeat.ONCE:
                del self._repeated[(due.repeat, due.step)][due]
                continue
            at = self._agenda[(due.on, due.step)]
            del at[due]
            if not at:
                del self._agenda[(due.on, due.step)]
        for due in dues:
            if due.repeat is not Repeat.ONCE:
                self._repeated[(due.repeat, due.step)][due] = None
            else:
                self._agenda[(due.on, due.step)][due] = None
        if dues:
            self._dues[stream] = dues
