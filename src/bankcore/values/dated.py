"""Dated rows (规则版本): which version of a parameter counts on a date, as known then, GEN-06.

Rows are never edited. The row in force follows from `valid_from` and from what was adopted by
the day of knowledge; its last day is derived, so versions cannot overlap.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Generic, TypeVar

from bankcore.values.reasons import Reason, Rejected

V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class DatedRow(Generic[V]):
    """One version of a parameter; `value` None repeals it (废止) from `valid_from` on.

    `own` marks what the bank adopted itself, in its log, over what the catalogue ships.
    """

    valid_from: date
    adopted_on: date
    value: V | None
    source: str = ""
    mark: str = "convention"
    own: bool = False


@dataclass(frozen=True, slots=True)
class InForce(Generic[V]):
    """The value in force with the days it counts; `valid_to` is inclusive, None without end."""

    value: V
    valid_from: date
    valid_to: date | None
    source: str
    mark: str

    def counts_on(self, day: date) -> bool:
        """True on the days on which the value counts."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


def row_in_force(rows: Sequence[DatedRow[V]], on: date, known_at: date | None = None) -> InForce[V]:
    """Choose the row for `on` among those adopted by `known_at` (None: all that are known).

    The greatest `valid_from` not after `on` wins; of several the bank's own, then the one adopted
    last, a correction: a newer catalogue never changes what a bank has decided for itself.
    Refuses `rule_not_in_force` when there is none and `rule_repealed` when its value is null.
    """
    visible = [r for r in rows if known_at is None or r.adopted_on <= known_at]
    started = [r for r in visible if r.valid_from <= on]
    if not started:
        raise Rejected(Reason.RULE_NOT_IN_FORCE, on=on)
    row = max(reversed(started), key=lambda r: (r.valid_from, r.own, r.adopted_on))
    if row.value is None:
        raise Rejected(Reason.RULE_REPEALED, on=on, since=row.valid_from)
    later = [r.valid_from for r in visible if r.valid_from > row.valid_from]
    valid_to = min(later) - timedelta(days=1) if later else None
    return InForce(row.value, row.valid_from, valid_to, row.source, row.mark)
