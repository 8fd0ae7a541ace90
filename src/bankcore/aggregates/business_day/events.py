"""Events of the business day: the storage contract."""

from __future__ import annotations

from datetime import date

from bankcore.values.declare import event


@event(
    "business_day",
    "日初",
    "Day opened",
    say_zh="{day} 开始营业",
    say_en="business day {day} opened",
)
class DayOpened:
    """A business day begins (日初); every calendar date is one."""

    day: date
    previous_day: date | None
    rules_effective: tuple[str, ...]


@event(
    "business_day",
    "日终",
    "Day closed",
    say_zh="{day} 日终结账",
    say_en="business day {day} closed",
)
class DayClosed:
    """A business day ends (日终). `position` and `head` name the last event that was seen."""

    day: date
    position: int
    head: str
    trial_balance_digest: str


DayEvent = DayOpened | DayClosed
