"""State of the points of a card line: usable lots, negative balance, value, what items earned."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, assert_never

from bankcore.aggregates.points_account.events import (
    LotPoints,
    PointsAccrued,
    PointsClawedBack,
    PointsEvent,
    PointsExpired,
    PointsExpiryAdvanced,
    PointsRedeemed,
)
from bankcore.values.changing import changed
from bankcore.values.entry import Entry
from bankcore.values.money import ZERO, Money
from bankcore.values.streams import Due

EXPIRY: Final = 280
"""The step of GEN-08 for deadlines that passed."""


@dataclass(frozen=True, slots=True)
class Kept:
    """Points of a month of earning and the last day on which they can be used."""

    month: str
    points: int
    through: date


@dataclass(frozen=True, slots=True, kw_only=True)
class EarnedItem:
    """What a purchase earned, as its refunds need it; `rate` is points a full yuan."""

    item: str
    month: str
    spent: Money
    rate: int
    points: int
    refunded: Money = ZERO


@dataclass(frozen=True, slots=True, kw_only=True)
class PointsAccount:
    """Lots in order of month, points owed after refunds, and the liability on 2204 (GL-04)."""

    lots: tuple[Kept, ...] = ()
    owed: int = 0
    value: Money = ZERO
    items: tuple[EarnedItem, ...] = ()

    @property
    def usable(self) -> int:
        """Points in the lots."""
        return sum(lot.points for lot in self.lots)

    @property
    def balance(self) -> int:
        """Usable points, or less than zero after a refund of what was spent already."""
        return self.usable - self.owed

    def item(self, key: str) -> EarnedItem | None:
        """What an item earned; None when it earned nothing."""
        return next((x for x in self.items if x.item == key), None)

    def earned_in(self, month: str) -> int:
        """Points earned in a month, before anything was taken back."""
        return sum(x.points for x in self.items if x.month == month)


def evolve(state: PointsAccount | None, entry: Entry[PointsEvent]) -> PointsAccount:
    """Fold one event; total."""
    before, event = state or PointsAccount(), entry.event
    match event:
        case PointsAccrued():
            return _accrued(before, event)
        case PointsRedeemed() | PointsExpired():
            return _less(before, event.lots, event.value)
        case PointsClawedBack(item=key, refunded=refunded):
            short = event.points - sum(lot.points for lot in event.lots)
            items = tuple(
                changed(x, refunded=refunded) if x.item == key else x for x in before.items
            )
            less = _less(before, event.lots, event.value)
            return changed(less, owed=less.owed + short, items=items)
        case PointsExpiryAdvanced(through=day):
            lots = tuple(changed(x, through=min(x.through, day)) for x in before.lots)
            return changed(before, lots=lots)
        case _:
            assert_never(event)


def _accrued(before: PointsAccount, event: PointsAccrued) -> PointsAccount:
    earned = EarnedItem(
        item=event.item,
        month=event.month,
        spent=event.spent,
        rate=event.rate,
        points=event.points,
    )
    there = {lot.month: lot for lot in before.lots}
    old = there.get(event.month)
    fresh = event.points - event.filled + (old.points if old else 0)
    there[event.month] = Kept(event.month, fresh, event.through)
    return changed(
        before,
        lots=tuple(there[month] for month in sorted(there) if there[month].points),
        owed=before.owed - event.filled,
        value=before.value + event.value,
        items=(*before.items, earned),
    )


def _less(before: PointsAccount, taken: Iterable[LotPoints], value: Money) -> PointsAccount:
    gone = {lot.month: lot.points for lot in taken}
    left = (changed(x, points=x.points - gone.get(x.month, 0)) for x in before.lots)
    return changed(before, lots=tuple(x for x in left if x.points), value=before.value - value)


def agenda(stream: str, state: PointsAccount) -> Iterator[Due]:
    """Each lot expires at the close of its last day."""
    for day in sorted({lot.through for lot in state.lots}):
        yield Due(on=day, step=EXPIRY, kind="points_expiry", stream=stream)


def subledger(state: PointsAccount) -> Mapping[str, int]:
    """The points liability (GL-04)."""
    return {"2204": -state.value.minor}
