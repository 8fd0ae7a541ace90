"""The annuity amount (等额本息): the level payment that redeems what is left, exactly."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

from bankcore.rules.actus.maturity import derived
from bankcore.rules.actus.schedules import redemption_dates
from bankcore.rules.actus.state import State
from bankcore.rules.actus.terms import Terms


def annuity(terms: Terms, state: State) -> Fraction:
    """The signed payment on each redemption date after the state's that leaves nothing.

    Sized up to the amortisation date where there is one, else to maturity; a different maturity
    then leaves a balloon.
    """
    end = terms.amortization or derived(terms)
    days = [d for d in redemption_dates(terms, end) if d > state.at]
    days.append(end)
    owed, since, share = state.notional, state.at, Fraction(0)
    years = terms.conventions.years
    owed += state.accrued + owed * state.rate * years(since, days[0])
    factors = [1 + state.rate * years(a, b) for a, b in pairwise(days)]
    share, product = Fraction(1), Fraction(1)
    for factor in reversed(factors):
        product *= factor
        share += product
    return owed * product / share
