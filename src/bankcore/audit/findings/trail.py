"""The trail (审计轨迹): a log indexed for predicates, with the notation of the findings' catalogue.

Order is log position; windows and ages use booking dates. An entry that was reversed counts as
absent for a predecessor asked for later.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from bankcore.aggregates.business_day.events import DayClosed
from bankcore.aggregates.training_session.events import FactNoted
from bankcore.products.catalogue import Catalogue
from bankcore.values.calendar import WORK
from bankcore.values.declare import EVENTS
from bankcore.values.entry import Entry

Entries = Sequence[Entry[Any]]


@dataclass(slots=True)
class Trail:
    """Entries in order with an index by event name, and the last day that was closed."""

    entries: Entries
    catalogue: Catalogue
    closed: date = date.min
    _named: dict[str, list[tuple[int, Entry[Any]]]] = field(default_factory=dict)

    def named(self, names: str, stream: str = "") -> Iterator[Entry[Any]]:
        """Entries of events by name, alternatives with `|`, of one stream if asked, in order."""
        for _, entry in self._found(names):
            if not stream or entry.stream == stream:
                yield entry

    def before(self, trigger: Entry[Any], names: str, stream: str = "") -> list[Entry[Any]]:
        """`⊣`: the same at a lower place than the trigger."""
        place = self.place(trigger)
        found = [e for at, e in self._found(names) if at < place]
        return [e for e in found if not stream or e.stream == stream]

    def after(self, trigger: Entry[Any], names: str, stream: str = "") -> list[Entry[Any]]:
        """The same at a higher place than the trigger."""
        place = self.place(trigger)
        found = [e for at, e in self._found(names) if at > place]
        return [e for e in found if not stream or e.stream == stream]

    def place(self, entry: Entry[Any]) -> int:
        """Where an entry stands in this trail, from 0."""
        found = self._named[names_of(entry)[0]]
        return next(at for at, known in found if known is entry)

    def passed(self, deadline: date) -> bool:
        """True when the day of a deadline has been closed."""
        return deadline <= self.closed

    def _found(self, names: str) -> list[tuple[int, Entry[Any]]]:
        if "|" not in names:
            return self._named.get(names, [])
        found = [x for name in names.split("|") for x in self._named.get(name, [])]
        return sorted(found, key=lambda x: x[0])


def names_of(entry: Entry[Any]) -> tuple[str, ...]:
    """The names of an event: its own, and that of the fact that a script notes with it."""
    name = EVENTS[type(entry.event)].name
    return (name, entry.event.fact) if isinstance(entry.event, FactNoted) else (name,)


def field_of(entry: Entry[Any], name: str) -> Any:
    """A field of an event, or of the fact that it notes; None where it has no such field."""
    if isinstance(entry.event, FactNoted) and name in entry.event.details:
        return entry.event.details[name]
    return getattr(entry.event, name, None)


def trail_of(entries: Iterable[Entry[Any]], catalogue: Catalogue) -> Trail:
    """Index entries that are already in order."""
    kept = list(entries)
    named: dict[str, list[tuple[int, Entry[Any]]]] = defaultdict(list)
    closed = date.min
    for place, entry in enumerate(kept):
        for name in names_of(entry):
            named[name].append((place, entry))
        if isinstance(entry.event, DayClosed):
            closed = max(closed, entry.event.day)
    return Trail(kept, catalogue, closed, dict(named))


def working_days(day: date, count: int) -> date:
    """`n wd`: the count-th working day after a day, which itself never counts (GEN-04)."""
    return WORK.projecting().add_business_days(day, count)


def days(day: date, count: int) -> date:
    """`n d`: calendar days later."""
    return day + timedelta(days=count)
