"""Changing a frozen value: `dataclasses.replace` for wide states that are folded often."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from operator import attrgetter
from typing import Any, Final, TypeVar

S = TypeVar("S")
Plan = tuple[Callable[[Any], Any], dict[str, Callable[[Any, Any], None]]]
_PLANS: Final[dict[type[Any], Plan]] = {}


def changed(value: S, /, **changes: object) -> S:
    """The same value with some fields changed, at about half of the cost of `replace`.

    For slotted dataclasses without `__post_init__`: slots are copied, nothing is called.
    """
    cls = type(value)
    read, slots = _PLANS.get(cls) or _PLANS.setdefault(cls, _plan(cls))
    copy: S = object.__new__(cls)
    for put, part in zip(slots.values(), read(value), strict=True):
        put(copy, part)
    for name, part in changes.items():
        slots[name](copy, part)
    return copy


def _plan(cls: type[Any]) -> Plan:
    """How to read all fields of a class at once, and how to set each of them."""
    names = [field.name for field in fields(cls)]
    return attrgetter(*names), {name: getattr(cls, name).__set__ for name in names}
