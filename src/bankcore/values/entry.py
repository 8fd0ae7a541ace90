"""The envelope of an event: where it stands in the log, when, by whom and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from bankcore.values.roles import Actor

E_co = TypeVar("E_co", covariant=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry(Generic[E_co]):
    """One event of the log with its envelope (凭证).

    `booking_date` (记账日) is when the bank knew, `value_date` (起息日) when it counts.
    `command_id` with `command_digest` (of the command's body) makes a repeated command harmless.
    `at` is simulated local time to the minute (`"14:05"`) where one matters, null at close of
    day. `position` is the place in the whole log, from 1; 0 while not yet stored.
    """

    stream: str
    version: int
    event: E_co
    booking_date: date
    value_date: date
    actor: Actor
    channel: str
    command_id: str
    command_digest: str = ""
    at: str | None = None
    caused_by: str | None = None
    late_entry: bool = False
    position: int = 0

    @property
    def id(self) -> str:
        """The event id that other events, findings and people cite: `stream@version`."""
        return f"{self.stream}@{self.version}"
