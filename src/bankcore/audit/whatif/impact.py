"""The impact of a changed rule or rate over all history (影响测算): nothing is written.

The whole log lives again under the change, in a file that is gone afterwards; what every contract
then owes or has earned is compared with what it does today. Customers who got more interest keep
it in their accounts, so interest on interest is counted as it would have been.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bankcore.aggregates import kind_of
from bankcore.audit.explain.evidence import Evidence
from bankcore.audit.explain.registry import EXPLAINERS
from bankcore.audit.whatif.changes import Change, adopt, superseded
from bankcore.audit.whatif.reliving import LEFT_OUT, Departure, Reliving
from bankcore.projections.postings import lines
from bankcore.projections.window import EVERYTHING
from bankcore.store.bank import Bank
from bankcore.values.entry import Entry

FIGURES = ("settled-interest", "accrued-interest", "penalty", "fees", "allowance", "balance")
"""The figures of money that are compared, in this order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """A figure in exact fen: as it is, and as it would be."""

    product: str
    figure: str
    old: Fraction
    new: Fraction

    @property
    def difference(self) -> Fraction:
        """New less old."""
        return self.new - self.old


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved(Compared):
    """A figure of one contract."""

    stream: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Total(Compared):
    """A figure summed over the contracts of a product that it changes."""

    contracts: int


@dataclass(frozen=True, slots=True)
class Restating:
    """What would have to be booked on a contract and account (重述分录); debit positive, in fen."""

    stream: str
    account: str
    minor: int


@dataclass(frozen=True, slots=True)
class Impact:
    """All that a change moves, and the commands that would have come out otherwise."""

    moved: tuple[Moved, ...]
    totals: tuple[Total, ...]
    journal: tuple[Restating, ...]
    departures: tuple[Departure, ...]


def impact(bank: Bank, changes: Sequence[Change]) -> Impact:
    """Live the log of a bank again under the changes, in a file of its own, and compare."""
    waiting = [changes]

    def on_day(there: Bank, _: date) -> None:
        while waiting:
            adopt(there, waiting.pop(), None)

    with TemporaryDirectory() as folder, _bank_in(folder) as other:
        reliving = Reliving(other, lambda group: superseded(changes, group), on_day)
        reliving.live(bank.entries())
        last = bank.log.head()[0]
        day = next((e.booking_date for e in bank.entries(last - 1, last)), date.min)
        before = Evidence(bank.log, EVERYTHING, bank.catalogue, day)
        moved = tuple(_moved(before, Evidence(other.log, EVERYTHING, other.catalogue, day)))
        journal = tuple(_journal(bank.entries(), other.entries()))
    kept = tuple(x for x in reliving.departures if x.reason != LEFT_OUT)
    return Impact(moved, tuple(_totals(moved)), journal, kept)


def _bank_in(folder: str) -> Bank:
    """A bank that need not outlive its process."""
    return Bank.open(str(Path(folder) / "bank.db"), create=True, durable=False)


def _moved(before: Evidence, after: Evidence) -> Iterator[Moved]:
    streams = sorted(before.states.by_stream.keys() | after.states.by_stream.keys())
    for stream in streams:
        kind = kind_of(stream)
        for figure in FIGURES:
            if (figure, kind.name) not in EXPLAINERS:
                continue
            old, new = _value(before, figure, stream), _value(after, figure, stream)
            if old != new:
                product = _product(before, after, stream)
                yield Moved(stream=stream, product=product, figure=figure, old=old, new=new)


def _value(seen: Evidence, figure: str, stream: str) -> Fraction:
    if stream not in seen.states.by_stream:
        return Fraction(0)
    return EXPLAINERS[figure, kind_of(stream).name](seen, stream).value


def _product(before: Evidence, after: Evidence, stream: str) -> str:
    """The product of a contract; loans name it in their application."""
    state = before.states.by_stream.get(stream) or after.states.by_stream[stream]
    return str(getattr(state, "product", "") or state.application.product)


def _totals(moved: Iterable[Moved]) -> Iterator[Total]:
    sums: dict[tuple[str, str], list[Moved]] = {}
    for item in moved:
        sums.setdefault((item.product, item.figure), []).append(item)
    for (product, figure), items in sorted(sums.items()):
        old = sum((x.old for x in items), Fraction(0))
        new = sum((x.new for x in items), Fraction(0))
        yield Total(product=product, figure=figure, contracts=len(items), old=old, new=new)


def _journal(old: Iterable[Entry[Any]], new: Iterable[Entry[Any]]) -> Iterator[Restating]:
    sums: Counter[tuple[str, str]] = Counter()
    for sign, entries in ((-1, old), (1, new)):
        for entry in entries:
            for _, account, minor in lines(entry.event):
                sums[entry.stream, account] += sign * minor
    for (stream, account), minor in sorted(sums.items()):
        if minor:
            yield Restating(stream, account, minor)
