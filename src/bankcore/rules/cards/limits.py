"""CC-01 Limits and annual fee (额度、年费) of a card account."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Final

from bankcore.values.dates import add_months
from bankcore.values.money import ZERO, Money
from bankcore.values.reasons import Reason, Rejected

_CASH_STEP: Final = 100_00


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """The permanent limit, and a temporary increase from a day through a day (both in)."""

    permanent: Money
    increase: Money = ZERO
    increase_from: date | None = None
    increase_to: date | None = None

    def on(self, day: date) -> Money:
        """L(d): the limit of a day."""
        start, end = self.increase_from, self.increase_to
        if start is not None and end is not None and start <= day <= end:
            return self.permanent + self.increase
        return self.permanent


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """What uses the limit: debts, open authorisations, the cash part of both, credit balance.

    `used` is every outstanding item, billed or not, plus instalment principal still to come.
    """

    used: Money
    used_cash: Money
    held: Money
    held_cash: Money
    credit: Money


@dataclass(frozen=True, slots=True)
class Available:
    """What may still be spent, and what of it in cash: 0 ≤ cash ≤ available."""

    available: Money
    cash: Money


def cash_line(permanent: Money, cash_pct: Fraction) -> Money:
    """The cash sub-limit (预借现金额度): a share of the permanent limit, down to 100 yuan."""
    exact = permanent.minor * cash_pct / 100
    return Money(exact.numerator // exact.denominator // _CASH_STEP * _CASH_STEP)


def available(limit: Limit, use: Use, on: date, cash_pct: Fraction) -> Available:
    """max(0, L + credit − used − held); cash by its own line, plus own money."""
    left = max(ZERO, limit.on(on) + use.credit - use.used - use.held)
    line = cash_line(limit.permanent, cash_pct)
    cash = min(left, max(ZERO, line - use.used_cash - use.held_cash))
    return Available(left, min(left, cash + use.credit))


def check_within_limit(amount: Money, left: Money, opted_in: Money = ZERO) -> None:
    """Refuse `limit_exceeded`; `opted_in` is the extra a customer agreed to (never for cash)."""
    if amount > left + opted_in:
        raise Rejected(Reason.LIMIT_EXCEEDED, available=left, asked=amount)


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnualFeeTerms:
    """The fee of a year and how many purchases in the year before waive it."""

    fee: Money
    waiver_count: int


def annual_fee(
    activated: date | None, on: date, purchases_last_year: int, terms: AnnualFeeTerms
) -> Money:
    """The fee charged on a day: on an anniversary of activation only, never in the first year.

    29 Feb has its anniversary on 28 Feb in common years. As many purchases as the waiver count
    in the card year that ended waive it.
    """
    if activated is None or on <= activated:
        return ZERO
    years = on.year - activated.year
    if add_months(activated, 12 * years) != on:
        return ZERO
    return ZERO if purchases_last_year >= terms.waiver_count else terms.fee


def next_anniversary(activated: date, after: date) -> date:
    """The first anniversary of activation after a day, stepped from the activation day."""
    years = max(1, after.year - activated.year)
    day = add_months(activated, 12 * years)
    return day if day > after else add_months(activated, 12 * (years + 1))
