"""Prescreen, papers, ratios, limits, authority, contract, drawdown (LN-01 to LN-09)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bankcore.operations.loans.policies import LoanPolicies
from bankcore.products.catalogue import shipped
from bankcore.rules.loans.affordability import Household, Income, affordability
from bankcore.rules.loans.authority import (
    ApprovalCase,
    RelatedApplication,
    authority,
)
from bankcore.rules.loans.building import MethodChoice, build_schedule, burden
from bankcore.rules.loans.caps import CapRow, check_limits
from bankcore.rules.loans.codes import Method, PaymentMode, Product, Security
from bankcore.rules.loans.contract import Approved, ContractPolicy, Signing, signing_refusal
from bankcore.rules.loans.documents import (
    Document,
    FileFacts,
    missing_documents,
    required_documents,
)
from bankcore.rules.loans.drawdown import (
    Draw,
    DrawdownCase,
    EarlierDraw,
    drawdown_refusal,
    payment_mode,
)
from bankcore.rules.loans.investigation import (
    Finding,
    Interview,
    InvestigationFile,
    investigation_gaps,
)
from bankcore.rules.loans.ltv import LtvRow, Pledge, loan_to_value
from bankcore.rules.loans.prescreen import Applicant, Outcome, age, prescreen
from bankcore.rules.loans.pricing import IndexRow, check_spread, price
from bankcore.rules.loans.schedule import LoanTerms
from bankcore.values.money import ZERO, Money, yuan
from bankcore.values.rates import AnnualRate
from bankcore.values.reasons import Reason, Rejected

DAY = date(2025, 6, 10)
POLICIES = LoanPolicies(shipped(), DAY)
money = st.integers(0, 10**8).map(Money)
GOOD = Applicant(
    product=Product.BUSINESS,
    birth=date(1990, 5, 20),
    application_date=DAY,
    term_months=36,
    purpose="equipment",
    identity_verified=True,
    civil_capacity=True,
    in_service_area=True,
    query_authorised=True,
    currently_overdue=False,
    on_defaulter_list=False,
    open_high_risk_event=False,
    missed_consecutive_24m=0,
    missed_total_24m=0,
    enquiries_3m=0,
    months_in_business=12,
    months_contributed=0,
    monthly_income=yuan("9000"),
)


def test_a_leap_day_child_comes_of_age_on_the_first_of_march() -> None:
    born = date(2008, 2, 29)
    assert [age(born, day) for day in (date(2026, 2, 28), date(2026, 3, 1))] == [17, 18]


@given(st.integers(1, 600), st.integers(0, 600))
def test_a_longer_term_never_makes_a_borrower_eligible(term: int, more: int) -> None:
    policy = POLICIES.prescreen(Product.BUSINESS)
    short = prescreen(replace(GOOD, term_months=term), policy)
    longer = prescreen(replace(GOOD, term_months=term + more), policy)
    assert short.outcome is not Outcome.REFUSED or longer.outcome is Outcome.REFUSED


@pytest.mark.parametrize(
    ("change", "reasons"),
    [
        ({}, ()),
        ({"months_in_business": 11}, (Reason.BUSINESS_TOO_YOUNG,)),
        ({"enquiries_3m": 6}, (Reason.MANY_ENQUIRIES,)),
        ({"missed_consecutive_24m": 3, "missed_total_24m": 6}, (Reason.BAD_RECORD,)),
        ({"purpose": ""}, (Reason.PURPOSE_MISSING,)),
        (
            {"query_authorised": False, "currently_overdue": True, "enquiries_3m": 9},
            (Reason.QUERY_NOT_AUTHORISED,),
        ),
    ],
)
def test_reasons_come_in_the_order_of_the_rule(
    change: dict[str, object], reasons: tuple[Reason, ...]
) -> None:
    found = prescreen(
        replace(GOOD, **change),  # type: ignore[arg-type]
        POLICIES.prescreen(Product.BUSINESS),
    )
    assert found.reasons == reasons


files = st.builds(
    FileFacts,
    product=st.sampled_from(list(Product)),
    amount=money,
    marital=st.sampled_from(["single", "married", "divorced", "widowed"]),
    employment=st.sampled_from(["employed", "self_employed", "retired"]),
    collateral=st.sampled_from(["none", "real_estate", "vehicle", "deposit_pledge", "guarantor"]),
    co_owned=st.booleans(),
    second_hand=st.booleans(),
)


@given(files, money)
def test_a_larger_loan_asks_for_no_fewer_papers(file: FileFacts, more: Money) -> None:
    policy = POLICIES.documents()
    few = set(required_documents(file, policy)) - {"purpose_declaration"}
    many = set(required_documents(replace(file, amount=file.amount + more), policy))
    assert few <= many


@given(files, st.booleans())
def test_a_verified_paper_is_never_missing(
    file: FileFacts,
    verified: bool,  # noqa: FBT001  # a drawn value
) -> None:
    required = required_documents(file, POLICIES.documents())
    papers = [Document(kind, verified, None) for kind in required]
    missing = missing_documents(required, papers, DAY)
    assert missing == ({} if verified else dict.fromkeys(required, Reason.DOCUMENT_NOT_VERIFIED))


def investigation(**changes: object) -> InvestigationFile:
    kinds = ("identity", "credit_report", "income", "purpose", "employment", "business_site")
    plain = InvestigationFile(
        product=Product.BUSINESS,
        amount=yuan("100000"),
        secured=False,
        decision_date=DAY,
        interview=Interview(DAY, "video"),
        findings=tuple(Finding(kind, DAY) for kind in kinds),
        outsourced_whole=False,
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changes", "gaps"),
    [
        ({}, []),
        ({"interview": Interview(DAY + timedelta(days=1), "video")}, ["interview_missing"]),
        ({"interview": Interview(date(2024, 6, 30), "video")}, ["interview_missing"]),
        ({"interview": Interview(DAY - timedelta(days=91), "video")}, ["interview_stale"]),
        ({"secured": True}, ["finding_missing:collateral"]),
        ({"outsourced_whole": True}, ["outsourced_whole"]),
    ],
)
def test_an_incomplete_file_says_what_it_lacks(changes: dict[str, object], gaps: list[str]) -> None:
    found = investigation_gaps(investigation(**changes), POLICIES.investigation())
    assert [str(gap) for gap in found] == gaps


def household(**changes: object) -> Household:
    person = Income(
        salary=yuan("20000"), bonus_year=ZERO, rent=ZERO, profit_year=ZERO, pension=ZERO
    )
    plain = Household(
        product=Product.MORTGAGE,
        persons=[person],
        other_instalments=ZERO,
        card_used=ZERO,
        property_fee=ZERO,
        new_instalment=yuan("5000"),
        rate=AnnualRate.of("3.5"),
        term_months=360,
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


@given(money, st.integers(0, 10**7))
def test_more_debt_raises_the_ratio_and_lowers_the_loan(debt: Money, more: int) -> None:
    policy = POLICIES.dti()
    low = affordability(household(other_instalments=debt), policy)
    high = affordability(household(other_instalments=debt + Money(more)), policy)
    assert low.total_ratio is not None
    assert high.total_ratio is not None
    assert low.total_ratio <= high.total_ratio
    assert low.max_loan >= high.max_loan


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({}, None),
        ({"persons": []}, Reason.NO_INCOME),
        ({"new_instalment": yuan("10000.01")}, Reason.HOUSING_RATIO_EXCEEDED),
        ({"other_instalments": yuan("6000.01")}, Reason.TOTAL_RATIO_EXCEEDED),
    ],
)
def test_the_household_carries_no_more_than_it_can(
    changes: dict[str, object], reason: Reason | None
) -> None:
    assert affordability(household(**changes), POLICIES.dti()).reason is reason


def test_at_no_interest_the_largest_loan_is_capacity_times_months() -> None:
    found = affordability(household(rate=AnnualRate.of(0)), POLICIES.dti())
    assert found.max_loan == yuan("3600000")


ROW = LtvRow(Fraction(70), yuan("1000"))


@given(st.integers(1, 10**9), st.integers(0, 10**8), st.integers(0, 10**9))
def test_the_largest_loan_stays_under_the_cap_and_falls_with_the_value(
    value: int, liens: int, less: int
) -> None:
    pledge = Pledge(
        price=None,
        appraisal=Money(value),
        prior_liens=Money(liens),
        amount=Money(0),
        down_payment=None,
    )
    found = loan_to_value(pledge, ROW)
    assert found.max_amount is not None
    assert found.max_amount.minor <= max(Fraction(70 * value, 100) - liens, Fraction(0))
    lower = loan_to_value(replace(pledge, appraisal=Money(max(value - less, 1))), ROW)
    assert lower.max_amount is not None
    assert lower.max_amount <= found.max_amount


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({}, None),
        ({"appraisal": ZERO}, Reason.VALUE_NOT_POSITIVE),
        ({"amount": yuan("70000.01")}, Reason.LTV_EXCEEDED),
        ({"down_payment": yuan("29999.99")}, Reason.DOWN_PAYMENT_TOO_SMALL),
        ({"down_payment": None}, Reason.DOWN_PAYMENT_TOO_SMALL),
    ],
)
def test_a_pledge_covers_the_loan(changes: dict[str, object], reason: Reason | None) -> None:
    pledge = Pledge(
        price=yuan("100000"),
        appraisal=yuan("100000"),
        prior_liens=ZERO,
        amount=yuan("70000"),
        down_payment=yuan("30000"),
    )
    assert loan_to_value(replace(pledge, **changes), ROW).reason is reason  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("amount", "months", "reason"),
    [
        ("100.00", 12, None),
        ("100.00", 0, Reason.TERM_NOT_POSITIVE),
        ("0.00", 12, Reason.AMOUNT_NOT_POSITIVE),
        ("100.00", 13, Reason.TERM_ABOVE_MAXIMUM),
        ("100.01", 12, Reason.AMOUNT_ABOVE_CAP),
    ],
)
def test_limits_are_checked_in_order(amount: str, months: int, reason: Reason | None) -> None:
    assert check_limits(yuan(amount), months, CapRow(yuan("100"), 12)).reason is reason


def approval(**changes: object) -> ApprovalCase:
    plain = ApprovalCase(
        security=Security.UNSECURED,
        grade="A",
        amount=yuan("150000"),
        recommended=yuan("150000"),
        exposure=ZERO,
        application_date=DAY,
        related=[],
        maker="E1",
        reviewer="E2",
        approver="E3",
        approver_level=1,
        own_case=False,
        investigated=True,
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


@given(money, money, st.sampled_from("ABCD"), st.sampled_from("ABCD"))
def test_the_level_rises_with_the_total_and_with_a_worse_grade(
    amount: Money, more: Money, grade: str, other: str
) -> None:
    policy = POLICIES.authority()
    better, worse = sorted((grade, other))
    low = authority(approval(amount=amount, grade=better), policy).required_level
    high = authority(approval(amount=amount, exposure=more, grade=worse), policy).required_level
    assert low <= high


@given(st.lists(st.integers(1, 10**7), min_size=1, max_size=4))
def test_splitting_never_lowers_the_level(parts: list[int]) -> None:
    policy = POLICIES.authority()
    whole = authority(approval(amount=Money(sum(parts))), policy)
    first, *rest = parts
    related = [RelatedApplication(DAY - timedelta(days=90), Money(part)) for part in rest]
    split = authority(approval(amount=Money(first), related=related), policy)
    assert (split.total, split.required_level) == (whole.total, whole.required_level)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({}, None),
        ({"investigated": False}, Reason.NOT_INVESTIGATED),
        ({"maker": "E2"}, Reason.MAKER_IS_REVIEWER),
        ({"maker": "E3"}, Reason.MAKER_IS_APPROVER),
        ({"reviewer": "E3"}, Reason.REVIEWER_IS_APPROVER),
        ({"own_case": True}, Reason.OWN_CASE),
        ({"recommended": yuan("1")}, Reason.AMOUNT_ABOVE_RECOMMENDED),
        (
            {"related": [RelatedApplication(DAY - timedelta(days=90), yuan("60000"))]},
            Reason.SPLIT_TO_STAY_UNDER_LIMIT,
        ),
        ({"related": [RelatedApplication(DAY - timedelta(days=91), yuan("60000"))]}, None),
        ({"exposure": yuan("60000")}, Reason.BEYOND_AUTHORITY),
    ],
)
def test_an_approval_is_refused_in_order(change: dict[str, object], reason: Reason | None) -> None:
    assert authority(approval(**change), POLICIES.authority()).reason is reason


def draw_of(amount: Money, earlier: list[EarlierDraw]) -> Draw:
    return Draw(
        product=Product.CONSUMER,
        amount=amount,
        drawn_on=DAY,
        earlier=earlier,
        counterparty_known=False,
        non_cash_impossible=False,
    )


@given(money, money)
def test_two_draws_in_the_window_need_the_mode_of_their_sum(one: Money, two: Money) -> None:
    policy = POLICIES.drawdown()
    apart = payment_mode(draw_of(two, [EarlierDraw(DAY - timedelta(days=30), one)]), policy)
    assert apart.mode is payment_mode(draw_of(one + two, []), policy).mode


def test_cash_sellers_and_known_sellers_decide_the_mode() -> None:
    policy, small = POLICIES.drawdown(), draw_of(yuan("1"), [])
    assert payment_mode(replace(small, non_cash_impossible=True), policy).basis == "no_non_cash"
    known = payment_mode(replace(small, counterparty_known=True), policy)
    assert (known.mode, known.basis) == (PaymentMode.ENTRUSTED, "counterparty_known")


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({}, None),
        ({"signed_on": None}, Reason.CONTRACT_NOT_SIGNED),
        ({"conditions_met": False}, Reason.CONDITIONS_NOT_MET),
        ({"draw_date": DAY + timedelta(days=181)}, Reason.OUTSIDE_AVAILABILITY),
        ({"amount": ZERO}, Reason.AMOUNT_NOT_POSITIVE),
        ({"amount": yuan("101")}, Reason.ABOVE_CONTRACT_AMOUNT),
        ({"open_high_risk_event": True}, Reason.OPEN_HIGH_RISK_EVENT),
        ({"currently_overdue": True}, Reason.CURRENTLY_OVERDUE),
        ({"required_mode": PaymentMode.ENTRUSTED}, Reason.ENTRUSTED_REQUIRED),
        (
            {"mode": PaymentMode.ENTRUSTED, "payee_is_counterparty": False},
            Reason.PAYEE_NOT_COUNTERPARTY,
        ),
        ({"payee_blocked": True}, Reason.PAYEE_BLOCKED),
    ],
)
def test_a_draw_is_refused_in_order(change: dict[str, object], reason: Reason | None) -> None:
    case = DrawdownCase(
        signed_on=DAY,
        conditions_met=True,
        draw_date=DAY,
        amount=yuan("100"),
        undrawn=yuan("100"),
        open_high_risk_event=False,
        currently_overdue=False,
        mode=PaymentMode.SELF,
        required_mode=PaymentMode.SELF,
        payee_is_counterparty=True,
        payee_blocked=False,
    )
    found = drawdown_refusal(replace(case, **change), POLICIES.drawdown())  # type: ignore[arg-type]
    assert found is reason


APPROVED = Approved(
    amount=yuan("10000"),
    term_months=12,
    rate_floor=AnnualRate.of("4.00"),
    purpose="renovation",
    approved_on=DAY,
)


def complete(policy: ContractPolicy) -> Signing:
    """A signing on DAY to which nothing is to be said."""
    return Signing(
        amount=yuan("10000"),
        term_months=12,
        rate=AnnualRate.of("4.00"),
        purpose="renovation",
        signed_on=DAY,
        active_contract=False,
        elements=policy.elements,
        explained=True,
        acknowledged=True,
        apr_disclosed=True,
        cost_statement_confirmed=False,
    )


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"signed_on": DAY - timedelta(days=1)}, Reason.NOT_APPROVED),
        # Ninety days after 10 June 2025 is 8 September, the last good day.
        ({"signed_on": date(2025, 9, 8)}, None),
        ({"signed_on": date(2025, 9, 9), "active_contract": True}, Reason.APPROVAL_EXPIRED),
        ({"active_contract": True, "amount": yuan("10000.01")}, Reason.CONTRACT_ALREADY_ACTIVE),
        ({"amount": yuan("10000.01"), "term_months": 13}, Reason.AMOUNT_ABOVE_APPROVAL),
        ({"term_months": 13, "rate": AnnualRate.of("3.99")}, Reason.TERM_ABOVE_APPROVAL),
        ({"rate": AnnualRate.of("3.99"), "purpose": "travel"}, Reason.RATE_BELOW_FLOOR),
        ({"purpose": "travel", "elements": frozenset()}, Reason.PURPOSE_DIFFERS),
        ({"elements": frozenset(), "explained": False}, Reason.ELEMENT_MISSING),
        ({"explained": False, "acknowledged": False}, Reason.TERMS_NOT_EXPLAINED),
        ({"acknowledged": False, "apr_disclosed": False}, Reason.TERMS_NOT_ACKNOWLEDGED),
        ({"apr_disclosed": False}, Reason.APR_NOT_SHOWN),
        ({}, None),
    ],
)
def test_a_signing_is_refused_in_order(change: dict[str, object], reason: Reason | None) -> None:
    policy = POLICIES.contract(Product.CONSUMER)
    signing = replace(complete(policy), **change)  # type: ignore[arg-type]
    assert signing_refusal(APPROVED, signing, policy) is reason
    assert signing_refusal(None, signing, policy) is Reason.NOT_APPROVED


@pytest.mark.parametrize(
    ("signed_on", "reason"),
    [(date(2026, 7, 31), None), (date(2026, 8, 1), Reason.COST_STATEMENT_NOT_CONFIRMED)],
)
def test_the_cost_statement_is_asked_for_from_august_2026(
    signed_on: date, reason: Reason | None
) -> None:
    policy = POLICIES.contract(Product.CONSUMER)
    approved = replace(APPROVED, approved_on=date(2026, 7, 1))
    signing = replace(complete(policy), signed_on=signed_on)
    assert signing_refusal(approved, signing, policy) is reason
    told = replace(signing, cost_statement_confirmed=True)
    assert signing_refusal(approved, told, policy) is None


def test_a_price_is_positive_and_above_the_floor() -> None:
    table = {"1Y": [IndexRow(date(2024, 1, 1), AnnualRate.of("0.50"))]}
    with pytest.raises(Rejected) as refused:
        price(DAY, 12, -50, table)
    assert refused.value.reason is Reason.RATE_NOT_POSITIVE
    with pytest.raises(Rejected) as refused:
        check_spread(-61, -60)
    assert refused.value.reason is Reason.SPREAD_BELOW_FLOOR
    check_spread(-61, None)


@pytest.mark.parametrize("method", list(Method))
def test_one_door_builds_every_method_and_none_hides_its_burden(method: Method) -> None:
    terms = LoanTerms(
        principal=yuan("12000"), rate=AnnualRate.of("4.35"), months=12, value_date=DAY
    )
    choice = MethodChoice(method=method, limits=POLICIES.methods(), amort_months=24)
    schedule = build_schedule(terms, choice)
    assert sum(row.principal.minor for row in schedule.rows) == 1_200_000
    if method in (Method.INTEREST_ONLY, Method.BULLET):
        assert str(burden(terms, choice)) == "1023.72"
    with_balloon = replace(choice, method=Method.BALLOON, balloon=yuan("6000"))
    assert build_schedule(terms, with_balloon).rows[-1].principal > yuan("6000")


@pytest.mark.parametrize(
    ("choice", "reason"),
    [
        ({"amort_months": 11}, Reason.AMORTISATION_SHORTER_THAN_TERM),
        ({"balloon": yuan("12000")}, Reason.BALLOON_NOT_BELOW_PRINCIPAL),
    ],
)
def test_a_balloon_fits_its_loan(choice: dict[str, object], reason: Reason) -> None:
    terms = LoanTerms(
        principal=yuan("12000"), rate=AnnualRate.of("4.35"), months=12, value_date=DAY
    )
    wanted = MethodChoice(method=Method.BALLOON, limits=POLICIES.methods())
    with pytest.raises(Rejected) as refused:
        build_schedule(terms, replace(wanted, **choice))  # type: ignore[arg-type]
    assert refused.value.reason is reason
