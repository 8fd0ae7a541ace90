"""Terms of complaint handling (投诉处理参数): the dated figures of the rules CMP-01 … CMP-07."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from bankcore.products.catalogue import Catalogue
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


def intake_terms(catalogue: Catalogue, on: date) -> IntakeTerms:
    """The terms of CMP-01 in force on a day."""
    return IntakeTerms(
        same_day_channels=frozenset(catalogue.value("complaint.channels.same_day", on)),
        working_day_channels=frozenset(catalogue.value("complaint.channels.working_day", on)),
        acknowledge_days=catalogue.number("complaint.acknowledge_days", on),
        representatives_max=catalogue.number("complaint.representatives_max", on),
    )


def severity_terms(catalogue: Catalogue, on: date) -> SeverityTerms:
    """The terms of CMP-02 in force on a day."""
    key = "complaint.severity"
    return SeverityTerms(
        claim_points=tuple((catalogue.money(f"{key}.claim.{p}", on), p) for p in (1, 2, 3)),
        group_points=tuple((catalogue.number(f"{key}.group.{p}", on), p) for p in (1, 2)),
        repeated_from=catalogue.number(f"{key}.repeated_from", on),
        regulator_points=catalogue.number(f"{key}.regulator_points", on),
        safety_causes=frozenset(catalogue.value(f"{key}.safety_causes", on)),
        safety_points=catalogue.number(f"{key}.safety_points", on),
        important_from=catalogue.number(f"{key}.important_from", on),
        major_from=catalogue.number(f"{key}.major_from", on),
        major_group=catalogue.number(f"{key}.major_group", on),
    )


def clock_terms(catalogue: Catalogue, on: date) -> ClockTerms:
    """The terms of CMP-04 in force on the day of receipt, which starts the duty."""
    stages = ("simple", "complex", "special")
    return ClockTerms({s: catalogue.number(f"complaint.days.{s}", on) for s in stages})


def extension_terms(catalogue: Catalogue, on: date) -> ExtensionTerms:
    """The terms of CMP-05 in force on a day."""
    return ExtensionTerms(
        approver_grade={
            stage: catalogue.number(f"complaint.extension_grade.{stage}", on)
            for stage in ("complex", "special")
        },
        review_window_days=catalogue.number("complaint.review_window_days", on),
        review_days=catalogue.number("complaint.review_days", on),
        answer_items=tuple(catalogue.value("complaint.answer_items", on)),
    )


def compensation_terms(catalogue: Catalogue, on: date) -> CompensationTerms:
    """The terms of CMP-06 in force on a day."""
    return CompensationTerms(
        limits={
            kind: {g: catalogue.money(f"complaint.{kind}_limit.G{g}", on) for g in range(3, 8)}
            for kind in ("redress", "goodwill")
        },
        goodwill_months=catalogue.number("complaint.goodwill_months", on),
    )


def redress_terms(catalogue: Catalogue, on: date) -> RedressTerms:
    """The terms of CMP-07 in force on a day."""
    return RedressTerms(catalogue.number("complaint.customer_share_cap", on))
