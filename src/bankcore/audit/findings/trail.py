"""The trail (审计轨迹): a log indexed for predicates, with the notation of the findings' catalogue.

Order is log position; windows and ages use booking dates. An entry that was reversed counts as
absent for a predecessor asked for later.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from operator import itemgetter
from typing import Any, Final

from bankcore.aggregates.business_day.events import DayClosed
from bankcore.aggregates.customer import CUSTOMER
from bankcore.aggregates.deposit_account import events as account
from bankcore.aggregates.training_session.events import FactNoted
from bankcore.products.catalogue import Catalogue
from bankcore.values.calendar import WORK
from bankcore.values.declare import EVENTS
from bankcore.values.entry import Entry

Entries = Sequence[Entry[Any]]


Placed = list[tuple[int, Entry[Any]]]
"""Entries with their places, in order."""

_PLACE: Final = itemgetter(0)

CASH_LEAST: Final = "compliance.cdd.cash.cny"
"""Cash below this row is in no trail: most events of a bank are small cash and mirrors."""

_QUIET: Final = (
    account.AccountCredited,
    account.AccountDebited,
    account.HoldPlaced,
    account.HoldReleased,
)
"""Events that no predicate asks for; one that does is told so at once."""

_QUIET_NAMES: Final = frozenset(EVENTS[event].name for event in _QUIET)


@dataclass(slots=True)
class Trail:
    """Entries in order, the last day that was closed, and indexes for what predicates ask.

    Every question costs what it finds, not what the log holds: events are indexed by name, by name
    and stream, and by name and customer, each when it is first asked for.
    """

    entries: Entries
    catalogue: Catalogue
    closed: date = date.min
    _named: dict[str, Placed] = field(default_factory=dict)
    _places: dict[int, int] = field(default_factory=dict)
    _owners: dict[str, str] = field(default_factory=dict)
    _streams: dict[str, dict[str, Placed]] = field(default_factory=dict)
    _customers: dict[str, dict[str, Placed]] = field(default_factory=dict)

    def named(self, names: str, stream: str = "") -> Iterator[Entry[Any]]:
        """Entries of events by name, alternatives with `|`, of one stream if asked, in order."""
        return (entry for _, entry in self._found(names, stream))

    def before(self, trigger: Entry[Any], names: str, stream: str = "") -> list[Entry[Any]]:
        """`⊣`: the same at a lower place than the trigger."""
        return self._lower(trigger, self._found(names, stream))

    def after(self, trigger: Entry[Any], names: str, stream: str = "") -> list[Entry[Any]]:
        """The same at a higher place than the trigger."""
        found = self._found(names, stream)
        start = bisect_right(found, self.place(trigger), key=_PLACE)
        return [entry for _, entry in found[start:]]

    def concerning(self, customer: str, trigger: Entry[Any], names: str) -> list[Entry[Any]]:
        """Entries before the trigger in streams of a customer, her own stream included."""
        found = _merged(
            self._indexed(self._customers, name, self._concerned).get(customer, [])
            for name in names.split("|")
        )
        return self._lower(trigger, found)

    def owner(self, stream: str) -> str:
        """The customer that a stream is about, from the first event that names one, else empty."""
        if not self._owners:
            for entry in self.entries:
                if entry.stream not in self._owners and hasattr(entry.event, "customer"):
                    named = str(entry.event.customer).removeprefix(CUSTOMER.prefix)
                    self._owners[entry.stream] = named
        return self._owners.get(stream, "")

    def place(self, entry: Entry[Any]) -> int:
        """Where an entry stands in this trail, from 0."""
        if not self._places:
            self._places.update({id(known): at for at, known in enumerate(self.entries)})
        return self._places[id(entry)]

    def passed(self, deadline: date) -> bool:
        """True when the day of a deadline has been closed."""
        return deadline <= self.closed

    def _lower(self, trigger: Entry[Any], found: Placed) -> list[Entry[Any]]:
        end = bisect_left(found, self.place(trigger), key=_PLACE)
        return [entry for _, entry in found[:end]]

    def _found(self, names: str, stream: str = "") -> Placed:
        assert _QUIET_NAMES.isdisjoint(names.split("|")), f"{names} are not kept in a trail"
        if stream:
            return _merged(
                self._indexed(self._streams, name, lambda entry: {entry.stream}).get(stream, [])
                for name in names.split("|")
            )
        return _merged(self._named.get(name, []) for name in names.split("|"))

    def _concerned(self, entry: Entry[Any]) -> set[str]:
        return {self.owner(entry.stream), entry.stream.removeprefix(CUSTOMER.prefix)}

    def _indexed(
        self,
        index: dict[str, dict[str, Placed]],
        name: str,
        keys: Callable[[Entry[Any]], set[str]],
    ) -> dict[str, Placed]:
        if name not in index:
            parts: dict[str, Placed] = defaultdict(list)
            for at, entry in self._named.get(name, []):
                for key in keys(entry):
                    parts[key].append((at, entry))
            index[name] = dict(parts)
        return index[name]


def _merged(parts: Iterable[Placed]) -> Placed:
    """Several lists in order as one; a single one is passed on as it is."""
    filled = [part for part in parts if part]
    return filled[0] if len(filled) == 1 else sorted((x for p in filled for x in p), key=_PLACE)


def names_of(entry: Entry[Any]) -> tuple[str, ...]:
    """The names of an event: its own, and that of the fact that a script notes with it."""
    name = EVENTS[type(entry.event)].name
    return (name, entry.event.fact) if isinstance(entry.event, FactNoted) else (name,)


def field_of(entry: Entry[Any], name: str) -> Any:
    """A field of an event, or of the fact that it notes; None where it has no such field."""
    if isinstance(entry.event, FactNoted) and name in entry.event.details:
        return entry.event.details[name]
    return getattr(entry.event, name, None)


def _kept(entry: Entry[Any], catalogue: Catalogue) -> bool:
    """Whether a predicate can ask for an entry."""
    event = entry.event
    if isinstance(event, account.FundsDeposited | account.FundsWithdrawn):
        return event.amount.minor >= catalogue.money(CASH_LEAST, entry.booking_date).minor
    return type(event) not in _QUIET


def trail_of(entries: Iterable[Entry[Any]], catalogue: Catalogue) -> Trail:
    """Index entries that are already in order; what nobody asks for is not kept."""
    kept = [entry for entry in entries if _kept(entry, catalogue)]
    named: dict[str, Placed] = defaultdict(list)
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
