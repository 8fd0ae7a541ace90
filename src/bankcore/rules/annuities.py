"""Annuities and compounding (年金、复利): exact payments, their parts, effective rates.

Signs follow the field: what is received is positive, what is paid negative. Rates are per period
as plain fractions; results are exact except the continuous rate, which is transcendental.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, localcontext
from fractions import Fraction
from typing import Final

_DIGITS: Final = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Annuity:
    """A level annuity: `periods` payments at `rate` a period on `present`, leaving `future`."""

    rate: Fraction
    periods: int
    present: Fraction
    future: Fraction = Fraction(0)
    in_advance: bool = False


def payment(terms: Annuity) -> Fraction:
    """The level payment of each period, negative when something was received."""
    if terms.rate == 0:
        return -(terms.present + terms.future) / terms.periods
    growth = (1 + terms.rate) ** terms.periods
    due = 1 + terms.rate if terms.in_advance else Fraction(1)
    return -(terms.present * growth + terms.future) * terms.rate / (growth - 1) / due


def balance(terms: Annuity, periods: int) -> Fraction:
    """The value of what stands after so many payments, before the next one, signed as `present`."""
    level = payment(terms)
    if terms.rate == 0:
        return terms.present + level * periods
    growth = (1 + terms.rate) ** periods
    due = 1 + terms.rate if terms.in_advance else Fraction(1)
    return terms.present * growth + level * due * (growth - 1) / terms.rate


def parts(terms: Annuity, period: int) -> tuple[Fraction, Fraction]:
    """Interest and principal inside the payment of a period, from 1.

    Paid in advance, the first payment carries no interest.
    """
    level = payment(terms)
    if terms.in_advance:
        if period == 1:
            return Fraction(0), level
        before = balance(terms, period - 1)
        interest = -before * terms.rate / (1 + terms.rate)
        return interest, level - interest
    interest = -balance(terms, period - 1) * terms.rate
    return interest, level - interest


def effective_rate(nominal: Fraction, times: int) -> Fraction:
    """The yearly rate of a nominal one that compounds so many times a year, exact."""
    return (1 + nominal / times) ** times - 1


def continuous_rate(nominal: Fraction, times: int) -> Fraction:
    """The continuously compounding rate of the same growth, to 50 digits."""
    with localcontext() as context:
        context.prec = _DIGITS
        growth = 1 + nominal / times
        exact = Decimal(growth.numerator) / Decimal(growth.denominator)
        return Fraction(times * exact.ln())
