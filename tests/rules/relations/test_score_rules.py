"""Scores, visits, gifts, consents, measures (CRM-01 … -03, -06 … -08, CMP-08)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bankcore.products import relation_score_terms as terms
from bankcore.products.catalogue import shipped
from bankcore.rules.complaints.service_measures import (
    Ticket,
    answered_in_time,
    first_contact,
    net_promoters,
    satisfaction,
)
from bankcore.rules.relations.churn import ChurnFacts, churn_risk
from bankcore.rules.relations.gifts import (
    ConsentEvent,
    Gift,
    GiftOffer,
    check_gift,
    consent_valid,
    spent_before,
)
from bankcore.rules.relations.prospects import (
    Prospect,
    average_assets,
    prospect_class,
    prospect_score,
    tier_of,
)
from bankcore.rules.relations.scorecard import CardFinding, Measure, scorecard
from bankcore.rules.relations.visits import Visit, VisitFacts, VisitPlan, check_visit
from bankcore.values.money import ZERO, Money, yuan
from bankcore.values.reasons import Reason, Rejected

ON = date(2026, 6, 30)
SCORE = terms.score_terms(shipped(), ON)
GIFTS = terms.gift_terms(shipped(), ON)
CARD = terms.scorecard_terms(shipped(), ON)
CHURN = terms.churn_terms(shipped(), ON)
TIERS = terms.tiers(shipped(), ON)
CLASSES = terms.prospect_classes(shipped(), ON)
money = st.integers(0, 10**10).map(Money)


def reason_of(check: object) -> Reason | None:
    assert callable(check)
    try:
        check()
    except Rejected as no:
        return no.reason
    return None


prospects = st.builds(
    Prospect,
    monthly_income=money,
    investable_assets=money,
    years_in_work=st.integers(0, 400).map(lambda n: Fraction(n, 10)),
    needs_recorded=st.integers(0, 9),
    source=st.sampled_from(list(SCORE.source)),
    credit=st.sampled_from(list(SCORE.credit)),
)


@given(prospects, money, st.integers(0, 9))
def test_a_score_grows_with_each_input_and_ends_at_a_hundred(
    prospect: Prospect, more: Money, needs: int
) -> None:
    score = prospect_score(prospect, SCORE).score
    assert 0 <= score <= 100
    richer = replace(
        prospect,
        monthly_income=prospect.monthly_income + more,
        investable_assets=prospect.investable_assets + more,
        needs_recorded=prospect.needs_recorded + needs,
    )
    assert prospect_score(richer, SCORE).score >= score


def test_classes_of_prospects() -> None:
    found = [prospect_class(score, CLASSES, blocked=False) for score in (0, 39, 40, 69, 70, 100)]
    assert found == ["low", "low", "mid", "mid", "high", "high"]
    assert prospect_class(100, CLASSES, blocked=True) == "low"


balances_of = st.lists(
    st.tuples(st.dates(date(2026, 1, 1), date(2026, 4, 30)), money), max_size=6,
    unique_by=lambda each: each[0],
)  # fmt: skip


@given(balances_of)
def test_the_average_is_that_of_the_daily_balances(balances: list[tuple[date, Money]]) -> None:
    days = [date(2026, 3, 1) + timedelta(days=n) for n in range(31)]

    def held(day: date) -> int:
        before = [(since, amount) for since, amount in balances if since <= day]
        return max(before)[1].minor if before else 0

    exact = Fraction(sum(map(held, days)), 31)
    assert average_assets(date(2026, 3, 5), list(reversed(balances))).exact == exact


def test_tiers_by_the_exact_average() -> None:
    def tier(amount: str) -> str:
        return tier_of(average_assets(date(2026, 2, 1), [(date(2026, 1, 1), yuan(amount))]), TIERS)

    amounts = ("0.00", "49999.99", "50000.00", "499999.99", "500000.00", "6000000.00")
    assert list(map(tier, amounts)) == ["mass", "mass", "gold", "gold", "wealth", "private"]


TEN = datetime.fromisoformat("2026-03-05T10:00")
PLAN = VisitPlan(
    time=TEN,
    minutes=60,
    place="A",
    purpose="review of deposits",
    expected_outcome="plan agreed",
    planned_at=TEN - timedelta(days=1),
    cash_or_signing=False,
)
FREE = VisitFacts(others=[], travel_minutes=30, staff_count=1, customer_refuses=False)


@given(st.integers(-200, 200), st.integers(1, 120), st.sampled_from(["A", "B"]))
def test_two_visits_leave_time_to_travel(offset: int, minutes: int, place: str) -> None:
    other = Visit(TEN + timedelta(minutes=offset), minutes, place)
    travel = 30 if place == "B" else 0
    free = offset >= 60 + travel or offset + minutes + travel <= 0
    found = reason_of(lambda: check_visit(PLAN, replace(FREE, others=[other])))
    assert found is (None if free else Reason.RM_NOT_FREE)


def test_refusals_of_a_visit_in_their_order() -> None:
    plan, facts, found = PLAN, replace(FREE, others=[Visit(TEN, 1, "A")]), list[Any]()
    found.append(reason_of(lambda: check_visit(plan, facts)))
    plan = replace(plan, cash_or_signing=True)
    found.append(reason_of(lambda: check_visit(plan, facts)))
    refused = replace(facts, customer_refuses=True)
    found.append(reason_of(lambda: check_visit(plan, refused)))
    late = replace(plan, planned_at=TEN)
    found.append(reason_of(lambda: check_visit(late, refused)))
    for change in ({"time": None}, {"place": ""}, {"purpose": ""}, {"expected_outcome": ""}):
        empty = replace(late, **change)
        found.append(reason_of(lambda now=empty: check_visit(now, refused)))
    assert found == [
        Reason.RM_NOT_FREE,
        Reason.TWO_STAFF_NEEDED,
        Reason.DO_NOT_CONTACT,
        Reason.NOT_PLANNED_BEFORE,
        *[Reason.PLAN_FIELD_MISSING] * 4,
    ]
    check_visit(replace(PLAN, cash_or_signing=True), replace(FREE, staff_count=2))


def offer(value: str, **change: Any) -> GiftOffer:
    plain = GiftOffer(Gift(ON, yuan(value)), "goods", False, False)  # noqa: FBT003  # two flags of a gift
    return replace(plain, **change)


@pytest.mark.parametrize(
    ("given_", "reason"),
    [
        (offer("200.00"), None),
        (offer("200.01"), Reason.ABOVE_SINGLE_CAP),
        (offer("200.01", credit_decision_open=True), Reason.CREDIT_DECISION_IN_PROGRESS),
        (offer("1.00", credit_decision_open=True, tied_to_deposit=True), Reason.TIED_TO_DEPOSIT),
        (offer("1.00", form="cash", tied_to_deposit=True), Reason.FORBIDDEN_FORM),
    ],
)
def test_refusals_of_a_gift_in_their_order(given_: GiftOffer, reason: Reason | None) -> None:
    earlier = [Gift(date(2026, 1, 1), yuan("300.00")), Gift(date(2025, 12, 31), yuan("500.00"))]
    assert spent_before(ON, [*earlier, Gift(ON + timedelta(days=1), yuan("9.00"))]) == yuan(
        "300.00"
    )
    assert reason_of(lambda: check_gift(given_, earlier, GIFTS)) is reason


def test_a_fen_above_the_year_is_refused() -> None:
    earlier = [Gift(ON, yuan("300.01"))]
    assert reason_of(lambda: check_gift(offer("200.00"), earlier, GIFTS)) is Reason.ABOVE_YEARLY_CAP


events_of = st.lists(
    st.builds(
        ConsentEvent,
        st.dates(ON - timedelta(days=900), ON),
        st.integers(1, 99),
        st.booleans(),
        st.sampled_from(["marketing_phone", "survey"]),
        st.none() | st.dates(ON - timedelta(days=100), ON + timedelta(days=100)),
    ),
    max_size=6,
)


@given(events_of)
def test_a_scope_stands_by_itself_and_a_withdrawal_ends_it(events: list[ConsentEvent]) -> None:
    own = [event for event in events if event.scope == "survey"]
    assert consent_valid("survey", ON, events, 24) == consent_valid("survey", ON, own, 24)
    withdrawn = [*events, ConsentEvent(ON, 100, granted=False, scope="survey")]
    assert not consent_valid("survey", ON, withdrawn, 24)
    again = [*withdrawn, ConsentEvent(ON, 101, granted=True, scope="survey")]
    assert consent_valid("survey", ON, again, 24)


def test_the_last_day_of_a_consent_counts() -> None:
    granted = [ConsentEvent(date(2024, 6, 30), 1, granted=True, scope="survey")]
    assert consent_valid("survey", ON, granted, 24)
    assert not consent_valid("survey", ON + timedelta(days=1), granted, 24)
    dated = [replace(granted[0], until=date(2024, 7, 1))]
    assert not consent_valid("survey", date(2024, 7, 2), dated, 24)


WEIGHTS = {"compliance": 25, "risk": 25, "business": 30, "service": 15, "process": 5}
measures_of = st.fixed_dictionaries(
    {
        part: st.lists(
            st.builds(
                Measure, st.integers(-50, 500).map(Fraction), st.integers(1, 300).map(Fraction)
            ),
            min_size=1,
            max_size=3,
        )
        for part in WEIGHTS
    }
)
findings_of = st.lists(st.builds(CardFinding, st.sampled_from("FHML"), st.booleans()), max_size=4)


@given(measures_of, findings_of, st.sampled_from("FHML"), st.booleans())
def test_a_finding_never_raises_a_score(
    measures: dict[str, list[Measure]], findings: list[CardFinding], severity: str, undone: object
) -> None:
    made = scorecard(WEIGHTS, measures, findings, CARD)
    assert 0 <= made.score <= 120
    worse = scorecard(WEIGHTS, measures, [*findings, CardFinding(severity, bool(undone))], CARD)
    assert worse.score <= made.score
    if severity == "F":
        assert worse.score <= 60


def test_deductions_and_refusals_of_a_scorecard() -> None:
    even = {part: [Measure(Fraction(1), Fraction(1))] for part in WEIGHTS}
    findings = [CardFinding("H", undone=False), CardFinding("M", undone=True)]
    made = scorecard(WEIGHTS, even, findings, CARD)
    assert (made.deduction, made.score) == (Fraction(19), Fraction(81))
    nought = [Measure(Fraction(1), Fraction(0))]
    cases = (
        ({**WEIGHTS, "process": 6}, even, Reason.WEIGHTS_NOT_100),
        ({**WEIGHTS, "risk": 24, "process": 6}, even, Reason.COMPLIANCE_WEIGHT_TOO_LOW),
        (
            WEIGHTS,
            {**even, "risk": nought},
            Reason.TARGET_NOT_POSITIVE,
        ),
    )
    for weights, given_, reason in cases:
        assert reason_of(lambda w=weights, m=given_: scorecard(w, m, [], CARD)) is reason


FACTS = ChurnFacts(
    assets_before=yuan("100000.00"),
    assets_now=yuan("100000.00"),
    out_own_name_90d=ZERO,
    had_salary=False,
    months_without_salary=2,
    open_complaint=False,
    complaint_lost=False,
    days_since_login=0,
    products=2,
    last_survey=None,
)


@pytest.mark.parametrize(
    ("change", "score"),
    [
        ({}, 0),
        ({"assets_now": yuan("90000.01")}, 0),
        ({"assets_now": yuan("90000.00")}, 10),
        ({"assets_now": yuan("50000.00")}, 30),
        ({"had_salary": True}, 20),
        ({"had_salary": True, "months_without_salary": 1}, 0),
        ({"out_own_name_90d": yuan("29999.99")}, 0),
        ({"out_own_name_90d": yuan("30000.00")}, 15),
        ({"assets_before": ZERO, "out_own_name_90d": yuan("30000.00")}, 0),
        ({"open_complaint": True, "complaint_lost": True}, 15),
        ({"complaint_lost": True}, 10),
        ({"days_since_login": 29}, 0),
        ({"days_since_login": 60}, 10),
        ({"products": 1}, 5),
        ({"last_survey": 2}, 5),
        ({"last_survey": 3}, 0),
    ],
)
def test_signs_of_churn(change: dict[str, Any], score: int) -> None:
    assert churn_risk(replace(FACTS, **change), CHURN).score == score


def test_bands_of_churn() -> None:
    watch = replace(FACTS, had_salary=True, assets_now=yuan("70000.00"))
    assert (churn_risk(watch, CHURN).score, churn_risk(watch, CHURN).band) == (40, "watch")
    flag = replace(watch, complaint_lost=True, days_since_login=60)
    assert (churn_risk(flag, CHURN).score, churn_risk(flag, CHURN).band) == (60, "flag")
    assert churn_risk(FACTS, CHURN).band == "normal"


@given(st.lists(st.integers(1, 5)))
def test_another_five_never_lowers_satisfaction(answers: list[int]) -> None:
    before, after = satisfaction(answers), satisfaction([*answers, 5])
    assert after.value is not None
    assert 0 <= after.value <= 100
    assert before.value is None or before.value <= after.value


@given(st.lists(st.integers(0, 10), min_size=1))
def test_promoters_lie_between_both_hundreds(answers: list[int]) -> None:
    found = net_promoters(answers)
    assert found.value is not None
    assert -100 <= found.value <= 100
    assert found == net_promoters(list(reversed(answers)))


def test_measures_by_hand() -> None:
    # One detractor more than promoters among sixteen: −6.25, half away from zero.
    assert net_promoters([0, 0, 9, *[7] * 13]).value == Fraction("-6.3")
    closed = date(2026, 3, 31)
    tickets = [
        Ticket(closed, 1, closed + timedelta(days=7)),
        Ticket(closed, 1, closed + timedelta(days=8)),
        Ticket(closed, 2, None),
        Ticket(date(2026, 4, 1), 1, None),
    ]
    found = first_contact(date(2026, 3, 1), closed, tickets, 7)
    assert (found.value, found.n) == (Fraction("33.3"), 3)
    assert answered_in_time([]).value is None
    late = [(closed, closed), (closed, None)]
    assert answered_in_time(late).value == 50
