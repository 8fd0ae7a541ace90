"""Value dates in the past (倒起息): accepted or refused by GEN-05."""

from __future__ import annotations

from datetime import date

from bankcore.aggregates.bank import BANK
from bankcore.operations.decision import Decision
from bankcore.rules.value_date import BackValue, check_value_date


def value_date_of(
    d: Decision, opened_on: date | None, closed_on: date | None, last_booking: date | None
) -> date:
    """The value date of the command after the checks of GEN-05, in their order."""
    if d.frame.value_date is None or d.frame.value_date == d.day:
        return d.day
    books = d.load(BANK, "bank")
    request = BackValue(
        booking_date=d.day,
        open_day=d.day,
        stream_last_booking=last_booking,
        value_date=d.frame.value_date,
        opened_on=opened_on,
        closed_on=closed_on,
        settled_to=None,
        open_period_from=_open_period(books.closed_month if books else None),
        approval=d.frame.approval,
        ground=d.frame.ground,
        maker=d.frame.actor.id,
        approver=d.frame.approver,
    )
    check_value_date(request)
    return d.frame.value_date


def _open_period(closed_month: str | None) -> date | None:
    """First day of the open accounting month, None before the first month was closed."""
    if closed_month is None:
        return None
    year, month = map(int, closed_month.split("-"))
    return date(year + month // 12, month % 12 + 1, 1)
