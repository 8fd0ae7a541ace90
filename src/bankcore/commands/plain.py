"""Values of the domain as plain JSON values: money `"1234.50"`, dates ISO, fractions exact text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import Any

from bankcore.values.money import CNY, Money
from bankcore.values.rates import AnnualRate, exact_text


def plain(value: object) -> Any:
    """A value that `json.dumps` takes, from any value of the domain; an unknown type is a bug."""
    match value:
        case None | bool() | int() | float():  # marks have one decimal and are numbers
            return value
        case Enum():
            return plain(value.value)
        case str():
            return value
        case Money():
            return str(value) if value.currency == CNY else f"{value} {value.currency}"
        case AnnualRate() | date():
            return value.isoformat() if isinstance(value, date) else str(value)
        case Fraction() | Decimal():
            return exact_text(Fraction(value))
        case _:
            return _plain_many(value)


def _plain_many(value: object) -> Any:
    if isinstance(value, Mapping):
        return {str(plain(key)): plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple, frozenset, set)):
        items = sorted(value, key=str) if isinstance(value, (set, frozenset)) else value
        return [plain(item) for item in items]
    if is_dataclass(value):
        return {f.name: plain(getattr(value, f.name)) for f in fields(value)}
    raise AssertionError(f"no JSON form for {type(value).__name__}")
