"""LN-27 Upgrade out of non-performing (不良上调)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bankcore.rules.loans.codes import LoanClass
from bankcore.values.dates import add_months
from bankcore.values.money import Money
from bankcore.values.reasons import Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class UpgradePolicy:
    """Months and due dates of normal payment to be seen, and grace in days."""

    months: int
    due_dates: int
    grace_days: int


@dataclass(frozen=True, slots=True)
class DueRecord:
    """A due date and the day on which it was fully paid (None = not)."""

    due: date
    paid: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class UpgradeCase:
    """The case for an upgrade; `cleared` = first day on which nothing due was unpaid."""

    class_before: LoanClass
    cleared: date | None
    dues: Sequence[DueRecord]
    as_of: date
    costs_outstanding: Money
    assessment_ok: bool
    other_impaired: bool
    restructured: bool
    target: LoanClass


@dataclass(frozen=True, slots=True)
class Upgrade:
    """The day from which the count runs, the earliest day of an upgrade, the first refusal."""

    cleared: date | None
    earliest: date | None
    reason: Reason | None


def upgrade(case: UpgradeCase, policy: UpgradePolicy) -> Upgrade:
    """May a non-performing loan rise? After all arrears, then steady payment long enough.

    Refuses in order `not_non_performing`, `arrears_outstanding`, `costs_outstanding`,
    `observation_not_over`, `assessment_negative`, `other_impaired_assets`,
    `restructured_at_most_special_mention`.
    """
    dues = sorted(case.dues, key=lambda record: record.due)
    cleared = None if case.cleared is None else _cleared(case.cleared, dues, case.as_of, policy)
    earliest = None if cleared is None else _earliest(cleared, dues, policy)
    unpaid = cleared is None or any(_open(record, case.as_of) for record in dues)
    too_early = earliest is None or case.as_of < earliest
    too_good = case.restructured and case.target is LoanClass.NORMAL
    checks = (
        (Reason.NOT_NON_PERFORMING, not case.class_before.non_performing),
        (Reason.ARREARS_OUTSTANDING, unpaid),
        (Reason.COSTS_OUTSTANDING, bool(case.costs_outstanding)),
        (Reason.OBSERVATION_NOT_OVER, too_early),
        (Reason.ASSESSMENT_NEGATIVE, not case.assessment_ok),
        (Reason.OTHER_IMPAIRED_ASSETS, case.other_impaired),
        (Reason.RESTRUCTURED_AT_MOST_SPECIAL_MENTION, too_good),
    )
    return Upgrade(cleared, earliest, next((reason for reason, hit in checks if hit), None))


def _open(record: DueRecord, day: date) -> bool:
    """Whether an instalment due by a day was unpaid at its close."""
    return record.due <= day and (record.paid is None or record.paid > day)


def _cleared(
    start: date, dues: Sequence[DueRecord], as_of: date, policy: UpgradePolicy
) -> date | None:
    """The day from which payment was normal: each late due date starts the count again."""
    grace = timedelta(days=policy.grace_days)
    cleared = start
    for record in dues:
        deadline = record.due + grace
        judged = record.due > cleared and as_of > deadline
        if not judged or not _open(record, deadline):
            continue
        again = _clean_day(record, dues, as_of)
        if again is None:
            return None
        cleared = again
    return cleared


def _clean_day(late: DueRecord, dues: Sequence[DueRecord], as_of: date) -> date | None:
    """The first day from a late payment on which nothing due was unpaid, up to `as_of`."""
    if late.paid is None:
        return None
    days = sorted({r.paid for r in dues if r.paid is not None and late.paid <= r.paid <= as_of})
    return next((day for day in days if not any(_open(r, day) for r in dues)), None)


def _earliest(cleared: date, dues: Sequence[DueRecord], policy: UpgradePolicy) -> date:
    after = [record.due for record in dues if record.due > cleared][: policy.due_dates]
    return max([add_months(cleared, policy.months), *after])
