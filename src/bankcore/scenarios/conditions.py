"""Conditions (条件判断): do predicates on the log hold? Used by scripts, rubrics and revealers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import is_dataclass
from datetime import date
from fractions import Fraction
from typing import Any, Final

from bankcore.audit.findings.trail import names_of
from bankcore.scenarios.binding import plain_field
from bankcore.scenarios.parts import Condition
from bankcore.values.entry import Entry

History = Sequence[Entry[Any]]
ORDERED: Final = (">=", "<=")


def holds(conditions: Iterable[Condition], history: History) -> bool:
    """True when every condition holds on the history."""
    return all(_holds(condition, history) for condition in conditions)


def any_holds(conditions: Iterable[Condition], history: History) -> bool:
    """True when at least one condition holds on the history."""
    return any(_holds(condition, history) for condition in conditions)


def _holds(condition: Condition, history: History) -> bool:
    count = sum(1 for _ in evidence(condition, history))
    return count == 0 if condition.absent else count >= condition.least


def evidence(condition: Condition, history: History) -> Iterator[Entry[Any]]:
    """The entries that a condition speaks of."""
    names = set((condition.event or condition.absent).split("|"))
    for entry in history:
        if not names.isdisjoint(names_of(entry)) and _fits(condition, entry):
            yield entry


def _fits(condition: Condition, entry: Entry[Any]) -> bool:
    return (
        (not condition.of or entry.stream.startswith(condition.of))
        and (condition.by is None or entry.booking_date <= condition.by)
        and (not condition.who or entry.actor.id == condition.who)
        and all(_same(at(entry.event, path), text) for path, text in condition.has.items())
    )


def at(value: Any, path: str) -> Any:
    """The value at a dotted path of fields, keys or list places; None where it ends early."""
    for part in path.split("."):
        if isinstance(value, Mapping):
            value = value.get(part)
        elif isinstance(value, tuple):
            place = int(part)
            value = value[place] if -len(value) <= place < len(value) else None
        elif is_dataclass(value):
            value = getattr(value, part, None)
        else:
            return None
    return value


def _same(value: Any, text: str) -> bool:
    if isinstance(value, tuple):
        items = {said(item) for item in value}
        return all(part.strip() in items for part in text.split(",") if part.strip())
    if text.startswith(ORDERED) and value is not None:
        return _ordered(said(value), text[:2], text[2:].strip())
    return any(same_text(said(value), part.strip()) for part in text.split("|"))


def _ordered(shown: str, sign: str, bound: str) -> bool:
    left, right = _rank(shown), _rank(bound)
    if left is not None and right is not None:
        return left >= right if sign == ">=" else left <= right
    return shown >= bound if sign == ">=" else shown <= bound


def _rank(text: str) -> Fraction | None:
    try:
        return Fraction(text.replace(",", ""))
    except (ValueError, ZeroDivisionError):
        return None


def same_text(shown: str, wanted: str) -> bool:
    """Equal as text, or as numbers: `1,234.5` is `1234.50`."""
    if shown == wanted:
        return True
    left, right = _rank(shown), _rank(wanted)
    return left is not None and left == right


def said(value: object) -> str:
    """A field value as scripts write it: money `1234.50`, true `true`, nothing empty."""
    if value is None:
        return ""
    plain = plain_field(value)
    if isinstance(plain, bool):
        return "true" if plain else "false"
    return plain.isoformat() if isinstance(plain, date) else str(plain)
