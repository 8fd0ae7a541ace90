"""The two dates of every question (双时点): what counted when, as known when.

A read of `as_of` and `known_at` sees the entries with value date ≤ as_of and booking date ≤
known_at; both None means everything.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from bankcore.values.entry import Entry


@dataclass(frozen=True, slots=True)
class Window:
    """`as_of` limits value dates (计入截止), `known_at` booking dates (知悉截止); None is open."""

    as_of: date | None = None
    known_at: date | None = None

    def sees(self, entry: Entry[Any]) -> bool:
        """True when the entry counts in this window."""
        return (self.as_of is None or entry.value_date <= self.as_of) and (
            self.known_at is None or entry.booking_date <= self.known_at
        )

    def filter(self, entries: Iterable[Entry[Any]]) -> Iterator[Entry[Any]]:
        """The entries that count, in log order."""
        return (entry for entry in entries if self.sees(entry))


EVERYTHING = Window()
