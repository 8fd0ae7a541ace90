"""Finding the first event (定位): after which a statement about the bank becomes true.

A statement compares one figure with a value: `balance(A1) < 100.00`, `ledger(2011.01) >= 5000`,
`stage(A1) = closed`. A figure of a stream is a field of its folded state.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from bankcore.aggregates import KINDS, kind_of
from bankcore.projections.postings import post
from bankcore.rules.ledger.chart import CHART
from bankcore.values.entry import Entry
from bankcore.values.errors import BadInput
from bankcore.values.money import Money, parse_amount

_STATEMENT: Final = re.compile(r"\s*(\w+)\(([^)]+)\)\s*(<=|>=|!=|=|<|>)\s*(.+?)\s*")
_COMPARE: Final[dict[str, Callable[[Any, Any], bool]]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "=": operator.eq,
    "!=": operator.ne,
}


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

    def holds(self, found: object) -> bool:
        """True when the figure stands in the relation; a figure that is not there never does."""
        if found is None:
            return False
        wanted: object = self.value
        if isinstance(found, Money):
            found, wanted = found.minor, parse_amount(self.value).minor
        elif isinstance(found, int) and not isinstance(found, bool):
            wanted = int(self.value)
        else:
            found = str(found)
        return _COMPARE[self.relation](found, wanted)


def changes(entries: Iterable[Entry[Any]], text: str) -> Iterator[tuple[Entry[Any], bool, object]]:
    """Each event at which the statement turns true or false, with the figure after it."""
    statement = Statement.parse(text)
    before = False
    for entry, figure in _figures(entries, statement):
        now = statement.holds(figure)
        if now is not before:
            yield entry, now, figure
            before = now


def _figures(
    entries: Iterable[Entry[Any]], statement: Statement
) -> Iterator[tuple[Entry[Any], object]]:
    if statement.figure == "ledger":
        yield from _ledger(entries, statement.subject)
        return
    streams = {kind.stream(statement.subject) for kind in KINDS} | {statement.subject}
    state: Any = None
    for entry in entries:
        if entry.stream in streams:
            state = kind_of(entry.stream).evolve(state, entry)
            if not hasattr(state, statement.figure):
                known = ", ".join(n for n in state.__dataclass_fields__)
                raise BadInput(
                    f"{entry.stream} has no figure {statement.figure!r}", remedy=f"known: {known}"
                )
            yield entry, getattr(state, statement.figure)


def _ledger(entries: Iterable[Entry[Any]], account: str) -> Iterator[tuple[Entry[Any], object]]:
    if account not in CHART:
        raise BadInput(f"the chart has no account {account!r}", remedy="see `bankcore ledger`")
    sign, total = (1 if CHART[account].side == "D" else -1), 0
    for entry in entries:
        moved = sum(leg.minor for leg in post(entry) if leg.account == account)
        if moved:
            total += moved
            yield entry, Money(sign * total)
