"""Reading single values of commands: text as people and TOML write it, into values of the domain.

Each reader passes values of the domain on as they are and raises `ValueError` with a sentence for
what it cannot read; exact numbers only, never a float.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

from bankcore.values.errors import BadInput
from bankcore.values.money import Money
from bankcore.values.quotes import parse_rate
from bankcore.values.rates import AnnualRate
from bankcore.values.reading import read_date, read_money
from bankcore.values.reasons import Rejected

_WHOLE: Final = re.compile(r"-?\d+", re.ASCII)


def read_text(value: Any) -> Any:
    """Text stays; a whole number is taken for an id that looks like one."""
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return value


def read_number(value: Any) -> Any:
    """A whole number, also as text."""
    if isinstance(value, str) and _WHOLE.fullmatch(value):
        return int(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    raise ValueError(f"{value!r} is no whole number; write it in plain digits")


def read_truth(value: Any) -> Any:
    """Yes or no, as `true` or `false`."""
    if isinstance(value, bool):
        return value
    if value in {"true", "false"}:
        return value == "true"
    raise ValueError(f"{value!r} is neither true nor false")


def read_day(value: Any) -> Any:
    """A date, native or as `YYYY-MM-DD`."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    return _said(lambda: read_date(str(value)))


def read_yuan(value: Any) -> Any:
    """Money in yuan, as text or as an exact number of TOML."""
    if isinstance(value, Money):
        return value
    return _said(lambda: read_money(_plain(value)))


def read_rate(value: Any) -> Any:
    """A yearly rate in percent, or a quote with its sign (`4.35‰`, `5‱`)."""
    if isinstance(value, AnnualRate):
        return value
    text = _plain(value)
    try:
        return parse_rate(text, {}) if not _is_exact(text) else AnnualRate.of(text)
    except Rejected:
        raise ValueError(f"{text!r} is no rate; write percent a year like 3.1, or 4.35‰") from None


def read_fraction(value: Any) -> Any:
    """An exact number: `0.5`, `1/3`."""
    if isinstance(value, Fraction):
        return value
    text = _plain(value)
    if not _is_exact(text):
        raise ValueError(f"{text!r} is no exact number; write 0.5 or 1/3")
    return Fraction(text)


def read_many(value: Any) -> Any:
    """A list, or text with commas between the items; empty text is an empty list."""
    if isinstance(value, str):
        return [item.strip() for item in value.split(",") if item.strip()]
    return value


def _plain(value: Any) -> str:
    if isinstance(value, bool) or not isinstance(value, (str, int, Decimal)):
        # Not a TypeError: pydantic words only ValueError.
        raise ValueError(f"{value!r} is no number; write it as text, like 1234.50")  # noqa: TRY004
    return str(value)


def _is_exact(text: str) -> bool:
    try:
        Fraction(text)
    except (ValueError, ZeroDivisionError):
        return False
    return text.isascii()


def _said(read: Callable[[], object]) -> Any:
    try:
        return read()
    except BadInput as wrong:
        raise ValueError(str(wrong)) from None
