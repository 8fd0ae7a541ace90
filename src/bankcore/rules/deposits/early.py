"""Drawing a time deposit before or after its maturity (提前支取、逾期支取), DEP-06, DEP-07."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bankcore.rules.deposits.lump import maturity_of, period_interest, term_interest
from bankcore.values.figures import Figure, figure
from bankcore.values.money import ZERO, Money, whole_yuan
from bankcore.values.rates import AnnualRate
from bankcore.values.reasons import Reason, Rejected


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlyDraw:
    """A draw asked for on a day of the term; start, rate and principal are the cycle's.

    `min_remainder` is what must stay after a part draw, `max_partials` how many a term allows.
    """

    principal: Money
    rate: AnnualRate
    demand_rate: AnnualRate
    start: date
    term_months: int
    on: date
    amount: Money
    partials_before: int
    max_partials: int
    min_remainder: Money


@dataclass(frozen=True, slots=True)
class EarlyDrawn:
    """What an early draw pays and leaves; the rest keeps opening date, rate and maturity."""

    paid_principal: Money
    interest: Figure
    remaining: Money
    remaining_interest: Figure


def early_interest(amount: Money, demand: AnnualRate, start: date, on: date) -> Figure:
    """Interest of a drawn part: demand rate of the withdrawal day for its actual days, DEP-06."""
    days = (on - start).days
    return figure(
        "DEP-06",
        whole_yuan(amount).minor * demand.daily * days,
        amount.currency,
        amount=amount,
        demand_rate=demand,
        start=start,
        on=on,
        days=days,
    )


def draw_early(asked: EarlyDraw) -> EarlyDrawn:
    """Draw part or all before maturity, DEP-06.

    Drawing everything is a whole withdrawal and uses no part count. Refusals, in order:
    `before_start`, `already_matured`, `amount_not_positive`, `amount_above_principal`,
    `partial_count_exceeded`, `remainder_below_minimum`. Who asks and whether the deposit is
    active or frozen is checked before.
    """
    check_before_maturity(asked.start, asked.term_months, asked.on)
    _check_part(asked)
    remaining = asked.principal - asked.amount
    return EarlyDrawn(
        asked.amount,
        early_interest(asked.amount, asked.demand_rate, asked.start, asked.on),
        remaining,
        term_interest(remaining, asked.rate, asked.term_months),
    )


def check_before_maturity(start: date, term_months: int, on: date) -> None:
    """Refuse `before_start` and `already_matured`: on the maturity day it is not early."""
    if on < start:
        raise Rejected(Reason.BEFORE_START, start=start)
    if on >= (maturity := maturity_of(start, term_months)):
        raise Rejected(Reason.ALREADY_MATURED, maturity=maturity)


def _check_part(asked: EarlyDraw) -> None:
    if asked.amount <= ZERO:
        raise Rejected(Reason.AMOUNT_NOT_POSITIVE, amount=asked.amount)
    if asked.amount > asked.principal:
        raise Rejected(Reason.AMOUNT_ABOVE_PRINCIPAL, principal=asked.principal)
    if asked.amount == asked.principal:
        return
    if asked.partials_before >= asked.max_partials:
        raise Rejected(Reason.PARTIAL_COUNT_EXCEEDED, allowed=asked.max_partials)
    if asked.principal - asked.amount < asked.min_remainder:
        raise Rejected(Reason.REMAINDER_BELOW_MINIMUM, minimum=asked.min_remainder)


@dataclass(frozen=True, slots=True)
class Matured:
    """A matured deposit drawn on a day: the time interest fixed at maturity, the overdue part."""

    maturity: date
    interest: Figure
    overdue_days: int
    overdue_interest: Figure
    total: Money


def overdue_interest(principal: Money, demand: AnnualRate, maturity: date, on: date) -> Figure:
    """Interest after maturity on the principal alone, demand rate of the withdrawal day, DEP-07.

    Matured interest bears none. Refuses `not_matured` before the maturity day.
    """
    if on < maturity:
        raise Rejected(Reason.NOT_MATURED, maturity=maturity)
    exact = period_interest(principal, demand, maturity, on, "actual").interest.exact
    return figure(
        "DEP-07",
        exact,
        principal.currency,
        principal=principal,
        demand_rate=demand,
        maturity=maturity,
        on=on,
        days=(on - maturity).days,
    )


@dataclass(frozen=True, slots=True)
class Lump:
    """A sum placed at a rate from a day for a term."""

    principal: Money
    rate: AnnualRate
    start: date
    term_months: int


def draw_matured(lump: Lump, on: date, demand: AnnualRate) -> Matured:
    """Draw a deposit on or after its maturity, without rollover, DEP-07."""
    maturity = maturity_of(lump.start, lump.term_months)
    overdue = overdue_interest(lump.principal, demand, maturity, on)
    interest = term_interest(lump.principal, lump.rate, lump.term_months)
    paid = lump.principal + interest.amount + overdue.amount
    return Matured(maturity, interest, (on - maturity).days, overdue, paid)
