"""EMP-02: certificates that an activity needs on the day."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bankcore.rules.employees.qualification import (
    Certificate,
    check_qualified,
    shortcomings,
)
from bankcore.values.reasons import Reason, Rejected

DAY = date(2026, 3, 2)
KINDS = st.sampled_from(("aml", "wealth_sales"))
DATES = st.dates(date(2025, 1, 1), date(2027, 1, 1))
CERTIFICATES = st.lists(st.builds(Certificate, KINDS, DATES, DATES, st.booleans()), max_size=5)
NEEDED = ("aml", "wealth_sales")


@given(CERTIFICATES, KINDS)
def test_one_more_certificate_never_adds_a_shortcoming(held: list[Certificate], kind: str) -> None:
    more = [*held, Certificate(kind, DAY, DAY)]
    before = {s.kind for s in shortcomings(NEEDED, held, DAY)}
    after = {s.kind for s in shortcomings(NEEDED, more, DAY)}
    assert after <= before - {kind}


@pytest.mark.parametrize(
    ("held", "reason"),
    [
        ([], Reason.QUALIFICATION_MISSING),
        ([Certificate("aml", date(2024, 1, 1), date(2026, 3, 1))], Reason.QUALIFICATION_EXPIRED),
        ([Certificate("aml", date(2026, 3, 3), date(2027, 3, 1))], Reason.QUALIFICATION_EXPIRED),
        ([Certificate("aml", DAY, DAY, suspended=True)], Reason.QUALIFICATION_SUSPENDED),
    ],
)
def test_each_shortcoming_has_its_reason(held: list[Certificate], reason: Reason) -> None:
    with pytest.raises(Rejected) as refused:
        check_qualified(["aml"], held, DAY)
    assert refused.value.reason is reason


def test_one_valid_certificate_beside_old_and_suspended_ones_serves() -> None:
    held = [
        Certificate("aml", date(2024, 1, 1), date(2025, 1, 1)),
        Certificate("aml", DAY, DAY, suspended=True),
        Certificate("aml", DAY, DAY),
    ]
    check_qualified(["aml"], held, DAY)


def test_all_shortcomings_are_listed_and_the_first_gives_the_reason() -> None:
    held = [Certificate("aml", date(2024, 1, 1), date(2025, 1, 1))]
    found = shortcomings(NEEDED, held, DAY)
    assert [s.reason for s in found] == [
        Reason.QUALIFICATION_EXPIRED,
        Reason.QUALIFICATION_MISSING,
    ]
