"""RSK-01: inherent and residual score of a risk."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bankcore.products.compliance_terms import RegisterTerms
from bankcore.rules.compliance.risk_register import blocks_new_credit, check_closing, score_risk
from bankcore.values.reasons import Reason, Rejected

TERMS = RegisterTerms(
    bands=(("low", 0, 12), ("medium", 5, 6), ("high", 10, 3), ("critical", 15, 1)),
    control_max_pct=80,
)
STEPS = st.integers(1, 5)
CONTROLS = st.integers(0, 80)


@given(STEPS, STEPS, CONTROLS)
def test_the_residual_never_exceeds_the_inherent_score(
    likelihood: int, impact: int, control: int
) -> None:
    score = score_risk(likelihood, impact, control, TERMS)
    assert score.residual <= score.inherent == likelihood * impact


@given(STEPS, STEPS, CONTROLS)
def test_scores_rise_with_likelihood_and_fall_with_control(
    likelihood: int, impact: int, control: int
) -> None:
    here = score_risk(likelihood, impact, control, TERMS)
    if likelihood < 5:
        assert score_risk(likelihood + 1, impact, control, TERMS).residual >= here.residual
    if control < 80:
        assert score_risk(likelihood, impact, control + 1, TERMS).residual <= here.residual


@pytest.mark.parametrize(
    ("likelihood", "impact", "band"), [(5, 1, "medium"), (5, 2, "high"), (5, 3, "critical")]
)
def test_a_score_on_the_edge_belongs_to_the_higher_band(
    likelihood: int, impact: int, band: str
) -> None:
    score = score_risk(likelihood, impact, 0, TERMS)
    assert score.residual_band == score.inherent_band == band
    assert blocks_new_credit(score, 10) == (band in {"high", "critical"})


@pytest.mark.parametrize(
    ("given_", "reason"),
    [
        ((0, 3, 0), Reason.SCORE_OUT_OF_RANGE),
        ((3, 6, 0), Reason.SCORE_OUT_OF_RANGE),
        ((3, 3, 81), Reason.CONTROL_PCT_NOT_ALLOWED),
    ],
)
def test_impossible_scores_are_refused(given_: tuple[int, int, int], reason: Reason) -> None:
    with pytest.raises(Rejected) as refused:
        score_risk(*given_, TERMS)
    assert refused.value.reason is reason


def test_the_raiser_does_not_close_and_a_closing_has_a_reason() -> None:
    check_closing("a", "b", "paid back")
    with pytest.raises(Rejected) as refused:
        check_closing("a", "a", "paid back")
    assert refused.value.reason is Reason.CLOSER_IS_RAISER
    with pytest.raises(Rejected) as refused:
        check_closing("a", "b", " ")
    assert refused.value.reason is Reason.REASON_MISSING
