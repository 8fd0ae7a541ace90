"""Reading the inputs of worked examples and writing answers as the rulebook spells them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from bankcore.values.calendar import Calendar
from bankcore.values.dated import DatedRow
from bankcore.values.money import Money, parse_amount
from bankcore.values.rates import AnnualRate
from bankcore.values.reasons import Rejected

Inputs = Mapping[str, Any]


def money(text: str) -> Money:
    """Yuan with two decimals."""
    return parse_amount(text)


def maybe_money(text: str | None) -> Money | None:
    """Yuan with two decimals, or nothing."""
    return None if text is None else money(text)


def rate(text: str) -> AnnualRate:
    """Percent a year."""
    return AnnualRate.of(text)


def day(text: str) -> date:
    """A date."""
    return date.fromisoformat(text)


def maybe_day(text: str | None) -> date | None:
    """A date or nothing."""
    return None if text is None else day(text)


def case_calendar(inputs: Inputs, make_up: str = "workdays") -> Calendar:
    """The calendar of a case: its own holidays and make-up days, without bounds."""
    off, worked = (frozenset(map(day, inputs[name])) for name in ("holidays", make_up))
    return Calendar("case", off, worked, date.min, date.max)


def text_of(value: object) -> str | None:
    """An amount or date as its text, or null."""
    return None if value is None else str(value)


def days_text(yuan_days: Fraction) -> str:
    """Yuan·days with two decimals."""
    return str(Money(int(yuan_days * 100)))


def moves(rows: Sequence[Mapping[str, str]]) -> list[tuple[date, Money]]:
    """Movements as (date, signed amount)."""
    return [(day(m["date"]), money(m["amount"])) for m in rows]


def dated_rates(rows: Sequence[Mapping[str, str]]) -> list[DatedRow[AnnualRate]]:
    """Dated percentages, known from the day they begin."""
    return [DatedRow(day(r["valid_from"]), day(r["valid_from"]), rate(r["pct"])) for r in rows]


def verdict(decide: Callable[[], object], key: str = "allowed") -> dict[str, Any]:
    """Run a deciding rule: whether it agreed, under a key, and `reason` (null when it did)."""
    try:
        decide()
    except Rejected as no:
        return {key: False, "reason": no.reason.value}
    return {key: True, "reason": None}
