"""AML-01 Large-value reports (大额交易报告): one a class, direction, customer and day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from bankcore.products.oversight_terms import Threshold
from bankcore.values.money import Money, total


@dataclass(frozen=True, slots=True, kw_only=True)
class LargeMovement:
    """A movement of the day; `amount` is yuan, or the USD equivalent when `foreign`.

    `exempt` holds when it is on the list of exemptions, which fall away for suspicious ones.
    """

    id: str
    direction: str
    cash: bool
    amount: Money
    foreign: bool
    cross_border: bool
    exempt: bool
    suspicious: bool


@dataclass(frozen=True, slots=True)
class LargeValue:
    """What is reported of one class and direction: totals in yuan and USD, the movements."""

    feature: str
    direction: str
    cny: Money
    usd: Money
    ids: tuple[str, ...]


def feature_of(movement: LargeMovement, *, natural: bool) -> str:
    """Cash by itself; transfers by the customer, those of persons by the border."""
    if movement.cash:
        return "cash"
    if not natural:
        return "non_natural_transfer"
    return "natural_cross_border" if movement.cross_border else "natural_domestic"


def large_values(
    movements: Sequence[LargeMovement],
    thresholds: Mapping[str, Threshold],
    cny_per_usd: Fraction,
    *,
    natural: bool,
) -> tuple[LargeValue, ...]:
    """The reports of one customer and day, by class and direction; in and out are never netted.

    Yuan and foreign money are each measured alone, and together only where both occur.
    """
    groups: dict[tuple[str, str], list[LargeMovement]] = {}
    for movement in movements:
        if movement.suspicious or not movement.exempt:
            key = (feature_of(movement, natural=natural), movement.direction)
            groups.setdefault(key, []).append(movement)
    made = (_totals(key, groups[key]) for key in sorted(groups))
    return tuple(v for v in made if _reached(v, thresholds[v.feature], cny_per_usd))


def _totals(key: tuple[str, str], group: Sequence[LargeMovement]) -> LargeValue:
    cny = total([m.amount for m in group if not m.foreign])
    usd = total([m.amount for m in group if m.foreign])
    return LargeValue(*key, cny, usd, tuple(m.id for m in group))


def _reached(value: LargeValue, threshold: Threshold, rate: Fraction) -> bool:
    """Either threshold by its own money, or by both together in one of them."""
    cny, usd = Fraction(value.cny.minor), Fraction(value.usd.minor)
    if cny and usd:
        cny, usd = cny + usd * rate, usd + cny / rate
    return (threshold.cny is not None and cny >= threshold.cny.minor) or (
        threshold.usd is not None and usd >= threshold.usd.minor
    )
