"""Entries for store tests: one fixed sample and one strategy per declared event, by annotation."""

from __future__ import annotations

import types
import typing
from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Annotated, Any, Union, get_args, get_origin

from hypothesis import strategies as st

import bankcore.aggregates  # noqa: F401  # declares every event
from bankcore.aggregates.deposit_account.events import FundsDeposited
from bankcore.values.declare import EVENTS
from bankcore.values.entry import Entry
from bankcore.values.money import Money
from bankcore.values.rates import AnnualRate
from bankcore.values.roles import Actor, Role

DAY = date(2026, 1, 5)
TELLER = Actor("e-7", Role.TELLER_CASH)
FIXED: dict[Any, Any] = {
    str: "text",
    int: 7,
    bool: True,
    Money: Money(123_456),
    date: date(2026, 2, 28),
    Fraction: Fraction(1, 3),
    AnnualRate: AnnualRate(Fraction(31, 10)),
}
INT64 = st.integers(-(2**63), 2**63 - 1)
FREE: dict[Any, st.SearchStrategy[Any]] = {
    str: st.text(max_size=8),
    int: INT64,
    bool: st.booleans(),
    Money: st.builds(Money, INT64, st.sampled_from(["CNY", "CNY", "USD", "JPY"])),
    date: st.dates(),
    Fraction: st.fractions(),
    AnnualRate: st.builds(AnnualRate, st.fractions(max_denominator=10**6)),
}


def hints(cls: type[Any]) -> dict[str, Any]:
    found = typing.get_type_hints(cls, include_extras=True)
    return {field.name: found[field.name] for field in fields(cls)}


def bare(hint: Any) -> Any:
    return get_args(hint)[0] if get_origin(hint) is Annotated else hint


def choice(hint: Any) -> Any:
    """The type that may be missing, of `T | None`; None of any other annotation."""
    if get_origin(hint) in (Union, types.UnionType):
        return next(kind for kind in get_args(hint) if kind is not type(None))
    return None


def is_map(hint: Any) -> bool:
    origin = get_origin(hint)
    return isinstance(origin, type) and issubclass(origin, Mapping)


def fixed(hint: Any, depth: int = 0) -> Any:
    """The one value of an annotation that stands in golden files."""
    hint = bare(hint)
    if hint in FIXED:
        return FIXED[hint]
    if (inner := choice(hint)) is not None:
        return None if depth > 3 else fixed(inner, depth + 1)
    if is_map(hint):
        return {"deposit": "2011.01", "source": "1001"}
    if get_origin(hint) is tuple:
        kinds = [kind for kind in get_args(hint) if kind is not ...]
        return () if depth > 3 else tuple(fixed(kind, depth + 1) for kind in kinds)
    if issubclass(hint, StrEnum):
        return next(iter(hint))
    return hint(**{name: fixed(part, depth + 1) for name, part in hints(hint).items()})


def free_tuple(kinds: tuple[Any, ...]) -> st.SearchStrategy[tuple[Any, ...]]:
    """Any tuple of `tuple[kinds]`."""
    if kinds[1:] == (...,):
        return st.lists(st.deferred(lambda: free(kinds[0])), max_size=2).map(tuple)
    return st.tuples(*(free(kind) for kind in kinds))


def free(hint: Any) -> st.SearchStrategy[Any]:
    """Any value of an annotation."""
    hint = bare(hint)
    if hint in FREE:
        return FREE[hint]
    if (inner := choice(hint)) is not None:
        return st.none() | st.deferred(lambda: free(inner))
    if is_map(hint):
        return st.dictionaries(FREE[str], FREE[str], max_size=3)
    if get_origin(hint) is tuple:
        return free_tuple(get_args(hint))
    if issubclass(hint, StrEnum):
        return st.sampled_from(list(hint))
    return st.builds(hint, **{name: free(part) for name, part in hints(hint).items()})


def sample(cls: type[Any]) -> Entry[Any]:
    """The fixed entry of an event class: what its golden file holds."""
    return Entry(
        stream=f"{EVENTS[cls].stream}-1",
        version=2,
        event=fixed(cls),
        booking_date=date(2026, 1, 6),
        value_date=DAY,
        actor=TELLER,
        channel="counter",
        command_id="c-1",
        command_digest="00ff00ff00ff00ff",
        at="14:05",
        caused_by="customer-1@3",
        late_entry=True,
    )


def entries(classes: list[type[Any]] | None = None) -> st.SearchStrategy[Entry[Any]]:
    """Any entry of any declared event."""
    events = st.sampled_from(classes or list(EVENTS)).flatmap(free)
    word = st.text(max_size=6)
    return st.builds(
        Entry,
        stream=st.text(min_size=1, max_size=8),
        version=st.integers(1, 2**40),
        event=events,
        booking_date=st.dates(),
        value_date=st.dates(),
        actor=st.builds(Actor, word, st.sampled_from(Role)),
        channel=word,
        command_id=word,
        command_digest=word,
        at=st.none() | word,
        caused_by=st.none() | word,
        late_entry=st.booleans(),
        position=st.integers(1, 2**40),
    )


def deposit(
    stream: str, version: int, fen: int = 100, *, command: str = "", digest: str = ""
) -> Entry[FundsDeposited]:
    """A small plain entry for tests of the log."""
    return Entry(
        stream=stream,
        version=version,
        event=FundsDeposited(
            amount=Money(fen), source="cash", gl={"deposit": "2011.01", "source": "1001"}
        ),
        booking_date=DAY,
        value_date=DAY,
        actor=TELLER,
        channel="counter",
        command_id=command,
        command_digest=digest,
    )
