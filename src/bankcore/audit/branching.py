"""Another future of the same bank (分叉): fork a log, find where two logs part, compare them.

A fork shares its past row by row and head by head, so the fork point is found by halving over the
heads. Comparing folds only the streams that either future touched and adds only the legs since,
so it costs what changed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date
from typing import Any

from bankcore.aggregates import kind_of
from bankcore.aggregates.customer import CUSTOMER
from bankcore.projections.postings import lines
from bankcore.store.log import Log
from bankcore.values.errors import BadInput
from bankcore.values.money import Money


def position_of(log: Log, at: str) -> int:
    """The position of a fork: an event id, a number, or a date (end of that day)."""
    if at.isdigit():
        return _inside(log, int(at))
    if "@" in at:
        stream, _, version = at.rpartition("@")
        found = [e for e in log.stream(stream) if str(e.version) == version]
        if not found:
            raise BadInput(f"no event {at!r} in this log", remedy="see `bankcore replay`")
        return found[0].position
    try:
        day = date.fromisoformat(at)
    except ValueError:
        raise BadInput(
            f"{at!r} is no place in a log", remedy="give an event id, a position or YYYY-MM-DD"
        ) from None
    return _end_of(log, day)


def _inside(log: Log, position: int) -> int:
    last = log.head()[0]
    if not 0 < position <= last:
        raise BadInput(f"position {position} is not in this log", remedy=f"1 to {last}")
    return position


def _end_of(log: Log, day: date) -> int:
    """The last position booked up to a day; booking dates never go back, so halving finds it."""
    low, high = 0, log.head()[0]
    while low < high:
        middle = (low + high + 1) // 2
        (entry,) = log.entries(middle - 1, middle)
        low, high = (middle, high) if entry.booking_date <= day else (low, middle - 1)
    if low == 0:
        raise BadInput(f"nothing was booked by {day}", remedy="name a later day")
    return low


def fork_point(a: Log, b: Log) -> int:
    """The last position up to which two logs are the same; 0 when they share nothing."""
    low, high = 0, min(a.head()[0], b.head()[0])
    while low < high:
        middle = (low + high + 1) // 2
        same = _head_at(a, middle) == _head_at(b, middle)
        low, high = (middle, high) if same else (low, middle - 1)
    return low


def _head_at(log: Log, position: int) -> bytes:
    (row,) = log.rows(position - 1, position)
    return row[5]


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of one stream's state in the two futures; None where the stream is missing."""

    stream: str
    field: str
    a: str | None
    b: str | None


@dataclass(frozen=True, slots=True)
class LedgerChange:
    """One ledger account that ends differently; minor units, debit positive."""

    account: str
    a: int
    b: int


@dataclass(frozen=True, slots=True)
class CustomerChange:
    """A customer who ends elsewhere: what she owes less what she is owed, in minor units."""

    customer: str
    a: int
    b: int


@dataclass(frozen=True, slots=True)
class Difference:
    """Where two logs part and how their futures differ; the most affected customers first."""

    fork: int
    events_a: int
    events_b: int
    ledger: tuple[LedgerChange, ...]
    customers: tuple[CustomerChange, ...]
    states: tuple[FieldChange, ...]


def compare(a: Log, b: Log) -> Difference:
    """Compare two logs from their fork point on."""
    fork = fork_point(a, b)
    since_a, since_b = _since(a, fork), _since(b, fork)
    streams = sorted(since_a.streams | since_b.streams)
    states = {stream: (_folded(a, stream), _folded(b, stream)) for stream in streams}
    return Difference(
        fork=fork,
        events_a=since_a.events,
        events_b=since_b.events,
        ledger=tuple(_ledger(since_a.sums, since_b.sums)),
        customers=tuple(_customers(states)),
        states=tuple(c for s, pair in states.items() for c in _stream_changes(s, *pair)),
    )


@dataclass(slots=True)
class _Future:
    """What a log went through since a position: how many events, in which streams, what legs."""

    events: int = 0
    streams: set[str] = field(default_factory=set)
    sums: Counter[str] = field(default_factory=Counter)


def _since(log: Log, position: int) -> _Future:
    future = _Future()
    for entry in log.entries(position):
        future.events += 1
        future.streams.add(entry.stream)
        for _, account, minor in lines(entry.event):
            future.sums[account] += minor
    return future


def _ledger(a: Counter[str], b: Counter[str]) -> Iterator[LedgerChange]:
    for account in sorted(a.keys() | b.keys()):
        if a[account] != b[account]:
            yield LedgerChange(account, a[account], b[account])


def _customers(states: Mapping[str, tuple[Any, Any]]) -> list[CustomerChange]:
    """Net positions of customers over the streams that changed, the greatest difference first."""
    sums: dict[str, list[int]] = {}
    for stream, pair in states.items():
        for side, state in enumerate(pair):
            holder = getattr(getattr(state, "application", state), "customer", "")
            if holder:
                owed = sum(kind_of(stream).subledger(state).values())
                sums.setdefault(CUSTOMER.stream(holder), [0, 0])[side] += owed
    found = [CustomerChange(customer, a, b) for customer, (a, b) in sums.items() if a != b]
    return sorted(found, key=lambda change: (-abs(change.b - change.a), change.customer))


def _stream_changes(stream: str, state_a: Any, state_b: Any) -> Iterator[FieldChange]:
    if state_a is None and state_b is None:
        return
    shape = state_a if state_a is not None else state_b
    for part in fields(shape):
        held = [None if s is None else getattr(s, part.name) for s in (state_a, state_b)]
        if held[0] != held[1] and not any(_inner(value) for value in held):
            yield FieldChange(stream, part.name, *(_shown(value) for value in held))


def _folded(log: Log, stream: str) -> Any:
    kind, state = kind_of(stream), None
    for entry in log.stream(stream):
        state = kind.evolve(state, entry)
    return state


def _inner(value: Any) -> bool:
    """A record inside a state that has no form for people; what it means shows in other fields."""
    return is_dataclass(value) and type(value).__str__ is object.__str__


def _shown(value: Any) -> str | None:
    """A value as people read it; None where the stream does not exist, collections by length."""
    if isinstance(value, Money):
        return value.grouped()
    if isinstance(value, tuple | frozenset) and not all(isinstance(x, str) for x in value):
        return f"{len(value)} items"
    if isinstance(value, tuple | frozenset):
        return ", ".join(sorted(value))
    return None if value is None else str(value)
