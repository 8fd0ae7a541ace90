"""Field types at the edge (字段类型): how what people type is read for each type of a field.

One reader a type serves scripts (TOML values), the command line (texts) and the JSON Schema. A
value that cannot be read raises a pydantic error that carries the problem and the remedy.
"""

from __future__ import annotations

import re
import types
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import is_dataclass
from datetime import date, datetime
from decimal import Decimal
from difflib import get_close_matches
from enum import StrEnum
from fractions import Fraction
from typing import Annotated, Any, Final, Union, get_args, get_origin

from pydantic import BeforeValidator, PlainValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from bankcore.values import reading
from bankcore.values.errors import BadInput
from bankcore.values.money import CNY, Money
from bankcore.values.quotes import parse_rate
from bankcore.values.rates import AnnualRate
from bankcore.values.reasons import Rejected

_WHOLE: Final = re.compile(r"-?\d+", re.ASCII)
_EXACT: Final = re.compile(r"-?\d+(?:\.\d+|/[1-9]\d*)?", re.ASCII)


def wrong(problem: str, remedy: str = "") -> PydanticCustomError:
    """The error of a reader: what is wrong and what would be right."""
    return PydanticCustomError(
        "field", "{problem}; {remedy}", {"problem": problem, "remedy": remedy}
    )


def _ascii(text: str, remedy: str) -> str:
    """The remedy for a text in full-width characters is the same text in ASCII."""
    plain = unicodedata.normalize("NFKC", text)
    return f"write {plain}" if plain != text else remedy


def read_money(value: object) -> Money:
    """Yuan as text, TOML integer or decimal, with at most two decimals."""
    if isinstance(value, Money):
        return value
    if isinstance(value, bool) or not isinstance(value, (str, int, Decimal)):
        raise wrong(f"{value!r} is no amount", "write yuan like 1234.50")
    amount, _, currency = str(value).strip().partition(" ")
    with _telling():
        return Money(reading.read_money(amount).minor, currency or CNY)


def read_rate(value: object) -> AnnualRate:
    """A yearly rate in percent (`3.1`, `"3.1"`, `"3.1%"`) or a quote (`"4.35‰"`, `"5‱"`)."""
    if isinstance(value, AnnualRate):
        return value
    if isinstance(value, bool) or not isinstance(value, (str, int, Decimal)):
        raise wrong(f"{value!r} is no rate", "write a yearly percentage like 3.1")
    text = str(value)
    try:
        return AnnualRate.of(text) if _EXACT.fullmatch(text) else parse_rate(text, {})
    except Rejected:
        raise wrong(f"{text!r} is no rate", _ascii(text, "write it like 3.1 or 4.35‰")) from None


def read_fraction(value: object) -> Fraction:
    """An exact number: `12`, `0.45`, `"31/10"`."""
    if isinstance(value, Fraction):
        return value
    text = str(value).strip()
    if isinstance(value, bool) or _EXACT.fullmatch(text) is None:
        raise wrong(f"{value!r} is no number", _ascii(text, "write it like 12, 0.45 or 31/10"))
    return Fraction(text)


def read_date(value: object) -> date:
    """A business date: a TOML date, or `YYYY-MM-DD`."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    with _telling():
        return reading.read_date(str(value))


@contextmanager
def _telling() -> Iterator[None]:
    """Hand a sentence of the common readers to pydantic."""
    try:
        yield
    except BadInput as bad:
        raise wrong(bad.problem, bad.remedy) from None


def read_int(value: object) -> int:
    """A whole number in ASCII digits."""
    text = str(value)
    if isinstance(value, bool) or _WHOLE.fullmatch(text) is None:
        raise wrong(f"{value!r} is no whole number", _ascii(text, "write digits like 12"))
    return int(text)


def read_bool(value: object) -> bool:
    """True or false, as TOML or as text."""
    match value:
        case bool():
            return value
        case "true" | "yes":
            return True
        case "false" | "no":
            return False
        case _:
            raise wrong(f"{value!r} is neither true nor false", "write true or false")


def read_text(value: object) -> str:
    """A text; a number or a date where a text is wanted is not guessed at."""
    if not isinstance(value, str):
        raise wrong(f"{value} is no text", f'write it in quotes: "{value}"')
    return value


def _read_choice(kind: type[StrEnum], value: object) -> StrEnum:
    known = [member.value for member in kind]
    if value in known:
        return kind(value)
    near = get_close_matches(str(value), known, 3, 0.5)
    hint = f"did you mean {' or '.join(near)}?" if near else f"one of {', '.join(known)}"
    raise wrong(f"{value!r} is no {kind.__name__}", hint)


def read_table(value: object) -> Mapping[str, str]:
    """Names to texts; numbers and dates become their exact text."""
    if not isinstance(value, Mapping):
        raise wrong(f"{value!r} is no table", 'write { name = "text" }')
    return {str(key): str(part) for key, part in value.items()}


def _schema(kind: type, reader: Callable[[Any], Any], schema: dict[str, Any]) -> Any:
    return Annotated[kind, PlainValidator(reader), WithJsonSchema(schema)]


_AMOUNT: Final = {"type": ["string", "number"], "description": "yuan, at most two decimals"}
_RATE: Final = {"type": ["string", "number"], "description": "percent a year, exact"}
_NUMBER: Final = {"type": ["string", "number"], "description": "exact number or fraction a/b"}
_DAY: Final = {"type": "string", "format": "date"}
_TEXTS: Final = {"type": "object", "additionalProperties": {"type": ["string", "number"]}}
LEAVES: Final[dict[type, Any]] = {
    Money: _schema(Money, read_money, _AMOUNT),
    AnnualRate: _schema(AnnualRate, read_rate, _RATE),
    Fraction: _schema(Fraction, read_fraction, _NUMBER),
    date: _schema(date, read_date, _DAY),
    bool: _schema(bool, read_bool, {"type": "boolean"}),
    int: _schema(int, read_int, {"type": "integer"}),
    str: _schema(str, read_text, {"type": "string"}),
}


def field_type(hint: Any, record: Callable[[type], Any]) -> Any:
    """The pydantic type of a field annotation; `record` gives the type of a record class.

    An annotation that has no form at the edge is a bug (`TypeError`).
    """
    origin = get_origin(hint)
    if origin is Annotated:
        return field_type(get_args(hint)[0], record)
    if origin in (Union, types.UnionType):
        return Union[tuple(_arm(arm, record) for arm in get_args(hint))]  # noqa: UP007  # built
    if origin is tuple:
        return _tuple(get_args(hint), record)
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return _schema(dict, read_table, _TEXTS)
    if isinstance(hint, type):
        return _plain(hint, record)
    raise TypeError(f"no form at the edge for {hint!r}")


def _arm(arm: Any, record: Callable[[type], Any]) -> Any:
    return None if arm is type(None) else field_type(arm, record)


def _plain(hint: type, record: Callable[[type], Any]) -> Any:
    if hint in LEAVES:
        return LEAVES[hint]
    if issubclass(hint, StrEnum):
        values = [member.value for member in hint]
        reader: Callable[[Any], Any] = lambda value: _read_choice(hint, value)  # noqa: E731
        return _schema(hint, reader, {"type": "string", "enum": values})
    if is_dataclass(hint):
        return record(hint)
    raise TypeError(f"no form at the edge for {hint!r}")


def _tuple(kinds: tuple[Any, ...], record: Callable[[type], Any]) -> Any:
    if kinds[1:] != (...,):
        return tuple[tuple(field_type(kind, record) for kind in kinds)]  # type: ignore[misc]  # built
    inner: Any = field_type(kinds[0], record)
    if kinds[0] is str or (isinstance(kinds[0], type) and issubclass(kinds[0], StrEnum)):
        return Annotated[_many(inner), _SPLIT]
    return _many(inner)


def _many(inner: Any) -> Any:
    return types.GenericAlias(tuple, (inner, ...))


def _split(value: object) -> object:
    """`a,b` on the command line is a list of two texts."""
    return [part.strip() for part in value.split(",") if part] if isinstance(value, str) else value


_SPLIT: Final = BeforeValidator(_split)
