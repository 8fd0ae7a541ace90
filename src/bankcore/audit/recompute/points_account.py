"""Points derived again from the account before them: CC-09, and their worth on 2204 (GL-04)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bankcore.aggregates.points_account import PointsAccount
from bankcore.aggregates.points_account import events as e
from bankcore.rules.cards import points as rule
from bankcore.values.entry import Entry
from bankcore.values.money import Money


def accrued(before: PointsAccount | None, entry: Entry[Any]) -> str | None:
    """None when points and worth follow from the purchase, the rate and the month's cap."""
    event, state = entry.event, before or PointsAccount()
    assert isinstance(event, e.PointsAccrued), "registered for this event"
    terms = rule.EarnTerms(per_yuan=event.rate, multiplier=1, monthly_cap=event.cap)
    points = rule.earned(event.spent, state.earned_in(event.month), terms)
    filled = min(state.owed, points)
    if (points, filled) != (event.points, event.filled):
        return (
            f"points {event.points}, {event.filled} of them against a negative balance, "
            f"recomputed {points} and {filled} by CC-09"
        )
    return _worth(event.value, rule.worth(points - filled, event.to_yuan))


def clawed_back(before: PointsAccount | None, entry: Entry[Any]) -> str | None:
    """None when what was taken back is what the refunds so far no longer earn."""
    event = entry.event
    assert isinstance(event, e.PointsClawedBack), "registered for this event"
    item = before.item(event.item) if before is not None else None
    if before is None or item is None:
        return f"points of {event.item} taken back, which earned none"
    terms = rule.EarnTerms(per_yuan=item.rate, multiplier=1, monthly_cap=0)
    back = rule.Returned(
        amount=item.spent,
        refunded_before=item.refunded,
        refund=event.refunded - item.refunded,
        earned=item.points,
    )
    points = rule.clawback(back, terms)
    if points != event.points:
        return f"points {event.points}, recomputed {points} by CC-09"
    return _released(before, event.lots, event.value, event.to_yuan)


def redeemed(before: PointsAccount | None, entry: Entry[Any]) -> str | None:
    """None when the lots make up the points and their worth follows from the tariff."""
    event, state = entry.event, before or PointsAccount()
    assert isinstance(event, e.PointsRedeemed), "registered for this event"
    cost = rule.worth(event.points, event.to_yuan)
    if cost != event.cost:
        return f"cost {event.cost}, recomputed {cost} by CC-09"
    return _taken(event.points, event.lots) or _released(
        state, event.lots, event.value, event.to_yuan
    )


def expired(before: PointsAccount | None, entry: Entry[Any]) -> str | None:
    """None when the lots of that last day make up the points."""
    event, state = entry.event, before or PointsAccount()
    assert isinstance(event, e.PointsExpired), "registered for this event"
    over = {x.month: x.points for x in state.lots if x.through == entry.booking_date}
    if over != {x.month: x.points for x in event.lots}:
        return f"lots {_said(event.lots)}, those that end today are {sorted(over)} by CC-09"
    return _taken(event.points, event.lots) or _released(
        state, event.lots, event.value, event.to_yuan
    )


def _taken(points: int, lots: Sequence[e.LotPoints]) -> str | None:
    taken = sum(lot.points for lot in lots)
    return None if taken == points else f"points {points}, the lots {_said(lots)} hold {taken}"


def _said(lots: Sequence[e.LotPoints]) -> list[str]:
    return [lot.month for lot in lots]


def _released(
    state: PointsAccount, lots: Sequence[e.LotPoints], value: Money, to_yuan: int
) -> str | None:
    points = sum(lot.points for lot in lots)
    left = state.usable - points
    return _worth(value, rule.released(state.value, points, left, to_yuan))


def _worth(value: Money, made: Money) -> str | None:
    return None if value == made else f"value {value}, recomputed {made} by GL-04"
