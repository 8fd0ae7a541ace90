"""Prepayment and repricing rebuild what is left without losing a fen (LN-15, LN-17)."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bankcore.rules.loans.codes import Method
from bankcore.rules.loans.prepayment import (
    FeeStep,
    PrepaymentOption,
    fee_percent,
    full_months,
    partial_prepayment,
    payoff,
)
from bankcore.rules.loans.pricing import IndexRow
from bankcore.rules.loans.remaining import Remaining
from bankcore.rules.loans.repricing import (
    FloatingTerms,
    RateChange,
    RepricingKind,
    check_repricing,
    rate_on,
    rebuild,
    repricing_dates,
)
from bankcore.rules.loans.schedule import annuity, periods_between
from bankcore.values.dates import add_months
from bankcore.values.money import Money, round_to_money, total, yuan
from bankcore.values.rates import AnnualRate
from bankcore.values.reasons import Reason, Rejected

LAST_DUE = date(2025, 3, 10)
LPR = {
    "1Y": [IndexRow(date(2024, 10, 21), AnnualRate.of("3.10"))],
    "5Y": [
        IndexRow(date(2024, 7, 22), AnnualRate.of("3.85")),
        IndexRow(date(2024, 10, 21), AnnualRate.of("3.60")),
        IndexRow(date(2025, 5, 20), AnnualRate.of("3.50")),
    ],
}


@st.composite
def running_loans(draw: st.DrawFn) -> Remaining:
    method = draw(st.sampled_from([Method.LEVEL_PAYMENT, Method.LEVEL_PRINCIPAL]))
    balance = Money(draw(st.integers(10_000, 10**9)))
    rate = AnnualRate(Fraction(draw(st.integers(1, 2400)), 100))
    count = draw(st.integers(1, 60))
    exact = (
        annuity(Fraction(balance.minor), rate, count)
        if method is Method.LEVEL_PAYMENT
        else Fraction(balance.minor, count)
    )
    dues = [add_months(LAST_DUE, k) for k in range(1, count + 1)]
    return Remaining(
        method=method,
        balance=balance,
        rate=rate,
        level=round_to_money(exact).money,
        periods=periods_between(LAST_DUE, dues),
    )


@given(running_loans(), st.integers(0, 27), st.fractions(0, 1))
def test_what_is_left_after_prepayment_is_repaid_exactly(
    loan: Remaining, days: int, share: Fraction
) -> None:
    amount = Money(max(1, int(loan.balance.minor * share)))
    to_day = [(min(days, 21), loan.rate)]
    made = {
        option: partial_prepayment(loan, amount, to_day, option, Fraction(1))
        for option in PrepaymentOption
    }
    for result in made.values():
        repaid = total([row.principal for row in result.schedule.rows])
        assert repaid + amount == loan.balance
        assert result.customer_pays == amount + result.interest.amount + result.fee.amount
    reduced = made[PrepaymentOption.REDUCE_INSTALMENT].schedule
    shortened = made[PrepaymentOption.SHORTEN_TERM].schedule
    slack = Money(len(loan.periods))
    assert shortened.total_interest <= reduced.total_interest + slack
    assert reduced.level is not None
    assert reduced.level.amount <= loan.level


@given(running_loans(), st.integers(0, 30), st.integers(1, 2400))
def test_repricing_inside_a_period_repays_exactly(
    loan: Remaining, days: int, new_rate: int
) -> None:
    change = RateChange(date(2025, 3, 10 + min(days, 21)), AnnualRate(Fraction(new_rate, 100)))
    made = rebuild(loan, [change])
    assert total([row.principal for row in made.rows]) == loan.balance
    assert made.rows[-1].balance == Money(0)


@given(running_loans(), st.integers(1, 21))
def test_a_change_to_the_same_rate_moves_only_the_day_count(loan: Remaining, days: int) -> None:
    split = rebuild(loan, [RateChange(date(2025, 3, 10 + days), loan.rate)])
    plain = rebuild(loan, [RateChange(LAST_DUE, loan.rate)])
    assert [row.principal for row in split.rows] == [row.principal for row in plain.rows]
    # 31 days from 10 March to 10 April instead of a twelfth of the year.
    by_days = loan.balance.minor * loan.rate.daily * 31
    assert split.rows[0].interest.amount == round_to_money(by_days).money


def test_two_changes_in_one_period_are_one_rounding() -> None:
    dues = [date(2025, 4, 10), date(2025, 7, 10)]
    loan = Remaining(
        method=Method.LEVEL_PRINCIPAL,
        balance=yuan("100000"),
        rate=AnnualRate.of("4"),
        level=yuan("50000"),
        periods=periods_between(date(2025, 1, 10), dues),
    )
    changes = [
        RateChange(date(2025, 2, 10), AnnualRate.of("3.6")),
        RateChange(date(2025, 3, 10), AnnualRate.of("3.5")),
    ]
    made = rebuild(loan, changes)
    # 31 days at 4 %, 28 at 3.6 %, 31 at 3.5 % on 100,000.00: 344.4444… + 280 + 301.3888…
    assert str(made.rows[0].interest.amount) == "925.83"


def test_a_change_outside_the_first_open_period_is_refused() -> None:
    loan = Remaining(
        method=Method.LEVEL_PRINCIPAL,
        balance=yuan("100"),
        rate=AnnualRate.of("4"),
        level=yuan("100"),
        periods=periods_between(LAST_DUE, [date(2025, 4, 10)]),
    )
    with pytest.raises(Rejected) as refused:
        rebuild(loan, [RateChange(date(2025, 4, 10), AnnualRate.of("3.5"))])
    assert refused.value.reason is Reason.NOT_A_REPRICING_DATE


def test_repricing_dates_lie_strictly_inside_the_term() -> None:
    terms = FloatingTerms(value_date=date(2024, 1, 1), term_months=36, spread_bp=0)
    assert list(repricing_dates(terms)) == [date(2025, 1, 1), date(2026, 1, 1)]
    leap = FloatingTerms(
        value_date=date(2024, 2, 29),
        term_months=24,
        spread_bp=0,
        kind=RepricingKind.ANNIVERSARY,
    )
    assert list(repricing_dates(leap)) == [date(2025, 2, 28)]


def test_the_rate_is_a_step_function_of_the_repricing_dates_only() -> None:
    terms = FloatingTerms(value_date=date(2024, 8, 1), term_months=360, spread_bp=-30)
    days = (date(2024, 10, 21), date(2024, 12, 31), date(2025, 1, 1), date(2025, 6, 1))
    rates = [str(rate_on(terms, day, LPR).rate) for day in days]
    assert rates == ["3.55", "3.55", "3.3", "3.3"]


@pytest.mark.parametrize(
    ("terms", "on", "last", "reason"),
    [
        (
            FloatingTerms(value_date=date(2024, 8, 1), term_months=12, spread_bp=0),
            date(2025, 1, 1),
            None,
            Reason.FIXED_RATE_LOAN,
        ),
        (
            FloatingTerms(value_date=date(2024, 8, 1), term_months=24, spread_bp=0),
            date(2025, 1, 2),
            None,
            Reason.NOT_A_REPRICING_DATE,
        ),
        (
            FloatingTerms(value_date=date(2024, 8, 1), term_months=24, spread_bp=0),
            date(2025, 1, 1),
            date(2025, 1, 1),
            Reason.ALREADY_REPRICED,
        ),
    ],
)
def test_repricing_is_refused_in_order(
    terms: FloatingTerms, on: date, last: date | None, reason: Reason
) -> None:
    with pytest.raises(Rejected) as refused:
        check_repricing(terms, on, last)
    assert refused.value.reason is reason


def test_a_month_on_book_is_full_on_its_day_and_not_before() -> None:
    steps = (FeeStep(12, Fraction(2)), FeeStep(24, Fraction(1)))
    start = date(2024, 1, 31)
    assert full_months(start, date(2024, 2, 28)) == 0
    assert full_months(start, date(2024, 2, 29)) == 1
    days = (date(2025, 1, 30), date(2025, 1, 31), date(2026, 1, 30), date(2026, 1, 31))
    assert [fee_percent(steps, start, day) for day in days] == [2, 1, 1, 0]


@given(st.integers(1, 10**9), st.integers(0, 60))
def test_a_payoff_grows_by_a_day_of_interest_a_day(balance: int, days: int) -> None:
    rate = AnnualRate.of("3.60")
    today = payoff(Money(balance), [(days, rate)], Fraction(0))
    tomorrow = payoff(Money(balance), [(days + 1, rate)], Fraction(0))
    grown = tomorrow.interest.exact - today.interest.exact
    assert grown == Fraction(balance) * Fraction(36, 360_000)
    assert tomorrow.payoff >= today.payoff


def test_a_prepayment_after_a_change_of_rate_leaves_a_first_row_of_both_rates() -> None:
    # 120,000.00 over 12 months; 2 % until 20 March, 3 % from then. 20,000.00 come back, so the
    # first period bears 100,000.00 × (10 × 2 + 21 × 3) / 36,000 = 230.56 (LN-15, LN-17).
    dues = [add_months(LAST_DUE, k) for k in range(1, 13)]
    loan = Remaining(
        method=Method.LEVEL_PRINCIPAL,
        balance=yuan("120000.00"),
        rate=AnnualRate.of(3),
        level=yuan("10000.00"),
        periods=periods_between(LAST_DUE, dues),
        segments=((10, AnnualRate.of(2)), (21, AnnualRate.of(3))),
    )
    to_day = ((10, AnnualRate.of(2)), (5, AnnualRate.of(3)))
    made = partial_prepayment(
        loan, yuan("20000.00"), to_day, PrepaymentOption.REDUCE_INSTALMENT, Fraction(0)
    )
    # 20,000.00 × (10 × 2 + 5 × 3) / 36,000 = 19.44 to the day.
    assert made.interest.amount == yuan("19.44")
    first, second = made.schedule.rows[:2]
    # 100,000.00 / 12 = 8,333.33; then 91,666.67 × 3 % / 12 = 229.17.
    assert (first.principal, first.interest.amount) == (yuan("8333.33"), yuan("230.56"))
    assert (second.balance, second.interest.amount) == (yuan("83333.34"), yuan("229.17"))
