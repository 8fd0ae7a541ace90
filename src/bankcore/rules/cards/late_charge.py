"""CC-05 Late-payment charge (违约金) and the cap on charges of one overdue episode."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from bankcore.values.figures import Figure, figure
from bankcore.values.money import ZERO, Money

RULE: Final = "CC-05"


@dataclass(frozen=True, slots=True, kw_only=True)
class LateTerms:
    """Share of the unpaid minimum in percent, the least charge, the tolerance amount of CC-06."""

    share: Fraction
    least: Money
    tolerance: Money


@dataclass(frozen=True, slots=True)
class LateCharge:
    """What was short of the minimum at the close of the tolerance day, and the charge for it."""

    short: Money
    charge: Figure


def late_charge(minimum: Money, paid: Money, terms: LateTerms) -> LateCharge:
    """5 % of what is short (a parameter), at least the least charge, never more than is short.

    Short by no more than the tolerance: no charge. Rounded half up once; it bears no interest.
    """
    short = max(ZERO, minimum - paid)
    if short <= terms.tolerance:
        return LateCharge(short, Figure(ZERO, Fraction(0), RULE, {"short": short}))
    rated = figure(RULE, terms.share * short.minor / 100, short=short, share=terms.share)
    amount = min(short, max(terms.least, rated.amount))
    exact = rated.exact if amount == rated.amount else Fraction(amount.minor)
    return LateCharge(short, Figure(amount, exact, RULE, {**rated.inputs, "least": terms.least}))


def cap_of(principal: Money, cap_pct: Fraction) -> Money:
    """The most that may be charged in an episode: principal · percent, rounded down to the fen."""
    exact = principal.minor * cap_pct / 100
    return Money(exact.numerator // exact.denominator)


def capped(cap: Money, posted_before: Money, postings: Sequence[Money]) -> list[Money]:
    """What of each posting may still be charged, in order; what is cut is not owed."""
    posted, result = posted_before, []
    for amount in postings:
        allowed = min(amount, max(ZERO, cap - posted))
        posted += allowed
        result.append(allowed)
    return result
