"""How each declared field type is stored in msgpack, compiled once per class from annotations.

A `Shape` is a pair of closures: `pack` turns a value into what msgpack holds, `unpack` turns it
back and refuses with `Misfit` whatever `pack` could not have written, so that stored bytes and
values correspond one to one. `pack` asserts types: a wrong one is a bug found before it is
stored for ever.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Callable, Mapping
from dataclasses import dataclass, is_dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache
from typing import Annotated, Any, Final, NamedTuple, Union, get_args, get_origin

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


@dataclass(frozen=True, slots=True)
class RecordShape:
    """A class stored as a map of its fields in declared order: names, and both ways for each."""

    cls: type[Any]
    names: tuple[str, ...]
    packs: tuple[tuple[str, Pack], ...]
    unpacks: tuple[Pack, ...]

    def pack(self, value: Any) -> dict[str, Any]:
        """The map of every field, in declared order."""
        assert type(value) is self.cls, f"{value!r} is no {self.cls.__name__}"
        return {name: pack(getattr(value, name)) for name, pack in self.packs}

    def unpack(self, raw: Any) -> Any:
        """The value again; a missing, strange or misplaced key is a `Misfit`."""
        if type(raw) is not dict or tuple(raw) != self.names:
            keys = sorted(map(str, raw)) if type(raw) is dict else type(raw).__name__
            raise Misfit(f"{self.cls.__name__} has the fields {list(self.names)}, not {keys}")
        try:
            parts = [unpack(part) for unpack, part in zip(self.unpacks, raw.values(), strict=True)]
            return self.cls(**dict(zip(self.names, parts, strict=True)))
        except (AssertionError, TypeError, ValueError) as reason:
            raise Misfit(f"{self.cls.__name__}: {reason}") from reason


_RECORDS: Final[dict[type[Any], RecordShape]] = {}


def record_shape(cls: type[Any]) -> RecordShape:
    """The shape of an event or record class, compiled at its first use."""
    shape = _RECORDS.get(cls)
    if shape is None:
        shape = _RECORDS[cls] = _compiled(cls)
    return shape


def _compiled(cls: type[Any]) -> RecordShape:
    hints = typing.get_type_hints(cls, include_extras=True)
    names = tuple(cls.__dataclass_fields__)
    shapes = [shape_of(hints[name]) for name in names]
    return RecordShape(
        cls,
        names,
        tuple((name, shape.pack) for name, shape in zip(names, shapes, strict=True)),
        tuple(shape.unpack for shape in shapes),
    )


def shape_of(hint: Any) -> Shape:
    """The shape of an annotation; one that the codec can't store is a bug (`TypeError`)."""
    origin = get_origin(hint)
    if origin is Annotated:
        return shape_of(get_args(hint)[0])
    if origin in (Union, types.UnionType):
        return _optional(hint)
    if origin is tuple:
        return _tuple(get_args(hint))
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return _table(hint)
    if isinstance(hint, type):
        return _plain(hint)
    raise TypeError(f"no stored form for {hint!r}")


def _plain(hint: type[Any]) -> Shape:
    if hint in _LEAVES:
        return _LEAVES[hint]
    if issubclass(hint, StrEnum):
        return _choice(hint)
    if is_dataclass(hint):
        # Looked up at each call: a record may hold itself, directly or through another.
        return Shape(lambda v: record_shape(hint).pack(v), lambda r: record_shape(hint).unpack(r))
    raise TypeError(f"no stored form for {hint!r}")


def _optional(hint: Any) -> Shape:
    kinds = [kind for kind in get_args(hint) if kind is not type(None)]
    if len(kinds) != 1:
        raise TypeError(f"no stored form for a choice of types: {hint!r}")
    pack, unpack = shape_of(kinds[0])
    return Shape(
        lambda value: None if value is None else pack(value),
        lambda raw: None if raw is None else unpack(raw),
    )


def _tuple(kinds: tuple[Any, ...]) -> Shape:
    if kinds[1:] == (...,):
        return _array(shape_of(kinds[0]))
    shapes = [shape_of(kind) for kind in kinds]

    def pack(value: Any) -> list[Any]:
        assert type(value) is tuple, f"{value!r} is no tuple"
        return [shape.pack(part) for shape, part in zip(shapes, value, strict=True)]

    def unpack(raw: Any) -> tuple[Any, ...]:
        if type(raw) is not list or len(raw) != len(shapes):
            raise Misfit(f"an array of {len(shapes)} is needed, not {raw!r}")
        return tuple([shape.unpack(part) for shape, part in zip(shapes, raw, strict=True)])

    return Shape(pack, unpack)


def _array(inner: Shape) -> Shape:
    pack, unpack = inner

    def pack_all(value: Any) -> list[Any]:
        assert type(value) is tuple, f"{value!r} is no tuple"
        return [pack(part) for part in value]

    def unpack_all(raw: Any) -> tuple[Any, ...]:
        if type(raw) is not list:
            raise Misfit(f"an array is needed, not {raw!r}")
        return tuple([unpack(part) for part in raw])

    return Shape(pack_all, unpack_all)


def _table(hint: Any) -> Shape:
    if get_args(hint) != (str, str):
        raise TypeError(f"only Mapping[str, str] has a stored form, not {hint!r}")

    def pack(value: Mapping[str, str]) -> dict[str, str]:
        return {_pack_text(key): _pack_text(value[key]) for key in sorted(value)}

    def unpack(raw: Any) -> dict[str, str]:
        if type(raw) is not dict:
            raise Misfit(f"a map is needed, not {raw!r}")
        made = {_unpack_text(key): _unpack_text(part) for key, part in raw.items()}
        if list(made) != sorted(made):
            raise Misfit("the keys of a map stand in another order than sorted")
        return made

    return Shape(pack, unpack)


def _choice(hint: type[StrEnum]) -> Shape:
    members: dict[Any, StrEnum] = {member.value: member for member in hint}

    def pack(value: Any) -> str:
        assert type(value) is hint, f"{value!r} is no {hint.__name__}"
        return str(value.value)

    def unpack(raw: Any) -> StrEnum:
        if type(raw) is not str or raw not in members:
            raise Misfit(f"{raw!r} is no {hint.__name__}")
        return members[raw]

    return Shape(pack, unpack)


def _pack_text(value: Any) -> str:
    assert type(value) is str, f"{value!r} is no text"
    return value


def _unpack_text(raw: Any) -> str:
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
        return Money(_unpack_int(raw[0]), _unpack_text(raw[1]))
    raise Misfit(f"money is fen or [minor units, currency], not {raw!r}")


def pack_date(value: Any) -> str:
    """A date as ISO text; a datetime is a bug."""
    assert type(value) is date, f"{value!r} is no date"
    return value.isoformat()


def unpack_date(raw: Any) -> date:
    """The date of ISO text `YYYY-MM-DD`; any other spelling is a `Misfit`."""
    return _date(_unpack_text(raw))


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
    return _fraction(_unpack_text(raw))


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


_LEAVES: Final[dict[type[Any], Shape]] = {
    str: Shape(_pack_text, _unpack_text),
    int: Shape(_pack_int, _unpack_int),
    bool: Shape(_pack_bool, _unpack_bool),
    Money: Shape(_pack_money, _unpack_money),
    date: Shape(pack_date, unpack_date),
    Fraction: Shape(_pack_fraction, _unpack_fraction),
    AnnualRate: Shape(_pack_rate, _unpack_rate),
}
