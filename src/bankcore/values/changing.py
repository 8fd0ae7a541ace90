"""Changing a frozen value: `dataclasses.replace` for wide states that are folded often."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import fields
from functools import cache
from operator import attrgetter
from typing import Any, TypeVar

S = TypeVar("S")


def changed(value: S, /, **changes: object) -> S:
    """The same value with some fields changed, at about half of the cost of `replace`.

    For slotted dataclasses without `__post_init__`: slots are copied, nothing is called.
    """
    cls: Hashable = type(value)
    read, slots = _plan(cls)
    copy: S = object.__new__(type(value))
    for put, part in zip(slots.values(), read(value), strict=True):
        put(copy, part)
    for name, part in changes.items():
        slots[name](copy, part)
    return copy


@cache
def _plan(cls: Any) -> tuple[Callable[[Any], Any], dict[str, Callable[[Any, Any], None]]]:
    """How to read all fields of a class at once, and how to set each of them."""
    names = [field.name for field in fields(cls)]
    return attrgetter(*names), {name: getattr(cls, name).__set__ for name in names}
