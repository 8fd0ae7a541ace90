"""Recomputing settled interest (追溯重算): the chain as it would have been, GL-05 step 3."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from bankcore.rules.deposits.agreement import AgreementTerms, tier_days
from bankcore.rules.deposits.demand import Movement, balance_days, stretches
from bankcore.values.money import ZERO, Money, round_to_money, total
from bankcore.values.rates import AnnualRate

Withholding = Callable[[Money], Money]
"""The tax of an interest of one period, DEP-19."""


def untaxed(_interest: Money) -> Money:
    """No tax."""
    return ZERO


@dataclass(frozen=True, slots=True)
class Period:
    """A settled period [start, until) with its rate; interest was paid on `pay_on`.

    `pay_on` None is the usual case: paid on `until`, the day after the settlement day. A period of
    a running agreement (协定存款) has its `agreement`, whose two rates then count, DEP-16. `tax`
    gives what is withheld of its interest (DEP-19): only the rest comes onto the account.
    """

    start: date
    until: date
    rate: AnnualRate
    pay_on: date | None = None
    agreement: AgreementTerms | None = None
    tax: Withholding = untaxed


def recompute_chain(
    movements: Sequence[Movement], periods: Sequence[Period], base: str = "yuan"
) -> list[Money]:
    """Interest of each settled period with all movements known, each rounded as it was settled.

    The recomputed interest less tax is capitalised on its pay day, so the interest on missing
    interest is included. `movements` hold no interest of these periods. The adjustment to book is
    the sum of this list less what was settled. Where interest that was drawn on turns out not to be
    due, the balance of the chain may fall below zero; its base is then 0 (GEN-01).
    """
    moves = list(movements)
    interests: list[Money] = []
    for period in periods:
        before = total([m for on, m in moves if on < period.start])
        stretched = stretches(before, moves, period.start, period.until)
        exact = _exact(stretched, period, base)
        interest = round_to_money(exact, before.currency).money
        interests.append(interest)
        moves.append((period.pay_on or period.until, interest - period.tax(interest)))
    return interests


def _exact(stretched: Iterable[tuple[date, date, Money]], period: Period, base: str) -> Fraction:
    """Interest of a period before rounding, in fen: at one rate, or in two tiers."""
    if period.agreement is None:
        return balance_days(stretched, base) * period.rate.daily
    low, high = tier_days(stretched, period.agreement)
    return low * period.rate.daily + high * period.agreement.agreement.daily
