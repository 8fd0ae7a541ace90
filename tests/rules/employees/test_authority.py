"""EMP-03: the lowest grade that may decide, and delegations."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bankcore.rules.employees.authority import (
    NOBODY,
    Authorisation,
    Delegation,
    check_authority,
    check_delegation,
    required_grade,
)
from bankcore.values.reasons import Reason, Rejected

WAIVER = {grade: Fraction(yuan * 100) for grade, yuan in ((2, 50), (3, 200), (4, 1000))}
ASKED = Authorisation(
    amount=Fraction(5000), actor="a1", actor_grade=2, makers=("m1",), on=date(2026, 3, 2)
)
GIVEN = Delegation(
    giver="b1",
    giver_limit=Fraction(100_000),
    taker="t1",
    limit=Fraction(100_000),
    since=date(2026, 3, 1),
    until=date(2026, 5, 29),
)


@given(st.integers(0, 200_000), st.integers(0, 200_000))
def test_a_greater_amount_never_needs_a_lower_grade(amount: int, more: int) -> None:
    here = required_grade(Fraction(amount), WAIVER)
    assert required_grade(Fraction(amount + more), WAIVER) >= here


@pytest.mark.parametrize(("fen", "grade"), [(0, 2), (5000, 2), (5001, 3), (100_001, NOBODY)])
def test_the_limit_itself_is_within_the_grade(fen: int, grade: int) -> None:
    assert required_grade(Fraction(fen), WAIVER) == grade


@pytest.mark.parametrize(
    ("asked", "reason"),
    [
        (replace(ASKED, actor="m1", actor_grade=1), Reason.MAKER_IS_CHECKER),
        (
            replace(ASKED, actor_grade=1, delegated_until=date(2026, 3, 1)),
            Reason.ABOVE_AUTHORITY,
        ),
        (replace(ASKED, delegated_until=date(2026, 3, 1)), Reason.DELEGATION_EXPIRED),
    ],
)
def test_approvals_are_refused_in_the_order_of_the_rule(
    asked: Authorisation, reason: Reason
) -> None:
    with pytest.raises(Rejected) as refused:
        check_authority(asked, WAIVER)
    assert refused.value.reason is reason


def test_the_last_day_of_a_delegation_still_counts() -> None:
    assert check_authority(replace(ASKED, delegated_until=ASKED.on), WAIVER) == 2


def test_ninety_days_with_both_ends_are_the_longest_delegation() -> None:
    check_delegation(GIVEN, 90)
    for wrong, reason in (
        (replace(GIVEN, taker="b1"), Reason.MAKER_IS_CHECKER),
        (replace(GIVEN, limit=Fraction(100_001)), Reason.ABOVE_AUTHORITY),
        (replace(GIVEN, until=date(2026, 5, 30)), Reason.DELEGATION_EXPIRED),
        (replace(GIVEN, until=date(2026, 2, 28)), Reason.DELEGATION_EXPIRED),
    ):
        with pytest.raises(Rejected) as refused:
            check_delegation(wrong, 90)
        assert refused.value.reason is reason
