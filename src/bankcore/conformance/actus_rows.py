"""Comparing ACTUS result rows: exact date, type and order, every figure within 1e-8."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any, Final

from bankcore.conformance.actus_terms import number, time

TOLERANCE: Final = Fraction(1, 10**8)
Data = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Computed:
    """A computed row: when, which event, and the figures by their ACTUS names."""

    at: datetime
    kind: str
    figures: Mapping[str, Fraction]


def side_by_side(
    expected: Sequence[Data], computed: Sequence[Computed], fields: Sequence[str]
) -> list[tuple[str, str, bool]]:
    """Rows as `(expected, computed, equal)`; a row that only one side has is never equal."""
    pairs = []
    for index in range(max(len(expected), len(computed))):
        wanted = expected[index] if index < len(expected) else None
        got = computed[index] if index < len(computed) else None
        pairs.append((_expected(wanted, fields), _computed(got), _equal(wanted, got)))
    return pairs


def _equal(wanted: Data | None, got: Computed | None) -> bool:
    if wanted is None or got is None:
        return False
    if (time(wanted["eventDate"]), wanted["eventType"]) != (got.at, got.kind):
        return False
    given = ((wanted[name], value) for name, value in got.figures.items() if name in wanted)
    return all(abs(number(text) - value) <= TOLERANCE for text, value in given)


def _expected(wanted: Data | None, fields: Sequence[str]) -> str:
    if wanted is None:
        return "-"
    figures = " ".join(str(wanted.get(field, "")).strip() for field in fields)
    return f"{time(wanted['eventDate']):%Y-%m-%dT%H:%M:%S} {wanted['eventType']} {figures}"


def _computed(got: Computed | None) -> str:
    if got is None:
        return "-"
    values = got.figures.values()
    figures = " ".join(f"{value.numerator / value.denominator:.12g}" for value in values)
    return f"{got.at:%Y-%m-%dT%H:%M:%S} {got.kind} {figures}"
