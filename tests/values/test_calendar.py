"""Business days, deadlines and the horizon, GEN-04."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bankcore.values.calendar import EXCHANGE, WORK, Calendar, calendar_of
from bankcore.values.reasons import Reason, Rejected

DAYS = st.dates(date(2015, 3, 1), date(2026, 9, 30))
CALENDARS = st.sampled_from([WORK, EXCHANGE])
COUNTS = st.integers(1, 20)


@given(CALENDARS, DAYS, COUNTS, COUNTS)
def test_deadlines_add_up(calendar: Calendar, day: date, first: int, second: int) -> None:
    stepwise = calendar.add_business_days(calendar.add_business_days(day, first), second)
    assert stepwise == calendar.add_business_days(day, first + second)


@given(CALENDARS, DAYS, COUNTS)
def test_the_business_days_to_a_deadline_are_as_many_as_were_added(
    calendar: Calendar, day: date, count: int
) -> None:
    assert calendar.between(day, calendar.add_business_days(day, count)) == count


@given(CALENDARS, DAYS)
def test_following_and_preceding_enclose_the_day(calendar: Calendar, day: date) -> None:
    after, before = calendar.following(day), calendar.preceding(day)
    assert before <= day <= after
    assert calendar.is_business_day(before)
    assert calendar.is_business_day(after)
    assert calendar.adjust(day, "none") == day


@given(CALENDARS, DAYS)
def test_modified_following_never_leaves_the_month(calendar: Calendar, day: date) -> None:
    adjusted = calendar.adjust(day, "modified_following")
    assert (adjusted.year, adjusted.month) == (day.year, day.month)


@given(DAYS)
def test_exchanges_deal_on_weekdays_that_banks_work(day: date) -> None:
    if EXCHANGE.is_business_day(day):
        assert day.weekday() < 5
        assert WORK.is_business_day(day)


@given(CALENDARS, DAYS, COUNTS)
def test_counting_back_undoes_counting_on(calendar: Calendar, day: date, count: int) -> None:
    start = calendar.following(day)
    there = calendar.add_business_days(start, count)
    assert calendar.add_business_days(there, -count) == start


def test_no_deadline_of_zero_days_moves_a_business_day() -> None:
    sunday_worked = date(2026, 1, 4)
    assert WORK.add_business_days(sunday_worked, 0) == sunday_worked
    assert EXCHANGE.add_business_days(sunday_worked, 0) == date(2026, 1, 5)


def test_make_up_days_count_for_deadlines_and_not_for_dealing() -> None:
    friday = date(2026, 2, 13)
    assert WORK.add_business_days(friday, 1) == date(2026, 2, 14)
    assert EXCHANGE.add_business_days(friday, 1) == date(2026, 2, 24)


def test_beyond_the_last_table_only_a_projection_answers() -> None:
    day = date(2027, 1, 4)
    with pytest.raises(Rejected) as no:
        WORK.is_business_day(day)
    assert no.value.reason is Reason.CALENDAR_BEYOND_HORIZON
    assert WORK.projecting().is_business_day(day)
    assert not WORK.projecting().is_business_day(date(2027, 10, 1))
    assert WORK.projected(day)
    assert not WORK.projected(WORK.horizon)


def test_before_the_first_table_nobody_answers() -> None:
    with pytest.raises(Rejected) as no:
        WORK.projecting().is_business_day(WORK.first - timedelta(days=1))
    assert no.value.reason is Reason.CALENDAR_BEFORE_START


def test_an_unknown_calendar_is_refused() -> None:
    with pytest.raises(Rejected) as no:
        calendar_of("lunar")
    assert no.value.reason is Reason.CALENDAR_UNKNOWN


def test_business_days_between_reversed_dates_are_refused() -> None:
    with pytest.raises(Rejected) as no:
        WORK.between(date(2026, 3, 2), date(2026, 3, 1))
    assert no.value.reason is Reason.PERIOD_REVERSED


@pytest.mark.parametrize(("year", "days"), [(2023, 249), (2024, 251), (2025, 248), (2026, 248)])
def test_the_years_have_as_many_working_days_as_their_notices_say(year: int, days: int) -> None:
    # Weekdays of the year − weekday holidays + make-up days, counted in the notices' own tables.
    assert WORK.between(date(year - 1, 12, 31), date(year, 12, 31)) == days
