"""AML-03: when due diligence is owed and how much of it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bankcore.products.compliance_terms import DiligenceTerms
from bankcore.rules.compliance.due_diligence import (
    Act,
    CustomerKind,
    Gathered,
    Level,
    RiskGrade,
    Service,
    check_diligence,
    due_diligence,
)
from bankcore.values.money import Money, yuan
from bankcore.values.reasons import Reason, Rejected

TERMS = DiligenceTerms(
    regime="2025-11",
    thresholds={
        "one_off": {"CNY": yuan("50000"), "USD": Money(1_000_000, "USD")},
        "cash": {"CNY": yuan("50000"), "USD": Money(1_000_000, "USD")},
        "remittance": {"CNY": yuan("5000"), "USD": Money(100_000, "USD")},
    },
    cash_copy=True,
)
OLD = replace(TERMS, regime="2007-2", cash_copy=False)
ACTS = st.builds(
    Act,
    service=st.sampled_from(Service),
    amount=st.integers(0, 10_000_000).map(Money),
    customer_kind=st.sampled_from(CustomerKind),
    risk=st.sampled_from(RiskGrade),
    suspicious=st.booleans(),
    identity_doubt=st.booleans(),
)


@given(ACTS, st.integers(0, 10_000_000))
def test_a_greater_amount_never_needs_less(act: Act, more: int) -> None:
    greater = replace(act, amount=act.amount + Money(more))
    needed = due_diligence(act, TERMS).cdd_required
    assert due_diligence(greater, TERMS).cdd_required >= needed


@given(ACTS)
def test_suspicion_and_higher_risk_never_need_less(act: Act) -> None:
    needed = due_diligence(act, TERMS)
    worse = due_diligence(replace(act, suspicious=True, risk=RiskGrade.HIGH), TERMS)
    assert worse.cdd_required
    assert worse.ask_source_and_use
    assert worse.cdd_required >= needed.cdd_required


@given(ACTS)
def test_money_is_asked_about_only_within_due_diligence(act: Act) -> None:
    needed = due_diligence(act, TERMS)
    assert not needed.ask_source_and_use or needed.cdd_required
    assert (needed.level is Level.NONE) == (not needed.cdd_required)


def test_cash_of_exactly_fifty_thousand_is_in() -> None:
    act = Act(Service.CASH, yuan("50000.00"))
    assert due_diligence(act, TERMS).cdd_required
    assert not due_diligence(replace(act, amount=yuan("49999.99")), TERMS).cdd_required


def test_before_2026_a_cash_act_had_only_its_document_checked() -> None:
    needed = due_diligence(Act(Service.CASH, yuan("80000")), OLD)
    assert needed.verify_id
    assert not needed.register_and_copy


def test_a_suspicious_cash_act_is_registered_under_the_old_regime_too() -> None:
    needed = due_diligence(Act(Service.CASH, yuan("80000"), suspicious=True), OLD)
    assert needed.register_and_copy


def test_cash_of_a_company_is_not_the_line_for_persons() -> None:
    act = Act(Service.CASH, yuan("80000"), CustomerKind.NON_NATURAL)
    assert not due_diligence(act, TERMS).cdd_required


def test_only_companies_and_bodies_name_a_beneficial_owner() -> None:
    person = Act(Service.NEW_RELATION, yuan("0"))
    assert not due_diligence(person, TERMS).beneficial_owner
    firm = replace(person, customer_kind=CustomerKind.NON_NATURAL)
    assert due_diligence(firm, TERMS).beneficial_owner
    small = Act(Service.REMITTANCE, yuan("1"), CustomerKind.NON_NATURAL)
    assert not due_diligence(small, TERMS).beneficial_owner


def test_dollars_have_their_own_threshold() -> None:
    act = Act(Service.REMITTANCE, Money(99_999, "USD"))
    assert not due_diligence(act, TERMS).cdd_required
    assert due_diligence(replace(act, amount=Money(100_000, "USD")), TERMS).cdd_required


def test_a_currency_without_a_figure_is_never_over() -> None:
    assert not due_diligence(Act(Service.CASH, Money(10**9, "EUR")), TERMS).cdd_required


@pytest.mark.parametrize(
    ("act", "level"),
    [
        (Act(Service.CASH, yuan("60000")), Level.SIMPLIFIED),
        (Act(Service.NEW_RELATION, yuan("0")), Level.STANDARD),
        (Act(Service.CASH, yuan("60000"), risk=RiskGrade.MID), Level.STANDARD),
        (Act(Service.CASH, yuan("60000"), risk=RiskGrade.HIGH), Level.ENHANCED),
        (Act(Service.CASH, yuan("200"), suspicious=True), Level.ENHANCED),
    ],
)
def test_the_level_follows_the_risk(act: Act, level: Level) -> None:
    assert due_diligence(act, TERMS).level is level


COMPLETE = Gathered(
    identity_known=True,
    identity_verified=True,
    agent_verified=True,
    beneficial_owner=True,
    source_of_funds=True,
    purpose=True,
    approval=True,
)
LADDER = (
    ("identity_known", False, Reason.IDENTITY_UNKNOWN),
    ("identity_verified", False, Reason.IDENTITY_NOT_VERIFIED),
    ("agent_verified", False, Reason.AGENT_NOT_VERIFIED),
    ("beneficial_owner", False, Reason.BENEFICIAL_OWNER_MISSING),
    ("source_of_funds", False, Reason.SOURCE_OF_FUNDS_MISSING),
    ("purpose", False, Reason.PURPOSE_MISSING),
    ("approval", False, Reason.APPROVAL_MISSING),
    ("listed", True, Reason.LISTED_PERSON),
)


@pytest.mark.parametrize("index", range(len(LADDER)))
def test_refusals_come_in_the_order_of_the_rule(index: int) -> None:
    firm = Act(Service.NEW_RELATION, yuan("0"), CustomerKind.NON_NATURAL, RiskGrade.HIGH)
    needed = due_diligence(firm, TERMS)
    lacking = {name: value for name, value, _ in LADDER[index:]}
    with pytest.raises(Rejected) as refused:
        check_diligence(needed, replace(COMPLETE, **lacking))
    assert refused.value.reason is LADDER[index][2]


def test_a_complete_file_passes() -> None:
    needed = due_diligence(Act(Service.NEW_RELATION, yuan("0"), risk=RiskGrade.HIGH), TERMS)
    check_diligence(needed, COMPLETE)


def test_a_pensioner_drawing_three_thousand_needs_nothing_beyond_the_id() -> None:
    needed = due_diligence(Act(Service.CASH, yuan("3000")), TERMS)
    check_diligence(needed, Gathered(identity_known=True, identity_verified=False))
    assert not needed.verify_id
