"""Commands of the business day and their checks, GEN-08."""

from __future__ import annotations

from datetime import date, timedelta

from bankcore.aggregates.business_day.state import BusinessDay
from bankcore.values.declare import command
from bankcore.values.reasons import Reason, Rejected


@command("business_day.open", "日初", "Open a business day")
class Open:
    """Open the next business day; the first day of a bank may be any date."""

    day: date


@command("business_day.close", "日终", "Close the open business day")
class Close:
    """Do what is due at the end of the open day and close it."""

    day: date


def check_open(day: date, state: BusinessDay | None) -> None:
    """Refuse in the order day_already_open, previous_day_open, day_gap."""
    if state is None:
        return
    if state.open_day == day or (state.closed_day and day <= state.closed_day):
        raise Rejected(Reason.DAY_ALREADY_OPEN, day=day)
    if state.open_day is not None:
        raise Rejected(Reason.PREVIOUS_DAY_OPEN, open_day=state.open_day)
    if state.closed_day and day != state.closed_day + timedelta(days=1):
        raise Rejected(Reason.DAY_GAP, expected=state.closed_day + timedelta(days=1), given=day)


def check_close(day: date, state: BusinessDay | None) -> None:
    """Refuse day_already_closed, or booking_date_not_open when another day is open."""
    if state and state.closed_day and day <= state.closed_day:
        raise Rejected(Reason.DAY_ALREADY_CLOSED, day=day)
    if state is None or state.open_day != day:
        raise Rejected(Reason.BOOKING_DATE_NOT_OPEN, day=day)
