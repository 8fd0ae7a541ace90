"""Terms of scores and gifts (评分与礼品参数): CRM-01, CRM-02, CRM-06 … CRM-08 on a day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from bankcore.products.catalogue import Catalogue
from bankcore.values.money import Money

Bands = Sequence[tuple[Fraction, int]]
"""Points from a value on, rising; below the first there are none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreTerms:
    """CRM-01: bands of income, assets (yuan) and years; points by need, source and credit."""

    income: Bands
    assets: Bands
    stability: Bands
    need_points: int
    needs_most: int
    source: Mapping[str, int]
    credit: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class GiftTerms:
    """CRM-06: caps of one gift and of a calendar year, and forms that are never allowed."""

    single: Money
    yearly: Money
    forbidden: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ScorecardTerms:
    """CRM-07: most of one achievement and of all, deductions by severity, and the cap of an F."""

    achievement_most: Fraction
    total_most: int
    deductions: Mapping[str, int]
    undone_share: Fraction
    fatal_cap: int
    guarded_least: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ChurnTerms:
    """CRM-08: points by sign; bands of falls (percent) and of days without log-in."""

    drop: Bands
    inactive: Bands
    points: Mapping[str, int]
    salary_months: int
    out_pct: int
    few_products: int
    bad_survey: int
    watch_from: int
    flag_from: int


def _pairs(rows: Any) -> dict[str, int]:
    return {str(key): int(points) for key, points in rows}


def _bands(rows: Any) -> Bands:
    return tuple((Fraction(str(least)), int(points)) for least, points in rows)


def score_terms(c: Catalogue, on: date) -> ScoreTerms:
    """The terms of CRM-01 in force on a day."""
    key = "relation.score"
    return ScoreTerms(
        income=_bands(c.value(f"{key}.income", on)),
        assets=_bands(c.value(f"{key}.assets", on)),
        stability=_bands(c.value(f"{key}.stability", on)),
        need_points=c.number(f"{key}.need_points", on),
        needs_most=c.number(f"{key}.needs_most", on),
        source=_pairs(c.value(f"{key}.source", on)),
        credit=_pairs(c.value(f"{key}.credit", on)),
    )


def prospect_classes(c: Catalogue, on: date) -> dict[str, int]:
    """CRM-02: the score from which each class begins."""
    return _pairs(c.value("relation.prospect_class", on))


def tiers(c: Catalogue, on: date) -> dict[str, Money]:
    """CRM-02: the average assets from which each tier begins, rising."""
    return {str(tier): Money(int(least) * 100) for tier, least in c.value("relation.tier", on)}


def gift_terms(c: Catalogue, on: date) -> GiftTerms:
    """The terms of CRM-06 for gifts in force on a day."""
    forbidden = frozenset(map(str, c.value("relation.gift.forbidden", on)))
    return GiftTerms(
        c.money("relation.gift.single", on), c.money("relation.gift.yearly", on), forbidden
    )


def scorecard_terms(c: Catalogue, on: date) -> ScorecardTerms:
    """The terms of CRM-07 in force on a day."""
    key = "relation.scorecard"
    return ScorecardTerms(
        achievement_most=c.fraction(f"{key}.achievement_most", on),
        total_most=c.number(f"{key}.total_most", on),
        deductions=_pairs(c.value(f"{key}.deductions", on)),
        undone_share=c.fraction(f"{key}.undone_share", on),
        fatal_cap=c.number(f"{key}.fatal_cap", on),
        guarded_least=c.number(f"{key}.guarded_least", on),
    )


def churn_terms(c: Catalogue, on: date) -> ChurnTerms:
    """The terms of CRM-08 in force on a day."""
    key = "relation.churn"
    return ChurnTerms(
        drop=_bands(c.value(f"{key}.drop", on)),
        inactive=_bands(c.value(f"{key}.inactive", on)),
        points=_pairs(c.value(f"{key}.points", on)),
        salary_months=c.number(f"{key}.salary_months", on),
        out_pct=c.number(f"{key}.out_pct", on),
        few_products=c.number(f"{key}.few_products", on),
        bad_survey=c.number(f"{key}.bad_survey", on),
        watch_from=c.number(f"{key}.watch_from", on),
        flag_from=c.number(f"{key}.flag_from", on),
    )
