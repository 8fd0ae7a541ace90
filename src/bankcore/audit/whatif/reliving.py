"""Living on differently (重过一遍): the commands of a log decided anew on another bank.

Days are opened and closed by the other bank's own agenda and rules; a command that can be recalled
is given again as it was; of one that cannot, the events are taken over as they stand. With nothing
changed the other log is the same to the last byte.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date
from itertools import groupby
from typing import Any, Final

from bankcore.aggregates import kind_of
from bankcore.aggregates.business_day.decide import Close, Open
from bankcore.aggregates.business_day.events import DayClosed, DayOpened
from bankcore.audit.whatif.recalling import Memory, Recalled
from bankcore.operations.decision import Frame
from bankcore.store.bank import Bank
from bankcore.values.entry import Entry
from bankcore.values.reasons import Rejected

Group = Sequence[Entry[Any]]
LEFT_OUT: Final = "left out"
OnDay = Callable[[Bank, date], None]


@dataclass(frozen=True, slots=True)
class Departure:
    """A command that came out otherwise: refused (with its reason), or left out."""

    event_id: str
    booking_date: date
    reason: str


@dataclass(slots=True)
class Reliving:
    """How far another future has come; `departures` are the commands it could not follow.

    `decided` counts commands and days decided anew, `taken` those whose events were taken over.
    """

    bank: Bank
    left_out: Callable[[Group], bool] = lambda _: False
    on_day: OnDay = lambda _bank, _day: None
    decided: int = 0
    taken: int = 0
    departures: list[Departure] = field(default_factory=list)
    _memory: Memory = field(default_factory=Memory)
    _renamed: dict[str, str] = field(default_factory=dict)

    def live(self, entries: Iterable[Entry[Any]]) -> None:
        """Follow the commands of a log, in order, from where the bank stands."""
        for group in groups(entries):
            if self.left_out(group):
                self._depart(group, LEFT_OUT)
            elif _is_day(group):
                self._day(group)
            else:
                self._command(group)

    def _day(self, group: Group) -> None:
        first, event = group[0], next(e.event for e in group if _turns(e))
        command = Open(day=event.day) if isinstance(event, DayOpened) else Close(day=event.day)
        self._decide(group, command, _frame(first, None))
        if isinstance(event, DayOpened):
            self.on_day(self.bank, event.day)

    def _command(self, group: Group) -> None:
        recalled = self._memory.recall(group)
        if recalled is None:
            self._take(group)
            return
        try:
            self._decide(group, self._reworded(recalled.command), _frame(group[0], recalled))
        except Rejected as no:
            self._depart(group, str(no))

    def _decide(self, group: Group, command: Any, frame: Frame) -> None:
        made = self.bank.execute(command, frame).entries
        self.decided += 1
        self._match(group, made)

    def _take(self, group: Group) -> None:
        """Write the events themselves; one whose stream never came to be is left out."""
        taken: list[Entry[Any]] = []
        versions: dict[str, int] = {}
        for entry in group:
            kind = kind_of(entry.stream)
            key = entry.stream.removeprefix(kind.prefix)
            before = versions.get(entry.stream, self.bank.version(kind, key))
            if not before and entry.version > 1:
                self._depart(group, f"there is no {entry.stream}")
                return
            versions[entry.stream] = before + 1
            cause = entry.caused_by and self._renamed.get(entry.caused_by, entry.caused_by)
            event = self._reworded(entry.event)
            moved = replace(entry, version=before + 1, caused_by=cause, event=event, position=0)
            taken.append(moved)
        self.bank.record(taken)
        self.taken += 1
        self._match(group, taken)

    def _match(self, old: Group, new: Group) -> None:
        """Note which event stands where another stood, for those who refer to it."""
        there: dict[tuple[str, type[Any]], list[str]] = defaultdict(list)
        for entry in new:
            there[entry.stream, type(entry.event)].append(entry.id)
        for entry in old:
            found = there[entry.stream, type(entry.event)]
            if found and (now := found.pop(0)) != entry.id:
                self._renamed[entry.id] = now

    def _reworded(self, value: Any) -> Any:
        """A command or event with the ids of events as they are called here."""
        if not self._renamed:
            return value
        held = {part.name: getattr(value, part.name) for part in fields(value)}
        changes = {
            n: self._renamed[v] for n, v in held.items() if v.__hash__ and v in self._renamed
        }
        return replace(value, **changes) if changes else value

    def _depart(self, group: Group, reason: str) -> None:
        first = group[0]
        self.departures.append(Departure(first.id, first.booking_date, reason))


def groups(entries: Iterable[Entry[Any]]) -> Iterator[Group]:
    """The entries of each command, in log order."""
    for _, group in groupby(entries, key=lambda entry: entry.command_id):
        yield list(group)


def _turns(entry: Entry[Any]) -> bool:
    return isinstance(entry.event, DayOpened | DayClosed)


def _is_day(group: Group) -> bool:
    return any(_turns(entry) for entry in group)


def _frame(first: Entry[Any], recalled: Recalled | None) -> Frame:
    """As it was given; a log does not keep who approved a past value date, so it stays approved."""
    return Frame(
        actor=first.actor,
        command_id=first.command_id,
        channel=first.channel,
        at=first.at,
        value_date=None if recalled is None else recalled.value_date,
        ground="legal_order",
        approval="head_office",
        approver="what-if",
        late_entry=first.late_entry,
    )
