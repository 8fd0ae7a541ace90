"""Making and changing frozen values: `dataclasses.replace` and constructors for the hot paths.

A frozen dataclass sets each field through `object.__setattr__`, which is most of its cost. Here a
plain class of the same slots is filled and then becomes the frozen one, which Python allows
between classes of one layout: ten times as fast for a wide state. Both functions are for slotted
dataclasses without `__post_init__`; nothing of the class is called.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from typing import Any, Final, TypeVar

S = TypeVar("S")
_COPIES: Final[dict[type[Any], Callable[[Any, dict[str, object]], Any]]] = {}


def changed(value: S, /, **changes: object) -> S:
    """The same value with some fields changed; one that the class does not have is a bug."""
    cls = type(value)
    copy = _COPIES.get(cls) or _COPIES.setdefault(cls, _copier(cls))
    made: S = copy(value, changes)
    return made


def maker(cls: type[S]) -> Callable[..., S]:
    """A constructor of a class that takes every field by place, in declared order."""
    names = [field.name for field in fields(cls)]  # type: ignore[arg-type]  # a dataclass
    lines = [f"made.{n} = {n}" for n in names]
    make: Callable[..., S] = _compiled(cls, f"def made({', '.join(names)}):", lines)
    return make


def _copier(cls: type[S]) -> Callable[[Any, dict[str, object]], S]:
    names = [field.name for field in fields(cls)]  # type: ignore[arg-type]  # a dataclass
    lines = [f"made.{n} = value.{n}" for n in names]
    lines += ["for name in changes:", "    setattr(made, name, changes[name])"]
    copy: Callable[[Any, dict[str, object]], S] = _compiled(cls, "def made(value, changes):", lines)
    return copy


def _compiled(cls: type[Any], head: str, lines: list[str]) -> Any:
    """A function that fills a twin of a class by these lines; written out, as dataclasses does."""
    assert not hasattr(cls, "__post_init__"), f"{cls.__name__} does more than take its fields"
    held: dict[str, Any] = {"__slots__": tuple(field.name for field in fields(cls))}
    if "__orig_bases__" in vars(cls):
        held["__orig_bases__"] = vars(cls)["__orig_bases__"]
    twin = type(cls.__name__, cls.__bases__, held)
    space: dict[str, Any] = {"_new": object.__new__, "_twin": twin, "_cls": cls}
    body = ["made = _new(_twin)", *lines, "made.__class__ = _cls", "return made"]
    exec("\n    ".join([head, *body]), space)  # noqa: S102  # of declared field names alone
    return space["made"]
