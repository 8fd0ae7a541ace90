"""WM-04 Validity and repeat tests (有效期、重测): may one be taken, which counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bankcore.products.suitability_terms import RetestTerms
from bankcore.values.dates import add_months
from bankcore.values.reasons import Reason, Rejected


def check_retest(previous: Sequence[date], on: date, terms: RetestTerms) -> None:
    """Refuse `retest_daily_cap`, `retest_yearly_cap`; only completed tests count.

    The window is (the same day twelve months ago, today].
    """
    if sum(day == on for day in previous) >= terms.per_day:
        raise Rejected(Reason.RETEST_DAILY_CAP, most=terms.per_day)
    since = add_months(on, -12)
    if sum(since < day <= on for day in previous) >= terms.per_year:
        raise Rejected(Reason.RETEST_YEARLY_CAP, most=terms.per_year)


@dataclass(frozen=True, slots=True)
class RiskTest:
    """A completed test and its level."""

    date: date
    level: int


@dataclass(frozen=True, slots=True)
class EffectiveLevel:
    """The level that counts, and the last day of the test that it comes from."""

    level: int
    valid_to: date


def effective_level(
    tests: Sequence[RiskTest], on: date, terms: RetestTerms
) -> EffectiveLevel | None:
    """The last valid test counts; a rise of today counts from tomorrow if an earlier one is valid.

    None without a valid test. Tests are in their order.
    """
    lasting = timedelta(days=terms.valid_days)
    valid = [test for test in tests if test.date <= on <= test.date + lasting]
    if not valid:
        return None
    used = valid[-1]
    earlier = [test for test in valid if test.date < on]
    if used.date == on and earlier and used.level > earlier[-1].level:
        used = earlier[-1]
    return EffectiveLevel(used.level, used.date + lasting)
