"""How each declared class is stored in msgpack, compiled once from its annotations."""

from __future__ import annotations

import types
import typing
from collections.abc import Callable, Mapping
from dataclasses import dataclass, is_dataclass
from enum import StrEnum
from operator import call
from typing import Annotated, Any, Final, Union, get_args, get_origin

from bankcore.store.leaves import LEAVES, Misfit, Pack, Shape, unpack_text
from bankcore.values.changing import maker


@dataclass(frozen=True, slots=True)
class RecordShape:
    """A class stored as a map of its fields in declared order: names, and both ways for each."""

    cls: type[Any]
    names: tuple[str, ...]
    packs: tuple[tuple[str, Pack], ...]
    unpacks: tuple[Pack, ...]
    make: Callable[..., Any]

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
            return self.make(*map(call, self.unpacks, raw.values()))
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
        maker(cls),
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
    if hint in LEAVES:
        return LEAVES[hint]
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
        made = dict(sorted(value.items()))
        for key, text in made.items():
            assert type(key) is type(text) is str, f"{key!r}: {text!r} are not both text"
        return made

    def unpack(raw: Any) -> dict[str, str]:
        if type(raw) is not dict:
            raise Misfit(f"a map is needed, not {raw!r}")
        made = {unpack_text(key): unpack_text(part) for key, part in raw.items()}
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
