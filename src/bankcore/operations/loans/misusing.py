"""What misused money bears (挪用罚息), LN-21: which principal, from which day, at which rate.

The misused part of a draw is never more than its outstanding principal, and what is overdue counts
as misused first. The share of an instalment that was overdue before the misuse began stays with
LN-19 until it has been charged up to that day.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Final

from bankcore.aggregates.loan import Loan
from bankcore.aggregates.loan.state import Draw, DueItem, Misuse
from bankcore.aggregates.loan.terms import RateDays
from bankcore.rules.loans.misuse import added_rate
from bankcore.values.money import ZERO, Money, total
from bankcore.values.rates import AnnualRate

NOT_DUE: Final = 0

Shares = Mapping[tuple[int, int], Money]
Heavier = Callable[[AnnualRate], AnnualRate]


@dataclass(frozen=True, slots=True)
class Piece:
    """Misused principal over [since, until): `number` 0 not yet due, −n the share of a due."""

    number: int
    due: date
    base: Money
    since: date
    until: date
    segments: tuple[RateDays, ...]


def shares(loan: Loan) -> Shares:
    """The misused share of the principal of each due, oldest first."""
    misuse = loan.risk.misuse
    if misuse is None:
        return {}
    found: dict[tuple[int, int], Money] = {}
    left = misuse.misused
    for item in _principal_due(loan, misuse.draw):
        share = min(left, item.principal)
        left -= share
        if item.charged_until >= misuse.since:
            found[item.draw, item.number] = share
    return found


def overdue_pieces(loan: Loan, until: date, overdue_rate: Heavier) -> Iterator[Piece]:
    """The misused share of each due, at the heavier of the two penalty rates."""
    misuse, shared = loan.risk.misuse, shares(loan)
    draw = None if misuse is None else loan.draw(misuse.draw)
    if misuse is None or draw is None:
        return
    for item in loan.dues:
        base = shared.get((item.draw, item.number), ZERO)
        since = max(misuse.since, item.charged_until, item.heavy_until)
        if base and since < until:
            days = _days(misuse, draw, since, until)
            segments = tuple(
                RateDays(days=n, rate=max(heavy, overdue_rate(rate))) for n, heavy, rate in days
            )
            yield Piece(-item.number, item.due, base, since, until, segments)


def not_due_pieces(loan: Loan, until: date) -> Iterator[Piece]:
    """The misused part not yet due, cut where an instalment of the draw fell due."""
    misuse = loan.risk.misuse
    draw = None if misuse is None else loan.draw(misuse.draw)
    if misuse is None or draw is None:
        return
    start, items = misuse.charged_until, _principal_due(loan, misuse.draw)
    cuts = sorted({start, *(x.due for x in items if start < x.due < until), max(start, until)})
    for since, end in pairwise(cuts):
        overdue = total([x.principal for x in items if x.due <= since])
        outstanding = draw.balance + total([x.principal for x in items])
        base = min(misuse.misused, outstanding) - min(misuse.misused, overdue)
        if base:
            segments = tuple(
                RateDays(days=n, rate=added_rate(heavy, rate))
                for n, heavy, rate in _days(misuse, draw, since, end)
            )
            yield Piece(NOT_DUE, end, base, since, end, segments)


def _principal_due(loan: Loan, draw: int) -> list[DueItem]:
    return [x for x in loan.dues if x.draw == draw and x.principal]


def _days(
    misuse: Misuse, draw: Draw, since: date, until: date
) -> Iterator[tuple[int, AnnualRate, AnnualRate]]:
    """Days, misuse rate and contract rate of each stretch in which neither changes."""
    steps = {on for on, _ in (*misuse.rates, *draw.rates) if since < on < until}
    for a, b in pairwise(sorted({since, *steps, until})):
        yield (b - a).days, _rate_on(misuse.rates, a), _rate_on(draw.rates, a)


def _rate_on(rates: tuple[tuple[date, AnnualRate], ...], on: date) -> AnnualRate:
    """The newest rate of a day; the first one also covers the days before it."""
    return next((rate for start, rate in reversed(rates) if start <= on), rates[0][1])
