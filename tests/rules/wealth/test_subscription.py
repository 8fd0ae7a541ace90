"""WM-10: subscription fee and units."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from bankcore.products.catalogue import shipped
from bankcore.products.wealth_terms import FeeTier, SubscriptionTerms, subscription_terms
from bankcore.rules.wealth.subscription import subscribe
from bankcore.values.money import Money, yuan
from bankcore.values.units import Units

EQUITY = subscription_terms(shipped(), "equity", date(2025, 1, 2), online=False)
amounts = st.integers(1, 10**9).map(Money)
navs = st.integers(1, 99_999).map(lambda n: Fraction(n, 10_000))
rates = st.integers(0, 500).map(lambda n: Fraction(n, 100))


def at_rate(rate: Fraction, *, outer: bool) -> SubscriptionTerms:
    return SubscriptionTerms(tiers=[FeeTier(Money(0), rate)], outer=outer)


@given(amount=amounts, nav=navs, outer=st.booleans(), online=st.booleans())
def test_net_and_fee_are_the_amount(
    *, amount: Money, nav: Fraction, outer: bool, online: bool
) -> None:
    terms = replace(
        subscription_terms(shipped(), "equity", date(2026, 1, 2), online=online), outer=outer
    )
    made = subscribe(amount, nav, terms)
    assert made.net.amount + made.fee.amount == amount
    assert made.net.exact + made.fee.exact == amount.minor
    assert made.fee.amount >= Money(0)


@given(amounts, navs, rates)
def test_units_are_worth_what_was_invested_to_half_a_hundredth(
    amount: Money, nav: Fraction, rate: Fraction
) -> None:
    made = subscribe(amount, nav, at_rate(rate, outer=True))
    assert abs(made.units.worth(nav) - made.net.amount.minor) <= nav / 2
    down = subscribe(amount, nav, replace(at_rate(rate, outer=True), round_down=True))
    assert 0 <= made.net.amount.minor - down.units.worth(nav) < nav


@given(amounts, navs, rates)
def test_the_outer_method_never_costs_more(amount: Money, nav: Fraction, rate: Fraction) -> None:
    outer = subscribe(amount, nav, at_rate(rate, outer=True))
    inner = subscribe(amount, nav, at_rate(rate, outer=False))
    assert outer.fee.amount <= inner.fee.amount


@given(st.integers(1, 10**8), st.integers(0, 10**6), navs)
def test_more_money_in_a_tier_buys_no_fewer_units(less: int, more: int, nav: Fraction) -> None:
    terms = at_rate(Fraction(3, 2), outer=True)
    assert (
        subscribe(Money(less), nav, terms).units <= subscribe(Money(less + more), nav, terms).units
    )


def test_a_bound_belongs_to_the_tier_above_it() -> None:
    nav = Fraction(1)
    # 1,000,000 / 1.01 and 999,999.99 / 1.015, by hand.
    assert str(subscribe(yuan("1000000.00"), nav, EQUITY).fee.amount) == "9900.99"
    assert str(subscribe(yuan("999999.99"), nav, EQUITY).fee.amount) == "14778.32"
    assert str(subscribe(yuan("5000000.00"), nav, EQUITY).fee.amount) == "1000.00"


def test_a_flat_fee_is_at_most_the_amount() -> None:
    terms = SubscriptionTerms(tiers=[FeeTier(Money(0), Fraction(0), yuan("5.00"))])
    made = subscribe(yuan("3.00"), Fraction(1), terms)
    assert (str(made.fee.amount), made.units) == ("3.00", Units(0))


def test_interest_of_the_raising_period_buys_units_without_fee() -> None:
    terms = at_rate(Fraction(1), outer=False)
    made = subscribe(yuan("1000.00"), Fraction(1), terms, yuan("0.37"))
    assert (str(made.fee.amount), str(made.units)) == ("10.00", "990.37")


def test_the_shipped_tiers_follow_the_rulebook() -> None:
    after = subscription_terms(shipped(), "bond", date(2026, 1, 1), online=True)
    assert after.discount == Fraction(1, 10)
    assert [(str(t.least), t.rate) for t in after.tiers[:2]] == [
        ("0.00", Fraction("0.3")),
        ("1000000.00", Fraction("0.2")),
    ]
    assert after.tiers[2].flat == yuan("500.00")
    assert not subscription_terms(shipped(), "cash", date(2026, 1, 1), online=False).tiers[0].rate
