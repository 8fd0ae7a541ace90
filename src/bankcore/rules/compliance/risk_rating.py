"""Customer risk rating and review (客户风险等级评定与复核), AML-04."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from bankcore.products.compliance_terms import RatingTerms
from bankcore.rules.compliance.due_diligence import RiskGrade
from bankcore.values.calendar import Calendar
from bankcore.values.dates import add_months
from bankcore.values.reasons import Reason, Rejected


@dataclass(frozen=True, slots=True)
class RatingInput:
    """Scores 1 … 5 of the four elements, override facts, and the days the relation and rating fell.

    `reason` is the written ground that an override needs.
    """

    scores: Mapping[str, int]
    overrides: tuple[str, ...]
    onboarded: date
    rated: date
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Rating:
    """Exact score 20 … 100, the grade, the day it was due and when it must be reviewed."""

    score: Fraction
    grade: RiskGrade
    rate_by: date
    late: bool
    next_review: date
    rule: str = "AML-04"


def rate_customer(given: RatingInput, terms: RatingTerms, calendar: Calendar) -> Rating:
    """Rate a customer: Σ score × weight / 5, grade on the exact value, any override is high.

    Refuses, in order: `element_missing`, `score_out_of_range`, `weights_not_100`.
    """
    _check(given.scores, terms.weights)
    score = sum(
        (Fraction(given.scores[name] * weight, 5) for name, weight in terms.weights.items()),
        Fraction(0),
    )
    grade = RiskGrade.HIGH if given.overrides else _grade(score, terms)
    rate_by = calendar.add_business_days(given.onboarded, terms.first_rating_days)
    return Rating(
        score=score,
        grade=grade,
        rate_by=rate_by,
        late=given.rated > rate_by,
        next_review=add_months(given.rated, terms.cycle_months[grade.value]),
    )


def _check(scores: Mapping[str, int], weights: Mapping[str, int]) -> None:
    missing = sorted(set(weights) - set(scores))
    if missing:
        raise Rejected(Reason.ELEMENT_MISSING, elements=missing)
    for name, score in scores.items():
        if not 1 <= score <= 5:
            raise Rejected(Reason.SCORE_OUT_OF_RANGE, element=name, score=score)
    if sum(weights.values()) != 100:
        raise Rejected(Reason.WEIGHTS_NOT_100, weights=dict(weights))


def _grade(score: Fraction, terms: RatingTerms) -> RiskGrade:
    if score >= terms.cut_high:
        return RiskGrade.HIGH
    return RiskGrade.MID if score >= terms.cut_mid else RiskGrade.LOW


_ORDER = (RiskGrade.LOW, RiskGrade.MID, RiskGrade.HIGH)


@dataclass(frozen=True, slots=True)
class Regrading:
    """A grade set by hand: from what to what, by whom, on which ground."""

    old: RiskGrade | None
    new: RiskGrade
    rater: str
    customer_rms: Sequence[str]
    reason: str


def check_regrading(regrading: Regrading, overrides: Sequence[str]) -> None:
    """Refuse a lowering by the customer's own manager, and overrides without a written ground.

    Order of AML-04: `rater_is_rm_of_customer`, `override_without_reason` (`reason_missing`).
    An unrated customer counts as high, so the first rating below high lowers nothing.
    """
    lowers = regrading.old is not None and _ORDER.index(regrading.new) < _ORDER.index(regrading.old)
    if lowers and regrading.rater in regrading.customer_rms:
        raise Rejected(Reason.RATER_IS_RM_OF_CUSTOMER, rater=regrading.rater)
    if overrides and not regrading.reason.strip():
        raise Rejected(Reason.REASON_MISSING, overrides=list(overrides))
