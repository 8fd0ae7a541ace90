"""How single values are stored in msgpack.

A `Shape` is a pair of functions: `pack` turns a value into what msgpack holds, `unpack` turns it
back and refuses with `Misfit` whatever `pack` could not have written, so that stored bytes and
values correspond one to one. `pack` asserts types: a wrong one is a bug found before it is
stored for ever.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from functools import lru_cache
from typing import Any, Final, NamedTuple

from bankcore.values.money import CNY, Money
from bankcore.values.rates import AnnualRate, exact_text

Pack = Callable[[Any], Any]
_INT64: Final = 1 << 63


class Misfit(Exception):  # noqa: N818  # what the bytes are, not an error of ours
    """Stored bytes that no declared event could have written; the text says which part."""


class Shape(NamedTuple):
    """The way of one type into msgpack and back."""

    pack: Pack
    unpack: Pack


def pack_text(value: Any) -> str:
    """Text as it is; anything else is a bug."""
    assert type(value) is str, f"{value!r} is no text"
    return value


def unpack_text(raw: Any) -> str:
    """Text as it is; anything else is a `Misfit`."""
    if type(raw) is not str:
        raise Misfit(f"text is needed, not {raw!r}")
    return raw


def _pack_int(value: Any) -> int:
    assert type(value) is int, f"{value!r} is no integer"
    assert -_INT64 <= value < _INT64, f"{value} does not fit into 64 bits"
    return value


def _unpack_int(raw: Any) -> int:
    if type(raw) is not int or raw >= _INT64:
        raise Misfit(f"an integer of 64 bits is needed, not {raw!r}")
    return raw


def _pack_bool(value: Any) -> bool:
    assert type(value) is bool, f"{value!r} is neither True nor False"
    return value


def _unpack_bool(raw: Any) -> bool:
    if type(raw) is not bool:
        raise Misfit(f"true or false is needed, not {raw!r}")
    return raw


def _pack_money(value: Any) -> int | list[Any]:
    assert type(value) is Money, f"{value!r} is no money"
    minor = _pack_int(value.minor)
    return minor if value.currency == CNY else [minor, value.currency]


def _unpack_money(raw: Any) -> Money:
    if type(raw) is int:
        return Money(_unpack_int(raw))
    if type(raw) is list and len(raw) == 2 and raw[1] != CNY:
        return Money(_unpack_int(raw[0]), unpack_text(raw[1]))
    raise Misfit(f"money is fen or [minor units, currency], not {raw!r}")


def pack_date(value: Any) -> str:
    """A date as ISO text; a datetime is a bug."""
    assert type(value) is date, f"{value!r} is no date"
    return value.isoformat()


def unpack_date(raw: Any) -> date:
    """The date of ISO text `YYYY-MM-DD`; any other spelling is a `Misfit`."""
    return _date(unpack_text(raw))


@lru_cache(maxsize=1 << 16)
def _date(text: str) -> date:
    try:
        made = date.fromisoformat(text)
    except ValueError as reason:
        raise Misfit(f"{text!r} is no date of the calendar") from reason
    if made.isoformat() != text:
        raise Misfit(f"a date is written {made}, not {text!r}")
    return made


def _pack_fraction(value: Any) -> str:
    assert type(value) is Fraction, f"{value!r} is no fraction"
    return exact_text(value)


def _unpack_fraction(raw: Any) -> Fraction:
    return _fraction(unpack_text(raw))


@lru_cache(maxsize=1 << 16)
def _fraction(text: str) -> Fraction:
    try:
        made = Fraction(text)
    except (ValueError, ZeroDivisionError) as reason:
        raise Misfit(f"{text!r} is no exact number") from reason
    if exact_text(made) != text:
        raise Misfit(f"{text!r} is written {exact_text(made)!r}")
    return made


def _pack_rate(value: Any) -> str:
    assert type(value) is AnnualRate, f"{value!r} is no rate"
    return _pack_fraction(value.percent)


def _unpack_rate(raw: Any) -> AnnualRate:
    return AnnualRate(_unpack_fraction(raw))


LEAVES: Final[dict[type[Any], Shape]] = {
    str: Shape(pack_text, unpack_text),
    int: Shape(_pack_int, _unpack_int),
    bool: Shape(_pack_bool, _unpack_bool),
    Money: Shape(_pack_money, _unpack_money),
    date: Shape(pack_date, unpack_date),
    Fraction: Shape(_pack_fraction, _unpack_fraction),
    AnnualRate: Shape(_pack_rate, _unpack_rate),
}
