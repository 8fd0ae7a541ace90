"""CMP-02: points and severity, and the dimensions of a classification."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bankcore.products.complaint_terms import SeverityTerms
from bankcore.rules.complaints.severity import (
    DIMENSIONS,
    Severity,
    SeverityFacts,
    check_classification,
    grade_complaint,
    lowers,
)
from bankcore.values.money import ZERO, Money, yuan
from bankcore.values.reasons import Reason, Rejected

TERMS = SeverityTerms(
    claim_points=((yuan("1000"), 1), (yuan("10000"), 2), (yuan("100000"), 3)),
    group_points=((2, 1), (5, 2)),
    repeated_from=3,
    regulator_points=2,
    safety_causes=frozenset({"fund_safety", "information_safety"}),
    safety_points=2,
    important_from=3,
    major_from=6,
    major_group=30,
)
QUIET = SeverityFacts(
    claim_amount=ZERO,
    vulnerable=False,
    group_size=1,
    times_in_12_months=1,
    via_regulator_or_media=False,
    cause="pricing",
)
FACTS = st.builds(
    SeverityFacts,
    claim_amount=st.integers(0, 20_000_000).map(Money),
    vulnerable=st.booleans(),
    group_size=st.integers(1, 40),
    times_in_12_months=st.integers(1, 5),
    via_regulator_or_media=st.booleans(),
    cause=st.sampled_from(("pricing", "fund_safety")),
)
RANK = list(Severity)


@given(FACTS)
def test_every_worse_fact_gives_no_fewer_points(facts: SeverityFacts) -> None:
    here = grade_complaint(facts, TERMS)
    worse = (
        replace(facts, claim_amount=facts.claim_amount + yuan("50000")),
        replace(facts, vulnerable=True),
        replace(facts, group_size=facts.group_size + 3),
        replace(facts, times_in_12_months=facts.times_in_12_months + 1),
        replace(facts, via_regulator_or_media=True),
        replace(facts, cause="information_safety"),
    )
    for other in worse:
        graded = grade_complaint(other, TERMS)
        assert graded.points >= here.points
        assert RANK.index(graded.severity) >= RANK.index(here.severity)


@pytest.mark.parametrize(
    ("facts", "points", "severity"),
    [
        (replace(QUIET, claim_amount=yuan("999.99")), 0, Severity.ORDINARY),
        (replace(QUIET, claim_amount=yuan("1000")), 1, Severity.ORDINARY),
        (replace(QUIET, group_size=4), 1, Severity.ORDINARY),
        (replace(QUIET, group_size=29), 2, Severity.ORDINARY),
        (replace(QUIET, group_size=30), 2, Severity.MAJOR),
        (replace(QUIET, times_in_12_months=3), 1, Severity.ORDINARY),
        (replace(QUIET, cause="fund_safety", vulnerable=True), 3, Severity.IMPORTANT),
        (
            replace(
                QUIET, claim_amount=yuan("100000"), vulnerable=True, via_regulator_or_media=True
            ),
            6,
            Severity.MAJOR,
        ),
    ],
)
def test_points_add_up_to_a_severity(facts: SeverityFacts, points: int, severity: Severity) -> None:
    graded = grade_complaint(facts, TERMS)
    assert (graded.points, graded.severity) == (points, severity)


@pytest.mark.parametrize("name", DIMENSIONS)
def test_each_dimension_must_be_filled(name: str) -> None:
    full = dict.fromkeys(DIMENSIONS, "x")
    check_classification(full, handling_begun=False)
    with pytest.raises(Rejected) as refused:
        check_classification(full | {name: " "}, handling_begun=False)
    assert refused.value.reason is Reason.DIMENSION_MISSING
    assert refused.value.facts == {"dimension": name}


def test_the_first_classification_comes_before_handling() -> None:
    with pytest.raises(Rejected) as refused:
        check_classification(dict.fromkeys(DIMENSIONS, "x"), handling_begun=True)
    assert refused.value.reason is Reason.CLASSIFICATION_AFTER_HANDLING


def test_severity_falls_only_downwards() -> None:
    assert lowers(Severity.MAJOR, Severity.IMPORTANT)
    assert not lowers(Severity.ORDINARY, Severity.ORDINARY)
    assert not lowers(Severity.ORDINARY, Severity.MAJOR)
