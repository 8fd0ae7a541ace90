"""WM-12: dividends, daily income, maturity, yearly figures, structured deposits."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bankcore.rules.wealth.income import (
    Performance,
    annualised,
    cash_income,
    dividend,
    matured,
)
from bankcore.rules.wealth.structured import Payoff, structured_interest
from bankcore.values.money import Money, yuan
from bankcore.values.reasons import Reason, Rejected
from bankcore.values.units import Units

units_of = st.integers(1, 10**9).map(Units)
small = st.integers(0, 50_000).map(lambda n: Fraction(n, 10_000))
navs = st.integers(5_000, 30_000).map(lambda n: Fraction(n, 10_000))


@given(units_of, small, navs)
def test_a_reinvested_dividend_is_worth_itself(
    units: Units, per_unit: Fraction, nav: Fraction
) -> None:
    made = dividend(units, per_unit, nav, reinvest=True)
    assert abs(made.units_added.worth(nav) - made.amount.amount.minor) <= nav / 2
    paid = dividend(units, per_unit, nav, reinvest=False)
    assert (paid.amount.amount, paid.units_added) == (made.amount.amount, Units(0))


@given(units_of, st.lists(small, max_size=10))
def test_daily_income_all_joins_the_units(units: Units, rates: list[Fraction]) -> None:
    made = cash_income(units, rates)
    assert made.units.hundredths - units.hundredths == sum(
        earned.amount.minor for earned in made.income
    )


@given(units_of, navs, st.integers(1, 1000), small)
def test_no_fee_up_to_the_benchmark(
    units: Units, nav: Fraction, days: int, benchmark: Fraction
) -> None:
    agreed = Performance(benchmark=benchmark, share=Fraction(20))
    cost = Money(units.hundredths)
    made = matured(units, nav, cost, days, agreed)
    worth = cost.minor * (1 + benchmark / 100 * Fraction(days, 365))
    if units.worth(nav) <= worth:
        assert made.performance_fee.amount == Money(0)
    assert made.pay + made.performance_fee.amount == made.gross.amount


@pytest.mark.parametrize(
    ("nav1", "days", "percent"),
    [
        ("1.0080", 30, Fraction("9.73")),
        ("1.0080", 29, None),
        ("0.9920", 30, Fraction("-9.73")),
        ("1.0000", 30, Fraction(0)),
    ],
)
def test_growth_is_annualised_from_thirty_days_on(
    nav1: str, days: int, percent: Fraction | None
) -> None:
    # 0.008 × 365 / 30 = 9.7333 %.
    assert annualised(Fraction(1), Fraction(nav1), days, 30) == percent


PAYOFF = Payoff(
    kind="digital",
    low=Fraction("1.2"),
    high=Fraction("3.1"),
    mid=Fraction("2.4"),
    rebate=Fraction("1.5"),
    participation=Fraction(40),
    strike=Fraction(2000),
    lower=Fraction(1900),
    upper=Fraction(2100),
    barrier=Fraction(2200),
)
fixings_of = st.lists(st.integers(1500, 2500).map(Fraction), min_size=1, max_size=8)
kinds = st.sampled_from(["digital", "three_level", "range_accrual", "shark_fin"])


@given(kinds, fixings_of)
def test_the_rate_lies_between_the_floor_and_the_high(kind: str, fixings: list[Fraction]) -> None:
    made = structured_interest(yuan("100000.00"), 90, replace(PAYOFF, kind=kind), fixings)
    assert PAYOFF.low <= made.rate <= PAYOFF.high


@pytest.mark.parametrize(
    ("kind", "fixings", "rate"),
    [
        ("digital", [1999], "1.2"),
        ("digital", [2000], "3.1"),
        ("three_level", [1899], "1.2"),
        ("three_level", [2100], "2.4"),
        ("three_level", [2101], "3.1"),
        ("range_accrual", [1900, 2100, 2101, 1899], "2.15"),
        ("shark_fin", [2200, 2100], "3.1"),
        ("shark_fin", [2201, 2010], "1.5"),
        ("shark_fin", [2100, 2010], "1.4"),
        ("shark_fin", [1990], "1.2"),
    ],
)
def test_bounds_of_the_payoffs(kind: str, fixings: list[int], rate: str) -> None:
    terms = replace(PAYOFF, kind=kind)
    made = structured_interest(yuan("100000.00"), 90, terms, [Fraction(x) for x in fixings])
    assert made.rate == Fraction(rate)


def test_interest_runs_on_a_year_of_365() -> None:
    made = structured_interest(yuan("100000.00"), 365, PAYOFF, [Fraction(2500)])
    assert str(made.interest.amount) == "3100.00"


def test_without_a_fixing_there_is_no_rate() -> None:
    with pytest.raises(Rejected) as no:
        structured_interest(yuan("1.00"), 90, PAYOFF, [])
    assert no.value.reason is Reason.NO_OBSERVATIONS
