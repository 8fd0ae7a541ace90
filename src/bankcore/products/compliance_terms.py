"""Terms of compliance (合规参数): the dated figures that the rules AML-03 … AML-09 are given.

Each class holds what one rule needs on one day, already chosen from the catalogue; the rules
themselves never look anything up.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bankcore.values.money import Money


@dataclass(frozen=True, slots=True)
class DiligenceTerms:
    """AML-03 on one day: the regime and, by service and currency, the amount from which it binds.

    `cash_copy` says whether a mere cash act also asks for registration and a copy.
    """

    regime: str
    thresholds: Mapping[str, Mapping[str, Money]]
    cash_copy: bool


@dataclass(frozen=True, slots=True)
class RatingTerms:
    """AML-04: weights (points, adding up to 100), cuts, days for the first rating, cycles.

    `cycle_months` maps a grade to the months until the next review; `overrides` are the facts
    that make a customer high whatever the score.
    """

    weights: Mapping[str, int]
    cut_mid: int
    cut_high: int
    first_rating_days: int
    cycle_months: Mapping[str, int]
    overrides: frozenset[str]


@dataclass(frozen=True, slots=True)
class KycTerms:
    """AML-05: calendar days of grace after the last day of a document, and of notice before it."""

    grace_days: int
    notice_days: int


@dataclass(frozen=True, slots=True)
class MeasureTerms:
    """AML-09: hours of a temporary freeze, months an order may last, days to answer objections."""

    temporary_hours: int
    order_months: Mapping[str, int]
    objection_days: int


@dataclass(frozen=True, slots=True)
class RegisterTerms:
    """RSK-01: bands as (name, lowest residual score, months to the next review), ascending."""

    bands: tuple[tuple[str, int, int], ...]
    control_max_pct: int
