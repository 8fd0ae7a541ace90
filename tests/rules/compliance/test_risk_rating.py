"""AML-04: score, grade, first rating and review."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bankcore.products.catalogue import shipped
from bankcore.products.compliance_terms import ELEMENTS, rating_terms
from bankcore.rules.compliance.due_diligence import RiskGrade
from bankcore.rules.compliance.risk_rating import (
    RatingInput,
    Regrading,
    check_regrading,
    rate_customer,
)
from bankcore.values.calendar import WORK
from bankcore.values.reasons import Reason, Rejected

DAY = date(2026, 3, 2)
TERMS = rating_terms(shipped(), DAY)
SCORES = st.fixed_dictionaries({name: st.integers(1, 5) for name in ELEMENTS})
RANK = list(RiskGrade)


def rated(scores: dict[str, int], *overrides: str, on: date = DAY) -> RatingInput:
    return RatingInput(scores, overrides, DAY, on)


@given(SCORES, st.sampled_from(ELEMENTS))
def test_a_worse_element_never_lowers_score_or_grade(scores: dict[str, int], name: str) -> None:
    here = rate_customer(rated(scores), TERMS, WORK)
    there = rate_customer(rated(scores | {name: min(5, scores[name] + 1)}), TERMS, WORK)
    assert 20 <= here.score <= there.score <= 100
    assert RANK.index(there.grade) >= RANK.index(here.grade)
    assert there.next_review <= here.next_review


@given(SCORES)
def test_an_override_makes_every_customer_high(scores: dict[str, int]) -> None:
    result = rate_customer(rated(scores, "foreign_pep"), TERMS, WORK)
    assert result.grade is RiskGrade.HIGH
    assert result.score == rate_customer(rated(scores), TERMS, WORK).score


def test_the_tenth_working_day_is_in_time() -> None:
    low = dict.fromkeys(ELEMENTS, 1)
    assert not rate_customer(rated(low, on=date(2026, 3, 16)), TERMS, WORK).late
    assert rate_customer(rated(low, on=date(2026, 3, 17)), TERMS, WORK).late


def test_exactly_forty_five_points_are_mid() -> None:
    scores = {"customer": 2, "geography": 2, "product": 2, "occupation": 3}
    result = rate_customer(rated(scores), TERMS, WORK)
    assert (result.score, result.grade) == (Fraction(45), RiskGrade.MID)


def test_faults_are_refused_in_the_rule_s_order() -> None:
    bad_weights = replace(TERMS, weights=dict(TERMS.weights) | {"customer": 31})
    faults = (
        ({"customer": 9}, Reason.ELEMENT_MISSING),
        (dict.fromkeys(ELEMENTS, 6), Reason.SCORE_OUT_OF_RANGE),
        (dict.fromkeys(ELEMENTS, 5), Reason.WEIGHTS_NOT_100),
    )
    for scores, reason in faults:
        with pytest.raises(Rejected) as refused:
            rate_customer(rated(scores), bad_weights, WORK)
        assert refused.value.reason is reason


def test_the_manager_of_a_customer_never_lowers_the_grade() -> None:
    lowering = Regrading(RiskGrade.HIGH, RiskGrade.MID, "rm1", ["rm1"], "visited")
    with pytest.raises(Rejected) as refused:
        check_regrading(lowering, [])
    assert refused.value.reason is Reason.RATER_IS_RM_OF_CUSTOMER
    check_regrading(replace(lowering, rater="c1"), [])
    check_regrading(replace(lowering, old=None), [])
    check_regrading(replace(lowering, new=RiskGrade.HIGH), [])


def test_an_override_needs_a_written_ground() -> None:
    raising = Regrading(RiskGrade.LOW, RiskGrade.HIGH, "c1", [], "")
    with pytest.raises(Rejected) as refused:
        check_regrading(raising, ["str_filed"])
    assert refused.value.reason is Reason.REASON_MISSING
    check_regrading(replace(raising, reason="report 7"), ["str_filed"])
