"""The yearly cost of a loan has one root, found to many decimals (LN-08)."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bankcore.rules.annual_cost import irr, monthly_cost
from bankcore.values.reasons import Reason, Rejected


@settings(max_examples=30)
@given(st.integers(100, 10**6), st.integers(1, 24), st.integers(0, 50))
def test_the_found_rate_makes_the_flows_worth_nothing(net: int, months: int, extra: int) -> None:
    paid = Fraction(net * (100 + extra), 100 * months)
    rate = irr([(0, Fraction(net)), *((k, -paid) for k in range(1, months + 1))])
    worth = net - sum((paid / (1 + rate) ** k for k in range(1, months + 1)), Fraction(0))
    assert abs(worth) < Fraction(1, 10**10)


@settings(max_examples=30)
@given(st.integers(1, 30), st.integers(0, 500), st.integers(1, 500))
def test_a_higher_fee_costs_more_and_compound_costs_no_less_than_simple(
    months: int, fee: int, more: int
) -> None:
    paid = [Fraction(100_000, months)] * months
    low = monthly_cost(Fraction(100_000 - fee), paid)
    high = monthly_cost(Fraction(100_000 - fee - more), paid)
    assert high.simple > low.simple
    assert low.effective >= low.simple


def test_times_may_be_fractions_of_a_year() -> None:
    # 100 back as 110 after exactly a year is 10 %, after half a year 1.1² − 1 = 21 %.
    year = irr([(0, Fraction(100)), (1, Fraction(-110))])
    half = irr([(0, Fraction(100)), (Fraction(1, 2), Fraction(-110))])
    assert abs(year - Fraction(1, 10)) < Fraction(1, 10**15)
    assert abs(half - Fraction(21, 100)) < Fraction(1, 10**15)


def test_nothing_paid_beyond_what_was_received_costs_nothing() -> None:
    cost = monthly_cost(Fraction(1200), [Fraction(100)] * 12)
    assert cost.simple == 0
    assert cost.effective == 0


def test_a_rate_far_above_one_is_still_found() -> None:
    assert abs(irr([(0, Fraction(1)), (1, Fraction(-11))]) - 10) < Fraction(1, 10**10)


@pytest.mark.parametrize(
    "flows",
    [
        [(0, Fraction(100)), (1, Fraction(-90))],
        [(0, Fraction(-100)), (1, Fraction(110))],
        [(0, Fraction(100)), (1, Fraction(-230)), (2, Fraction(132))],
        [(0, Fraction(100))],
        [],
        [(0, Fraction(1)), (Fraction(1, 100), Fraction(-(10**9)))],
    ],
)
def test_flows_that_are_no_loan_are_refused(flows: list[tuple[int | Fraction, Fraction]]) -> None:
    with pytest.raises(Rejected) as refused:
        irr(flows)
    assert refused.value.reason is Reason.FLOWS_NOT_A_LOAN
