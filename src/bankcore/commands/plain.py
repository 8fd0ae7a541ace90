"""Values of the domain as plain JSON values: money `"1234.50"`, dates ISO, fractions exact text."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import Any, Final

from bankcore.values.money import CNY, Money
from bankcore.values.rates import AnnualRate, exact_text


def plain(value: object) -> Any:
    """A value that `json.dumps` takes, from any value of the domain; an unknown type is a bug."""
    leaf = _LEAVES.get(type(value))
    return _plain_many(value) if leaf is None else leaf(value)


def _same(value: object) -> object:
    return value


def _money(value: Money) -> str:
    return str(value) if value.currency == CNY else f"{value} {value.currency}"


def _number(value: Fraction | Decimal) -> str:
    return exact_text(Fraction(value))


_LEAVES: Final[Mapping[type[Any], Callable[[Any], Any]]] = {
    type(None): _same,
    bool: _same,
    int: _same,
    float: _same,  # marks have one decimal and are numbers
    str: _same,
    Money: _money,
    AnnualRate: str,
    date: date.isoformat,
    Fraction: _number,
    Decimal: _number,
}
"""By the exact type, looked up once a value: answers have tens of thousands of them."""


def _plain_many(value: object) -> Any:
    if isinstance(value, Enum):
        return plain(value.value)
    if isinstance(value, Mapping):
        return {str(plain(key)): plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple, frozenset, set)):
        items = sorted(value, key=str) if isinstance(value, (set, frozenset)) else value
        return [plain(item) for item in items]
    if is_dataclass(value):
        return {name: plain(getattr(value, name)) for name in _field_names(type(value))}
    raise AssertionError(f"no JSON form for {type(value).__name__}")


def _field_names(cls: type[Any]) -> tuple[str, ...]:
    return _NAMES.get(cls) or _NAMES.setdefault(cls, tuple(f.name for f in fields(cls)))


_NAMES: Final[dict[type[Any], tuple[str, ...]]] = {}
"""The fields of the classes that came by, in order."""
