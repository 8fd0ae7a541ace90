"""Business days (营业日): the two calendars, deadlines in working days, the horizon, GEN-04.

`WORK` follows the State Council arrangement and counts deadlines; `EXCHANGE` has no make-up days
and dates fund dealing. Beyond the last published table a calendar refuses unless it projects.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from bankcore.values import holidays
from bankcore.values.reasons import Reason, Rejected

DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Calendar:
    """One calendar: off days, worked weekend days, and the dates between which it is known.

    `projection` True lets it answer beyond the horizon by weekdays and fixed holidays alone; ask
    `projected` whether an answer did.
    """

    name: str
    off: frozenset[date]
    make_up: frozenset[date]
    first: date = holidays.FIRST
    horizon: date = holidays.HORIZON
    projection: bool = False

    def projecting(self) -> Calendar:
        """The same calendar that also answers beyond the horizon."""
        return replace(self, projection=True)

    def projected(self, *days: date) -> bool:
        """True when one of the days lies beyond the horizon, so that an answer is a guess."""
        return any(day > self.horizon for day in days)

    def is_business_day(self, day: date) -> bool:
        """Make-up day, or Monday to Friday and no holiday.

        Refuses `calendar_before_start` and, unless projecting, `calendar_beyond_horizon`.
        """
        if day < self.first:
            raise Rejected(Reason.CALENDAR_BEFORE_START, day=day, first=self.first)
        if day > self.horizon:
            if not self.projection:
                raise Rejected(Reason.CALENDAR_BEYOND_HORIZON, day=day, horizon=self.horizon)
            return day.weekday() < 5 and (day.month, day.day) not in holidays.FIXED
        return day in self.make_up or (day.weekday() < 5 and day not in self.off)

    def add_business_days(self, day: date, count: int) -> date:
        """The count-th business day after the day, which itself never counts.

        0 gives the day or the next business day; a negative count goes back the same way.
        """
        if count == 0:
            return self.following(day)
        step, left = (DAY if count > 0 else -DAY), abs(count)
        while left:
            day += step
            left -= self.is_business_day(day)
        return day

    def between(self, start: date, end: date) -> int:
        """How many business days lie in (start, end]; refuses `period_reversed`."""
        if end < start:
            raise Rejected(Reason.PERIOD_REVERSED, start=start, end=end)
        days = (start + DAY * i for i in range(1, (end - start).days + 1))
        return sum(self.is_business_day(day) for day in days)

    def following(self, day: date) -> date:
        """The day if it is a business day, else the next one."""
        while not self.is_business_day(day):
            day += DAY
        return day

    def preceding(self, day: date) -> date:
        """The day if it is a business day, else the last one before."""
        while not self.is_business_day(day):
            day -= DAY
        return day

    def modified_following(self, day: date) -> date:
        """The following business day unless it leaves the month, then the preceding one."""
        later = self.following(day)
        return later if later.month == day.month else self.preceding(day)

    def adjust(self, day: date, convention: str) -> date:
        """Adjust by `none`, which never refuses, or by one of the three methods above by name."""
        ways: Mapping[str, Callable[[date], date]] = {
            "none": lambda same: same,
            "following": self.following,
            "preceding": self.preceding,
            "modified_following": self.modified_following,
        }
        return ways[convention](day)


def _days(table: Mapping[int, str]) -> Iterator[date]:
    """The days of a table of `MM-DD` words and inclusive `MM-DD…MM-DD` ranges by year."""
    for year, words in table.items():
        for word in words.split():
            start, _, end = word.partition("…")
            day = date.fromisoformat(f"{year}-{start}")
            last = date.fromisoformat(f"{year}-{end or start}")
            while day <= last:
                yield day
                day += DAY


WORK: Final = Calendar("work", frozenset(_days(holidays.OFF)), frozenset(_days(holidays.MAKE_UP)))
EXCHANGE: Final = Calendar(
    "exchange", WORK.off | frozenset(_days(holidays.EXCHANGE_OFF)), frozenset()
)


def calendar_of(name: str) -> Calendar:
    """The calendar `work` or `exchange`; any other name is `calendar_unknown`."""
    for known in (WORK, EXCHANGE):
        if known.name == name:
            return known
    raise Rejected(Reason.CALENDAR_UNKNOWN, calendar=name)
