"""Day counts of the field: properties of each convention, then days by hand."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bankcore.rules.day_counts import (
    CONVENTIONS,
    Counted,
    act_act_isda,
    actual,
    bond_basis,
    is_last_of_february,
    thirty_e_360,
    thirty_e_360_isda,
    twenty_eight_e_336,
)

days = st.dates(date(1900, 1, 1), date(2200, 1, 1))
LINEAR = [name for name in CONVENTIONS if name != "30/360 Bond Basis"]


@pytest.mark.parametrize("name", LINEAR)
@given(days, days)
def test_a_reversed_period_counts_negative(name: str, start: date, end: date) -> None:
    forth, back = CONVENTIONS[name](start, end), CONVENTIONS[name](end, start)
    assert forth == Counted(-back.days, -back.years)


@pytest.mark.parametrize("name", LINEAR)
@given(days, days, days)
def test_a_period_is_the_sum_of_its_parts(name: str, a: date, b: date, c: date) -> None:
    count = CONVENTIONS[name]
    assert count(a, c).days == count(a, b).days + count(b, c).days
    assert count(a, c).years == count(a, b).years + count(b, c).years


@pytest.mark.parametrize("name", list(CONVENTIONS))
@given(days)
def test_no_time_is_no_days(name: str, day: date) -> None:
    assert CONVENTIONS[name](day, day) == Counted(0, Fraction(0))


@pytest.mark.parametrize("name", list(CONVENTIONS))
@given(days, st.integers(1, 40))
def test_the_same_day_of_another_year_is_whole_years(name: str, day: date, later: int) -> None:
    if day.day > 28 or day.month == 2:
        return
    counted = CONVENTIONS[name](day, day.replace(year=day.year + later))
    if name in {"ACT/360", "ACT/365F"}:
        assert counted.days == actual(day, day.replace(year=day.year + later))
    elif name != "ACT/ACT ISDA":
        assert counted.years == later


@given(days, days)
def test_actual_years_of_whole_calendar_years_are_whole(start: date, end: date) -> None:
    first, last = date(start.year, 1, 1), date(end.year, 1, 1)
    assert act_act_isda(first, last).years == end.year - start.year


def test_actual_actual_reaches_the_end_of_the_calendar() -> None:
    assert act_act_isda(date(9999, 1, 1), date(9999, 12, 31)).years == Fraction(364, 365)


@pytest.mark.parametrize(
    ("start", "end", "bond", "euro", "isda", "lunar"),
    [
        (date(2024, 1, 31), date(2024, 2, 29), 29, 29, 30, 28),
        (date(2023, 2, 28), date(2023, 3, 31), 33, 32, 30, 28),
        (date(2024, 1, 30), date(2024, 3, 31), 60, 60, 60, 56),
        (date(2024, 1, 29), date(2024, 3, 31), 62, 61, 61, 56),
        (date(2024, 5, 15), date(2024, 5, 31), 16, 15, 15, 13),
    ],
)
def test_thirty_day_months_by_hand(  # four conventions side by side
    start: date, end: date, bond: int, euro: int, isda: int, lunar: int
) -> None:
    assert bond_basis(start, end).days == bond
    assert thirty_e_360(start, end).days == euro
    assert thirty_e_360_isda(start, end).days == isda
    assert twenty_eight_e_336(start, end) == Counted(lunar, Fraction(lunar, 336))


def test_a_maturity_at_the_end_of_february_keeps_its_day() -> None:
    start, end = date(2023, 8, 31), date(2024, 2, 29)
    assert thirty_e_360_isda(start, end).days == 180
    assert thirty_e_360_isda(start, end, end).days == 179
    assert thirty_e_360_isda(start, end, date(2024, 8, 31)).days == 180


def test_the_last_of_february() -> None:
    assert is_last_of_february(date(2023, 2, 28))
    assert not is_last_of_february(date(2024, 2, 28))
    assert not is_last_of_february(date(2024, 3, 31))


def test_actual_over_360_and_365() -> None:
    start, end = date(2024, 1, 1), date(2025, 1, 1)
    assert CONVENTIONS["ACT/360"](start, end).years == Fraction(366, 360)
    assert CONVENTIONS["ACT/365F"](start, end).years == Fraction(366, 365)
