"""CMP-05: extension, answer and review."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bankcore.products.complaint_terms import ExtensionTerms
from bankcore.rules.complaints.clock import Stage
from bankcore.rules.complaints.extension import (
    Extension,
    Review,
    check_answer,
    check_extension,
    review_window,
)
from bankcore.values.reasons import Reason, Rejected

TERMS = ExtensionTerms(
    approver_grade={"complex": 4, "special": 6},
    review_window_days=30,
    review_days=30,
    answer_items=("facts", "rule", "decision"),
)
DUE = date(2026, 3, 17)
TO_30 = Extension(
    to=Stage.COMPLEX,
    stage=Stage.SIMPLE,
    recorded_on=DUE,
    current_due=DUE,
    reason="accounts of three years",
    approver="a1",
    handler="h1",
    approver_grade=4,
    told_on=DUE,
)
BROKEN = (
    ({"closed": True}, Reason.COMPLAINT_CLOSED),
    ({"reason": ""}, Reason.REASON_MISSING),
    ({"to": Stage.SPECIAL}, Reason.EXTENSION_OUT_OF_ORDER),
    ({"recorded_on": date(2026, 3, 18)}, Reason.DEADLINE_ALREADY_PASSED),
    ({"approver": "h1"}, Reason.APPROVER_IS_HANDLER),
    ({"approver_grade": 3}, Reason.APPROVER_LEVEL_TOO_LOW),
    ({"told_on": None}, Reason.COMPLAINANT_NOT_TOLD),
)


def test_an_extension_on_the_due_day_is_in_time() -> None:
    check_extension(TO_30, TERMS)


@pytest.mark.parametrize("index", range(len(BROKEN)))
def test_the_first_fault_in_the_rule_s_order_is_named(index: int) -> None:
    faults: dict[str, object] = {}
    for fault, _ in reversed(BROKEN[index:]):
        faults |= fault
    with pytest.raises(Rejected) as refused:
        check_extension(replace(TO_30, **faults), TERMS)  # type: ignore[arg-type]
    assert refused.value.reason is BROKEN[index][1]


def test_telling_the_customer_after_the_due_day_is_too_late() -> None:
    with pytest.raises(Rejected) as refused:
        check_extension(replace(TO_30, told_on=date(2026, 3, 18)), TERMS)
    assert refused.value.reason is Reason.COMPLAINANT_NOT_TOLD


@pytest.mark.parametrize("stage", [Stage.COMPLEX, Stage.SPECIAL])
def test_nothing_is_extended_twice_to_the_same_stage(stage: Stage) -> None:
    with pytest.raises(Rejected) as refused:
        check_extension(replace(TO_30, stage=stage), TERMS)
    assert refused.value.reason is Reason.EXTENSION_OUT_OF_ORDER


def test_a_review_may_be_asked_on_day_thirty_and_not_on_day_thirty_one() -> None:
    asked = Review(date(2026, 3, 10), date(2026, 4, 9), 6, 5)
    window = review_window(asked, TERMS)
    assert (window.window_until, window.review_due) == (date(2026, 4, 9), date(2026, 5, 9))
    with pytest.raises(Rejected) as refused:
        review_window(replace(asked, requested=date(2026, 4, 10)), TERMS)
    assert refused.value.reason is Reason.REVIEW_WINDOW_CLOSED


def test_there_is_no_review_before_the_decision_arrived() -> None:
    with pytest.raises(Rejected) as refused:
        review_window(Review(None, date(2026, 4, 9)), TERMS)
    assert refused.value.reason is Reason.NO_DECISION_YET


def test_the_reviewer_stands_above_the_decider() -> None:
    review_window(Review(date(2026, 3, 10), date(2026, 4, 9)), TERMS)
    with pytest.raises(Rejected) as refused:
        review_window(Review(date(2026, 3, 10), date(2026, 4, 9), 5, 5), TERMS)
    assert refused.value.reason is Reason.REVIEWER_NOT_SUPERIOR


def test_an_answer_holds_every_item() -> None:
    check_answer(("decision", "rule", "facts", "apology"), TERMS)
    with pytest.raises(Rejected) as refused:
        check_answer(("facts", "decision"), TERMS)
    assert refused.value.reason is Reason.ANSWER_INCOMPLETE
    assert refused.value.facts == {"item": "rule"}
