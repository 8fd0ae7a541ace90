"""Demand interest (活期: 积数计息法) and its settlement calendar (结息、付息), DEP-02, DEP-03."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Final

from bankcore.values.dates import days_between
from bankcore.values.figures import Figure, figure
from bankcore.values.money import Money, whole_yuan
from bankcore.values.rates import AnnualRate
from bankcore.values.reasons import Reason, Rejected

Movement = tuple[date, Money]
"""A signed change of the balance with its value date."""

SETTLEMENT_DAYS: Final = {
    "yearly": ((6, 30),),
    "quarterly": ((3, 20), (6, 20), (9, 20), (12, 20)),
}
"""Frequency -> settlement days as (month, day), in order of the year."""


@dataclass(frozen=True, slots=True)
class DemandInterest:
    """Interest of [start, end): yuan·days of the bases, actual days, and the figure."""

    balance_days: Fraction
    days: int
    interest: Figure


def base_of(balance: Money, base: str) -> Money:
    """What of a balance bears interest: whole yuan, or every fen in the variant `fen`."""
    return whole_yuan(balance) if base == "yuan" else balance


def stretches(
    opening_balance: Money, movements: Sequence[Movement], start: date, end: date
) -> Iterator[tuple[date, date, Money]]:
    """The end-of-day balance of [start, end) as (from, to, balance), `to` not counted.

    Movements before `start` are in the opening balance already; a deposit counts from its day, a
    withdrawal no longer on its day. Refuses `period_reversed`.
    """
    days_between(start, end)
    balance, since = opening_balance, start
    inside = sorted((m for m in movements if start <= m[0] < end), key=lambda m: m[0])
    for on, change in inside:
        if on > since:
            yield since, on, balance
            since = on
        balance += change
    if since < end:
        yield since, end, balance


def segments(
    opening_balance: Money, movements: Sequence[Movement], start: date, end: date
) -> Iterator[tuple[date, date, Money]]:
    """As `stretches`, and refuses `negative_balance`: a deposit cannot be overdrawn, DEP-02."""
    for since, to, balance in stretches(opening_balance, movements, start, end):
        if balance.minor < 0:
            raise Rejected(Reason.NEGATIVE_BALANCE, on=since, balance=balance)
        yield since, to, balance


def balance_days(stretched: Iterable[tuple[date, date, Money]], base: str) -> int:
    """积数 in fen·days: Σ base · days; a negative balance has base 0 (GEN-01)."""
    return sum(base_of(b, base).minor * (to - since).days for since, to, b in stretched)


def demand_interest(  # noqa: PLR0913  # the six inputs of DEP-02
    opening_balance: Money,
    movements: Sequence[Movement],
    start: date,
    end: date,
    rate: AnnualRate,
    base: str = "yuan",
) -> DemandInterest:
    """Interest of [start, end) at one rate: Σ base · days · rate/360, rounded once, DEP-02.

    `opening_balance` is the balance before the movements of `start`; `rate` is the one posted on
    the settlement or closing day; `base` is `yuan` or `fen`. Refuses `period_reversed` and
    `negative_balance`.
    """
    weighted = balance_days(segments(opening_balance, movements, start, end), base)
    interest = figure(
        "DEP-02",
        weighted * rate.daily,
        opening_balance.currency,
        opening_balance=opening_balance,
        start=start,
        end=end,
        rate=rate,
        base=base,
        balance_days=Fraction(weighted, 100),
    )
    return DemandInterest(Fraction(weighted, 100), (end - start).days, interest)


@dataclass(frozen=True, slots=True)
class SettlementPeriod:
    """One interest period [start, end): fixed at the end of `settle_on`, paid on `pay_on`."""

    start: date
    end: date
    settle_on: date
    pay_on: date


def next_settlement_day(start: date, frequency: str) -> date:
    """The first settlement day on or after the start; weekends and holidays do not move it."""
    years = (start.year, start.year + 1)
    days = (date(year, *month_day) for year in years for month_day in SETTLEMENT_DAYS[frequency])
    return next(day for day in days if day >= start)


def settlement_periods(opened: date, until: date, frequency: str) -> list[SettlementPeriod]:
    """The contiguous periods from opening with a settlement day up to `until`, DEP-03."""
    periods: list[SettlementPeriod] = []
    start = opened
    while (settle_on := next_settlement_day(start, frequency)) <= until:
        pay_on = settle_on + timedelta(days=1)
        periods.append(SettlementPeriod(start, pay_on, settle_on, pay_on))
        start = pay_on
    return periods
