"""Terms of selling wealth products (适当性参数): WM-01…WM-05 and WM-08."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from bankcore.products.catalogue import Catalogue
from bankcore.values.money import Money


@dataclass(frozen=True, slots=True)
class LevelTerms:
    """WM-01: share that makes a nature, and above what a product is one level riskier."""

    nature_share: Fraction
    leverage_above: Fraction
    low_rated_above: Fraction
    closed_months_above: int


@dataclass(frozen=True, slots=True)
class MatchingTerms:
    """WM-02: most of the assets in one product by risk level (percent), and older customers."""

    caps: Mapping[int, Fraction]
    elderly_age: int
    elderly_risk: int


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionnaireTerms:
    """WM-03: scores by question and letter, ages of answer 1, bands, horizons, caps by name."""

    scores: Sequence[Sequence[int]]
    ages: Sequence[tuple[int, int]]
    band_tops: Sequence[int]
    horizons: Sequence[int]
    caps: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class RetestTerms:
    """WM-04: tests a day and in twelve months, and the days for which a result counts."""

    per_day: int
    per_year: int
    valid_days: int


@dataclass(frozen=True, slots=True)
class WordingTerms:
    """WM-05: phrases that are allowed, forbidden, free for structured deposits, and the warning."""

    allowed: Sequence[str]
    forbidden: Sequence[str]
    structured_free: Sequence[str]
    benchmark: str
    warnings: Sequence[str]


@dataclass(frozen=True, slots=True)
class QualifiedTerms:
    """WM-08: full years of investing; a person needs one of the figures, a firm its own."""

    years: int
    net_financial_assets: Money
    financial_assets: Money
    income: Money
    firm_net_assets: Money


def level_terms(c: Catalogue, on: date) -> LevelTerms:
    """The terms of WM-01 in force on a day."""
    return LevelTerms(
        c.fraction("wealth.nature_share", on),
        c.fraction("wealth.level.leverage_above", on),
        c.fraction("wealth.level.low_rated_above", on),
        c.number("wealth.level.closed_months_above", on),
    )


def matching_terms(c: Catalogue, on: date) -> MatchingTerms:
    """The terms of WM-02 in force on a day."""
    caps = {int(level): Fraction(str(pct)) for level, pct in c.value("wealth.concentration", on)}
    return MatchingTerms(
        caps, c.number("wealth.elderly_age", on), c.number("wealth.elderly_risk", on)
    )


def questionnaire_terms(c: Catalogue, on: date) -> QuestionnaireTerms:
    """The terms of WM-03 in force on a day."""
    key = "wealth.questionnaire"
    return QuestionnaireTerms(
        scores=tuple(tuple(map(int, row)) for row in c.value(f"{key}.scores", on)),
        ages=tuple((int(low), int(high)) for low, high in c.value(f"{key}.ages", on)),
        band_tops=tuple(map(int, c.value(f"{key}.band_tops", on))),
        horizons=tuple(map(int, c.value(f"{key}.horizons", on))),
        caps={str(name): int(level) for name, level in c.value(f"{key}.caps", on)},
    )


def retest_terms(c: Catalogue, on: date) -> RetestTerms:
    """The terms of WM-04 in force on a day; those of the new test's day count for the window."""
    return RetestTerms(
        c.number("wealth.retest.per_day", on),
        c.number("wealth.retest.per_12_months", on),
        c.number("wealth.retest.valid_days", on),
    )


def wording_terms(c: Catalogue, on: date) -> WordingTerms:
    """The terms of WM-05 in force on a day."""
    key = "wealth.wording"
    return WordingTerms(
        c.value(f"{key}.allowed", on),
        c.value(f"{key}.forbidden", on),
        c.value(f"{key}.structured_free", on),
        c.text(f"{key}.benchmark", on),
        c.value(f"{key}.benchmark_warnings", on),
    )


def qualified_terms(c: Catalogue, on: date) -> QualifiedTerms:
    """The terms of WM-08 in force on a day."""
    key = "wealth.qualified"
    return QualifiedTerms(
        c.number(f"{key}.years", on),
        c.money(f"{key}.net_financial_assets", on),
        c.money(f"{key}.financial_assets", on),
        c.money(f"{key}.income", on),
        c.money(f"{key}.firm_net_assets", on),
    )
