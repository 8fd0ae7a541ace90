"""Streams (事件流): how a kind of stream is named, folded, and asked what it owes the day."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Generic, TypeVar

from bankcore.values.entry import Entry

S = TypeVar("S")


class Repeat(StrEnum):
    """How often an agenda item comes back while it stands on its stream's agenda."""

    ONCE = "once"
    DAILY = "daily"
    MONTH_END = "month_end"

    def falls_on(self, day: date) -> bool:
        """Whether a repeated item has something to do on a day."""
        last = monthrange(day.year, day.month)[1]
        return self is Repeat.DAILY or (self is Repeat.MONTH_END and day.day == last)


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """One agenda item: what a stream has to do on a day, in which step of GEN-08.

    A repeated item (arrears collected every day, a class looked at every month end) is due
    on each day from `on` that its repetition names, until it leaves the agenda: one that repeats at
    month ends waits for the first month end, what is due on `on` itself is an item of its own.
    """

    on: date
    step: int
    kind: str
    stream: str
    contract: str = ""
    days_past_due: int = 0
    due_date: date | None = None
    repeat: Repeat = Repeat.ONCE

    def is_due(self, day: date, step: int) -> bool:
        """Whether the item is to be done in a step of a day."""
        if self.step != step:
            return False
        if self.repeat is Repeat.ONCE:
            return self.on == day
        return self.on <= day and self.repeat.falls_on(day)


def no_agenda(stream: str, state: Any) -> Iterable[Due]:  # noqa: ARG001  # the shape is the contract
    """The agenda of a stream that never has anything due."""
    return ()


def no_subledger(state: Any) -> Mapping[str, int]:  # noqa: ARG001  # the shape is the contract
    """The sub-ledger of a stream without balances."""
    return {}


@dataclass(frozen=True, slots=True, kw_only=True)
class StreamKind(Generic[S]):
    """A kind of stream: id prefix, fold, agenda and sub-ledger.

    - `evolve(state, entry)` is total and refuses nothing; `state` is None before the first event.
    - `agenda(stream, state)` lists the next due items derived from state: the next settlement,
      instalment, statement cut, maturity; recomputed after each event, so keep it cheap.
    - `subledger(state)` gives what the stream contributes to each control account of GL-04, in
      minor units, debit positive, credit negative.
    - `beside` is True when its keys are those of another kind: a key alone means that other stream.
    """

    name: str
    prefix: str
    zh: str
    evolve: Callable[[S | None, Entry[Any]], S]
    agenda: Callable[[str, S], Iterable[Due]] = no_agenda
    subledger: Callable[[S], Mapping[str, int]] = no_subledger
    beside: bool = False

    def stream(self, key: str) -> str:
        """The stream id of a key; an id that already has the prefix stays as it is."""
        return key if key.startswith(self.prefix) else self.prefix + key
