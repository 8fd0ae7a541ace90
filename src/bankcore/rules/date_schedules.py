"""Schedules of dates (日期计划): forward and backward from an anchor, with stubs and month ends.

Dates step from the anchor, never from the last date (31 Jan, 28 Feb, 31 Mar). Business-day
conventions move dates after the schedule is built. Dates that coincide are given once.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count, takewhile

from bankcore.values.dates import add_months

Adjust = Callable[[date], date]
"""A business-day convention on a calendar, bound."""


def unadjusted(day: date) -> date:
    """The convention that moves nothing."""
    return day


@dataclass(frozen=True, slots=True)
class Tenor:
    """A step of `count` days or weeks (as days) or months or years (as months)."""

    count: int
    in_months: bool

    @classmethod
    def parse(cls, text: str) -> Tenor:
        """Read `7D`, `2W`, `3M`, `1Y`."""
        number, unit = int(text[:-1]), text[-1]
        return {
            "D": cls(number, in_months=False),
            "W": cls(number * 7, in_months=False),
            "M": cls(number, in_months=True),
            "Y": cls(number * 12, in_months=True),
        }[unit]

    def step(self, anchor: date, times: int) -> date:
        """The anchor moved by so many steps; a missing day of the month is its last."""
        if self.in_months:
            return add_months(anchor, self.count * times)
        return anchor + timedelta(days=self.count * times)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a schedule is made from.

    `backward` steps from the end instead of the start. `first` and `next_to_last` are fixed stub
    dates. `end_of_month`: from an anchor at a month end every step leads to a month end. `adjust`
    moves all dates but the end, which `adjust_end` moves.
    """

    effective: date
    termination: date
    tenor: Tenor
    backward: bool = False
    end_of_month: bool = False
    first: date | None = None
    next_to_last: date | None = None
    adjust: Adjust = unadjusted
    adjust_end: Adjust = unadjusted


@dataclass(frozen=True, slots=True)
class Schedule:
    """Dates in order, and for each period between two whether it is one regular step."""

    dates: tuple[date, ...]
    regular: tuple[bool, ...]


def month_end(day: date) -> date:
    """The last day of the month."""
    return day.replace(day=monthrange(day.year, day.month)[1])


def is_month_end(day: date) -> bool:
    """True on the last day of a month."""
    return day == month_end(day)


def build(plan: Plan) -> Schedule:
    """Build, adjust, and drop dates that the adjustment made coincide."""
    assert plan.tenor.count > 0, "a schedule steps forward in time"
    days, regular = _backward(plan) if plan.backward else _forward(plan)
    moved = [plan.adjust(d) for d in days[:-1]] + [plan.adjust_end(days[-1])]
    return _distinct(moved, regular)


def _step(plan: Plan, seed: date, times: int) -> date:
    """So many steps from the seed; from a month end to month ends where that is asked for."""
    day = plan.tenor.step(seed, times)
    sticks = plan.end_of_month and plan.tenor.in_months and is_month_end(seed)
    return month_end(day) if sticks else day


def _forward(plan: Plan) -> tuple[list[date], list[bool]]:
    days, regular, seed = [plan.effective], list[bool](), plan.effective
    if plan.first is not None:
        days.append(plan.first)
        regular.append(_step(plan, seed, 1) == plan.first)
        seed = plan.first
    stop = plan.next_to_last or plan.termination
    inner = list(takewhile(lambda day: day <= stop, (_step(plan, seed, n) for n in count(1))))
    days += inner
    regular += [True] * len(inner)
    for end in (plan.next_to_last, plan.termination):
        if end is not None and days[-1] != end:
            days.append(end)
            regular.append(False)
    return days, regular


def _backward(plan: Plan) -> tuple[list[date], list[bool]]:
    days, regular, seed = [plan.termination], list[bool](), plan.termination
    if plan.next_to_last is not None:
        days.insert(0, plan.next_to_last)
        regular.insert(0, _step(plan, seed, -1) == plan.next_to_last)
        seed = plan.next_to_last
    stop = plan.first or plan.effective
    inner = list(takewhile(lambda day: day >= stop, (_step(plan, seed, -n) for n in count(1))))
    days = [*reversed(inner), *days]
    regular = [True] * len(inner) + regular
    for start in (plan.first, plan.effective):
        if start is not None and days[0] != start:
            days.insert(0, start)
            regular.insert(0, False)
    return days, regular


def _distinct(days: list[date], regular: list[bool]) -> Schedule:
    kept, flags = [days[0]], list[bool]()
    for day, flag in zip(days[1:], regular, strict=True):
        if day == kept[-1]:
            continue
        kept.append(day)
        flags.append(flag)
    return Schedule(tuple(kept), tuple(flags))
