"""CMP-07: redress of wrong amounts and of missold investments."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bankcore.rules.complaints.redress import (
    Flow,
    Missold,
    WrongItem,
    check_decision,
    redress_missold,
    redress_wrong_amount,
)
from bankcore.values.money import Money, yuan
from bankcore.values.rates import AnnualRate
from bankcore.values.reasons import Reason, Rejected

DAY = date(2026, 6, 30)
RATE = AnnualRate.of("3.00")
ITEMS = st.builds(
    WrongItem,
    st.dates(date(2024, 1, 1), date(2026, 12, 31)),
    st.integers(0, 1_000_000).map(Money),
    st.integers(0, 1_000_000).map(Money),
)
SIGNS = st.sampled_from((1, -1))


@given(st.lists(ITEMS, max_size=5), SIGNS)
def test_redress_is_never_negative(items: list[WrongItem], sign: int) -> None:
    result = redress_wrong_amount(items, sign, DAY, RATE)
    assert result.difference.amount.minor >= 0
    assert result.redress.minor >= result.difference.amount.minor


@given(st.lists(ITEMS, max_size=5), SIGNS)
def test_at_a_rate_of_zero_it_is_the_plain_difference(items: list[WrongItem], sign: int) -> None:
    result = redress_wrong_amount(items, sign, DAY, AnnualRate(Fraction(0)))
    net = sign * sum(i.charged.minor - i.right.minor for i in items)
    assert result.redress == Money(max(0, net))


@given(st.lists(ITEMS, max_size=4), st.lists(ITEMS, max_size=4))
def test_items_of_one_sign_add_up(first: list[WrongItem], second: list[WrongItem]) -> None:
    def overcharged(items: list[WrongItem]) -> list[WrongItem]:
        return [WrongItem(i.on, max(i.charged, i.right), min(i.charged, i.right)) for i in items]

    parts = [redress_wrong_amount(overcharged(x), 1, DAY, RATE) for x in (first, second)]
    whole = redress_wrong_amount(overcharged([*first, *second]), 1, DAY, RATE)
    assert whole.time_value.exact == sum(p.time_value.exact for p in parts)
    assert whole.difference.exact == sum(p.difference.exact for p in parts)


def test_underpaid_deposit_interest_is_owed_with_its_time_value() -> None:
    # 100.00 missing for 101 days at 3 %: 10000 fen × 3/100 × 101/365 = 83.01 fen.
    item = WrongItem(date(2026, 3, 21), yuan("400"), yuan("500"))
    result = redress_wrong_amount([item], -1, DAY, RATE)
    assert result.difference.amount == yuan("100")
    assert result.time_value.amount == yuan("0.83")
    assert result.redress == yuan("100.83")
    assert result.time_value.rule == "CMP-07"


def test_a_payment_after_the_redress_day_has_no_time_value() -> None:
    item = WrongItem(date(2026, 7, 30), yuan("15"), yuan("10"))
    assert redress_wrong_amount([item], 1, DAY, RATE).redress == yuan("5")


def test_a_customer_who_gained_on_balance_is_owed_no_time_value_either() -> None:
    # The net is in his favour although the older error alone would carry time value.
    items = [
        WrongItem(date(2024, 1, 1), yuan("1010"), yuan("1000")),
        WrongItem(date(2026, 6, 29), yuan("1000"), yuan("1010.01")),
    ]
    assert redress_wrong_amount(items, 1, DAY, RATE).redress == yuan("0")


FUND = Missold(
    paid_in=(Flow(date(2024, 6, 30), yuan("100000")),),
    received=(Flow(date(2025, 6, 30), yuan("3000")),),
    value_now=yuan("88000"),
)


def test_a_missold_fund_is_measured_against_the_deposit_it_replaced() -> None:
    result = redress_missold(FUND, DAY, AnnualRate.of("1.50"))
    assert result.should_have.amount == yuan("103000")
    assert result.has.amount == yuan("91045")
    assert result.redress.amount == yuan("11955")


@given(st.integers(0, 15_000_000))
def test_each_fen_of_value_takes_one_fen_off_the_redress(value: int) -> None:
    bare = Missold(FUND.paid_in, (), Money(value))
    redress = redress_missold(bare, DAY, AnnualRate.of("1.50")).redress
    assert redress.amount == Money(max(0, 10_300_000 - value))


def test_the_share_of_the_customer_has_a_cap() -> None:
    shared = Missold(FUND.paid_in, (), yuan("88000"), 30)
    assert redress_missold(shared, DAY, AnnualRate.of("1.50"), 50).redress.amount == yuan("10500")
    with pytest.raises(Rejected) as refused:
        redress_missold(Missold(FUND.paid_in, (), yuan("1"), 51), DAY, RATE, 50)
    assert refused.value.reason is Reason.SHARE_ABOVE_CAP


def test_money_needs_a_claim_found_true_and_a_sum_from_the_rules() -> None:
    check_decision(substantiated=True, redress_recomputed=True)
    with pytest.raises(Rejected) as refused:
        check_decision(substantiated=False, redress_recomputed=False)
    assert refused.value.reason is Reason.NOT_SUBSTANTIATED
    with pytest.raises(Rejected) as refused:
        check_decision(substantiated=True, redress_recomputed=False)
    assert refused.value.reason is Reason.RIGHT_AMOUNT_NOT_RECOMPUTED
