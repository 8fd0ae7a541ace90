"""LN-17 Floating rate and repricing on LPR (LPR 重定价)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Final

from bankcore.rules.loans.codes import Method
from bankcore.rules.loans.pricing import LprTable, index_on, price, with_spread
from bankcore.rules.loans.remaining import Remaining, level_over, refill, split_interest
from bankcore.rules.loans.schedule import Schedule
from bankcore.values.dates import add_months
from bankcore.values.figures import figure
from bankcore.values.rates import AnnualRate
from bankcore.values.reasons import Reason, Rejected

RULE: Final = "LN-17"
_FIXED_UP_TO_MONTHS: Final = 12


class RepricingKind(StrEnum):
    """When the rate follows the index: on 1 January, or counted from the value date."""

    JAN1 = "jan1"
    ANNIVERSARY = "anniversary"


@dataclass(frozen=True, slots=True, kw_only=True)
class FloatingTerms:
    """What the contract says of its rate; tenor and spread stay those of the contract."""

    value_date: date
    term_months: int
    spread_bp: int
    kind: RepricingKind = RepricingKind.JAN1
    cycle_months: int = 12

    @property
    def fixed(self) -> bool:
        """A term up to 12 months bears a fixed rate."""
        return self.term_months <= _FIXED_UP_TO_MONTHS

    @property
    def maturity(self) -> date:
        """am(value date, term)."""
        return add_months(self.value_date, self.term_months)


@dataclass(frozen=True, slots=True)
class RateOn:
    """The contract rate of a day, and the newest repricing date up to it, if any."""

    rate: AnnualRate
    last_repricing: date | None


@dataclass(frozen=True, slots=True)
class RateChange:
    """A new rate from a day on, that day included."""

    on: date
    rate: AnnualRate


def repricing_dates(terms: FloatingTerms) -> Iterator[date]:
    """Strictly after the value date and before maturity, in order; none at a fixed rate."""
    if terms.fixed:
        return
    step = 0
    while True:
        step += 1
        if terms.kind is RepricingKind.JAN1:
            day = date(terms.value_date.year + step, 1, 1)
        else:
            day = add_months(terms.value_date, terms.cycle_months * step)
        if day >= terms.maturity:
            return
        yield day


def next_repricing(terms: FloatingTerms, after: date) -> date | None:
    """The first repricing date after a day, or None."""
    return next((day for day in repricing_dates(terms) if day > after), None)


def rate_on(terms: FloatingTerms, on: date, table: LprTable) -> RateOn:
    """The rate a day bears: priced at the value date, then at each repricing date up to it."""
    priced = price(terms.value_date, terms.term_months, terms.spread_bp, table)
    last = max((day for day in repricing_dates(terms) if day <= on), default=None)
    if last is None:
        return RateOn(priced.rate, None)
    index = index_on(table[priced.tenor], last)
    return RateOn(with_spread(index, terms.spread_bp), last)


def check_repricing(terms: FloatingTerms, on: date, last: date | None) -> None:
    """Refuse, in order, `fixed_rate_loan`, `not_a_repricing_date`, `already_repriced`."""
    if terms.fixed:
        raise Rejected(Reason.FIXED_RATE_LOAN, term_months=terms.term_months)
    if on not in set(repricing_dates(terms)):
        raise Rejected(Reason.NOT_A_REPRICING_DATE, on=on.isoformat())
    if last == on:
        raise Rejected(Reason.ALREADY_REPRICED, on=on.isoformat())


def rebuild(remaining: Remaining, changes: Sequence[RateChange]) -> Schedule:
    """The open rows at a new rate; `remaining.rate` is the old one, in force at the last due date.

    All changes lie in the first open period (last due ≤ r < next due, else
    `not_a_repricing_date`); its interest has one segment per rate and is rounded once.
    Level principal keeps its part, level payment gets a new instalment over the open rows.
    """
    first = remaining.periods[0]
    for change in changes:
        if not first.start <= change.on < first.due:
            raise Rejected(Reason.NOT_A_REPRICING_DATE, on=change.on.isoformat())
    new = replace(remaining, rate=changes[-1].rate)
    level = level_over(RULE, new)
    if remaining.method is Method.LEVEL_PRINCIPAL:
        level = figure(RULE, Fraction(remaining.level.minor), kept=remaining.level)
    if all(change.on == first.start for change in changes):
        return refill(RULE, new, level)
    interest = split_interest(RULE, remaining.balance, _segments(remaining, changes))
    return refill(RULE, new, level, interest)


def _segments(remaining: Remaining, changes: Sequence[RateChange]) -> list[tuple[int, AnnualRate]]:
    """Days and rates of the first open period."""
    first = remaining.periods[0]
    starts = [RateChange(first.start, remaining.rate), *changes]
    ends = [change.on for change in changes] + [first.due]
    return [((end - change.on).days, change.rate) for change, end in zip(starts, ends, strict=True)]
