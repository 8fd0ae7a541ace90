"""Terms of compliance (合规参数): the dated figures that the rules AML-03 … AML-09 are given.

Each class holds what one rule needs on one day, already chosen from the catalogue; the rules
themselves never look anything up. The functions at the end read them for a day.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from bankcore.products.catalogue import Catalogue
from bankcore.values.money import CNY, Money

USD: Final = "USD"
ELEMENTS: Final = ("customer", "geography", "product", "occupation")


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


def diligence_terms(catalogue: Catalogue, on: date) -> DiligenceTerms:
    """The terms of AML-03 in force on a day."""
    key = "compliance.cdd"
    thresholds = {
        service: {
            CNY: catalogue.money(f"{key}.{service}.cny", on),
            USD: Money(catalogue.money(f"{key}.{service}.usd", on).minor, USD),
        }
        for service in ("one_off", "cash", "remittance")
    }
    return DiligenceTerms(
        regime=catalogue.text(f"{key}.regime", on),
        thresholds=thresholds,
        cash_copy=bool(catalogue.value(f"{key}.cash_copy", on)),
    )


def rating_terms(catalogue: Catalogue, on: date) -> RatingTerms:
    """The terms of AML-04 in force on a day."""
    key = "compliance.rating"
    return RatingTerms(
        weights={name: catalogue.number(f"{key}.weight.{name}", on) for name in ELEMENTS},
        cut_mid=catalogue.number(f"{key}.cut_mid", on),
        cut_high=catalogue.number(f"{key}.cut_high", on),
        first_rating_days=catalogue.number(f"{key}.first_days", on),
        cycle_months={
            grade: catalogue.number(f"{key}.cycle.{grade}", on) for grade in ("high", "mid", "low")
        },
        overrides=frozenset(catalogue.value(f"{key}.overrides", on)),
    )


def kyc_terms(catalogue: Catalogue, on: date) -> KycTerms:
    """The terms of AML-05 in force on a day."""
    return KycTerms(
        grace_days=catalogue.number("compliance.kyc.grace_days", on),
        notice_days=catalogue.number("compliance.kyc.notice_days", on),
    )


def measure_terms(catalogue: Catalogue, on: date) -> MeasureTerms:
    """The terms of AML-09 in force on a day."""
    key = "compliance.measure"
    return MeasureTerms(
        temporary_hours=catalogue.number(f"{key}.temporary_hours", on),
        order_months={
            basis: catalogue.number(f"{key}.order_months.{basis}", on)
            for basis in ("court", "police")
        },
        objection_days=catalogue.number(f"{key}.objection_days", on),
    )


def register_terms(catalogue: Catalogue, on: date) -> RegisterTerms:
    """The terms of RSK-01 in force on a day."""
    bands = tuple(
        (
            name,
            catalogue.number(f"risk.band.{name}", on),
            catalogue.number(f"risk.review_months.{name}", on),
        )
        for name in ("low", "medium", "high", "critical")
    )
    return RegisterTerms(bands=bands, control_max_pct=catalogue.number("risk.control_max", on))


def forbidden_word_list(catalogue: Catalogue, on: date) -> tuple[str, ...]:
    """The words of AML-07 that no text to a customer with an open case may hold."""
    return tuple(catalogue.value("compliance.forbidden_words", on))
