"""Rates of return: the one root, none, or several."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bankcore.rules.annuities import Annuity, payment
from bankcore.rules.rates_of_return import Roots, xirr

START = date(2024, 1, 1)
CLOSE = Fraction(1, 10**22)


def yearly(*amounts: Fraction | int) -> list[tuple[date, Fraction]]:
    return [(START + timedelta(days=365 * n), Fraction(a)) for n, a in enumerate(amounts)]


def with_roots(*rates: str) -> list[tuple[date, Fraction]]:
    """Flows whose worth is Π (1 + rate − growth), so that these are their rates."""
    amounts = [Fraction(1)]
    for rate in rates:
        growth = 1 + Fraction(rate)
        amounts = [
            growth * low - high
            for low, high in zip([*amounts, Fraction(0)], [Fraction(0), *amounts], strict=True)
        ]
    return yearly(*reversed(amounts))


@given(st.integers(1, 500), st.integers(1, 25))
def test_the_rate_of_an_annuity_is_its_rate(per_mille: int, periods: int) -> None:
    rate = Fraction(per_mille, 1000)
    terms = Annuity(rate=rate, periods=periods, present=Fraction(10_000))
    found = xirr(yearly(10_000, *[payment(terms)] * periods))
    assert isinstance(found, Fraction)
    assert abs(found - rate) < CLOSE


@given(st.integers(-98, 500).filter(lambda n: n != 0), st.integers(1, 10_000))
def test_amounts_in_another_unit_have_the_same_rate(percent: int, unit: int) -> None:
    rate = Fraction(percent, 100)
    found = xirr(yearly(-unit, 0, unit * (1 + rate) ** 2))
    assert isinstance(found, Fraction)
    assert abs(found - rate) < CLOSE


@pytest.mark.parametrize(
    ("rates", "expected"),
    [
        (("0.10", "0.20"), Roots.SEVERAL),
        (("0.101", "0.103"), Roots.SEVERAL),
        (("0.02", "0.0201", "0.0203"), Roots.SEVERAL),
        (("-0.5", "3"), Roots.SEVERAL),
    ],
)
def test_close_rates_are_told_apart(rates: tuple[str, ...], expected: Roots) -> None:
    assert xirr(with_roots(*rates)) is expected


def test_a_double_root_is_one_rate() -> None:
    found = xirr(with_roots("0.1", "0.1"))
    assert isinstance(found, Fraction)
    assert abs(found - Fraction(1, 10)) < CLOSE


@pytest.mark.parametrize(
    "flows",
    [
        yearly(100, 100),
        yearly(-100, -1),
        yearly(-100, 150, -100),
        yearly(100),
        yearly(-1, 3000),
        yearly(-1000, 1),
        [(START, Fraction(-100)), (START, Fraction(110))],
        yearly(0, 0),
    ],
    ids=["gain", "loss", "no real root", "one", "too high", "too low", "one day", "nothing"],
)
def test_flows_without_a_rate(flows: list[tuple[date, Fraction]]) -> None:
    assert xirr(flows) is Roots.NONE


def test_a_root_beside_one_out_of_range_is_the_one() -> None:
    found = xirr(with_roots("0.05", "5000"))
    assert isinstance(found, Fraction)
    assert abs(found - Fraction(1, 20)) < CLOSE


def test_the_basis_is_the_days_of_a_year() -> None:
    flows = [(START, Fraction(-100)), (START + timedelta(days=360), Fraction(110))]
    found = xirr(flows, 360)
    assert isinstance(found, Fraction)
    assert abs(found - Fraction(1, 10)) < CLOSE


def test_the_order_of_the_flows_does_not_matter() -> None:
    flows = yearly(-1000, 300, 420, 680)
    assert xirr(flows) == xirr(list(reversed(flows)))
