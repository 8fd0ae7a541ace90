"""LN-18 Days past due (逾期天数): one count that feeds class, ECL, warnings and collection."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from bankcore.values.dates import add_months
from bankcore.values.money import Money, total

_LOOKBACK_MONTHS: Final = 24
_BUCKETS: Final = ((0, "M0"), (30, "M1"), (60, "M2"), (90, "M3"), (120, "M4"), (150, "M5"))


@dataclass(frozen=True, slots=True)
class Owed:
    """An instalment (principal + interest) by due date."""

    due: date
    amount: Money


@dataclass(frozen=True, slots=True)
class Paid:
    """A payment on principal and interest, by day."""

    on: date
    amount: Money


@dataclass(frozen=True, slots=True)
class DaysPastDue:
    """Strict count, count reported after grace, oldest unpaid due date, amount and bucket."""

    strict: int
    reported: int
    oldest_due: date | None
    overdue: Money
    bucket: str


@dataclass(frozen=True, slots=True)
class Missed:
    """Missed instalments of the last 24 months: how many, and the longest run of neighbours."""

    total: int
    consecutive: int


def days_past_due(
    owed: Sequence[Owed], paid: Sequence[Paid], as_of: date, grace_days: int
) -> DaysPastDue:
    """The count at the close of a day: days since the oldest instalment not paid in full.

    Payments go to the oldest instalment first; a part payment never resets the count. Inside
    grace 0 is reported, after it no day is forgiven.
    """
    counted = sorted((o for o in owed if o.due < as_of), key=lambda o: o.due)
    money = total([p.amount for p in paid if p.on <= as_of])
    oldest = _oldest_open(counted, money)
    strict = (as_of - oldest).days if oldest else 0
    reported = strict if strict > grace_days else 0
    overdue = max(total([o.amount for o in counted]) - money, Money(0))
    return DaysPastDue(strict, reported, oldest, overdue, bucket(reported))


def _oldest_open(counted: Sequence[Owed], money: Money) -> date | None:
    cumulated = Money(0)
    for owed in counted:
        cumulated += owed.amount
        if cumulated > money:
            return owed.due
    return None


def bucket(days: int) -> str:
    """Bucket of reported days (账龄): M0, M1 1–30, … M6 151–180, M7 above.

    >>> bucket(0), bucket(31), bucket(181)
    ('M0', 'M2', 'M7')
    """
    found = (name for upto, name in (*_BUCKETS, (180, "M6")) if days <= upto)
    return next(found, "M7")


def missed_instalments(
    owed: Sequence[Owed], paid: Sequence[Paid], as_of: date, grace_days: int
) -> Missed:
    """Instalments not fully paid by due date + grace, over those due in the last 24 months."""
    since = add_months(as_of, -_LOOKBACK_MONTHS)
    grace = timedelta(days=grace_days)
    cumulated, run, longest, count = Money(0), 0, 0, 0
    for instalment in sorted(owed, key=lambda o: o.due):
        cumulated += instalment.amount
        judged = instalment.due + grace < as_of and instalment.due >= since
        in_time = total([p.amount for p in paid if p.on <= instalment.due + grace])
        missed = judged and in_time < cumulated
        run = run + 1 if missed else 0
        longest, count = max(longest, run), count + missed
    return Missed(count, longest)
