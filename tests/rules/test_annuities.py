"""Annuities: what is paid is what is owed, exactly."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from bankcore.rules.annuities import (
    Annuity,
    balance,
    continuous_rate,
    effective_rate,
    parts,
    payment,
)

rates = st.integers(0, 300).map(lambda n: Fraction(n, 12_000))
amounts = st.integers(-(10**8), 10**8).map(Fraction)
annuities = st.builds(
    Annuity,
    rate=rates,
    periods=st.integers(1, 60),
    present=amounts,
    future=amounts,
    in_advance=st.booleans(),
)


@given(annuities)
def test_after_the_last_payment_the_future_value_is_left(terms: Annuity) -> None:
    assert balance(terms, terms.periods) == -terms.future
    assert balance(terms, 0) == terms.present


@given(annuities)
def test_interest_and_principal_are_the_payment(terms: Annuity) -> None:
    level = payment(terms)
    for period in range(1, terms.periods + 1):
        interest, principal = parts(terms, period)
        assert interest + principal == level


@given(annuities)
def test_all_principal_is_what_was_received_less_what_is_left(terms: Annuity) -> None:
    plain = replace(terms, in_advance=False)
    paid = sum((parts(plain, k)[1] for k in range(1, plain.periods + 1)), Fraction(0))
    assert paid == -(plain.present + plain.future)


@given(annuities, st.integers(1, 1000))
def test_twice_the_loan_is_twice_the_payment(terms: Annuity, times: int) -> None:
    more = replace(terms, present=terms.present * times, future=terms.future * times)
    assert payment(more) == payment(terms) * times


@given(annuities)
def test_paid_in_advance_is_discounted_by_a_period(terms: Annuity) -> None:
    early, late = replace(terms, in_advance=True), replace(terms, in_advance=False)
    assert payment(early) * (1 + terms.rate) == payment(late)
    if terms.rate:
        assert parts(early, 1)[0] == 0


@given(rates, st.integers(1, 365))
def test_the_effective_rate_is_not_below_the_nominal_one(nominal: Fraction, times: int) -> None:
    effective = effective_rate(nominal, times)
    assert effective >= nominal
    assert effective_rate(nominal, 1) == nominal
    assert 0 <= nominal - continuous_rate(nominal, times) <= nominal * nominal


def test_two_payments_by_hand() -> None:
    # 210 at 10 % over two: x/1.1 + x/1.21 = 210, x = 121.
    terms = Annuity(rate=Fraction(1, 10), periods=2, present=Fraction(210))
    assert payment(terms) == -121
    assert parts(terms, 1) == (Fraction(-21), Fraction(-100))
    assert parts(terms, 2) == (Fraction(-11), Fraction(-110))


def test_without_interest_the_payments_are_equal_parts() -> None:
    terms = Annuity(rate=Fraction(0), periods=4, present=Fraction(100))
    assert payment(terms) == -25
    assert balance(terms, 1) == 75
    assert parts(replace(terms, in_advance=True), 3) == (Fraction(0), Fraction(-25))
