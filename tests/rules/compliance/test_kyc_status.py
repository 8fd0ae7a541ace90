"""AML-05: the status of a customer's file and what it allows."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bankcore.products.compliance_terms import KycTerms
from bankcore.rules.compliance.kyc_status import (
    KycFile,
    KycStatus,
    ServiceNeed,
    check_kyc,
    kyc_standing,
)
from bankcore.values.reasons import Reason, Rejected

TERMS = KycTerms(grace_days=90, notice_days=30)
DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))
FILES = st.builds(
    KycFile,
    identity_verified=st.booleans(),
    id_valid_to=st.none() | DAYS,
    next_review=st.none() | DAYS,
)
RANK = {KycStatus.VALID: 2, KycStatus.REVIEW_OVERDUE: 1, KycStatus.GRACE: 1, KycStatus.EXPIRED: 0}


@given(FILES, DAYS)
def test_whatever_allows_a_new_product_allows_debits_and_then_credits(
    file: KycFile, day: date
) -> None:
    standing = kyc_standing(file, day, TERMS)
    assert standing.new_product <= standing.debit <= standing.credit


@given(FILES, DAYS, st.integers(0, 400))
def test_a_file_never_gets_better_by_waiting(file: KycFile, day: date, later: int) -> None:
    now = kyc_standing(file, day, TERMS)
    then = kyc_standing(file, day + timedelta(days=later), TERMS)
    if now.status is KycStatus.NONE:
        assert then.status is KycStatus.NONE
    else:
        assert RANK[then.status] <= RANK[now.status]


@pytest.mark.parametrize(
    ("day", "status"),
    [
        (date(2026, 5, 31), KycStatus.VALID),
        (date(2026, 6, 1), KycStatus.GRACE),
        (date(2026, 8, 29), KycStatus.GRACE),
        (date(2026, 8, 30), KycStatus.EXPIRED),
    ],
)
def test_a_document_is_good_on_its_last_day_and_has_ninety_days_of_grace(
    day: date, status: KycStatus
) -> None:
    file = KycFile(identity_verified=True, id_valid_to=date(2026, 5, 31), next_review=None)
    standing = kyc_standing(file, day, TERMS)
    assert standing.status is status
    assert standing.notice_from == date(2026, 5, 1)


def test_grace_outranks_an_overdue_review() -> None:
    file = KycFile(
        identity_verified=True, id_valid_to=date(2026, 5, 31), next_review=date(2026, 1, 1)
    )
    assert kyc_standing(file, date(2026, 6, 1), TERMS).status is KycStatus.GRACE


def test_a_review_due_today_is_not_overdue() -> None:
    file = KycFile(identity_verified=True, id_valid_to=None, next_review=date(2026, 6, 1))
    assert kyc_standing(file, date(2026, 6, 1), TERMS).status is KycStatus.VALID
    overdue = kyc_standing(file, date(2026, 6, 2), TERMS)
    assert overdue.status is KycStatus.REVIEW_OVERDUE


@pytest.mark.parametrize(
    ("file", "need", "reason"),
    [
        (KycFile(None, None, identity_verified=False), ServiceNeed.CREDIT, Reason.KYC_NONE),
        (KycFile(date(2026, 1, 1), None), ServiceNeed.DEBIT, Reason.KYC_EXPIRED),
        (
            KycFile(date(2026, 5, 31), None),
            ServiceNeed.NEW_PRODUCT,
            Reason.KYC_GRACE_NO_NEW_PRODUCT,
        ),
        (
            KycFile(None, date(2026, 5, 31)),
            ServiceNeed.NEW_PRODUCT,
            Reason.KYC_REVIEW_OVERDUE_NO_NEW_PRODUCT,
        ),
    ],
)
def test_each_status_has_its_own_refusal(file: KycFile, need: ServiceNeed, reason: Reason) -> None:
    standing = kyc_standing(file, date(2026, 6, 1), TERMS)
    with pytest.raises(Rejected) as refused:
        check_kyc(standing, need)
    assert refused.value.reason is reason


def test_a_valid_file_serves_every_need() -> None:
    standing = kyc_standing(KycFile(None, None), date(2026, 6, 1), TERMS)
    for need in ServiceNeed:
        check_kyc(standing, need)
