"""Classes, restructuring, upgrade, credit loss, warnings, write-off (LN-24 to LN-30)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bankcore.rules.loans.classification import (
    Claim,
    ClassFacts,
    ClassPolicy,
    DebtorPolicy,
    class_floor,
    debtor_view,
)
from bankcore.rules.loans.codes import LoanClass
from bankcore.rules.loans.ecl import (
    Exposure,
    Scenario,
    StageFacts,
    StagePolicy,
    expected_credit_loss,
    lgd_in_default,
    provision,
    stage_of,
)
from bankcore.rules.loans.restructuring import (
    ExtensionPolicy,
    ExtensionRequest,
    extension,
    observation_end,
)
from bankcore.rules.loans.upgrade import DueRecord, UpgradeCase, UpgradePolicy, upgrade
from bankcore.rules.loans.warnings import (
    ORANGE,
    RED,
    YELLOW,
    WarningClosing,
    closing_refusal,
    level_of,
)
from bankcore.rules.loans.write_off import WriteOffCase, WriteOffPolicy, write_off
from bankcore.values.dates import add_months
from bankcore.values.money import ZERO, Money, yuan
from bankcore.values.rates import AnnualRate
from bankcore.values.reasons import Reason

CLASSES = ClassPolicy(
    technical_days=7,
    substandard_after=90,
    doubtful_after=270,
    loss_after=360,
    doubtful_ecl=Fraction(50),
    loss_ecl=Fraction(90),
)
FLAGS = (
    "misuse",
    "refinanced",
    "restructured",
    "restructured_again",
    "credit_impaired",
    "evasion",
    "bankruptcy",
)
flags = st.sets(st.sampled_from(FLAGS))


def flagged(dpd: int, held: set[str]) -> ClassFacts:
    raised: dict[str, Any] = dict.fromkeys(held, True)
    return ClassFacts(dpd=dpd, **raised)


@given(st.integers(0, 500), st.integers(0, 500), flags, flags)
def test_a_class_never_gets_better_with_more_days_or_facts(
    dpd: int, more: int, some: set[str], others: set[str]
) -> None:
    few = class_floor(flagged(dpd, some), CLASSES)
    many = class_floor(flagged(dpd + more, some | others), CLASSES)
    assert few.loan_class.severity <= many.loan_class.severity
    assert (few.triggers == ()) == (few.loan_class is LoanClass.NORMAL)


@pytest.mark.parametrize(
    ("ratio", "impaired", "expected"),
    [
        ("49.99", True, LoanClass.SUBSTANDARD),
        ("50", True, LoanClass.DOUBTFUL),
        ("90", True, LoanClass.LOSS),
        ("90", False, LoanClass.NORMAL),
    ],
)
def test_the_loss_share_counts_only_for_an_impaired_loan(
    ratio: str,
    impaired: bool,  # noqa: FBT001  # a case of the table
    expected: LoanClass,
) -> None:
    facts = ClassFacts(dpd=0, credit_impaired=impaired, ecl_ratio=Fraction(ratio))
    assert class_floor(facts, CLASSES).loan_class is expected


def test_a_debtor_without_claims_is_retail() -> None:
    policy = DebtorPolicy(
        retail_limit=yuan("10000000"), npl_share_above=Fraction(10), overdue90_above=Fraction(20)
    )
    seen = debtor_view([], other_bank_npl=True, overdue90_all_banks=Fraction(99), policy=policy)
    assert (seen.non_retail, seen.npl_share, seen.classes) == (False, None, {})
    small = [Claim("L1", yuan("1"), LoanClass.NORMAL)]
    seen = debtor_view(small, other_bank_npl=True, overdue90_all_banks=Fraction(0), policy=policy)
    assert seen.classes == {"L1": LoanClass.NORMAL}


REQUEST = ExtensionRequest(
    active=True,
    dpd=0,
    orig_months=24,
    used_months=0,
    count=0,
    longest_months=60,
    requested_months=36,
    application_date=date(2025, 5, 1),
    maturity=date(2025, 5, 11),
    consents=True,
)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({}, None),
        ({"active": False}, Reason.LOAN_NOT_ACTIVE),
        ({"dpd": 1}, Reason.IN_ARREARS),
        ({"maturity": date(2025, 5, 10)}, Reason.REQUESTED_TOO_LATE),
        ({"count": 2}, Reason.TOO_MANY_EXTENSIONS),
        ({"consents": False}, Reason.CONSENT_MISSING),
        ({"requested_months": 37}, Reason.EXTENSION_ABOVE_LIMIT),
    ],
)
def test_an_extension_is_refused_in_order(change: dict[str, object], reason: Reason | None) -> None:
    asked = replace(REQUEST, **change)  # type: ignore[arg-type]
    assert (
        extension(asked, ExtensionPolicy(min_days_before_maturity=10, max_extensions=2)).reason
        is reason
    )


@given(st.dates(date(2024, 1, 1), date(2030, 1, 1)), st.integers(1, 12), st.integers(0, 400))
def test_observation_lasts_at_least_a_year_and_a_miss_never_shortens_it(
    start: date, period: int, days: int
) -> None:
    end = observation_end(start, period, [])
    assert end >= add_months(start, 12)
    missed = observation_end(start, period, [start + timedelta(days=days)])
    assert missed >= end
    assert observation_end(start, period, [end + timedelta(days=1)]) == end


UPGRADE = UpgradePolicy(months=6, due_dates=2, grace_days=3)


def case(**changes: object) -> UpgradeCase:
    """Cleared on 20 January 2025, six instalments paid on their days, asked half a year later."""
    dues = [DueRecord(date(2025, m, 10), date(2025, m, 10)) for m in range(2, 8)]
    plain = UpgradeCase(
        class_before=LoanClass.SUBSTANDARD,
        cleared=date(2025, 1, 20),
        dues=[*dues, DueRecord(date(2025, 8, 10), None)],
        as_of=date(2025, 7, 20),
        costs_outstanding=ZERO,
        assessment_ok=True,
        other_impaired=False,
        restructured=False,
        target=LoanClass.NORMAL,
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({}, None),
        ({"class_before": LoanClass.SPECIAL_MENTION}, Reason.NOT_NON_PERFORMING),
        ({"cleared": None}, Reason.ARREARS_OUTSTANDING),
        ({"as_of": date(2025, 8, 10)}, Reason.ARREARS_OUTSTANDING),
        ({"as_of": date(2025, 8, 20)}, Reason.ARREARS_OUTSTANDING),
        ({"costs_outstanding": Money(1)}, Reason.COSTS_OUTSTANDING),
        ({"as_of": date(2025, 7, 19)}, Reason.OBSERVATION_NOT_OVER),
        ({"assessment_ok": False}, Reason.ASSESSMENT_NEGATIVE),
        ({"other_impaired": True}, Reason.OTHER_IMPAIRED_ASSETS),
        ({"restructured": True}, Reason.RESTRUCTURED_AT_MOST_SPECIAL_MENTION),
        ({"restructured": True, "target": LoanClass.SPECIAL_MENTION}, None),
    ],
)
def test_an_upgrade_is_refused_in_order(changes: dict[str, object], reason: Reason | None) -> None:
    assert upgrade(case(**changes), UPGRADE).reason is reason


def test_two_late_payments_clear_the_loan_only_with_the_second() -> None:
    # Due 10 February paid 10 May, due 10 March paid 10 June: cleared is 10 June (LN-27, 6).
    dues = [
        DueRecord(date(2025, 2, 10), date(2025, 5, 10)),
        DueRecord(date(2025, 3, 10), date(2025, 6, 10)),
        DueRecord(date(2025, 4, 10), date(2025, 4, 10)),
        DueRecord(date(2025, 5, 10), date(2025, 5, 10)),
        DueRecord(date(2025, 6, 10), date(2025, 6, 10)),
        DueRecord(date(2025, 7, 10), date(2025, 7, 10)),
        DueRecord(date(2025, 8, 10), None),
    ]
    found = upgrade(case(dues=dues), UPGRADE)
    assert (found.cleared, found.earliest) == (date(2025, 6, 10), date(2025, 12, 10))
    early = upgrade(case(dues=dues, as_of=date(2025, 5, 20)), UPGRADE)
    assert (early.cleared, early.reason) == (None, Reason.ARREARS_OUTSTANDING)


STAGES = StagePolicy(
    stage3_after=90, stage2_after=30, pd_factor=Fraction(2), pd_points=Fraction(1, 2)
)
FINE = StageFacts(
    dpd=0,
    credit_impaired=False,
    loan_class=LoanClass.NORMAL,
    flag_class=False,
    warning="none",
    restructured=False,
    pd_now=Fraction(1),
    pd_origin=Fraction(1),
)


@pytest.mark.parametrize(
    ("change", "stage"),
    [
        ({}, 1),
        ({"warning": "yellow"}, 1),
        ({"warning": "orange"}, 2),
        ({"restructured": True}, 2),
        ({"pd_now": Fraction(2)}, 2),
        ({"pd_now": Fraction(199, 100)}, 1),
        ({"pd_now": Fraction(2, 5), "pd_origin": Fraction(1, 5)}, 1),
        ({"credit_impaired": True}, 3),
        ({"loan_class": LoanClass.SUBSTANDARD}, 3),
    ],
)
def test_a_stage_follows_the_facts(change: dict[str, object], stage: int) -> None:
    assert stage_of(replace(FINE, **change), STAGES) == stage  # type: ignore[arg-type]


SCENARIOS = (
    Scenario(Fraction(60), Fraction(1)),
    Scenario(Fraction(20), Fraction(4, 5)),
    Scenario(Fraction(20), Fraction(3, 2)),
)


@given(
    st.integers(0, 120),
    st.integers(1, 100),
    st.integers(0, 10**8),
    st.integers(0, 60),
    st.sampled_from([1, 2, 3]),
)
def test_a_credit_loss_is_bounded_and_rises_with_pd_and_lgd(
    pd: int, lgd: int, ead: int, months: int, stage: int
) -> None:
    years = max(-(-(months or 12) // 12), 1)
    exposure = Exposure(
        pd12=Fraction(pd),
        lgd=Fraction(lgd),
        ead_by_year=[Money(ead)] * (years if stage == 2 else 1),
        remaining_months=months,
        eir=AnnualRate.of(4),
    )
    loss = expected_credit_loss(stage, exposure, SCENARIOS)
    assert 0 <= loss.exact <= Fraction(ead * lgd, 100)
    riskier = expected_credit_loss(stage, replace(exposure, pd12=Fraction(pd + 5)), SCENARIOS)
    assert riskier.exact >= loss.exact


def test_a_loss_in_default_grows_with_time_up_to_everything() -> None:
    steps = {12: Fraction(15), 24: Fraction(30)}
    found = [lgd_in_default(Fraction(65), months, steps) for months in (12, 13, 24, 25)]
    assert found == [65, 80, 80, 95]
    assert lgd_in_default(Fraction(80), 30, steps) == 100


@given(st.integers(0, 10**8), st.integers(0, 10**8), st.integers(0, 10**8))
def test_the_bookings_make_the_allowance(ecl: int, balance: int, held: int) -> None:
    made = provision(Money(ecl), Money(balance), Fraction(25), Money(held))
    assert Money(held) + made.booking == made.provision
    assert made.provision >= Money(ecl)


@given(
    st.sets(st.sampled_from(sorted(YELLOW | ORANGE | RED))),
    st.sets(st.sampled_from(sorted(YELLOW | ORANGE | RED))),
)
def test_more_signals_never_lower_the_level(some: set[str], more: set[str]) -> None:
    levels = ("none", "yellow", "orange", "red")
    few, many = level_of(tuple(sorted(some))), level_of(tuple(sorted(some | more)))
    assert levels.index(few) <= levels.index(many)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({}, None),
        ({"reason": ""}, Reason.REASON_MISSING),
        ({"measure": ""}, Reason.MEASURE_MISSING),
        ({"closed_by": "a"}, Reason.MAKER_IS_CHECKER),
        ({"red_signal_present": True}, Reason.SIGNAL_STILL_PRESENT),
    ],
)
def test_a_warning_is_closed_with_reason_measure_and_another_person(
    change: dict[str, object], reason: Reason | None
) -> None:
    closing = WarningClosing(
        reason="paid", measure="visit", raised_by="a", closed_by="b", red_signal_present=False
    )
    assert closing_refusal(replace(closing, **change)) is reason  # type: ignore[arg-type]


LIMITS = WriteOffPolicy(
    small_principal_max=yuan("50000"),
    collection_days_min=365,
    contacts_min=12,
    authority_level_2=yuan("50000"),
    authority_level_3=yuan("1000000"),
)
LOST = WriteOffCase(
    loan_class=LoanClass.LOSS,
    basis="small_unsecured",
    secured=False,
    collateral_realised=False,
    principal=yuan("50000"),
    interest_on_book=ZERO,
    allowance=yuan("40000"),
    collection_days=365,
    contacts=12,
    approver_level=2,
)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({}, None),
        ({"loan_class": LoanClass.DOUBTFUL}, Reason.NOT_LOSS_CLASS),
        ({"basis": ""}, Reason.BASIS_MISSING),
        ({"secured": True, "collateral_realised": True}, Reason.COLLATERAL_NOT_REALISED),
        ({"contacts": 11}, Reason.CONTACTS_TOO_FEW),
        ({"approver_level": 1}, Reason.BEYOND_AUTHORITY),
        (
            {"basis": "bankruptcy_closed", "principal": yuan("1000000.01"), "approver_level": 3},
            Reason.BEYOND_AUTHORITY,
        ),
    ],
)
def test_a_write_off_is_refused_in_order(change: dict[str, object], reason: Reason | None) -> None:
    assert write_off(replace(LOST, **change), LIMITS).reason is reason  # type: ignore[arg-type]


@given(st.integers(0, 5_000_000), st.integers(0, 5_000_000))
def test_a_write_off_is_paid_by_allowance_and_profit(principal: int, allowance: int) -> None:
    lost = replace(LOST, principal=Money(principal), allowance=Money(allowance))
    made = write_off(lost, LIMITS)
    assert made.from_allowance + made.to_profit_loss == made.amount
    assert made.from_allowance + made.released == Money(allowance)
