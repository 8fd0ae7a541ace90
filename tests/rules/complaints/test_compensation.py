"""CMP-06: who may approve money to a complainant."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bankcore.products.complaint_terms import CompensationTerms
from bankcore.rules.complaints.compensation import (
    BOARD,
    CompensationKind,
    Payment,
    check_compensation,
    compensation_authority,
)
from bankcore.values.money import ZERO, Money, yuan
from bankcore.values.reasons import Reason, Rejected

TERMS = CompensationTerms(
    limits={
        "redress": {3: yuan("2000"), 4: yuan("10000"), 5: yuan("50000"), 6: yuan("500000")},
        "goodwill": {3: yuan("200"), 4: yuan("1000"), 5: yuan("5000"), 6: yuan("20000")},
    },
    goodwill_months=12,
)
OWED = Payment(
    kind=CompensationKind.REDRESS,
    amount=yuan("2000"),
    approver="a1",
    approver_grade=3,
    handler="h1",
    subjects=("s1",),
)
AMOUNTS = st.integers(1, 100_000_000).map(Money)


@given(st.sampled_from(CompensationKind), AMOUNTS, AMOUNTS)
def test_splitting_a_sum_never_lowers_the_grade(
    kind: CompensationKind, first: Money, second: Money
) -> None:
    whole = replace(OWED, kind=kind, amount=first + second)
    rest = replace(OWED, kind=kind, amount=second, paid_same_complaint=first)
    assert compensation_authority(rest, TERMS) == compensation_authority(whole, TERMS)


@given(st.sampled_from(CompensationKind), AMOUNTS, AMOUNTS)
def test_a_greater_sum_never_needs_a_lower_grade(
    kind: CompensationKind, amount: Money, more: Money
) -> None:
    here = compensation_authority(replace(OWED, kind=kind, amount=amount), TERMS)
    there = compensation_authority(replace(OWED, kind=kind, amount=amount + more), TERMS)
    assert there.required_grade >= here.required_grade


def test_the_limit_itself_is_allowed_and_one_fen_more_is_not() -> None:
    assert check_compensation(OWED, TERMS).required_grade == 3
    with pytest.raises(Rejected) as refused:
        check_compensation(replace(OWED, amount=yuan("2000.01")), TERMS)
    assert refused.value.reason is Reason.ABOVE_AUTHORITY


def test_goodwill_of_twelve_months_counts_for_goodwill_only() -> None:
    before = replace(OWED, amount=yuan("150"), goodwill_12_months=yuan("100"))
    assert compensation_authority(before, TERMS).counted == yuan("150")
    gift = replace(before, kind=CompensationKind.GOODWILL)
    assert compensation_authority(gift, TERMS).counted == yuan("250")


def test_above_the_table_only_the_board_may() -> None:
    authority = compensation_authority(replace(OWED, amount=yuan("500000.01")), TERMS)
    assert authority.required_grade == BOARD


@pytest.mark.parametrize(
    ("payment", "reason"),
    [
        (replace(OWED, amount=ZERO, approver="h1"), Reason.AMOUNT_NOT_POSITIVE),
        (replace(OWED, approver="h1", subjects=("h1",)), Reason.APPROVER_IS_HANDLER),
        (replace(OWED, approver="s1", amount=yuan("9999")), Reason.APPROVER_IS_SUBJECT),
    ],
)
def test_handler_and_subject_never_approve(payment: Payment, reason: Reason) -> None:
    with pytest.raises(Rejected) as refused:
        check_compensation(payment, TERMS)
    assert refused.value.reason is reason
