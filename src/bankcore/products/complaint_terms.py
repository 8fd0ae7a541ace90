"""Terms of complaint handling (投诉处理参数): the dated figures of the rules CMP-01 … CMP-07."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bankcore.values.money import Money


@dataclass(frozen=True, slots=True)
class IntakeTerms:
    """CMP-01: channels that register on the day of receipt, and those that may wait a workday."""

    same_day_channels: frozenset[str]
    working_day_channels: frozenset[str]
    acknowledge_days: int
    representatives_max: int


@dataclass(frozen=True, slots=True)
class SeverityTerms:
    """CMP-02: points by claim and group size, and the sums from which a severity holds.

    `claim_points` and `group_points` are (lowest value, points) in ascending order.
    """

    claim_points: tuple[tuple[Money, int], ...]
    group_points: tuple[tuple[int, int], ...]
    repeated_from: int
    regulator_points: int
    safety_causes: frozenset[str]
    safety_points: int
    important_from: int
    major_from: int
    major_group: int


@dataclass(frozen=True, slots=True)
class ClockTerms:
    """CMP-04: calendar days from receipt to the reply, by stage `simple`, `complex`, `special`."""

    days: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class ExtensionTerms:
    """CMP-05: lowest grade of the approver by target stage, review window and time in days."""

    approver_grade: Mapping[str, int]
    review_window_days: int
    review_days: int
    answer_items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CompensationTerms:
    """CMP-06: highest amount by kind (`redress`, `goodwill`) and grade, one row a grade."""

    limits: Mapping[str, Mapping[int, Money]]
    goodwill_months: int


@dataclass(frozen=True, slots=True)
class RedressTerms:
    """CMP-07: the largest share of a loss, in percent, that a customer may have to bear."""

    customer_share_cap_pct: int
