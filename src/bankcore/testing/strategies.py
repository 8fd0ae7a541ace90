"""Hypothesis strategies for a bank: dates and amounts where banks go wrong, and every command.

`commands_for(known)` derives a strategy for each declared command from the annotations of its
fields, given the ids that exist; nothing has to be written for a new command.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction
from functools import cache
from typing import Any, Final

from hypothesis import strategies as st

from bankcore.values.declare import COMMANDS
from bankcore.values.money import Money
from bankcore.values.rates import AnnualRate

EDGES: Final = (
    1, 49, 50, 99, 100, 101, 199, 4_999, 5_000, 10_000, 99_999, 100_000, 199_999, 200_000,
    999_999, 1_000_000, 4_999_999, 5_000_000, 5_000_001, 20_000_000, 50_000_000,
)  # fmt: skip
"""Fen just below, on and above what rules look at: half a fen's worth, one yuan, 50, 1,000 …"""

SPANS: Final = (0, 1, 1, 2, 6, 7, 8, 29, 30, 31, 89, 90, 91, 92, 180, 364, 365, 366)
"""Days between two acts: limits of back-valuing, months, quarters, years."""

STARTS: Final = tuple(
    date.fromisoformat(day)
    for day in (
        "2023-02-27", "2023-06-07", "2023-08-31", "2023-12-20", "2024-01-31", "2024-02-28",
        "2024-06-29", "2024-09-30", "2024-10-17", "2025-03-19", "2025-05-19", "2025-12-19",
    )
)  # fmt: skip
"""First days of a life: eves of month ends, leap days, settlement days, rate changes, holidays."""

WORDS: Final[Mapping[str, Sequence[str]]] = {
    "product": ("demand", "demand_q", "agreement", "lump_lump", "notice_7d", "optional", "nothing"),
    "account_class": ("I", "II", "III"),
    "source": ("cash",),
    "target": ("cash",),
    "rollover": ("none", "principal_and_interest", "principal_only"),
    "tenor": ("1Y", "5Y"),
}
"""Words that a text field may hold, by the field's name; other texts are short and plain."""


def amounts(most: int = 100_000_000) -> st.SearchStrategy[Money]:
    """Positive amounts, thresholds first, up to `most` fen."""
    edges = st.sampled_from([fen for fen in EDGES if fen <= most] or [1])
    return (edges | st.integers(1, max(1, most))).map(Money)


def around(day: date) -> st.SearchStrategy[date]:
    """The day itself, its neighbours, month ends and leap days near it."""
    spans = st.sampled_from([0, 0, -1, 1, -7, 7, -8, 30, 31, -90, -91, 92, 365, 366])
    ends = st.sampled_from([(day.replace(day=1) - timedelta(days=1)), date(2024, 2, 29)])
    return spans.map(lambda days: day + timedelta(days=days)) | ends


def spans(most: int = 366) -> st.SearchStrategy[int]:
    """Numbers of days, the limits of the rules first."""
    return st.sampled_from([days for days in SPANS if days <= most]) | st.integers(0, most)


@dataclass(frozen=True, slots=True)
class Known:
    """What a generated command may refer to: ids by the name of the field, and the open day."""

    today: date
    ids: Mapping[str, Sequence[str]] = field(default_factory=dict)


@cache
def key_field(stream: str) -> str:
    """The field that names a stream in its commands: the first one, like `account`."""
    for cls, info in COMMANDS.items():
        if info.wire_name.split(".")[0] == stream and fields(cls):
            return fields(cls)[0].name
    return stream


def known_ids(streams: Mapping[str, Sequence[str]]) -> dict[str, Sequence[str]]:
    """Keys by stream kind -> keys by the field that names them in commands."""
    return {key_field(stream): keys for stream, keys in streams.items()}


def command_of(cls: type[Any], known: Known) -> st.SearchStrategy[Any]:
    """A strategy for one command class: each field by its annotation and its name."""
    return st.builds(cls, **_fields(cls, known))


def commands_for(known: Known, *, system: bool = False) -> st.SearchStrategy[Any]:
    """Any declared command, those that only close of day gives left out."""
    classes = [cls for cls, info in COMMANDS.items() if system or not info.system]
    return st.sampled_from(classes).flatmap(lambda cls: command_of(cls, known))


def _fields(cls: type[Any], known: Known) -> dict[str, st.SearchStrategy[Any]]:
    hints = typing.get_type_hints(cls)
    return {f.name: value_of(hints[f.name], f.name, known) for f in fields(cls)}


def value_of(hint: Any, name: str, known: Known) -> st.SearchStrategy[Any]:
    """Values of a declared type; what is not a plain type is taken apart."""
    if isinstance(hint, type):
        if issubclass(hint, StrEnum):
            return st.sampled_from(list(hint))
        if hint in _PLAIN:
            return _plain(hint, name, known)
        if is_dataclass(hint):
            return st.builds(hint, **_fields(hint, known))
    return _compound(hint, name, known)


def _compound(hint: Any, name: str, known: Known) -> st.SearchStrategy[Any]:
    origin, args = typing.get_origin(hint), typing.get_args(hint)
    if origin in {typing.Union, types.UnionType}:
        return st.one_of([value_of(arg, name, known) for arg in args])
    if hint is types.NoneType:
        return st.none()
    if origin is tuple and args[-1] is Ellipsis:
        return st.lists(value_of(args[0], name, known), max_size=3).map(tuple)
    if origin is tuple:
        return st.tuples(*(value_of(arg, name, known) for arg in args))
    assert isinstance(origin, type), f"no strategy for {hint}"
    assert issubclass(origin, Mapping), f"no strategy for {hint}"
    return st.dictionaries(st.sampled_from("ab"), st.sampled_from("xy"), max_size=2)


_PLAIN: Final = (str, int, bool, date, Money, AnnualRate, Fraction)


def _plain(hint: type[Any], name: str, known: Known) -> st.SearchStrategy[Any]:
    if hint is str:
        return _text(name, known)
    if hint is bool:
        return st.booleans()
    if hint is int:
        return st.sampled_from([0, 1, 2, 3, 6, 12, 24, 36, 60, 120]) | st.integers(-1, 400)
    if hint is date:
        return around(known.today)
    if hint is Money:
        return amounts() | st.sampled_from([Money(0), Money(-100)])
    percents = st.fractions(0, 24, max_denominator=100)
    return percents.map(AnnualRate) if hint is AnnualRate else percents


def _text(name: str, known: Known) -> st.SearchStrategy[str]:
    ids = [*known.ids.get(name, ()), *WORDS.get(name, ())]
    if name in {"source", "target", "payer", "payee", "where"}:
        ids += known.ids.get("account", ())
    plain = st.sampled_from(["", "x", "other", "2024-02-29", "1.00"])
    return st.sampled_from(ids) | plain if ids else plain
