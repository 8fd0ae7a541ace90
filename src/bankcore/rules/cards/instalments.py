"""CC-08 Instalment plans on a card (分期): schedule, yearly cost, checks before confirming."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Final

from bankcore.rules.annual_cost import monthly_cost
from bankcore.values.figures import Figure, figure
from bankcore.values.money import ZERO, Money, round_to_money, total
from bankcore.values.reasons import Reason, Rejected

RULE: Final = "CC-08"


class PlanStyle(StrEnum):
    """A charge on the first principal each month, or interest on the falling balance."""

    FEE = "fee"
    ANNUITY = "annuity"


class ChargeMode(StrEnum):
    """Whether the fee comes with each part or all with the first; an annuity ignores it."""

    PER_PERIOD = "per_period"
    UPFRONT = "upfront"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanTerms:
    """Number of parts, monthly rate in percent, style and mode."""

    parts: int
    monthly_pct: Fraction
    style: PlanStyle
    mode: ChargeMode

    @property
    def monthly(self) -> Fraction:
        """The monthly rate as a plain number."""
        return self.monthly_pct / 100


@dataclass(frozen=True, slots=True)
class PlanPart:
    """One part: its number from 1, principal and charge in money."""

    number: int
    principal: Money
    charge: Money


@dataclass(frozen=True, slots=True)
class PlanQuote:
    """The parts, the sum of charges, and the yearly cost in percent with two decimals (年化)."""

    parts: tuple[PlanPart, ...]
    total_charge: Money
    apr: Fraction


def schedule(principal: Money, terms: PlanTerms) -> tuple[PlanPart, ...]:
    """The parts; principal adds up to `principal`, every part is rounded to the fen."""
    assert terms.parts >= 1, "a plan has a part"
    if terms.style is PlanStyle.ANNUITY:
        return _annuity(principal, terms)
    return _flat(principal, terms)


def _flat(principal: Money, terms: PlanTerms) -> tuple[PlanPart, ...]:
    n, f = terms.parts, terms.monthly
    equal = Money(principal.minor // n)
    whole = figure(RULE, principal.minor * f * n).amount
    each = figure(RULE, principal.minor * f).amount
    parts, left = [], whole
    for nr in range(1, n + 1):
        rest = principal - equal * (n - 1) if nr == n else equal
        if terms.mode is ChargeMode.UPFRONT:
            charge = left if nr == 1 else ZERO
        else:
            charge = left if nr == n else min(each, left)
        left -= charge
        parts.append(PlanPart(nr, rest, charge))
    return tuple(parts)


def _annuity(principal: Money, terms: PlanTerms) -> tuple[PlanPart, ...]:
    n, f = terms.parts, terms.monthly
    if f:
        payment = figure(RULE, principal.minor * f / (1 - (1 + f) ** -n)).amount
    else:
        payment = Money(principal.minor // n)
    parts, balance = [], principal
    for nr in range(1, n + 1):
        charge = figure(RULE, balance.minor * f).amount
        part = balance if nr == n else payment - charge
        balance -= part
        parts.append(PlanPart(nr, part, charge))
    return tuple(parts)


def quote(principal: Money, terms: PlanTerms) -> PlanQuote:
    """Schedule with its true yearly cost; twelve times the monthly rate must never be shown."""
    parts = schedule(principal, terms)
    payments = [Fraction((p.principal + p.charge).minor) for p in parts]
    exact = monthly_cost(Fraction(principal.minor), payments).simple
    apr = Fraction(round_to_money(exact * 100).money.minor, 100)
    return PlanQuote(parts, total([p.charge for p in parts]), apr)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanOffer:
    """What the bank offers: terms in months, longest, least sum, cash limits (None: no limit)."""

    terms: Sequence[int]
    longest: int
    least: Money
    cash_longest: int
    cash_most: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanRequest:
    """A plan the customer wants: `kind` is `purchase`, `bill` or `cash`.

    `eligible` is the most of the debt that may be turned into a plan.
    """

    kind: str
    principal: Money
    parts: int
    eligible: Money
    confirmed: bool
    apr_shown: bool
    in_instalment: bool
    overdue: bool


def check_plan(request: PlanRequest, offer: PlanOffer) -> None:
    """Refuse in the order of CC-08, from `not_confirmed_by_customer` to `account_overdue`."""
    is_cash = request.kind == "cash"
    refusals = (
        (not request.confirmed, Reason.NOT_CONFIRMED_BY_CUSTOMER),
        (not request.apr_shown, Reason.APR_NOT_SHOWN),
        (request.parts not in offer.terms, Reason.TERM_NOT_OFFERED),
        (request.parts > offer.longest, Reason.TERM_ABOVE_60_MONTHS),
        (is_cash and request.parts > offer.cash_longest, Reason.CASH_INSTALMENT_TERM_ABOVE_24),
        (is_cash and request.principal > offer.cash_most, Reason.CASH_INSTALMENT_ABOVE_50000),
        (request.principal < offer.least, Reason.BELOW_MINIMUM_PLAN),
        (request.principal > request.eligible, Reason.ABOVE_ELIGIBLE_BALANCE),
        (request.in_instalment, Reason.ALREADY_IN_INSTALMENT),
        (request.overdue, Reason.ACCOUNT_OVERDUE),
    )
    for refused, reason in refusals:
        if refused:
            raise Rejected(reason, principal=request.principal, parts=request.parts)


def eligible_bill(purchases: Money, share: Fraction) -> Money:
    """The most of billed in-limit purchases that a bill plan may take, down to the fen."""
    exact = purchases.minor * share / 100
    return Money(exact.numerator // exact.denominator)


@dataclass(frozen=True, slots=True)
class Settlement:
    """What falls due when a plan ends early: principal not yet billed, and the charge."""

    principal: Money
    charge: Figure
