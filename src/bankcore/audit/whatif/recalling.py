"""The command behind entries (还原指令): found by trying, proven by its digest.

A log keeps events, not commands. Every entry carries the digest of its command's body, so a
command whose fields are guessed from what it wrote is known to be the right one when its digest
is that of the entries. What cannot be found (a field that no event took over) is answered with
None; nothing is ever assumed.
"""

from __future__ import annotations

import typing
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import MISSING, dataclass, field, fields, is_dataclass
from datetime import date
from enum import StrEnum
from itertools import islice, product
from typing import Any, Final

from bankcore.aggregates import kind_of
from bankcore.operations.table import HANDLERS
from bankcore.store.digest import digest_of, line
from bankcore.values.declare import COMMANDS, EVENTS
from bankcore.values.entry import Entry
from bankcore.values.money import Money, total

TRIES: Final = 3_000
"""Bodies that are tried for one class of command before it is given up."""

OFTEN: Final = ("cash", "customer", "")
"""Texts that commands take and events drop or replace."""

GIVE_UP: Final = 5
"""Groups of the same events that nothing fitted, after which only known classes are tried."""

Group = Sequence[Entry[Any]]


@dataclass(frozen=True, slots=True)
class Recalled:
    """A command as it was given, and whether it asked for a value date of its own."""

    command: Any
    value_date: date | None


@dataclass(slots=True)
class Memory:
    """Finds commands; remembers which class wrote which events, and tries that one first."""

    _written_by: dict[tuple[str, ...], dict[type[Any], None]] = field(default_factory=dict)
    _missed: Counter[tuple[str, ...]] = field(default_factory=Counter)

    def recall(self, group: Group) -> Recalled | None:
        """The command that wrote a group of entries of one command id, None when unknown."""
        wrote = tuple(EVENTS[type(entry.event)].stored_name for entry in group)
        known = self._written_by.setdefault(wrote, {})
        others = _classes(group) if self._missed[wrote] < GIVE_UP else ()
        for cls in dict.fromkeys([*known, *others]):
            found = _matching(cls, group)
            if found is not None:
                known[cls] = None
                return found
        self._missed[wrote] += 1
        return None


def _classes(group: Group) -> Iterator[type[Any]]:
    """Commands of the streams that the group wrote to, in the order of writing."""
    kinds = dict.fromkeys(kind_of(entry.stream).name for entry in group)
    for kind in kinds:
        yield from (cls for cls in HANDLERS if COMMANDS[cls].wire_name.startswith(f"{kind}."))


def _matching(cls: type[Any], group: Group) -> Recalled | None:
    hints, parts = typing.get_type_hints(cls), fields(cls)
    choices = [list(dict.fromkeys(_choices(part, hints[part.name], group))) for part in parts]
    lines = [[line(p.name, v) for v in found] for p, found in zip(parts, choices, strict=True)]
    dates = (None, *dict.fromkeys(entry.value_date for entry in group))
    wire_name, digest = COMMANDS[cls].wire_name, group[0].command_digest
    tried = product(*(range(len(found)) for found in choices))
    for picked in islice(tried, TRIES):
        body = [found[at] for found, at in zip(lines, picked, strict=True)]
        for day in dates:
            if digest_of(wire_name, body, day) == digest:
                held = zip(parts, choices, picked, strict=True)
                return Recalled(cls(**{p.name: found[at] for p, found, at in held}), day)
    return None


def _choices(part: Any, hint: Any, group: Group) -> Iterator[Any]:
    """What a field may have held: what events say under its name, its default, the usual."""
    yield from (v for v in _named(part.name, group) if _hashable(v))
    if part.default is not MISSING:
        yield part.default
    kinds = (hint, *typing.get_args(hint))
    if str in kinds:
        yield from (e.stream.removeprefix(kind_of(e.stream).prefix) for e in group)
        yield from (*OFTEN, group[0].actor.id)
    elif Money in kinds:
        yield from _amounts(group)
    elif bool in kinds:
        yield from (False, True)
    for kind in kinds:
        if isinstance(kind, type) and issubclass(kind, StrEnum):
            yield from kind


def _hashable(value: object) -> bool:
    try:
        hash(value)
    except TypeError:
        return False
    return True


def _named(name: str, group: Group) -> Iterator[Any]:
    """Values under a name in the events, then in the records inside them."""
    for entry in group:
        if hasattr(entry.event, name):
            yield getattr(entry.event, name)
    for entry in group:
        for record in _records(entry.event):
            if hasattr(record, name):
                yield getattr(record, name)


def _records(event: Any) -> Iterator[Any]:
    held = (getattr(event, part.name) for part in fields(event))
    return (value for value in held if is_dataclass(value) and not isinstance(value, Money))


def _amounts(group: Group) -> Iterator[Money]:
    """Every amount of each event, and their sums: a command says in one what events split."""
    for entry in group:
        held = [getattr(entry.event, part.name) for part in fields(entry.event)]
        amounts = [value for value in held if isinstance(value, Money) and value]
        yield from amounts
        yield _sum(amounts)


def _sum(amounts: Iterable[Money]) -> Money:
    return total(list(amounts))
