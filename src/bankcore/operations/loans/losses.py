"""What may be lost of a loan (风险暴露): exposure by year, months left, loss given default."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from typing import Final

from bankcore.aggregates.loan import Loan
from bankcore.aggregates.loan.state import Draw
from bankcore.operations.loans.risk_policies import RiskPolicies
from bankcore.rules.loans.accrual import accrued_interest
from bankcore.rules.loans.codes import AUTO, Product
from bankcore.rules.loans.ecl import lgd_in_default
from bankcore.rules.loans.penalty import RateStep
from bankcore.values.dates import add_months, split
from bankcore.values.figures import figure
from bankcore.values.money import Money

_LGD_OF_PLEDGE: Final = {
    "real_estate": "residential",
    "vehicle": "vehicle",
    "deposit_pledge": "deposit_pledge",
    "guarantor": "guarantee",
}


def months_left(loan: Loan, day: date) -> int:
    """Months to the last due date, a begun month counting whole; 0 once it has passed."""
    end = max((draw.maturity for draw in loan.draws), default=day)
    return months_begun(day, end) if end > day else 0


def months_begun(start: date, end: date) -> int:
    """Months from a day to a later one, a begun month counting whole."""
    span = split(start, end)
    return span.months + (span.odd_days > 0)


def balances_by_year(loan: Loan, day: date, undrawn_share: Fraction) -> tuple[Money, ...]:
    """Exposure at the start of each year left (LN-28).

    Scheduled principal plus a share of the undrawn commitment; in the first year also everything
    that has fallen due and the interest accrued.
    """
    years = max(-(-months_left(loan, day) // 12), 1)
    undrawn = loan.undrawn.minor * undrawn_share / 100
    recognised = () if loan.risk.non_accrual else loan.draws
    accrued = sum((exact_accrued(draw, day) for draw in recognised), Fraction(0))
    due_now = loan.sums.interest_due.minor + _principal_due(loan)
    exposures = []
    for year in range(years):
        start = add_months(day, 12 * year)
        open_then = sum(_scheduled(draw, start) for draw in loan.draws)
        extra = accrued + due_now if year == 0 else Fraction(0)
        exposures.append(figure("LN-28", open_then + undrawn + extra, year=year).amount)
    return tuple(exposures)


def _principal_due(loan: Loan) -> int:
    return sum(item.principal.minor for item in loan.dues)


def _scheduled(draw: Draw, start: date) -> int:
    """Principal of the rows that fall due after a day."""
    return sum(row.principal.minor for row in draw.rows if row.due > start)


def exact_accrued(draw: Draw, on: date) -> Fraction:
    """Interest of the running period up to the end of a day, in minor units (GL-06)."""
    if not draw.rows or draw.last_due > on:
        return Fraction(0)
    row = draw.rows[0]
    steps = [RateStep(day, rate) for day, rate in draw.rates]
    until = min(on + timedelta(days=1), row.due)
    by_days = row.odd or any(draw.last_due < step.start < row.due for step in steps)
    whole = None if by_days else row.months
    return accrued_interest(draw.balance, steps, (draw.last_due, until), whole)


def lgd_of(loan: Loan, known: RiskPolicies, months_in_default: int) -> Fraction:
    """Loss given default in percent by what secures the loan, higher the longer in default."""
    product = loan.application.product
    pledge = _LGD_OF_PLEDGE.get(loan.application.collateral, "none")
    if product is Product.MORTGAGE:
        pledge = "residential"
    elif product is Product.COMMERCIAL_PROPERTY:
        pledge = "commercial_property"
    elif product in AUTO:
        pledge = "vehicle"
    lgd = known.fraction(f"lgd.{pledge}")
    if not loan.risk.non_accrual:
        return lgd
    return lgd_in_default(lgd, months_in_default, known.lgd_steps())
