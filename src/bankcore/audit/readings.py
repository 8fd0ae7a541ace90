"""Reading a figure after each event (逐笔读数): a field of a stream's state, or a ledger account.

`balance` of `A1`, `stage` of `loan-L1`, `ledger` of `2011.01`; the subject `*` stands for every
stream that has the figure.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from operator import eq, ge, gt, le, lt, ne
from typing import Any, Final, NamedTuple

from bankcore.aggregates import KINDS, kind_of
from bankcore.projections.postings import post
from bankcore.rules.ledger.chart import CHART
from bankcore.values.entry import Entry
from bankcore.values.errors import BadInput
from bankcore.values.money import Money
from bankcore.values.reading import known_id, read_money

EVERY: Final = "*"
LEDGER: Final = "ledger"

_STATEMENT: Final = re.compile(r"\s*(\w+)\(([^)]+)\)\s*(<=|>=|!=|=|<|>)\s*(.+?)\s*")
_COMPARE: Final[dict[str, Callable[[Any, Any], bool]]] = {
    "<": lt,
    "<=": le,
    ">": gt,
    ">=": ge,
    "=": eq,
    "!=": ne,
}


class Reading(NamedTuple):
    """What a figure is after an event that may have moved it."""

    entry: Entry[Any]
    subject: str
    value: object


@dataclass(frozen=True, slots=True)
class Statement:
    """A figure of a subject compared with a value."""

    figure: str
    subject: str
    relation: str
    value: str

    @classmethod
    def parse(cls, text: str) -> Statement:
        """Read `figure(subject) < value`."""
        match = _STATEMENT.fullmatch(text)
        if match is None:
            raise BadInput(
                f"{text!r} is no statement", remedy="write it like: balance(A1) < 100.00"
            )
        return cls(*match.groups())

    def __str__(self) -> str:
        """As it is written."""
        return f"{self.figure}({self.subject}) {self.relation} {self.value}"

    def holds(self, found: object) -> bool:
        """True when the figure stands in the relation; a figure that is not there never does."""
        if found is None:
            return False
        wanted: object = self.value
        if isinstance(found, Money):
            found, wanted = found.minor, read_money(self.value, str(self)).minor
        elif isinstance(found, int) and not isinstance(found, bool):
            wanted = self._number()
        else:
            found = str(found)
        return _COMPARE[self.relation](found, wanted)

    def _number(self) -> Fraction:
        try:
            return Fraction(self.value)
        except (ValueError, ZeroDivisionError):
            raise BadInput(
                f"{self.value!r} is no number", place=str(self), remedy="write it like 90"
            ) from None


def readings(entries: Iterable[Entry[Any]], figure: str, subject: str) -> Iterator[Reading]:
    """The figure after each event of the subject; a figure that nobody has is bad input."""
    if figure == LEDGER:
        return _ledger(entries, subject)
    return _states(entries, figure, subject)


def _states(entries: Iterable[Entry[Any]], figure: str, subject: str) -> Iterator[Reading]:
    named = {kind.stream(subject) for kind in KINDS} | {subject}
    states: dict[str, Any] = {}
    seen = False
    for entry in entries:
        stream = entry.stream
        if subject != EVERY and stream not in named:
            continue
        state = states[stream] = kind_of(stream).evolve(states.get(stream), entry)
        if hasattr(state, figure):
            seen = True
            yield Reading(entry, stream, getattr(state, figure))
        elif subject != EVERY:
            known = ", ".join(state.__dataclass_fields__)
            raise BadInput(f"{stream} has no figure {figure!r}", remedy=f"known: {known}")
    if not states and subject != EVERY:
        raise BadInput(f"no stream {subject!r} in this log", remedy="see `bankcore balances`")
    if not seen and states:
        raise BadInput(f"no stream has a figure {figure!r}", remedy="name one of its fields")


def _ledger(entries: Iterable[Entry[Any]], account: str) -> Iterator[Reading]:
    known_id("ledger account", account, CHART)
    sign, total = (1 if CHART[account].side == "D" else -1), 0
    for entry in entries:
        moved = sum(leg.minor for leg in post(entry) if leg.account == account)
        if moved:
            total += moved
            yield Reading(entry, account, Money(sign * total))
