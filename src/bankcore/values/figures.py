"""A figure that explains itself: the amount, the exact fraction behind it, rule and inputs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from bankcore.values.money import CNY, Money, round_to_money


@dataclass(frozen=True, slots=True)
class Figure:
    """What a computing rule returns: a posted amount with its trace.

    `exact` is in minor units and unrounded; `remainder` = exact − amount, |remainder| ≤ 1/2.
    `inputs` holds whatever the rule was given, by the names of its signature.
    """

    amount: Money
    exact: Fraction
    rule: str
    inputs: Mapping[str, object]

    @property
    def remainder(self) -> Fraction:
        """What rounding left, in minor units: exact − amount."""
        return self.exact - self.amount.minor


def figure(rule: str, exact: Fraction, currency: str = CNY, **inputs: object) -> Figure:
    """Round once and keep the trace: the usual last line of a computing rule."""
    return Figure(round_to_money(exact, currency).money, exact, rule, inputs)
