"""PAY-03 Rails and routing (清算渠道): by which rail a transfer is sent, and when.

Local time; openings are inclusive, closings exclusive.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from itertools import count

from bankcore.values.money import Money


class Rail(StrEnum):
    """Inside the bank, internet clearing (IBPS), bulk (BEPS), high value (HVPS)."""

    INTRA = "intra"
    IBPS = "ibps"
    BEPS = "beps"
    HVPS = "hvps"


class Arrival(StrEnum):
    """When the payer wants the money to arrive (到账方式), PAY-05."""

    REALTIME = "realtime"
    NORMAL = "normal"
    NEXT_DAY = "next_day"


@dataclass(frozen=True, slots=True, kw_only=True)
class RailTerms:
    """Single limits, the batch interval of BEPS in minutes, and the window of HVPS.

    `opens_day_before`: the window of a working day opens on the natural day before it.
    """

    ibps_limit: Money
    beps_limit: Money
    batch_minutes: int
    opens_day_before: bool
    opens: time
    closes: time


@dataclass(frozen=True, slots=True)
class Route:
    """The rail and the moment of sending."""

    rail: Rail
    sent_at: datetime


WorkingDay = Callable[[date], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """A transfer to be routed at its execution time."""

    same_bank: bool
    option: Arrival
    amount: Money
    at: datetime


def route(order: Order, terms: RailTerms, is_working_day: WorkingDay) -> Route:
    """Small amounts go by IBPS (real time) or in the next BEPS batch, larger ones by HVPS.

    Outside its window HVPS sends at its next opening; nothing is refused for the hour.
    """
    if order.same_bank:
        return Route(Rail.INTRA, order.at)
    if order.option is Arrival.REALTIME and order.amount <= terms.ibps_limit:
        return Route(Rail.IBPS, order.at)
    if order.option is not Arrival.REALTIME and order.amount <= terms.beps_limit:
        return Route(Rail.BEPS, next_batch(order.at, terms.batch_minutes))
    return Route(Rail.HVPS, high_value_time(order.at, terms, is_working_day))


def next_batch(at: datetime, minutes: int) -> datetime:
    """The next batch time, now when it falls on one; batches count from midnight."""
    midnight = datetime.combine(at.date(), time())
    interval = timedelta(minutes=minutes)
    return midnight - (midnight - at) // interval * interval


def high_value_time(at: datetime, terms: RailTerms, is_working_day: WorkingDay) -> datetime:
    """Now when HVPS is open, else its next opening."""
    for offset in count(-1):
        day = at.date() + timedelta(days=offset)
        if not is_working_day(day):
            continue
        opening_day = day - timedelta(days=1) if terms.opens_day_before else day
        opened = datetime.combine(opening_day, terms.opens)
        if at < opened:
            return opened
        if at < datetime.combine(day, terms.closes):
            return at
    raise AssertionError("working days never end")  # pragma: no cover  # count() is endless
