"""What the watch for cashing out knows of a card (套现监测), CC-14."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from bankcore.values.money import Money


@dataclass(frozen=True, slots=True)
class Seen:
    """A purchase as the watch for cashing out sees it (CC-14); `hour` of the day, local time."""

    on: date
    hour: int
    merchant: str
    category: str
    amount: Money


@dataclass(frozen=True, slots=True)
class Alert:
    """The last alert: day, score, and whether a person has looked at it."""

    on: date
    score: int
    reviewed: bool = False


@dataclass(frozen=True, slots=True)
class Watch:
    """Purchases and payments of a year, the last day on which one was booked, the last alert."""

    on: date | None = None
    seen: tuple[Seen, ...] = ()
    paid: tuple[tuple[date, Money], ...] = ()
    alert: Alert | None = None


UNWATCHED: Final = Watch()
"""A card that was never used."""
