"""Selling wealth products (WM-01 … WM-08, WM-13): monotone rules, orders of refusal, edges."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bankcore.products.catalogue import shipped
from bankcore.products.suitability_terms import (
    level_terms,
    matching_terms,
    qualified_terms,
    questionnaire_terms,
    retest_terms,
    wording_terms,
)
from bankcore.rules.employees.qualification import Certificate
from bankcore.rules.wealth.levels import RatedProduct, nature, product_level
from bankcore.rules.wealth.matching import Match, check_match
from bankcore.rules.wealth.ordering import (
    STEPS,
    OrderAmount,
    StepTaken,
    asked_for,
    check_amount,
    step_fault,
)
from bankcore.rules.wealth.qualified import Investor, check_qualified_investor, cooling_off
from bankcore.rules.wealth.questionnaire import Answers, risk_profile
from bankcore.rules.wealth.recording import RetentionTerms, keep_until, needed
from bankcore.rules.wealth.retests import RiskTest, check_retest, effective_level
from bankcore.rules.wealth.selling import Seller, SellingNeeds, check_seller
from bankcore.rules.wealth.wording import forbidden_phrases
from bankcore.values.money import Money, yuan
from bankcore.values.reasons import Reason, Rejected

ON = date(2026, 3, 10)
LEVELS = level_terms(shipped(), ON)
MATCHING = matching_terms(shipped(), ON)
QUESTIONS = questionnaire_terms(shipped(), ON)
RETESTS = retest_terms(shipped(), ON)
WORDS = wording_terms(shipped(), ON)
QUALIFIED = qualified_terms(shipped(), ON)
percents = st.integers(0, 10_000).map(lambda n: Fraction(n, 100))


def reason_of(check: object) -> Reason | None:
    assert callable(check)
    try:
        check()
    except Rejected as no:
        return no.reason
    return None


@pytest.mark.parametrize(
    ("shares", "expected"),
    [
        ({"fixed_income": "80", "equity": "20"}, "fixed_income"),
        ({"fixed_income": "20", "equity": "80"}, "equity"),
        ({"fixed_income": "79.99", "equity": "20.01"}, "mixed"),
    ],
)
def test_exactly_the_share_makes_the_nature(shares: dict[str, str], expected: str) -> None:
    assert nature({k: Fraction(v) for k, v in shares.items()}, LEVELS) == expected


products = st.builds(
    RatedProduct,
    base=st.integers(1, 5),
    private=st.booleans(),
    leverage=percents.map(lambda p: p * 2),
    low_rated=percents,
    closed_months=st.integers(0, 60),
)


@given(products, st.none() | st.integers(1, 5))
def test_the_level_that_counts_is_not_below_either(
    product: RatedProduct, issuer: int | None
) -> None:
    found = product_level(product, issuer, LEVELS)
    assert product.base <= found.seller <= 5
    assert found.on_sale == (issuer is not None)
    if issuer is not None:
        assert found.effective == max(issuer, found.seller)


def test_each_add_on_counts_above_its_bound_only() -> None:
    plain = RatedProduct(
        base=1, private=False, leverage=Fraction(140), low_rated=Fraction(20), closed_months=36
    )
    assert product_level(plain, 1, LEVELS).seller == 1
    for change in (
        {"private": True},
        {"leverage": Fraction("140.01")},
        {"low_rated": Fraction("20.01")},
        {"closed_months": 37},
    ):
        more = replace(plain, **change)
        assert product_level(more, 1, LEVELS).seller == 2


matches = st.builds(
    Match,
    on_sale=st.booleans(),
    risk=st.integers(1, 5),
    tolerance=st.none() | st.integers(1, 5),
    profile_valid_to=st.none() | st.dates(ON - timedelta(days=2), ON + timedelta(days=2)),
    date=st.just(ON),
    tenor_months=st.integers(0, 24),
    horizon_months=st.integers(0, 24),
    amount=st.integers(1, 1000).map(Money),
    available=st.integers(0, 1000).map(Money),
    holding=st.integers(0, 1000).map(Money),
    assets=st.integers(0, 5000).map(Money),
    professional=st.booleans(),
    age=st.integers(18, 90),
    elderly_review=st.booleans(),
)


@given(matches, st.integers(0, 4), st.integers(0, 24), st.integers(0, 5000))
def test_a_match_still_passes_with_more_of_everything(
    match: Match, level: int, months: int, fen: int
) -> None:
    if reason_of(lambda: check_match(match, MATCHING)) is not None:
        return
    richer = replace(
        match,
        tolerance=None if match.tolerance is None else min(5, match.tolerance + level),
        horizon_months=match.horizon_months + months,
        assets=match.assets + Money(fen),
        available=match.available + Money(fen),
    )
    check_match(richer, MATCHING)


@given(matches)
def test_an_ordinary_investor_never_passes_above_the_tolerance(match: Match) -> None:
    if reason_of(lambda: check_match(match, MATCHING)) is None and not match.professional:
        assert match.tolerance is not None
        assert match.risk <= match.tolerance


MATCH = Match(
    on_sale=True,
    risk=4,
    tolerance=4,
    profile_valid_to=ON,
    date=ON,
    tenor_months=12,
    horizon_months=12,
    amount=yuan("300.00"),
    available=yuan("300.00"),
    holding=yuan("0.00"),
    assets=yuan("1000.00"),
    professional=False,
    age=65,
    elderly_review=True,
)


def test_refusals_of_a_match_in_their_order() -> None:
    check_match(MATCH, MATCHING)
    worse, found = MATCH, []
    for change, reason in (
        ({"elderly_review": False}, Reason.ELDERLY_REVIEW_MISSING),
        ({"holding": yuan("0.01")}, Reason.CONCENTRATION_TOO_HIGH),
        ({"available": yuan("299.99")}, Reason.AMOUNT_ABOVE_AVAILABLE),
        ({"horizon_months": 11}, Reason.HORIZON_TOO_SHORT),
        ({"tolerance": 3}, Reason.RISK_ABOVE_TOLERANCE),
        ({"profile_valid_to": ON - timedelta(days=1)}, Reason.PROFILE_EXPIRED),
        ({"tolerance": None}, Reason.PROFILE_MISSING),
        ({"on_sale": False}, Reason.PRODUCT_NOT_ON_SALE),
    ):
        worse = replace(worse, **change)
        found.append((reason_of(lambda now=worse: check_match(now, MATCHING)), reason))
    assert [got for got, _ in found] == [expected for _, expected in found]


def test_a_professional_is_spared_all_but_money_and_care() -> None:
    bare = replace(MATCH, professional=True, tolerance=None, horizon_months=0, assets=yuan("0.00"))
    check_match(bare, MATCHING)
    old = replace(bare, elderly_review=False)
    assert reason_of(lambda: check_match(old, MATCHING)) is Reason.ELDERLY_REVIEW_MISSING
    low = replace(MATCH, risk=2, assets=yuan("0.00"), elderly_review=False)
    check_match(low, MATCHING)


letters = st.tuples(*(st.sampled_from("ABCDE"[: len(row)]) for row in QUESTIONS.scores)).map(
    "".join
)
births = st.dates(date(1930, 1, 1), date(2008, 1, 1))


def fitting(text: str, birth: date) -> str:
    """The answers with a first one that fits the age."""
    age = ON.year - birth.year - ((ON.month, ON.day) < (birth.month, birth.day))
    first = next("ABCD"[n] for n, (low, high) in enumerate(QUESTIONS.ages) if low <= age <= high)
    return first + text[1:]


@given(letters, births, st.booleans(), st.integers(1, 11))
def test_a_profile_never_exceeds_its_band_and_grows_with_each_answer(
    text: str, birth: date, reviewed: object, question: int
) -> None:
    given_ = Answers(fitting(text, birth), birth, ON, bool(reviewed))
    found = risk_profile(given_, QUESTIONS)
    assert 1 <= found.level <= found.band <= 5
    assert bool(found.caps) == (found.level < found.band)
    better = chr(ord(given_.letters[question]) + 1)
    if ord(better) - ord("A") < len(QUESTIONS.scores[question]):
        text = given_.letters[:question] + better + given_.letters[question + 1 :]
        assert risk_profile(replace(given_, letters=text), QUESTIONS).score > found.score


def test_the_best_answers_are_a_hundred_points() -> None:
    assert sum(max(row) for row in QUESTIONS.scores) == 100


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("DCCDCCCCCCC", Reason.ANSWERS_INCOMPLETE),
        ("DCCDCCCCCC C", Reason.ANSWERS_INCOMPLETE),
        ("DCCDCCCCCCCE", Reason.ANSWER_UNKNOWN),
        ("DCCDCCCCCCCc", Reason.ANSWER_UNKNOWN),
        ("CCCDCCCCCCCC", Reason.ANSWER_CONTRADICTS_RECORD),
    ],
)
def test_answers_that_are_refused(text: str, reason: Reason) -> None:
    given_ = Answers(text, date(1986, 5, 20), ON, elderly_review=False)
    assert reason_of(lambda: risk_profile(given_, QUESTIONS)) is reason


@pytest.mark.parametrize(
    ("birth", "reviewed", "level", "caps"),
    [
        (date(1961, 3, 10), False, 3, ("age_65",)),
        (date(1961, 3, 10), True, 4, ("age_65",)),
        (date(1946, 3, 10), True, 2, ("age_80",)),
        (date(1946, 3, 11), True, 4, ("age_65",)),
    ],
)
def test_age_caps_begin_on_the_birthday(
    birth: date, *, reviewed: bool, level: int, caps: tuple[str, ...]
) -> None:
    found = risk_profile(Answers("AEDEDDDDEDED", birth, ON, reviewed), QUESTIONS)
    assert (found.level, found.caps) == (level, caps)


def test_several_caps_are_all_named_and_the_lowest_counts() -> None:
    given_ = Answers("DEDEADAAEDAD", date(1986, 5, 20), ON, elderly_review=False)
    found = risk_profile(given_, QUESTIONS)
    # 65 points are C4; all three caps lie below it.
    assert (found.score, found.level) == (65, 1)
    assert found.caps == ("no_loss", "heavy_debt", "no_experience")


tests_of = st.lists(
    st.builds(RiskTest, st.dates(ON - timedelta(days=400), ON), st.integers(1, 5)), max_size=6
).map(lambda tests: sorted(tests, key=lambda test: test.date))


@given(tests_of)
def test_a_test_of_today_never_raises_a_valid_level(tests: list[RiskTest]) -> None:
    found = effective_level(tests, ON, RETESTS)
    before = [t for t in tests if t.date < ON <= t.date + timedelta(days=365)]
    if before:
        assert found is not None
        assert found.level <= before[-1].level or tests[-1].date < ON


def test_a_rise_of_today_counts_from_tomorrow_unless_nothing_else_is_valid() -> None:
    earlier = RiskTest(date(2025, 9, 1), 2)
    higher = RiskTest(ON, 4)
    today = effective_level([earlier, higher], ON, RETESTS)
    assert today is not None
    # 365 days from 1 September 2025.
    assert (today.level, today.valid_to) == (2, date(2026, 9, 1))
    tomorrow = effective_level([earlier, higher], ON + timedelta(days=1), RETESTS)
    assert tomorrow is not None
    assert (tomorrow.level, tomorrow.valid_to) == (4, ON + timedelta(days=365))
    alone = effective_level([RiskTest(date(2025, 3, 9), 2), higher], ON, RETESTS)
    assert alone is not None
    assert alone.level == 4


@given(tests_of)
def test_tests_of_later_days_change_nothing(tests: list[RiskTest]) -> None:
    later = [*tests, RiskTest(ON + timedelta(days=1), 5)]
    assert effective_level(later, ON, RETESTS) == effective_level(tests, ON, RETESTS)


def test_validity_and_windows_of_tests() -> None:
    old = [RiskTest(date(2025, 3, 10), 3)]
    found = effective_level(old, ON, RETESTS)
    assert found is not None
    assert (found.level, found.valid_to) == (3, ON)
    assert effective_level(old, date(2026, 3, 11), RETESTS) is None
    lower = [*old, RiskTest(ON, 2)]
    assert getattr(effective_level(lower, ON, RETESTS), "level", None) == 2
    check_retest([date(2025, 3, 10)] * 20, ON, RETESTS)
    assert reason_of(lambda: check_retest([ON] * 2, ON, RETESTS)) is Reason.RETEST_DAILY_CAP
    year = [date(2025, 3, 11)] * 8
    assert reason_of(lambda: check_retest(year, ON, RETESTS)) is Reason.RETEST_YEARLY_CAP
    assert retest_terms(shipped(), date(2026, 1, 31)).per_day == 3


@given(st.text(), st.sampled_from(WORDS.allowed))
def test_an_allowed_phrase_never_adds_a_hit(text: str, phrase: str) -> None:
    assert forbidden_phrases(text + "。" + phrase, WORDS) == forbidden_phrases(text + "。", WORDS)


@pytest.mark.parametrize(
    ("text", "structured", "hits"),
    [
        ("", False, []),
        ("保本又稳赚,保本", False, ["保本", "稳赚"]),
        ("保本,最低收益1.2%", True, []),
        ("业绩比较基准4%", False, ["benchmark_without_warning"]),
        ("业绩比较基准4%,不构成承诺", False, []),
        ("不保证收益", False, []),
    ],
)
def test_wording(text: str, *, structured: bool, hits: list[str]) -> None:
    assert forbidden_phrases(text, WORDS, structured=structured) == hits


def test_what_a_sale_leaves_and_how_long() -> None:
    assert needed("counter", natural_person=False) == "none"
    assert needed("online", natural_person=False) == "trace"
    assert needed("online_assisted", natural_person=True) == "av+trace"
    terms = RetentionTerms(after_end=6, from_sale=36)
    sold = date(2019, 1, 1)
    assert keep_until(sold, date(2023, 8, 31), terms, complaint_open=False) == date(2024, 2, 29)
    assert keep_until(sold, sold, terms, complaint_open=False) == date(2022, 1, 1)
    assert keep_until(sold, sold, terms, complaint_open=True) is None


ORDER = OrderAmount(
    amount=yuan("11000.00"),
    holding=yuan("0.00"),
    min_first=yuan("10000.00"),
    min_add=yuan("1500.00"),
    step=yuan("1000.00"),
    bought_today=yuan("5000.00"),
    daily_max=yuan("16000.00"),
    quota=yuan("100000.00"),
    raised=yuan("89000.00"),
)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({}, None),
        ({"amount": yuan("0.00")}, Reason.AMOUNT_NOT_POSITIVE),
        ({"amount": yuan("9000.00")}, Reason.BELOW_FIRST_MINIMUM),
        ({"amount": yuan("1000.00"), "holding": yuan("1.00")}, Reason.BELOW_ADDITIONAL_MINIMUM),
        ({"amount": yuan("1500.00"), "holding": yuan("1.00")}, Reason.AMOUNT_NOT_IN_STEPS),
        ({"amount": yuan("2000.00"), "holding": yuan("1.00")}, None),
        ({"amount": yuan("10500.00")}, Reason.AMOUNT_NOT_IN_STEPS),
        ({"min_first": yuan("10500.00")}, Reason.AMOUNT_NOT_IN_STEPS),
        ({"bought_today": yuan("5000.01")}, Reason.DAILY_MAX_EXCEEDED),
        ({"raised": yuan("89000.01")}, Reason.QUOTA_EXHAUSTED),
        ({"daily_max": None, "quota": None, "raised": yuan("99999999.00")}, None),
    ],
)
def test_amounts_of_an_order(change: dict[str, object], reason: Reason | None) -> None:
    order = replace(ORDER, **change)  # type: ignore[arg-type]
    assert reason_of(lambda: check_amount(order)) is reason


NINE = datetime.fromisoformat("2026-03-10T09:00")


@given(self_directed=st.booleans(), online=st.booleans(), minutes=st.integers(0, 5))
def test_all_steps_in_order_pass_and_each_one_is_missed(
    *, self_directed: bool, online: bool, minutes: int
) -> None:
    names = asked_for(self_directed=self_directed, online=online)
    taken = [StepTaken(n, NINE + k * timedelta(minutes=minutes)) for k, n in enumerate(names)]
    extra = [*reversed(taken), StepTaken("introduced", NINE - timedelta(days=1)), *taken]
    assert step_fault(extra, self_directed=self_directed, online=online) is None
    for name in names:
        left = [step for step in taken if step.name != name]
        fault = step_fault(left, self_directed=self_directed, online=online)
        assert fault is not None
        assert (fault.reason, fault.step) == (Reason.STEP_MISSING, name)


def test_a_step_before_the_one_before_it_is_named() -> None:
    taken = [StepTaken(n, NINE + k * timedelta(minutes=1)) for k, n in enumerate(STEPS)]
    taken[3] = StepTaken(STEPS[3], NINE)
    fault = step_fault(taken, self_directed=False, online=False)
    assert fault is not None
    assert (fault.reason, fault.step) == (Reason.STEP_OUT_OF_ORDER, "risk_disclosed")
    assert "recommended" in asked_for(self_directed=True, online=False)


INVESTOR = Investor(
    legal_person=False,
    years=2,
    net_financial_assets=yuan("2999999.99"),
    financial_assets=yuan("4999999.99"),
    income=yuan("399999.99"),
    net_assets=yuan("0.00"),
)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({}, Reason.ASSETS_NOT_PROVEN),
        ({"net_financial_assets": yuan("3000000.00")}, None),
        ({"financial_assets": yuan("5000000.00")}, None),
        ({"income": yuan("400000.00")}, None),
        ({"years": 1}, Reason.INVESTING_YEARS_TOO_SHORT),
        ({"legal_person": True, "years": 0}, Reason.ASSETS_NOT_PROVEN),
        ({"legal_person": True, "years": 0, "net_assets": yuan("10000000.00")}, None),
    ],
)
def test_who_is_a_qualified_investor(change: dict[str, object], reason: Reason | None) -> None:
    investor = replace(INVESTOR, **change)  # type: ignore[arg-type]
    assert reason_of(lambda: check_qualified_investor(investor, QUALIFIED)) is reason


def test_at_the_end_of_the_cooling_off_it_is_too_late() -> None:
    cooling = cooling_off(NINE, 24)
    assert cooling.cancel_allowed(cooling.ends - timedelta(minutes=1))
    assert not cooling.cancel_allowed(cooling.ends)


SELLER = Seller(
    active=True,
    suspended=False,
    certificates=[Certificate("wealth_sales", date(2024, 3, 11), ON)],
    hours_last_year=20,
    months_in_post=24,
)
NEEDS = SellingNeeds(["wealth_sales"], 20, 24)


def test_refusals_of_a_seller_in_their_order() -> None:
    check_seller(SELLER, NEEDS, ON)
    expired = [Certificate("wealth_sales", date(2026, 3, 11), date(2028, 3, 11))]
    worse, found = SELLER, []
    for change, reason in (
        ({"months_in_post": 23}, Reason.SENIORITY_SHORT),
        ({"hours_last_year": 19}, Reason.TRAINING_HOURS_SHORT),
        ({"certificates": expired}, Reason.QUALIFICATION_EXPIRED),
        ({"certificates": []}, Reason.QUALIFICATION_MISSING),
        ({"suspended": True}, Reason.SALES_SUSPENDED),
        ({"active": False}, Reason.EMPLOYEE_NOT_ACTIVE),
    ):
        worse = replace(worse, **change)
        found.append((reason_of(lambda now=worse: check_seller(now, NEEDS, ON)), reason))
    assert [got for got, _ in found] == [expected for _, expected in found]
