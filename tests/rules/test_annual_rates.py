"""Annual rates as other rulebooks define them: identities first, then their printed cases."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bankcore.rules.annual_rates import (
    UnitPeriod,
    apr_actuarial,
    aprc_dated,
    aprc_monthly,
    aprc_single,
    apy,
    apy_earned,
    power,
)
from bankcore.rules.annuities import Annuity, payment

CLOSE = Fraction(1, 10**15)
amounts = st.integers(1, 10**7).map(Fraction)
positive = st.integers(1, 10_000).map(lambda n: Fraction(n, 100))


@given(positive, st.integers(-20, 20))
def test_whole_powers_are_exact(base: Fraction, exponent: int) -> None:
    assert power(base, Fraction(exponent)) == base**exponent


@given(positive, st.integers(1, 400), st.integers(2, 400))
def test_a_root_raised_again_is_the_base(base: Fraction, days: int, years: int) -> None:
    again = power(power(base, Fraction(days, years)), Fraction(years, days))
    assert abs(again - base) < CLOSE * base


@given(amounts, amounts)
def test_the_yield_of_a_year_is_the_interest(principal: Fraction, interest: Fraction) -> None:
    assert apy(principal, interest, 365) == 100 * interest / principal
    assert apy_earned(principal, interest, 365, 365) == 100 * interest / principal


@given(amounts, st.integers(1, 10**4), st.integers(1, 364))
def test_a_shorter_term_yields_more_a_year(principal: Fraction, cents: int, days: int) -> None:
    interest = principal * Fraction(cents, 10**5)
    assert apy(principal, interest, days) > apy(principal, interest, 365)


def test_the_yield_of_regulation_dd() -> None:
    # Appendix A: 61.68 on 1,000 over a year is 6.17 %, 30.37 over half a year is 6.18 %.
    assert round(apy(Fraction(1000), Fraction("61.68"), 365), 2) == Fraction("6.17")
    assert round(apy(Fraction(1000), Fraction("30.37"), 182), 2) == Fraction("6.18")


@settings(deadline=None, max_examples=25)
@given(st.integers(1, 300), st.integers(1, 120))
def test_the_apr_of_level_payments_is_their_rate(bp: int, count: int) -> None:
    monthly = Fraction(bp, 12_000)
    level = -payment(Annuity(rate=monthly, periods=count, present=Fraction(10_000)))
    payments = [(k, Fraction(0), level) for k in range(1, count + 1)]
    found = apr_actuarial(Fraction(10_000), payments, Fraction(12))
    assert abs(found - 1200 * monthly) < CLOSE
    effective = aprc_monthly(Fraction(10_000), level, count)
    assert abs(effective - 100 * ((1 + monthly) ** 12 - 1)) < CLOSE * 1000


def test_a_rate_above_a_whole_period_is_found() -> None:
    found = apr_actuarial(Fraction(100), [(1, Fraction(0), Fraction(500))], Fraction(1))
    assert abs(found - 400) < CLOSE * 1000


def test_an_odd_part_of_a_period_earns_simple_interest() -> None:
    # 100 · (1 + 0.5 · 0.1) · 1.1 = 115.5.
    found = apr_actuarial(Fraction(100), [(1, Fraction(1, 2), Fraction("115.5"))], Fraction(1))
    assert abs(found - 10) < CLOSE


UNITS = st.sampled_from(
    [UnitPeriod("M", 1), UnitPeriod("M", 3), UnitPeriod("M", 12), UnitPeriod("SM", 1),
     UnitPeriod("W", 1), UnitPeriod("W", 2), UnitPeriod("D", 1)]
)  # fmt: skip
days = st.dates(date(2000, 1, 1), date(2050, 1, 1))


@given(UNITS, days, st.integers(0, 2000))
def test_whole_units_and_the_odd_part_fill_the_time(
    unit: UnitPeriod, start: date, length: int
) -> None:
    end = start + timedelta(days=length)
    whole, odd = unit.between(start, end)
    assert unit.before(end, whole) >= start
    assert unit.before(end, whole + 1) < start
    assert odd >= 0
    if odd == 0:
        assert unit.before(end, whole) == start


@pytest.mark.parametrize(
    ("unit", "start", "end", "whole", "odd"),
    [
        (UnitPeriod("M", 1), date(2024, 1, 10), date(2024, 2, 15), 1, Fraction(5, 30)),
        (UnitPeriod("M", 3), date(2024, 1, 10), date(2024, 6, 15), 1, Fraction(65, 90)),
        (UnitPeriod("M", 12), date(2023, 1, 10), date(2024, 1, 15), 1, Fraction(5, 365)),
        (UnitPeriod("SM", 1), date(2024, 1, 1), date(2024, 2, 16), 3, Fraction(0)),
        (UnitPeriod("SM", 1), date(2024, 1, 10), date(2024, 2, 1), 1, Fraction(6, 15)),
        (UnitPeriod("SM", 1), date(2024, 1, 10), date(2024, 1, 25), 1, Fraction(0)),
        (UnitPeriod("W", 1), date(2024, 1, 1), date(2024, 1, 18), 2, Fraction(3, 7)),
        (UnitPeriod("D", 1), date(2024, 1, 1), date(2024, 1, 18), 17, Fraction(0)),
    ],
)
def test_unit_periods_by_hand(
    unit: UnitPeriod, start: date, end: date, whole: int, odd: Fraction
) -> None:
    assert unit.between(start, end) == (whole, odd)


def test_unit_periods_of_a_year() -> None:
    assert UnitPeriod("M", 1).per_year == 12
    assert UnitPeriod("SM", 1).per_year == 24
    assert UnitPeriod("W", 2).per_year == 26
    assert UnitPeriod("D", 1).per_year == 365


def test_the_single_repayment_of_the_directive() -> None:
    # Annex, example 1: 1,000 repaid with 1,200 after 18 months is 12.92 %.
    found = aprc_single(Fraction(1000), Fraction(1200), Fraction(3, 2))
    assert round(found, 2) == Fraction("12.92")
    again = aprc_dated(Fraction(1000), [(date(2026, 1, 1), Fraction(1100))], date(2025, 1, 1))
    assert abs(again - 10) < CLOSE


def test_dated_payments_without_one_rate_are_named() -> None:
    with pytest.raises(ValueError, match="no root"):
        aprc_dated(Fraction(-1), [(date(2026, 1, 1), Fraction(1))], date(2025, 1, 1))
