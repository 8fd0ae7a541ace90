"""Value dates in the past (倒起息): how far back, with whose approval, on what ground, GEN-05."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from bankcore.values.reasons import Reason, Rejected

LEVELS: Final = ("teller", "supervisor", "branch", "head_office")
GROUNDS: Final = ("late_information", "correction", "redress", "legal_order", "audit_finding")
UNLIMITED_GROUNDS: Final = frozenset({"legal_order", "audit_finding"})


@dataclass(frozen=True, slots=True)
class BackValueLimits:
    """Calendar days that each level may approve; the last also any day on a legal ground."""

    teller: int = 0
    supervisor: int = 7
    branch: int = 90
    head_office: int = 365


@dataclass(frozen=True, slots=True, kw_only=True)
class BackValue:
    """A command with its two dates and what the rule has to know of the stream and the books.

    `settled_to` is the exclusive end of the last settled interest period, `open_period_from` the
    first day of the open accounting month; None where there is none yet.
    """

    booking_date: date
    open_day: date | None
    stream_last_booking: date | None
    value_date: date
    opened_on: date | None
    closed_on: date | None
    settled_to: date | None
    open_period_from: date | None
    approval: str
    ground: str | None
    maker: str
    approver: str | None


@dataclass(frozen=True, slots=True)
class BackValueEffect:
    """What an accepted value date brings with it.

    `restates`: earlier figures change; `adjust_settlement`: settled interest is adjusted once
    (GL-05); `closed_period`: the value lies in a closed accounting month.
    """

    back_days: int
    restates: bool
    adjust_settlement: bool
    closed_period: bool


def check_value_date(
    asked: BackValue, limits: BackValueLimits = BackValueLimits()
) -> BackValueEffect:
    """Accept the two dates or refuse with the first reason of GEN-05.

    Refusals, in order: `booking_date_not_open`, `booking_date_decreases`, `value_date_in_future`,
    `before_account_opened`, `after_account_closed`, `back_value_beyond_limit`,
    `back_value_needs_approval`, `reason_missing`, `maker_is_checker`.
    """
    _check_dates(asked)
    back = (asked.booking_date - asked.value_date).days
    _check_approval(asked, back, limits)
    return BackValueEffect(
        back_days=back,
        restates=back >= 1,
        adjust_settlement=asked.settled_to is not None and asked.value_date < asked.settled_to,
        closed_period=asked.open_period_from is not None
        and asked.value_date < asked.open_period_from,
    )


def _check_dates(asked: BackValue) -> None:
    booked, valued = asked.booking_date, asked.value_date
    if asked.open_day is None or booked != asked.open_day:
        raise Rejected(Reason.BOOKING_DATE_NOT_OPEN, booking_date=booked, open_day=asked.open_day)
    if asked.stream_last_booking is not None and booked < asked.stream_last_booking:
        raise Rejected(Reason.BOOKING_DATE_DECREASES, last=asked.stream_last_booking)
    if valued > booked:
        raise Rejected(Reason.VALUE_DATE_IN_FUTURE, value_date=valued)
    if asked.opened_on is not None and valued < asked.opened_on:
        raise Rejected(Reason.BEFORE_ACCOUNT_OPENED, opened_on=asked.opened_on)
    if asked.closed_on is not None and asked.closed_on <= booked:
        raise Rejected(Reason.AFTER_ACCOUNT_CLOSED, closed_on=asked.closed_on)


def needed_level(back: int, limits: BackValueLimits) -> str:
    """The lowest level that may approve so many days back."""
    if back <= limits.teller:
        return "teller"
    if back <= limits.supervisor:
        return "supervisor"
    return "branch" if back <= limits.branch else "head_office"


def _check_approval(asked: BackValue, back: int, limits: BackValueLimits) -> None:
    needed = needed_level(back, limits)
    if back > limits.head_office and asked.ground not in UNLIMITED_GROUNDS:
        raise Rejected(Reason.BACK_VALUE_BEYOND_LIMIT, days=back, limit=limits.head_office)
    if LEVELS.index(asked.approval) < LEVELS.index(needed):
        raise Rejected(Reason.BACK_VALUE_NEEDS_APPROVAL, days=back, needed=needed)
    if back < 1:
        return
    if not asked.ground:
        raise Rejected(Reason.REASON_MISSING, known=GROUNDS)
    if asked.approver is None or asked.approver == asked.maker:
        raise Rejected(Reason.MAKER_IS_CHECKER, maker=asked.maker)
