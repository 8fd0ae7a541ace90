"""AML-09: who may stop money, on what ground, and how long."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bankcore.products.catalogue import shipped
from bankcore.products.compliance_terms import measure_terms
from bankcore.rules.compliance.measures import (
    Basis,
    Measure,
    MeasureRequest,
    check_measure,
    measure_end,
)
from bankcore.values.reasons import Reason, Rejected

START = datetime(2026, 3, 2, 10, 15)  # noqa: DTZ001  # simulated local time of the bank
TERMS = measure_terms(shipped(), START.date())
COURT = MeasureRequest(
    Measure(Basis.COURT, START, date(2027, 3, 2)),
    competent=True,
    ground="enforcement",
    order_id="(2026) 17",
)


@given(st.integers(-3000, 3000))
def test_a_temporary_freeze_ends_after_48_hours_unless_it_is_continued_by_then(late: int) -> None:
    ends = START + timedelta(hours=48)
    notice = ends + timedelta(minutes=late)
    end = measure_end(Measure(Basis.PBOC_TEMPORARY, START, continue_notice=notice), TERMS)
    assert end.lift_at == (None if late <= 0 else ends)


def test_the_last_day_of_an_order_is_frozen() -> None:
    assert measure_end(COURT.measure, TERMS).lift_at == datetime(2027, 3, 3)  # noqa: DTZ001


@pytest.mark.parametrize(
    ("basis", "last"),
    [(Basis.COURT, date(2027, 8, 31)), (Basis.POLICE, date(2027, 2, 28))],
)
def test_an_order_may_last_to_the_day_and_no_longer(basis: Basis, last: date) -> None:
    measure = Measure(basis, datetime(2026, 8, 31), last)  # noqa: DTZ001
    measure_end(measure, TERMS)
    with pytest.raises(Rejected) as refused:
        measure_end(replace(measure, order_until=last + timedelta(days=1)), TERMS)
    assert refused.value.reason is Reason.ORDER_LONGER_THAN_LEGAL_MAXIMUM


def test_an_order_without_a_last_day_has_no_end_yet() -> None:
    assert measure_end(Measure(Basis.COURT, START), TERMS).lift_at is None


def test_only_the_bank_s_own_measure_is_told_before_and_can_be_objected_to() -> None:
    own = measure_end(Measure(Basis.BANK_MEASURE, START, objection_date=date(2026, 3, 10)), TERMS)
    assert (own.lift_at, own.prior_notice_allowed) == (None, True)
    assert own.objection_answer_by == date(2026, 3, 25)
    hit = measure_end(Measure(Basis.LIST_HIT, START, objection_date=date(2026, 3, 10)), TERMS)
    assert (hit.lift_at, hit.prior_notice_allowed, hit.objection_answer_by) == (None, False, None)


OWN = replace(COURT, measure=Measure(Basis.BANK_MEASURE, START), order_id="")


@pytest.mark.parametrize(
    ("request_", "reason"),
    [
        (replace(COURT, competent=False, ground=""), Reason.NOT_COMPETENT),
        (replace(COURT, ground="", order_id=""), Reason.LEGAL_GROUND_MISSING),
        (
            replace(COURT, order_id="", measure=Measure(Basis.COURT, START, date(2030, 1, 1))),
            Reason.PAPERS_MISSING,
        ),
        (
            replace(COURT, measure=Measure(Basis.COURT, START, date(2030, 1, 1))),
            Reason.ORDER_LONGER_THAN_LEGAL_MAXIMUM,
        ),
        (replace(OWN, stops_basic_services=True), Reason.MEASURE_DISPROPORTIONATE),
        (replace(OWN, customer_is_high_risk=False), Reason.MEASURE_DISPROPORTIONATE),
        (replace(COURT, told_before=True), Reason.PRIOR_NOTICE_FORBIDDEN),
    ],
)
def test_measures_are_refused_in_the_rule_s_order(request_: MeasureRequest, reason: Reason) -> None:
    with pytest.raises(Rejected) as refused:
        check_measure(request_, TERMS)
    assert refused.value.reason is reason


def test_a_court_order_and_a_measure_of_the_bank_pass() -> None:
    check_measure(COURT, TERMS)
    check_measure(replace(OWN, told_before=True), TERMS)
