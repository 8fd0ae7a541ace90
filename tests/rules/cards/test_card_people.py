"""CC-14, CC-15: disputes, dormant cards, applications at their edges."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bankcore.operations.cards.policies import cash_out_terms
from bankcore.products.catalogue import shipped
from bankcore.rules.cards.application import (
    Applicant,
    ApplicationTerms,
    ProductRange,
    card_limit,
    full_years,
)
from bankcore.rules.cards.cash_out import Activity, Swipe, cash_out
from bankcore.rules.cards.dormancy import DisputeFacts, check_dispute
from bankcore.values.money import Money, yuan
from bankcore.values.reasons import Reason, Rejected

TERMS = ApplicationTerms(
    age_min=18,
    age_max=65,
    enquiries_refused_from=8,
    bands=((750, Fraction(6)), (650, Fraction(5)), (600, Fraction(3)), (550, Fraction(3, 2))),
    income_multiple_all_banks=12,
    bank_cap=yuan("200000"),
    student_cap=yuan("5000"),
    least=yuan("1000"),
    step=yuan("1000"),
    dues_share=Fraction(7, 10),
    limit_share=Fraction(1, 10),
)
GOLD = ProductRange(yuan("5000"), yuan("50000"))
TODAY = date(2024, 6, 1)


def applicant(**changes: Any) -> Applicant:
    facts: dict[str, Any] = {
        "birth": date(1990, 6, 15),
        "identity_verified": True,
        "own_signature": True,
        "documents_complete": True,
        "fraud_hit": False,
        "plan_unsettled": False,
        "overdue": False,
        "student": False,
        "second_source": False,
        "enquiries_3m": 0,
        "score": 700,
        "income": yuan("8000"),
        "monthly_dues": yuan("0"),
        "other_bank_limits": yuan("0"),
        "own_limits": yuan("0"),
        **changes,
    }
    return Applicant(**facts)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"identity_verified": False, "own_signature": False}, Reason.IDENTITY_NOT_VERIFIED),
        ({"own_signature": False, "documents_complete": False}, Reason.NOT_OWN_SIGNATURE),
        ({"documents_complete": False, "fraud_hit": True}, Reason.DOCUMENTS_INCOMPLETE),
        ({"birth": date(2006, 6, 2)}, Reason.UNDER_AGE),
        ({"birth": date(1958, 6, 1)}, Reason.OVER_AGE),
        ({"fraud_hit": True, "overdue": True}, Reason.SANCTION_OR_FRAUD_HIT),
        ({"plan_unsettled": True, "overdue": True}, Reason.PLAN_UNSETTLED),
        ({"overdue": True, "enquiries_3m": 9}, Reason.CURRENTLY_OVERDUE),
        ({"enquiries_3m": 8, "score": 1}, Reason.TOO_MANY_ENQUIRIES),
        ({"score": 549, "student": True}, Reason.SCORE_TOO_LOW),
        ({"student": True}, Reason.SECOND_SOURCE_MISSING),
        ({"own_limits": yuan("199000")}, Reason.LIMIT_BELOW_MINIMUM),
    ],
)
def test_an_application_is_refused_in_the_order_of_the_rule(
    changes: dict[str, Any], reason: Reason
) -> None:
    with pytest.raises(Rejected) as no:
        card_limit(applicant(**changes), GOLD, TODAY, TERMS)
    assert no.value.reason is reason


def test_a_student_gets_five_thousand_at_most_without_a_look_at_income() -> None:
    student = applicant(student=True, second_source=True, income=yuan("0"))
    assert card_limit(student, GOLD, TODAY, TERMS) == yuan("5000")


INCOMES = st.integers(400_000, 5_000_000).map(Money)


@given(INCOMES, st.integers(550, 800), st.integers(0, 300_000).map(Money))
@settings(max_examples=60)
def test_a_limit_is_whole_thousands_and_grows_with_income_and_score(
    income: Money, score: int, dues: Money
) -> None:
    small = ProductRange(yuan("0"), yuan("50000"))

    def limit(**changes: Any) -> int:
        facts = {"income": income, "score": score, "monthly_dues": dues, **changes}
        try:
            return card_limit(applicant(**facts), small, TODAY, TERMS).minor
        except Rejected:
            return 0

    base = limit()
    assert base % 100_000 == 0
    assert limit(income=income + yuan("500")) >= base
    assert limit(score=min(score + 60, 800)) >= base
    assert limit(other_bank_limits=yuan("9000")) <= base
    assert limit(monthly_dues=dues + yuan("100")) <= base


def test_who_was_born_on_a_leap_day_comes_of_age_on_the_first_of_march() -> None:
    assert full_years(date(2004, 2, 29), date(2022, 2, 28)) == 17
    assert full_years(date(2004, 2, 29), date(2022, 3, 1)) == 18


def claim(day: int, amount: str = "100", *, open_already: bool = False) -> DisputeFacts:
    return DisputeFacts(
        statement_date=date(2024, 4, 5),
        amount=yuan("100"),
        claimed=yuan(amount),
        open_already=open_already,
        on=date(2024, 5, day),
    )


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        (claim(6, open_already=True), Reason.DISPUTE_TOO_LATE),
        (claim(5, "101", open_already=True), Reason.DISPUTE_ALREADY_OPEN),
        (claim(5, "100.01"), Reason.AMOUNT_ABOVE_ITEM),
    ],
)
def test_a_dispute_is_refused_in_order(facts: DisputeFacts, reason: Reason) -> None:
    with pytest.raises(Rejected) as no:
        check_dispute(facts, 30)
    assert no.value.reason is reason


def test_a_dispute_of_the_thirtieth_day_is_in_time() -> None:
    check_dispute(claim(5), 30)


def activity(payments: list[tuple[str, str]], swipes: list[tuple[str, str]]) -> Activity:
    return Activity(
        limit=yuan("20000"),
        as_of=date(2024, 5, 31),
        purchases=[
            Swipe(date.fromisoformat(on), 12, f"M{n}", high_risk=True, amount=yuan(amount))
            for n, (on, amount) in enumerate(swipes)
        ],
        payments=[(date.fromisoformat(on), yuan(amount)) for on, amount in payments],
    )


@pytest.mark.parametrize(
    ("payment", "swipe", "seen"),
    [
        (("2024-05-10", "15999.99"), ("2024-05-10", "15000"), False),
        (("2024-05-10", "16000"), ("2024-05-10", "12799.99"), False),
        (("2024-05-10", "16000"), ("2024-05-13", "12800"), True),
        (("2024-05-10", "16000"), ("2024-05-14", "12800"), False),
    ],
)
def test_paying_and_swiping_is_a_sign_from_four_fifths_within_three_days(
    payment: tuple[str, str], swipe: tuple[str, str], *, seen: bool
) -> None:
    terms = cash_out_terms(shipped(), date(2024, 5, 31))
    found = cash_out(activity([payment], [swipe]), terms)
    assert ("pay_then_swipe" in found.signs) is seen
