"""CC-02 Billing cycle, due date and interest-free days (账单周期、到期还款日、免息期).

Calendar days throughout: statement and due dates stay where they are on weekends and holidays.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from bankcore.values.dates import add_months
from bankcore.values.reasons import Reason, Rejected


@dataclass(frozen=True, slots=True)
class Billing:
    """Where an item lands: its statement, that statement's due date, days free of interest."""

    statement_date: date
    due_date: date
    interest_free_days: int


def check_statement_day(day: int) -> None:
    """Refuse `statement_day_invalid` unless the day is 1…28, so that each month has one."""
    if not 1 <= day <= 28:
        raise Rejected(Reason.STATEMENT_DAY_INVALID, day=day)


def statement_on_or_after(day: date, statement_day: int) -> date:
    """The first statement date that is not before `day`."""
    this_month = day.replace(day=statement_day)
    return this_month if this_month >= day else add_months(this_month, 1)


def statement_after(day: date, statement_day: int) -> date:
    """The first statement date after `day`."""
    return statement_on_or_after(day + timedelta(days=1), statement_day)


def billing_of(posted: date, statement_day: int, due_offset: int) -> Billing:
    """Statement, due date and interest-free days of an item posted on a day.

    Posted on the statement date it is still in that statement. Refuses `statement_day_invalid`.
    """
    check_statement_day(statement_day)
    statement = statement_on_or_after(posted, statement_day)
    due = statement + timedelta(days=due_offset)
    return Billing(statement, due, (due - posted).days)


@dataclass(frozen=True, slots=True, kw_only=True)
class DayChange:
    """A wish for another statement day: new day, last cut, last change (None: never), overdue."""

    day: int
    last_cut: date
    last_change: date | None
    overdue: bool
    on: date


def first_cut_after_change(change: DayChange, months_apart: int, least_days: int) -> date:
    """The first statement date under a new statement day (改账单日).

    It is the first new statement day at least `least_days` after the next old cut, which
    `last_cut` names. Refuses `statement_day_invalid`, `statement_day_change_too_soon` within
    `months_apart` months of the last change, `statement_day_change_overdue`.
    """
    check_statement_day(change.day)
    last = change.last_change
    if last is not None and change.on < add_months(last, months_apart):
        raise Rejected(Reason.STATEMENT_DAY_CHANGE_TOO_SOON, last_change=last)
    if change.overdue:
        raise Rejected(Reason.STATEMENT_DAY_CHANGE_OVERDUE)
    return statement_on_or_after(change.last_cut + timedelta(days=least_days), change.day)
