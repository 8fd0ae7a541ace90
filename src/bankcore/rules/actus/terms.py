"""Terms of a contract under their standard names, and the values observed beside it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from fractions import Fraction

from bankcore.rules.actus.times import Conventions, Cycle, Period


@dataclass(frozen=True, slots=True, kw_only=True)
class CycleTerm:
    """A schedule in the terms: anchor and cycle, either of them may be missing."""

    anchor: datetime | None = None
    cycle: Cycle | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ArrayStep:
    """One step of an array schedule (LAX): from `anchor` on, every `cycle`, a value."""

    anchor: datetime
    cycle: Cycle | None
    value: Fraction | None = None
    increases: bool = False
    fixed: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """The attributes of the ACTUS dictionary that the bank types use, exact and typed."""

    contract_type: str
    role: int
    status_date: datetime
    conventions: Conventions
    notional: Fraction = Fraction(0)
    rate: Fraction | None = None
    deal_date: datetime | None = None
    initial_exchange: datetime | None = None
    maturity: datetime | None = None
    amortization: datetime | None = None
    premium: Fraction = Fraction(0)
    accrued: Fraction | None = None
    interest: CycleTerm = field(default_factory=CycleTerm)
    redemption: CycleTerm = field(default_factory=CycleTerm)
    reset: CycleTerm = field(default_factory=CycleTerm)
    base: CycleTerm = field(default_factory=CycleTerm)
    scaling: CycleTerm = field(default_factory=CycleTerm)
    dividend: CycleTerm = field(default_factory=CycleTerm)
    next_redemption: Fraction | None = None
    base_mode: str = "NT"
    base_amount: Fraction | None = None
    capitalization_end: datetime | None = None
    reset_market: str = ""
    reset_spread: Fraction = Fraction(0)
    reset_multiplier: Fraction = Fraction(1)
    next_reset: Fraction | None = None
    scaling_market: str = ""
    scaling_index_at_deal: Fraction = Fraction(1)
    scaling_effect: str = "OOO"
    dividend_market: str = ""
    purchase: datetime | None = None
    purchase_price: Fraction = Fraction(0)
    termination: datetime | None = None
    termination_price: Fraction = Fraction(0)
    notice: Period | None = None
    interest_steps: tuple[ArrayStep, ...] = ()
    redemption_steps: tuple[ArrayStep, ...] = ()
    reset_steps: tuple[ArrayStep, ...] = ()


@dataclass(frozen=True, slots=True)
class Observed:
    """Market series by code as (time, value) in order, and events seen from outside."""

    series: Mapping[str, Sequence[tuple[datetime, Fraction]]]
    events: Sequence[tuple[datetime, str, Fraction]] = ()

    def value(self, code: str, at: datetime) -> Fraction:
        """The last value at or before a point in time; none is a `KeyError` with the code."""
        series = self.series[code]
        index = bisect_right([time for time, _ in series], at)
        if index == 0:
            raise KeyError(f"{code} has no value at {at}")
        return series[index - 1][1]
