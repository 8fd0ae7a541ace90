"""Tranches (分笔): the parts of a deposit that began on different days, oldest first, DEP-15."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from bankcore.values.money import Money


@dataclass(frozen=True, slots=True)
class Tranche:
    """An amount that bears interest since a day."""

    amount: Money
    start: date


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a draw by what it earns: notice, demand, excess, closing_rest or shortfall."""

    kind: str
    amount: Money


def consume(queue: Sequence[Tranche], amount: Money) -> tuple[list[Tranche], list[Tranche]]:
    """Take an amount from the front of a queue: what was taken and what is left."""
    taken: list[Tranche] = []
    left: list[Tranche] = []
    wanted = amount
    for tranche in queue:
        part = min(tranche.amount, wanted)
        wanted -= part
        if part:
            taken.append(Tranche(part, tranche.start))
        if tranche.amount > part:
            left.append(Tranche(tranche.amount - part, tranche.start))
    return taken, left


def merged(tranches: Iterable[Tranche]) -> tuple[Tranche, ...]:
    """Tranches by start, those of one day added up."""
    by_start: dict[date, Money] = {}
    for tranche in tranches:
        seen = by_start.get(tranche.start)
        by_start[tranche.start] = tranche.amount if seen is None else seen + tranche.amount
    return tuple(Tranche(amount, start) for start, amount in sorted(by_start.items()))
