"""The journal (分录): `post(entry)` maps each monetary event to legs that sum to zero.

The rows are data (GL-02); an event names its rows and chose its accounts when it was decided
(`gl`), so history never moves when the chart does. A reversal repeats the legs of the event that
it reverses with the other sign.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

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


Line = tuple[str, str, int]
"""What a leg is to the ledger: posting row, account, minor units with debit positive."""


def rows_of(event: Any) -> tuple[str, ...]:
    """The posting rows of an event: its own `posting_rows`, else those it was declared with."""
    own = getattr(event, "posting_rows", None)
    return own if own is not None else EVENTS[type(event)].rows


def amounts_of(event: Any) -> dict[str, int]:
    """The money fields of an event in minor units, by name."""
    found = {}
    for name in type(event).__dataclass_fields__:
        value = getattr(event, name)
        if type(value) is Money:
            found[name] = value.minor
    return found


def lines(event: Any) -> list[Line]:
    """What an event posts, in the order of its rows; every row balances, or `legs` refuses it."""
    if hasattr(event, "reversed_event"):
        return _red(event)
    rows = rows_of(event)
    amounts = amounts_of(event) if rows else {}
    return [(row, *line) for row in rows for line in legs(row, amounts, event.gl)]


def post(entry: Entry[Any]) -> tuple[Leg, ...]:
    """The legs of one entry in the order of its rows; empty for events that move no money."""
    red = hasattr(entry.event, "reversed_event")
    remainder = Fraction(0) if red else getattr(entry.event, "remainder", Fraction(0))
    return tuple(_leg(entry, *line, remainder) for line in lines(entry.event))


def _red(event: Any) -> list[Line]:
    """Red entry (红字): the reversed event's rows with negated amounts."""
    original = next(info for info in EVENTS.values() if info.name == event.reversed_event)
    amounts = {name: -money.minor for name, money in event.amounts}
    return [(row, *line) for row in original.rows for line in legs(row, amounts, event.gl)]


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
