"""The journal (分录): `post(entry)` maps each monetary event to legs that sum to zero.

The rows are data (GL-02); an event names its rows and chose its accounts when it was decided
(`gl`), so history never moves when the chart does. A reversal repeats the legs of the event that
it reverses with the other sign.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from datetime import date
from fractions import Fraction
from typing import Any, Final

from bankcore.rules.ledger.posting_rows import legs
from bankcore.values.declare import EVENTS
from bankcore.values.entry import Entry
from bankcore.values.money import CNY, Money


@dataclass(frozen=True, slots=True)
class Leg:
    """One posting: `minor` in minor units, debit positive, credit negative."""

    position: int
    event_id: str
    stream: str
    event: str
    row: str
    booking_date: date
    value_date: date
    account: str
    minor: int
    currency: str
    remainder: Fraction


def rows_of(event: Any) -> tuple[str, ...]:
    """The posting rows of an event: its own `posting_rows`, else those it was declared with."""
    own = getattr(event, "posting_rows", None)
    return own if own is not None else EVENTS[type(event)].rows


def amounts_of(event: Any) -> dict[str, int]:
    """The money fields of an event in minor units, by name."""
    values = {name: getattr(event, name) for name in _field_names(type(event))}
    return {name: value.minor for name, value in values.items() if isinstance(value, Money)}


def _field_names(cls: type[Any]) -> tuple[str, ...]:
    return _NAMES.get(cls) or _NAMES.setdefault(cls, tuple(f.name for f in fields(cls)))


_NAMES: Final[dict[type[Any], tuple[str, ...]]] = {}
"""The fields of the event classes that came by, in order."""


def post(entry: Entry[Any]) -> tuple[Leg, ...]:
    """The legs of one entry in the order of its rows; empty for events that move no money."""
    remainder = getattr(entry.event, "remainder", Fraction(0))
    return tuple(
        _leg(entry, row, account, minor, remainder) for row, account, minor in moves(entry)
    )


def moves(entry: Entry[Any]) -> list[tuple[str, str, int]]:
    """The same legs as no more than row, account and minor units, debit positive."""
    event = entry.event
    if hasattr(event, "reversed_event"):
        # Red entry (红字): the reversed event's rows with negated amounts.
        rows = _reversed_rows(event.reversed_event)
        amounts = {name: -money.minor for name, money in event.amounts}
    else:
        rows = rows_of(event)
        amounts = amounts_of(event) if rows else {}
    found = [(row, *leg) for row in rows for leg in legs(row, amounts, event.gl)]
    assert sum(minor for _, _, minor in found) == 0, f"{entry.id} does not balance"
    return found


def _reversed_rows(name: str) -> tuple[str, ...]:
    return next(info.rows for info in EVENTS.values() if info.name == name)


def _leg(entry: Entry[Any], row: str, account: str, minor: int, remainder: Fraction) -> Leg:
    return Leg(
        position=entry.position,
        event_id=entry.id,
        stream=entry.stream,
        event=type(entry.event).__name__,
        row=row,
        booking_date=entry.booking_date,
        value_date=entry.value_date,
        account=account,
        minor=minor,
        currency=CNY,
        remainder=remainder,
    )


def journal(entries: Iterable[Entry[Any]]) -> Iterator[Leg]:
    """The legs of many entries in log order."""
    for entry in entries:
        yield from post(entry)
