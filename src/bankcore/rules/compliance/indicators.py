"""RSK-03 Key risk indicators (关键风险指标): value, colour, and whether something must be done."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from bankcore.products.oversight_terms import IndicatorLine


class Colour(StrEnum):
    """How an indicator stands; without a denominator there is no colour."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"
    NO_DATA = "no_data"


@dataclass(frozen=True, slots=True)
class Indicator:
    """The exact value (shown with two decimals), its colour, and whether it needs an action."""

    value: Fraction | None
    colour: Colour
    action_required: bool


def indicator(
    numerator: Fraction, denominator: Fraction, line: IndicatorLine, previous: Colour
) -> Indicator:
    """On a line counts as crossed; red, or amber twice in a row, needs an action."""
    if denominator == 0:
        return Indicator(None, Colour.NO_DATA, action_required=False)
    value = numerator / denominator * line.scale
    colour = _colour(value, line)
    again = colour is Colour.AMBER and previous in {Colour.AMBER, Colour.RED}
    return Indicator(value, colour, action_required=colour is Colour.RED or again)


def _colour(value: Fraction, line: IndicatorLine) -> Colour:
    sign = 1 if line.high_is_bad else -1
    if sign * value >= sign * line.red:
        return Colour.RED
    return Colour.AMBER if sign * value >= sign * line.amber else Colour.GREEN
