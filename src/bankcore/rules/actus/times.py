"""Points in time and cycles (时点与周期): cycles with stubs, shifts, year fractions of ACTUS."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Final

from bankcore.rules import day_counts
from bankcore.rules.date_schedules import is_month_end, month_end
from bankcore.values.dates import add_months

_CYCLE: Final = re.compile(r"P(\d+)([DWMQHY])L([01])")
_PERIOD: Final = re.compile(r"P(\d+)([DWMQHY])")
_MONTHS: Final = {"M": 1, "Q": 3, "H": 6, "Y": 12}
DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Period:
    """A length of `count` days or months."""

    count: int
    in_months: bool

    @classmethod
    def parse(cls, text: str) -> Period:
        """Read `P1M`, `P2W`, `P10D`; other text is a `ValueError`."""
        match = _PERIOD.match(text)
        if match is None:
            raise ValueError(f"{text!r} is no period like P1M")
        number, unit = int(match[1]), match[2]
        if unit in _MONTHS:
            return cls(number * _MONTHS[unit], in_months=True)
        return cls(number * (7 if unit == "W" else 1), in_months=False)

    def after(self, start: datetime, times: int = 1) -> datetime:
        """So many periods after a point in time, counted from it; month ends are clamped."""
        if not self.in_months:
            return start + timedelta(days=self.count * times)
        return datetime.combine(add_months(start.date(), self.count * times), start.time())


@dataclass(frozen=True, slots=True)
class Cycle:
    """A period that repeats; `long_stub` drops the last regular date before an uneven end."""

    period: Period
    long_stub: bool

    @classmethod
    def parse(cls, text: str) -> Cycle:
        """Read `P1ML0` (long last stub) or `P1ML1` (short)."""
        match = _CYCLE.fullmatch(text)
        if match is None:
            raise ValueError(f"{text!r} is no cycle like P1ML1")
        return cls(Period.parse(text), match[3] == "0")


@dataclass(frozen=True, slots=True)
class Moment:
    """When an event happens: `at` is shown, `counts` is what interest is counted to."""

    at: datetime
    counts: datetime


@dataclass(frozen=True, slots=True)
class Conventions:
    """How a contract moves and counts its dates."""

    end_of_month: bool
    shift: str
    weekdays_only: bool
    day_count: str

    def cycle(self, anchor: datetime, cycle: Cycle, end: datetime) -> list[datetime]:
        """Unshifted dates from the anchor up to `end`, the end itself left out."""
        sticks = self.end_of_month and cycle.period.in_months and is_month_end(anchor.date())
        days: list[datetime] = []
        times = 0
        while (day := cycle.period.after(anchor, times)) < end or not days:
            if sticks:
                day = datetime.combine(month_end(day.date()), day.time())
            if day >= end:
                break
            days.append(day)
            times += 1
        following = cycle.period.after(anchor, times)
        if sticks:
            following = datetime.combine(month_end(following.date()), following.time())
        if cycle.long_stub and following != end and len(days) > 1:
            days.pop()
        return days

    def moment(self, day: datetime) -> Moment:
        """Apply the business-day convention: SC moves before counting, CS only what is shown."""
        shifted = self._shifted(day)
        counts = day if self.shift.startswith("CS") else shifted
        return Moment(shifted, counts)

    def _shifted(self, day: datetime) -> datetime:
        if not self.weekdays_only or self.shift in {"", "NOS"} or day.weekday() < 5:
            return day
        later = day + (7 - day.weekday()) * DAY
        earlier = day - (day.weekday() - 4) * DAY
        kind = self.shift[2:]
        if kind == "F":
            return later
        if kind == "P":
            return earlier
        if kind == "MF":
            return later if later.month == day.month else earlier
        return earlier if earlier.month == day.month else later

    def years(self, start: datetime, end: datetime) -> Fraction:
        """Year fraction of [start, end) by the contract's day count."""
        return COUNTS[self.day_count](counting_date(start), counting_date(end)).years


def counting_date(at: datetime) -> date:
    """The date that counts: 23:59:59 is 24:00, the next midnight."""
    return at.date() + DAY if (at.hour, at.minute, at.second) == (23, 59, 59) else at.date()


COUNTS: Final[dict[str, Callable[[date, date], day_counts.Counted]]] = {
    "A365": day_counts.act_365_fixed,
    "A360": day_counts.act_360,
    "AA": day_counts.act_act_isda,
    "30E360": day_counts.thirty_e_360,
    "30E360ISDA": day_counts.thirty_e_360_isda,
    "28E336": day_counts.twenty_eight_e_336,
}
