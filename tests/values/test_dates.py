"""Counting days and months, GEN-03."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bankcore.values.dates import add_months, days_between, split
from bankcore.values.reasons import Reason, Rejected

DAYS = st.dates(date(2015, 1, 1), date(2040, 12, 31))
MONTHS = st.integers(0, 120)


@given(DAYS, MONTHS)
def test_whole_months_from_the_anchor_have_no_odd_days(start: date, months: int) -> None:
    span = split(start, add_months(start, months))
    assert (span.months, span.odd_days) == (months, 0)


@given(DAYS, MONTHS)
def test_stepping_months_never_stands_still(start: date, months: int) -> None:
    assert add_months(start, months) < add_months(start, months + 1)


@given(DAYS, st.integers(0, 4000))
def test_months_and_odd_days_lead_back_to_the_end(start: date, days: int) -> None:
    end = start + timedelta(days=days)
    span = split(start, end)
    assert add_months(start, span.months) + timedelta(days=span.odd_days) == end
    assert 0 <= span.odd_days <= 30
    assert span.days == days


@given(st.lists(DAYS, min_size=3, max_size=3))
def test_actual_days_are_additive_over_any_split(dates: list[date]) -> None:
    first, middle, last = sorted(dates)
    parts = days_between(first, middle) + days_between(middle, last)
    assert parts == days_between(first, last)


@pytest.mark.parametrize(
    ("start", "end", "months", "odd"),
    [
        ("2024-02-29", "2025-02-28", 12, 0),
        ("2024-01-30", "2024-02-29", 1, 0),
        ("2024-01-30", "2024-03-01", 1, 1),
        ("2023-02-28", "2024-02-28", 12, 0),
        ("2026-06-15", "2026-06-15", 0, 0),
    ],
)
def test_the_edge_cases_of_the_rulebook(start: str, end: str, months: int, odd: int) -> None:
    span = split(date.fromisoformat(start), date.fromisoformat(end))
    assert (span.months, span.odd_days) == (months, odd)


def test_a_reversed_period_is_refused() -> None:
    with pytest.raises(Rejected) as no:
        split(date(2026, 1, 2), date(2026, 1, 1))
    assert no.value.reason is Reason.PERIOD_REVERSED
