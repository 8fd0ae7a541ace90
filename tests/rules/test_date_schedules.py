"""Schedules of dates: they start, end and rise; anchors, stubs and month ends are kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bankcore.rules.date_schedules import Plan, Tenor, build, is_month_end, month_end
from bankcore.values.dates import add_months

days = st.dates(date(1990, 1, 1), date(2060, 1, 1))
tenors = st.sampled_from(["7D", "2W", "1M", "3M", "6M", "1Y"]).map(Tenor.parse)
plans = st.builds(
    lambda start, length, tenor, flags: Plan(
        effective=start,
        termination=start + timedelta(days=length),
        tenor=tenor,
        backward=flags[0],
        end_of_month=flags[1],
    ),
    days,
    st.integers(1, 4000),
    tenors,
    st.tuples(st.booleans(), st.booleans()),
)


def weekday_after(day: date) -> date:
    while day.weekday() > 4:
        day += timedelta(days=1)
    return day


@given(plans)
def test_a_schedule_starts_ends_and_rises(plan: Plan) -> None:
    made = build(plan)
    assert made.dates[0] == plan.effective
    assert made.dates[-1] == plan.termination
    assert list(made.dates) == sorted(set(made.dates))
    assert len(made.regular) == len(made.dates) - 1


@given(plans)
def test_only_the_last_or_first_period_is_irregular(plan: Plan) -> None:
    regular = build(plan).regular
    assert all(regular[1:] if plan.backward else regular[:-1])


@given(plans)
def test_adjusted_dates_never_coincide(plan: Plan) -> None:
    made = build(replace(plan, adjust=weekday_after, adjust_end=weekday_after))
    assert list(made.dates) == sorted(set(made.dates))
    assert all(day.weekday() < 5 for day in made.dates)
    assert len(made.regular) == len(made.dates) - 1


@given(days, st.integers(1, 60))
def test_dates_step_from_the_anchor_and_not_from_each_other(anchor: date, months: int) -> None:
    end = add_months(anchor, months)
    made = build(Plan(effective=anchor, termination=end, tenor=Tenor.parse("1M")))
    assert made.dates == tuple(add_months(anchor, k) for k in range(months + 1))
    assert all(made.regular)


@given(st.integers(1990, 2060), st.integers(1, 12), st.integers(1, 40))
def test_from_a_month_end_to_month_ends(year: int, month: int, times: int) -> None:
    start = month_end(date(year, month, 1))
    end = month_end(add_months(start, times))
    made = build(Plan(effective=start, termination=end, tenor=Tenor.parse("1M"), end_of_month=True))
    assert all(map(is_month_end, made.dates))


def test_month_ends_are_kept_only_where_they_are_asked_for() -> None:
    plan = Plan(effective=date(2024, 2, 29), termination=date(2024, 5, 31), tenor=Tenor.parse("1M"))
    assert build(plan).dates[1] == date(2024, 3, 29)
    assert build(replace(plan, end_of_month=True)).dates[1] == date(2024, 3, 31)
    weekly = replace(plan, end_of_month=True, tenor=Tenor.parse("1W"))
    assert build(weekly).dates[1] == date(2024, 3, 7)


STUBS = Plan(
    effective=date(2024, 1, 15),
    termination=date(2024, 12, 20),
    tenor=Tenor.parse("3M"),
    first=date(2024, 3, 1),
    next_to_last=date(2024, 12, 1),
)


@pytest.mark.parametrize("backward", [False, True])
def test_fixed_stub_dates_stand(*, backward: bool) -> None:
    made = build(replace(STUBS, backward=backward))
    assert made.dates == (
        date(2024, 1, 15),
        date(2024, 3, 1),
        date(2024, 6, 1),
        date(2024, 9, 1),
        date(2024, 12, 1),
        date(2024, 12, 20),
    )
    assert made.regular == (False, True, True, True, False)


@pytest.mark.parametrize(
    ("backward", "regular"), [(False, (True, True, False)), (True, (False, True, True))]
)
def test_the_stub_that_steps_begin_with_is_regular_when_it_is_one(
    *, backward: bool, regular: tuple[bool, ...]
) -> None:
    plan = Plan(
        effective=date(2024, 1, 1),
        termination=date(2024, 7, 1),
        tenor=Tenor.parse("2M"),
        backward=backward,
        first=date(2024, 3, 1),
        next_to_last=date(2024, 5, 1),
    )
    assert build(plan).regular == regular


def test_a_backward_stub_stands_at_the_start() -> None:
    plan = Plan(
        effective=date(2024, 1, 15),
        termination=date(2024, 6, 30),
        tenor=Tenor.parse("2M"),
        backward=True,
    )
    made = build(plan)
    assert made.dates == (
        date(2024, 1, 15),
        date(2024, 2, 29),
        date(2024, 4, 30),
        date(2024, 6, 30),
    )
    assert made.regular == (False, True, True)


def test_the_end_moves_by_its_own_convention() -> None:
    plan = Plan(
        effective=date(2024, 6, 1),
        termination=date(2024, 9, 1),
        tenor=Tenor.parse("1M"),
        adjust=weekday_after,
    )
    assert build(plan).dates == (
        date(2024, 6, 3),
        date(2024, 7, 1),
        date(2024, 8, 1),
        date(2024, 9, 1),
    )


def test_tenors_are_days_or_months() -> None:
    texts = ["5D", "2W", "3M", "2Y"]
    assert [Tenor.parse(text) for text in texts] == [
        Tenor(5, in_months=False),
        Tenor(14, in_months=False),
        Tenor(3, in_months=True),
        Tenor(24, in_months=True),
    ]


def test_a_step_that_goes_nowhere_is_a_bug() -> None:
    plan = replace(STUBS, tenor=Tenor(0, in_months=False))
    with pytest.raises(AssertionError):
        build(plan)
