"""Annual rates as other rulebooks define them (年化收益率、年化成本): APY, APR, APRC.

APY after the US Truth in Savings rule (Regulation DD, appendix A), APR by the actuarial method
(Regulation Z, appendix J), APRC after the EU consumer credit directives (annex I). Results are
percentages, to about 25 digits where powers are not whole.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, localcontext
from fractions import Fraction
from typing import Final

from bankcore.rules.rates_of_return import Roots, xirr
from bankcore.values.dates import add_months

_DIGITS: Final = 50
_HALVINGS: Final = 60


def _decimal(number: Fraction) -> Decimal:
    return Decimal(number.numerator) / Decimal(number.denominator)


def power(base: Fraction, exponent: Fraction) -> Fraction:
    """A positive base to any exponent: exact for whole exponents, else to 50 digits."""
    if exponent.denominator == 1:
        return base**exponent.numerator
    with localcontext() as context:
        context.prec = _DIGITS
        return Fraction((_decimal(base).ln() * _decimal(exponent)).exp())


def apy(principal: Fraction, interest: Fraction, days: int) -> Fraction:
    """Annual percentage yield of interest earned in so many days on a 365-day year."""
    return 100 * (power(1 + interest / principal, Fraction(365, days)) - 1)


def apy_earned(balance: Fraction, interest: Fraction, days: int, compounding: int) -> Fraction:
    """Yield earned when interest compounds every so many days of a statement of `days`."""
    grown = 1 + interest / balance / days * compounding
    return 100 * (power(grown, Fraction(365, compounding)) - 1)


@dataclass(frozen=True, slots=True)
class UnitPeriod:
    """The unit in which time is counted: `M`, `SM` (half month), `W` or `D`, so many of them."""

    kind: str
    count: int

    @property
    def per_year(self) -> Fraction:
        """How many unit periods a year has."""
        year = {"M": 12, "SM": 24, "W": 52, "D": 365}[self.kind]
        return Fraction(year, self.count)

    @property
    def days(self) -> int:
        """Days of one unit period when a part of it is counted."""
        if self.kind == "M" and self.count == 12:
            return 365
        return {"M": 30, "SM": 15, "W": 7, "D": 1}[self.kind] * self.count

    def before(self, day: date, times: int) -> date:
        """So many unit periods back from a day."""
        if self.kind == "M":
            return add_months(day, -self.count * times)
        if self.kind == "SM":
            half = add_months(day, -(times // 2))
            return half if times % 2 == 0 else _half_month_back(half)
        return day - timedelta(days=self.count * times * (7 if self.kind == "W" else 1))

    def between(self, start: date, end: date) -> tuple[int, Fraction]:
        """Whole unit periods counted back from the end, and the odd part left at the start."""
        whole = 0
        while self.before(end, whole + 1) >= start:
            whole += 1
        return whole, self._odd(start, self.before(end, whole))

    def _odd(self, start: date, end: date) -> Fraction:
        """Days left over; in units of several months whole months among them count 30 days each."""
        if self.kind != "M" or self.count in {1, 12}:
            return Fraction((end - start).days, self.days)
        months = 0
        while add_months(end, -(months + 1)) >= start:
            months += 1
        odd = (add_months(end, -months) - start).days
        return Fraction(30 * months + odd, self.days)


def _half_month_back(day: date) -> date:
    """Half a month before: the 16th for the 1st, the 1st for the 16th, else fifteen days."""
    if day.day == 16:
        return day.replace(day=1)
    if day.day == 1:
        return add_months(day, -1).replace(day=16)
    return day - timedelta(days=15)


def apr_actuarial(
    advance: Fraction, payments: Sequence[tuple[int, Fraction, Fraction]], per_year: Fraction
) -> Fraction:
    """Annual percentage rate: payments as (whole units, odd part, amount), actuarial method.

    Each is discounted by (1 + odd·i)(1 + i)^whole; i is found by halving and stated per year.
    """

    def worth(rate: Fraction) -> Fraction:
        return sum(
            (amount / ((1 + odd * rate) * (1 + rate) ** whole) for whole, odd, amount in payments),
            Fraction(0),
        )

    low, high = Fraction(0), Fraction(1)
    while worth(high) > advance:
        low, high = high, high * 2
    for _ in range(_HALVINGS):
        # Short decimals keep the fractions from growing without adding error worth a digit.
        middle = ((low + high) / 2).limit_denominator(10**18)
        if worth(middle) > advance:
            low = middle
        else:
            high = middle
    return 100 * (low + high) / 2 * per_year


def aprc_single(advance: Fraction, repayment: Fraction, years: Fraction) -> Fraction:
    """APRC of one advance and one repayment after so many years, effective."""
    return 100 * (power(repayment / advance, 1 / years) - 1)


def aprc_monthly(advance: Fraction, instalment: Fraction, count: int) -> Fraction:
    """APRC of equal instalments at equal months, effective."""
    payments = [(month, Fraction(0), instalment) for month in range(1, count + 1)]
    monthly = apr_actuarial(advance, payments, Fraction(1)) / 100
    return 100 * ((1 + monthly) ** 12 - 1)


def aprc_dated(
    advance: Fraction, payments: Sequence[tuple[date, Fraction]], start: date
) -> Fraction:
    """APRC of dated payments on actual days over 365, effective; no one root is a `ValueError`."""
    flows = [(start, advance), *((on, -amount) for on, amount in payments)]
    found = xirr(flows)
    if isinstance(found, Roots):
        raise ValueError(found.value)  # noqa: TRY004  # the flows are wrong, not their type
    return 100 * found
