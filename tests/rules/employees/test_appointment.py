"""EMP-01: who may be given a role."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bankcore.rules.employees.appointment import (
    Appointment,
    Candidate,
    Education,
    check_appointment,
)
from bankcore.values.reasons import Reason, Rejected

DAY = date(2026, 3, 2)
CANDIDATE = Candidate(
    id="e9",
    grade=2,
    education=Education.JUNIOR_COLLEGE,
    identity_verified=True,
    diploma_verified=True,
    declaration_signed=True,
)
GOOD = Appointment(CANDIDATE, "m1", 3, DAY, Education.JUNIOR_COLLEGE)
BROKEN: tuple[tuple[dict[str, Any], Reason], ...] = (
    ({"identity_verified": False}, Reason.IDENTITY_NOT_VERIFIED),
    ({"banned_until": DAY}, Reason.INDUSTRY_BAN),
    ({"diploma_verified": False}, Reason.DIPLOMA_NOT_VERIFIED),
    ({"education": Education.SECONDARY}, Reason.EDUCATION_TOO_LOW),
    ({"relative_in_reporting_line": True}, Reason.CLOSE_RELATIVE_IN_LINE),
    ({"declaration_signed": False}, Reason.DECLARATION_MISSING),
    ({"toxic": True}, Reason.TOXIC_ROLE_COMBINATION),
    ({"grade": 3}, Reason.APPOINTER_LEVEL_TOO_LOW),
)


def test_an_appointer_one_grade_above_is_enough() -> None:
    check_appointment(GOOD)


@pytest.mark.parametrize("index", range(len(BROKEN)))
def test_the_first_fault_in_the_rule_s_order_is_named(index: int) -> None:
    faults: dict[str, Any] = {}
    for fault, _ in BROKEN[index:]:
        faults |= fault
    with pytest.raises(Rejected) as refused:
        check_appointment(replace(GOOD, candidate=replace(CANDIDATE, **faults)))
    assert refused.value.reason is BROKEN[index][1]


def test_a_ban_that_ended_yesterday_is_over() -> None:
    ended = replace(CANDIDATE, banned_until=date(2026, 3, 1))
    check_appointment(replace(GOOD, candidate=ended))


@pytest.mark.parametrize("index", [2, 3])
def test_an_exception_by_a_third_person_cures_education_alone(index: int) -> None:
    lacking = replace(GOOD, candidate=replace(CANDIDATE, **BROKEN[index][0]))
    check_appointment(replace(lacking, exception_by="hr7"))
    for nobody in ("m1", "e9"):
        with pytest.raises(Rejected):
            check_appointment(replace(lacking, exception_by=nobody))
    banned = replace(GOOD, candidate=replace(CANDIDATE, banned_until=DAY), exception_by="hr7")
    with pytest.raises(Rejected):
        check_appointment(banned)


@given(st.sampled_from(Education), st.sampled_from(Education), st.sampled_from(Education))
def test_better_education_never_turns_yes_into_no(
    needed: Education, held: Education, better: Education
) -> None:
    order = list(Education)
    if order.index(better) < order.index(held):
        held, better = better, held

    def passes(education: Education) -> bool:
        candidate = replace(CANDIDATE, education=education)
        try:
            check_appointment(replace(GOOD, candidate=candidate, required_education=needed))
        except Rejected:
            return False
        return True

    assert passes(better) >= passes(held)
