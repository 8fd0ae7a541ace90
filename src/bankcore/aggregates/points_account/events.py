"""Events of points (积分): the storage contract, CC-09.

`value` is what moves on 2204 in fen, rounded half up once an event: points over `to_yuan`, the
points to a yuan that day. `lots` are the points by month of earning, `month` is `YYYY-MM`.
"""

from __future__ import annotations

from datetime import date

from bankcore.values.declare import Gl, event, record
from bankcore.values.money import Money

S = "points_account"


@record
class LotPoints:
    """Points of a month of earning."""

    month: str
    points: int


@event(
    S,
    "积分累计",
    "Points accrued",
    rows="C14",
    say_zh="消费 {spent} 累计积分 {points}",
    say_en="{points} points for a purchase of {spent}",
)
class PointsAccrued:
    """A posted purchase earns points (积分累计).

    `rate` is points a full yuan with the product's multiplier, `cap` what a month may earn in all.
    `filled` of the points only fill a negative balance; the rest can be used through `through`.
    """

    item: str
    month: str
    spent: Money
    rate: int
    cap: int
    points: int
    filled: int
    through: date
    to_yuan: int
    value: Money
    gl: Gl


@event(
    S,
    "积分兑换",
    "Points redeemed",
    rows="C15",
    say_zh="兑换积分 {points},价值 {cost}",
    say_en="{points} points redeemed, worth {cost}",
)
class PointsRedeemed:
    """Points become goods (积分兑换); `cost` is what the bank owes the shop."""

    points: int
    to_yuan: int
    value: Money
    cost: Money
    lots: tuple[LotPoints, ...]
    gl: Gl


@event(
    S,
    "积分到期",
    "Points expired",
    rows="C16",
    say_zh="积分 {points} 到期",
    say_en="{points} points expired",
)
class PointsExpired:
    """The last day of lots is over (积分到期)."""

    points: int
    to_yuan: int
    value: Money
    lots: tuple[LotPoints, ...]
    gl: Gl


@event(
    S,
    "积分扣回",
    "Points clawed back",
    rows="C17",
    say_zh="退货扣回积分 {points}",
    say_en="{points} points taken back for a refund",
)
class PointsClawedBack:
    """A refund takes back what its purchase had earned (积分扣回).

    `refunded` is all that was refunded of the item so far. What `lots` do not cover makes the
    balance negative; it has no value on 2204.
    """

    item: str
    refunded: Money
    points: int
    to_yuan: int
    value: Money
    lots: tuple[LotPoints, ...]
    gl: Gl


@event(
    S,
    "积分提前到期",
    "Points expiry advanced",
    say_zh="销卡后积分可用至 {through}",
    say_en="points usable through {through} after the card ended",
)
class PointsExpiryAdvanced:
    """The card was cancelled: no lot outlives this day (积分提前到期)."""

    through: date


PointsEvent = (
    PointsAccrued | PointsRedeemed | PointsExpired | PointsClawedBack | PointsExpiryAdvanced
)
