"""Another future of the same bank (分叉): fork a log, find where two logs part, compare them.

A fork shares its past row by row and head by head, so the fork point is found by halving over the
heads. Comparing folds only the streams that either future touched and adds only the legs since,
so it costs what changed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from typing import Any

from bankcore.aggregates import kind_of
from bankcore.aggregates.customer import CUSTOMER
from bankcore.projections.postings import journal
from bankcore.store.log import Log
from bankcore.values.entry import Entry
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
    since_a, since_b = list(a.entries(fork)), list(b.entries(fork))
    streams = sorted({e.stream for e in since_a} | {e.stream for e in since_b})
    states = {stream: (_folded(a, stream), _folded(b, stream)) for stream in streams}
    return Difference(
        fork=fork,
        events_a=len(since_a),
        events_b=len(since_b),
        ledger=tuple(_ledger(since_a, since_b)),
        customers=tuple(_customers(states)),
        states=tuple(c for s, pair in states.items() for c in _stream_changes(s, *pair)),
    )


def _ledger(a: Sequence[Entry[Any]], b: Sequence[Entry[Any]]) -> Iterator[LedgerChange]:
    sums_a, sums_b = _summed(a), _summed(b)
    for account in sorted(sums_a.keys() | sums_b.keys()):
        if sums_a[account] != sums_b[account]:
            yield LedgerChange(account, sums_a[account], sums_b[account])


def _summed(entries: Iterable[Entry[Any]]) -> Counter[str]:
    totals: Counter[str] = Counter()
    for leg in journal(entries):
        totals[leg.account] += leg.minor
    return totals


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
    for field in fields(shape):
        held = [None if s is None else getattr(s, field.name) for s in (state_a, state_b)]
        if held[0] != held[1] and not any(_inner(value) for value in held):
            yield FieldChange(stream, field.name, *(_shown(value) for value in held))


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
