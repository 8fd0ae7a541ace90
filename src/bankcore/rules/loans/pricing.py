"""LN-14 Pricing at drawdown (定价): LPR of the tenor in force, plus the agreed spread."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from bankcore.values.rates import AnnualRate
from bankcore.values.reasons import Reason, Rejected


@dataclass(frozen=True, slots=True)
class IndexRow:
    """One publication of an index (LPR): in force from its own day to the next one."""

    published: date
    rate: AnnualRate


LprTable = Mapping[str, Sequence[IndexRow]]
"""Publications by tenor (`1Y`, `5Y`), oldest first."""


@dataclass(frozen=True, slots=True)
class Price:
    """Tenor, the publication that counts, and the contract rate."""

    tenor: str
    index: IndexRow
    rate: AnnualRate


def tenor_of(term_months: int) -> str:
    """`1Y` up to 60 months, `5Y` above (the split is the bank's)."""
    return "1Y" if term_months <= 60 else "5Y"


def index_on(rows: Sequence[IndexRow], on: date) -> IndexRow:
    """The newest publication on or before a day; before the first `no_lpr`."""
    found = [row for row in rows if row.published <= on]
    if not found:
        raise Rejected(Reason.RATE_INDEX_MISSING, on=on.isoformat())
    # Of two rows of one day the later one is the correction.
    return max(reversed(found), key=lambda row: row.published)


def price(value_date: date, term_months: int, spread_bp: int, table: LprTable) -> Price:
    """LPR(tenor, value date) + spread in basis points; must be positive (`rate_not_positive`)."""
    tenor = tenor_of(term_months)
    index = index_on(table[tenor], value_date)
    rate = with_spread(index, spread_bp)
    if rate.percent <= 0:
        raise Rejected(Reason.RATE_NOT_POSITIVE, rate=str(rate))
    return Price(tenor, index, rate)


def with_spread(index: IndexRow, spread_bp: int) -> AnnualRate:
    """The index with a spread in basis points (基点, 0.01 %)."""
    return AnnualRate(index.rate.percent + Fraction(spread_bp, 100))


def check_spread(spread_bp: int, floor_bp: int | None) -> None:
    """Refuse `spread_below_floor`; None = the product has no floor. Checked at signing."""
    if floor_bp is not None and spread_bp < floor_bp:
        raise Rejected(Reason.SPREAD_BELOW_FLOOR, spread_bp=spread_bp, floor_bp=floor_bp)
