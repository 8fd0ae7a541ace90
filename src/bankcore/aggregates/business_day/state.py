"""State of the business day: which day is open, which was closed last."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import assert_never

from bankcore.aggregates.business_day.events import DayClosed, DayEvent, DayOpened
from bankcore.values.entry import Entry


@dataclass(frozen=True, slots=True)
class BusinessDay:
    """`open_day` is None between a close and the next opening."""

    open_day: date | None
    closed_day: date | None


def evolve(state: BusinessDay | None, entry: Entry[DayEvent]) -> BusinessDay:
    """Fold one event; total."""
    match entry.event:
        case DayOpened(day=day):
            return BusinessDay(day, state.closed_day if state else None)
        case DayClosed(day=day):
            return BusinessDay(None, day)
        case _:
            assert_never(entry.event)
