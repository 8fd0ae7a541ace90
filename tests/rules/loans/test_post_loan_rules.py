"""Loans of the provident fund, collection conduct, post-loan checks (LN-16, LN-31, LN-32)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bankcore.operations.loans.post_loan_policies import PostLoanPolicies
from bankcore.products.catalogue import shipped
from bankcore.rules.loans.codes import LoanClass, Product
from bankcore.rules.loans.collection import (
    CollectionContact,
    ContactChannel,
    Party,
    check_contact,
    next_contact,
)
from bankcore.rules.loans.post_loan import CheckedLoan, check_calendar, interval_months
from bankcore.rules.loans.provident import (
    Home,
    ProvidentLoan,
    handling_fee,
    provident_limit,
    provident_rate,
)
from bankcore.values.money import Money, yuan
from bankcore.values.reasons import Reason, Rejected

POLICIES = PostLoanPolicies(shipped(), date(2025, 6, 10))
RATES = POLICIES.provident_rates()
CONDUCT = POLICIES.conduct()
CHECKS = POLICIES.checks()
days = st.dates(date(2016, 1, 1), date(2026, 11, 1))


@given(days, st.integers(1, 360), st.sampled_from(Home), st.integers(0, 3000))
def test_a_fund_rate_moves_only_on_new_years_day(
    start: date, months: int, home: Home, later: int
) -> None:
    loan = ProvidentLoan(home, months, start)
    day = start + timedelta(days=later)
    if (day.month, day.day) != (1, 1) and day > start:
        assert provident_rate(loan, day, RATES) == provident_rate(
            loan, day - timedelta(days=1), RATES
        )
    if months <= 12:
        assert provident_rate(loan, day, RATES) == provident_rate(loan, start, RATES)


@pytest.mark.parametrize(
    ("home", "months", "start", "on", "rate"),
    [
        (Home.FIRST, 60, date(2025, 5, 7), date(2025, 5, 8), "2.35"),
        (Home.FIRST, 61, date(2025, 5, 7), date(2025, 5, 8), "2.85"),
        (Home.FIRST, 12, date(2025, 5, 7), date(2026, 1, 1), "2.35"),
        (Home.FIRST, 13, date(2025, 5, 7), date(2026, 1, 1), "2.10"),
        (Home.SECOND, 120, date(2016, 1, 1), date(2016, 1, 1), "3.575"),
    ],
)
def test_columns_and_new_years_of_the_fund(
    home: Home, months: int, start: date, on: date, rate: str
) -> None:
    assert provident_rate(ProvidentLoan(home, months, start), on, RATES).percent == Fraction(rate)


def test_before_the_first_publication_there_is_no_fund_rate() -> None:
    with pytest.raises(Rejected) as no:
        provident_rate(ProvidentLoan(Home.FIRST, 12, date(2015, 8, 25)), date(2015, 8, 25), RATES)
    assert no.value.reason is Reason.RULE_NOT_IN_FORCE


def test_a_publication_counts_only_once_it_was_known() -> None:
    known = PostLoanPolicies(shipped(), date(2025, 6, 10), date(2025, 1, 1)).provident_rates()
    loan = ProvidentLoan(Home.FIRST, 360, date(2025, 6, 10))
    assert provident_rate(loan, date(2025, 6, 10), known).percent == Fraction("2.85")


money = st.integers(0, 10**9).map(Money)


@given(st.lists(money, max_size=3), money, st.lists(money, max_size=3))
def test_a_combined_loan_fills_the_fund_part_first(
    balances: list[Money], need: Money, limits: list[Money]
) -> None:
    made = provident_limit(balances, 15, need, limits)
    assert made.fund_part + made.commercial_part == need
    assert made.limit.minor % 100_000 == 0
    assert all(made.limit <= limit for limit in limits)
    assert made.fund_part in {made.limit, need}


@given(st.integers(0, 10**9).map(Money))
def test_the_fee_is_a_twentieth_of_the_interest_to_half_a_fen(interest: Money) -> None:
    fee = handling_fee(interest, POLICIES.provident_fee())
    assert abs(fee.amount.minor - Fraction(interest.minor, 20)) <= Fraction(1, 2)


def test_the_multiple_is_fifteen() -> None:
    assert POLICIES.provident_multiple() == 15


CALL = CollectionContact(
    dpd_reported=10,
    at=datetime.fromisoformat("2025-06-10T10:00:00"),
    channel=ContactChannel.CALL,
    party=Party.DEBTOR,
    discloses_debt=True,
    hold=False,
    attempts_number_today=0,
    attempts_debtor_today=0,
)


def refusal(contact: CollectionContact) -> Reason | None:
    try:
        check_contact(contact, CONDUCT)
    except Rejected as no:
        return no.reason
    return None


def test_each_refusal_of_a_contact_in_its_order() -> None:
    worse = replace(CALL, attempts_debtor_today=6)
    expected = [(worse, Reason.DEBTOR_CAP)]
    for change, reason in (
        ({"attempts_number_today": 3}, Reason.NUMBER_CAP),
        ({"party": Party.CONTACT_PERSON}, Reason.DEBT_DISCLOSED),
        ({"party": Party.THIRD_PARTY}, Reason.THIRD_PARTY_CONTACT),
        ({"at": datetime.fromisoformat("2025-06-10T07:59:59")}, Reason.FORBIDDEN_HOURS),
        ({"hold": True}, Reason.HOLD_ACTIVE),
        ({"dpd_reported": 0}, Reason.NO_ARREARS),
    ):
        worse = replace(worse, **change)
        expected.append((worse, reason))
    assert [refusal(contact) for contact, _ in expected] == [reason for _, reason in expected]


def test_what_conduct_allows() -> None:
    night = datetime.fromisoformat("2025-06-10T23:00:00")
    quiet = replace(CALL, party=Party.CONTACT_PERSON, discloses_debt=False)
    letter = replace(CALL, at=night, channel=ContactChannel.LETTER, attempts_number_today=9)
    for contact in (quiet, letter, replace(CALL, party=Party.GUARANTOR)):
        assert refusal(contact) is None
    visit = replace(CALL, channel=ContactChannel.VISIT, attempts_debtor_today=9)
    assert refusal(visit) is None
    assert refusal(replace(visit, at=night)) is Reason.FORBIDDEN_HOURS


@given(st.times())
def test_no_call_outside_the_window(at: time) -> None:
    call = replace(CALL, at=datetime.combine(date(2025, 6, 10), at))
    allowed = refusal(call) is None
    assert allowed == (8 <= call.at.hour < 22)


@pytest.mark.parametrize(("dpd", "interval"), [(1, 3), (7, 3), (8, 7), (90, 7), (91, 30)])
def test_the_interval_follows_the_arrears(dpd: int, interval: int) -> None:
    opened = date(2025, 6, 10)
    due = next_contact(dpd, opened, None, POLICIES.contact_intervals())
    assert due == opened + timedelta(days=interval)


def test_without_arrears_no_contact_is_due() -> None:
    with pytest.raises(Rejected) as no:
        next_contact(0, date(2025, 6, 10), None, POLICIES.contact_intervals())
    assert no.value.reason is Reason.NO_ARREARS


LOAN = CheckedLoan(
    product=Product.BUSINESS,
    amount=yuan("500000.01"),
    self_payment=True,
    disbursement=date(2025, 1, 31),
    loan_class=LoanClass.NORMAL,
)


def weekday(day: date) -> bool:
    return day.weekday() < 5


loans = st.builds(
    CheckedLoan,
    product=st.sampled_from(Product),
    amount=st.integers(1, 10**8).map(Money),
    self_payment=st.booleans(),
    disbursement=days,
    loan_class=st.sampled_from(LoanClass),
)


@given(loans, st.integers(0, 1200))
def test_checks_lie_on_working_days_in_order(loan: CheckedLoan, later: int) -> None:
    until = loan.disbursement + timedelta(days=later)
    made = check_calendar(loan, until, CHECKS, weekday)
    assert all(weekday(check.due) for check in made)
    assert list(made) == sorted(made)
    longer = check_calendar(loan, until + timedelta(days=100), CHECKS, weekday)
    assert set(made) <= set(longer)


@given(loans)
def test_halving_the_interval_keeps_every_regular_date(loan: CheckedLoan) -> None:
    until = loan.disbursement + timedelta(days=2000)
    whole = replace(CHECKS, special_mention_months=6, regular=dict.fromkeys(CHECKS.regular, (6, 6)))
    half = replace(whole, special_mention_months=3, regular=dict.fromkeys(CHECKS.regular, (3, 3)))
    wide = {check.due for check in check_calendar(loan, until, whole, weekday)}
    close = {check.due for check in check_calendar(loan, until, half, weekday)}
    assert wide <= close


@pytest.mark.parametrize(
    ("change", "months"),
    [
        ({}, 3),
        ({"amount": yuan("500000.00")}, 6),
        ({"product": Product.CONSUMER}, 6),
        ({"product": Product.CONSUMER, "amount": yuan("200000.00")}, 12),
        ({"product": Product.AUTO_USED}, 12),
        ({"product": Product.MORTGAGE, "loan_class": LoanClass.SPECIAL_MENTION}, 3),
        ({"loan_class": LoanClass.SUBSTANDARD}, 1),
    ],
)
def test_the_interval_of_product_size_and_class(change: dict[str, object], months: int) -> None:
    assert interval_months(replace(LOAN, **change), CHECKS) == months  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("product", "self_payment", "kinds"),
    [
        (Product.CONSUMER, True, ["use_check", "evidence_complete"]),
        (Product.CONSUMER, False, ["use_check"]),
        (Product.COMMERCIAL_PROPERTY, True, ["registration_check"]),
        (Product.AUTO_NEW_EV, False, ["registration_check"]),
        (Product.PROVIDENT, True, []),
    ],
)
def test_single_checks_by_product(
    product: Product, *, self_payment: bool, kinds: list[str]
) -> None:
    loan = replace(LOAN, product=product, self_payment=self_payment, amount=yuan("1.00"))
    made = check_calendar(loan, date(2025, 5, 1), CHECKS, weekday)
    assert [check.kind for check in made] == kinds
