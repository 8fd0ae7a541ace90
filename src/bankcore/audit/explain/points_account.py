"""Explaining points: what each purchase, redemption, refund and expiry did to the balance."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from bankcore.aggregates.points_account import POINTS
from bankcore.aggregates.points_account import events as e
from bankcore.audit.explain.evidence import Evidence
from bankcore.audit.explain.explanation import Explanation, Part
from bankcore.values.declare import EVENTS
from bankcore.values.entry import Entry
from bankcore.values.errors import BadInput


def points(evidence: Evidence, subject: str) -> Explanation:
    """Points balance (积分余额), CC-09: usable points, or less than zero after a refund."""
    entries = evidence.of(POINTS.stream(subject))
    if not entries:
        raise BadInput(f"no points {subject} at these dates", remedy="see `bankcore explain`")
    parts = [part for entry in entries for part in _parts(entry)]
    value = sum((part.amount for part in parts), Fraction(0))
    return Explanation("points", subject, value, str(int(value)), "points", tuple(parts))


def _parts(entry: Entry[Any]) -> list[Part]:
    event = entry.event
    match event:
        case e.PointsAccrued(points=earned):
            told: Mapping[str, object] = {
                "spent": event.spent,
                "rate": event.rate,
                "month": event.month,
                "through": event.through,
            }
            amount = Fraction(earned)
        case e.PointsRedeemed(points=gone) | e.PointsExpired(points=gone):
            told = {lot.month: lot.points for lot in event.lots}
            amount = Fraction(-gone)
        case e.PointsClawedBack(points=gone, item=item):
            told = {"item": item, "refunded": event.refunded}
            amount = Fraction(-gone)
        case _:
            return []
    info = EVENTS[type(event)]
    return [Part(entry.id, "CC-09", info.zh, info.en, amount, amount, inputs=told)]
