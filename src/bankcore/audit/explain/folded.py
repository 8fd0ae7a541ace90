"""Explaining what a stream adds up to (逐笔变动): one part an event that moved a figure.

Good for every figure that is a field of a folded state; figures with a formula of their own have
a function of their own.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from bankcore.aggregates import kind_of
from bankcore.audit.explain.evidence import Evidence
from bankcore.audit.explain.explanation import Explanation, Part
from bankcore.values.declare import EVENTS
from bankcore.values.entry import Entry
from bankcore.values.errors import BadInput
from bankcore.values.money import Money

Read = Callable[[Any], Money | int]


def by_events(
    figure: str, rule: str, read: Read, unit: str = "fen"
) -> Callable[[Evidence, str], Explanation]:
    """An explainer of what `read` finds in a state: whole fen where `unit` is `fen`."""

    def explained(evidence: Evidence, subject: str) -> Explanation:
        entries = evidence.of(subject)
        if not entries:
            raise BadInput(f"no {subject} at these dates", remedy="see `bankcore replay`")
        parts, state, before = [], None, Fraction(0)
        for entry in entries:
            state = kind_of(subject).evolve(state, entry)
            now = _number(read(state))
            if now != before:
                parts.append(_part(entry, rule, now - before))
            before = now
        shown = Money(int(before)).grouped() if unit == "fen" else str(before)
        return Explanation(figure, subject, before, shown, unit, tuple(parts))

    return explained


def _number(value: Money | int) -> Fraction:
    return Fraction(value.minor if isinstance(value, Money) else value)


def _part(entry: Entry[Any], rule: str, change: Fraction) -> Part:
    info = EVENTS[type(entry.event)]
    dates = {"value_date": entry.value_date, "booking_date": entry.booking_date}
    return Part(entry.id, rule, info.zh, info.en, change, change, inputs=dates)
