"""CRM-08 Churn risk (流失预警): points by sign, and the band of their sum."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from bankcore.products.relation_score_terms import ChurnTerms
from bankcore.rules.relations.prospects import points_of
from bankcore.values.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class ChurnFacts:
    """What is seen of a customer; assets now and three months ago."""

    assets_before: Money
    assets_now: Money
    out_own_name_90d: Money
    had_salary: bool
    months_without_salary: int
    open_complaint: bool
    complaint_lost: bool
    days_since_login: int
    products: int
    last_survey: int | None


@dataclass(frozen=True, slots=True)
class ChurnRisk:
    """Points by sign; `flag` from the flag line, `watch` from the watch line, else `normal`."""

    parts: Mapping[str, int]
    band: str

    @property
    def score(self) -> int:
        """The sum of the parts, 0 to 100."""
        return sum(self.parts.values())


def churn_risk(facts: ChurnFacts, terms: ChurnTerms) -> ChurnRisk:
    """Add up the signs, compared exactly; without assets before there is no fall to measure."""
    points = terms.points
    before = facts.assets_before.minor
    gone = facts.had_salary and facts.months_without_salary >= terms.salary_months
    moved = before > 0 and facts.out_own_name_90d.minor * 100 >= terms.out_pct * before
    unhappy = facts.last_survey is not None and facts.last_survey <= terms.bad_survey
    parts = {
        "aum_drop": _drop(before, facts.assets_now.minor, terms),
        "salary_stopped": points["salary_stopped"] * gone,
        "out_to_own_other_bank": points["out_to_own_other_bank"] * moved,
        "complaint": _complaint(facts, points),
        "inactive": points_of(Fraction(facts.days_since_login), terms.inactive),
        "few_products": points["few_products"] * (facts.products <= terms.few_products),
        "survey": points["survey"] * unhappy,
    }
    return ChurnRisk(parts, _band(sum(parts.values()), terms))


def _drop(before: int, now: int, terms: ChurnTerms) -> int:
    if before <= 0:
        return 0
    return points_of(Fraction(100 * (before - now), before), terms.drop)


def _complaint(facts: ChurnFacts, points: Mapping[str, int]) -> int:
    """An open complaint wins over one that was lost."""
    if facts.open_complaint:
        return points["open_complaint"]
    return points["complaint_lost"] if facts.complaint_lost else 0


def _band(score: int, terms: ChurnTerms) -> str:
    if score >= terms.flag_from:
        return "flag"
    return "watch" if score >= terms.watch_from else "normal"
