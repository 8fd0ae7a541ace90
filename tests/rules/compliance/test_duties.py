"""AUD-03: roles never held together, steps never done by one person."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bankcore.rules.compliance.duties import (
    RoleHeld,
    case_violations,
    check_four_eyes,
    check_role_grant,
    standing_violations,
)
from bankcore.values.reasons import Reason, Rejected

TOXIC = (("rm", "loan_approver"), ("teller_cash", "authoriser"), ("loan_approver", "disburser"))
ROLES = st.sampled_from(("rm", "loan_approver", "teller_cash", "authoriser", "disburser"))
DAY = date(2026, 3, 2)
HELD = st.lists(st.builds(RoleHeld, ROLES, st.just(date(2026, 1, 1)), st.none()), max_size=5)


@given(HELD, ROLES)
def test_one_more_role_never_removes_a_violation(held: list[RoleHeld], role: str) -> None:
    more = [*held, RoleHeld(role, date(2026, 1, 1))]
    assert set(standing_violations(DAY, held, TOXIC)) <= set(standing_violations(DAY, more, TOXIC))


@given(HELD)
def test_the_order_inside_a_pair_does_not_matter(held: list[RoleHeld]) -> None:
    turned = [(b, a) for a, b in TOXIC]
    assert standing_violations(DAY, held, TOXIC) == standing_violations(DAY, held, turned)


def test_the_last_day_of_a_role_still_counts() -> None:
    roles = [RoleHeld("rm", date(2025, 1, 1), DAY), RoleHeld("loan_approver", date(2026, 1, 1))]
    assert standing_violations(DAY, roles, TOXIC) == (("loan_approver", "rm"),)
    assert standing_violations(date(2026, 3, 3), roles, TOXIC) == ()


def test_one_person_in_three_steps_makes_three_pairs() -> None:
    actors = {"recommend": "e1", "review": "e1", "approve": "e1"}
    pairs = case_violations(actors, [("recommend", "review", "approve")])
    assert pairs == (("approve", "recommend"), ("approve", "review"), ("recommend", "review"))


def test_the_machine_is_never_the_same_person() -> None:
    assert case_violations({"book": "system", "approve": "system"}, [("book", "approve")]) == ()


def test_a_role_that_will_be_toxic_later_is_refused_today() -> None:
    held = [RoleHeld("loan_approver", date(2026, 9, 1))]
    with pytest.raises(Rejected) as refused:
        check_role_grant(RoleHeld("rm", DAY), held, TOXIC)
    assert refused.value.reason is Reason.TOXIC_ROLE_COMBINATION
    check_role_grant(RoleHeld("rm", DAY, date(2026, 8, 31)), held, TOXIC)


def test_a_checker_who_made_it_is_refused() -> None:
    group = ("decide", "review")
    check_four_eyes("review", {"decide": "a", "review": "b"}, group)
    with pytest.raises(Rejected) as refused:
        check_four_eyes("review", {"decide": "a", "review": "a"}, group)
    assert refused.value.reason is Reason.MAKER_IS_CHECKER
    check_four_eyes("close", {"decide": "a", "review": "a"}, group)
