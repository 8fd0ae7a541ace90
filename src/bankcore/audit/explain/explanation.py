"""What an explanation is: a figure, its parts, and the proof that they add up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Ground:
    """What a part rests on (依据): a clause of the rulebook, or a row of the catalogue in force.

    An empty source is this bank's own convention; `value` and `valid_from` are those of a row.
    """

    id: str
    zh: str
    en: str
    source: str
    value: str = ""
    valid_from: date | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a figure.

    `amount` is what the part contributes, in the unit of the figure; for money in minor units.
    `exact` is the unrounded amount, `remainder` = exact − amount. `days` is the day count where
    one was used. `inputs` are the rule's inputs by name. `parts`, where it was unfolded, sum to
    `amount`; `grounds` are the clauses and rows with their source.
    """

    event_id: str
    rule: str
    label_zh: str
    label_en: str
    amount: Fraction
    exact: Fraction
    days: int | None = None
    inputs: Mapping[str, object] = field(default_factory=dict)
    parts: tuple[Part, ...] = ()
    grounds: tuple[Ground, ...] = ()

    @property
    def remainder(self) -> Fraction:
        """What rounding left: exact − amount."""
        return self.exact - self.amount

    @property
    def adds_up(self) -> bool:
        """True when the parts of an unfolded part sum to it, and theirs to them."""
        inside = not self.parts or _summed(self.parts) == self.amount
        return inside and all(part.adds_up for part in self.parts)


@dataclass(frozen=True, slots=True)
class Explanation:
    """A figure with its parts; `adds_up` is True when the parts sum to the value exactly.

    `unit` is `fen`, `days`, `points`, `marks`, `percent`, `stage` or `grade`; a grade is explained
    by the facts that lead to it, its value is the ordinal and its parts are weighed so that they
    sum to it.
    """

    figure: str
    subject: str
    value: Fraction
    shown: str
    unit: str
    parts: tuple[Part, ...]

    @property
    def adds_up(self) -> bool:
        """True when the parts sum to the value, and theirs to them, to the last fraction."""
        return all(part.adds_up for part in self.parts) and _summed(self.parts) == self.value


def _summed(parts: Sequence[Part]) -> Fraction:
    return sum((part.amount for part in parts), Fraction(0))
