"""Points in time and cycles of the contract engine."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bankcore.rules.actus.terms import Observed
from bankcore.rules.actus.times import COUNTS, Conventions, Cycle, Period, counting_date
from bankcore.rules.date_schedules import is_month_end

t = datetime.fromisoformat
PLAIN = Conventions(end_of_month=False, shift="", weekdays_only=False, day_count="A360")
ENDS = Conventions(end_of_month=True, shift="", weekdays_only=False, day_count="A360")
starts = st.datetimes(t("2000-01-01"), t("2040-01-01")).map(
    lambda at: at.replace(hour=0, minute=0, second=0, microsecond=0)
)
periods = st.sampled_from(["P1D", "P2W", "P1M", "P1Q", "P1H", "P1Y"]).map(Period.parse)


@given(starts, periods, st.booleans(), st.integers(1, 1500))
def test_cycle_dates_rise_from_the_anchor_and_stay_before_the_end(
    anchor: datetime, period: Period, long_stub: object, length: int
) -> None:
    end = anchor + timedelta(days=length)
    days = PLAIN.cycle(anchor, Cycle(period, long_stub=bool(long_stub)), end)
    assert days[0] == anchor
    assert days == sorted(set(days))
    assert all(day < end for day in days)


@given(starts, periods, st.integers(1, 1500))
def test_a_long_stub_drops_one_date_of_an_uneven_end(
    anchor: datetime, period: Period, length: int
) -> None:
    end = anchor + timedelta(days=length)
    short = PLAIN.cycle(anchor, Cycle(period, long_stub=False), end)
    long = PLAIN.cycle(anchor, Cycle(period, long_stub=True), end)
    even = period.after(anchor, len(short)) == end
    assert long == (short if even or len(short) == 1 else short[:-1])


def test_month_ends_stick_where_the_contract_says_so() -> None:
    cycle = Cycle.parse("P1ML0")
    days = ENDS.cycle(t("2025-02-28"), cycle, t("2025-06-30"))
    assert [day.date() for day in days] == [
        date(2025, 2, 28),
        date(2025, 3, 31),
        date(2025, 4, 30),
        date(2025, 5, 31),
    ]
    assert all(is_month_end(day.date()) for day in days)
    plain = PLAIN.cycle(t("2025-02-28"), cycle, t("2025-05-28"))
    assert plain[-1] == t("2025-04-28")


def test_an_anchor_at_or_after_the_end_gives_no_date() -> None:
    assert PLAIN.cycle(t("2025-02-28"), Cycle.parse("P1ML1"), t("2025-02-28")) == []
    assert ENDS.cycle(t("2025-02-28"), Cycle.parse("P1ML0"), t("2025-02-28")) == []


@pytest.mark.parametrize("text", ["1M", "PXM", "P1Z"])
def test_what_is_no_period(text: str) -> None:
    with pytest.raises(ValueError, match="no period"):
        Period.parse(text)


@pytest.mark.parametrize("text", ["P1M", "P1ML2", "1ML0"])
def test_what_is_no_cycle(text: str) -> None:
    with pytest.raises(ValueError, match="no cycle"):
        Cycle.parse(text)


@pytest.mark.parametrize(
    ("shift", "day", "at", "counts"),
    [
        ("", "2025-05-31", "2025-05-31", "2025-05-31"),
        ("NOS", "2025-05-31", "2025-05-31", "2025-05-31"),
        ("SCF", "2025-05-31", "2025-06-02", "2025-06-02"),
        ("CSF", "2025-05-31", "2025-06-02", "2025-05-31"),
        ("SCP", "2025-06-01", "2025-05-30", "2025-05-30"),
        ("CSP", "2025-06-01", "2025-05-30", "2025-06-01"),
        ("SCMF", "2025-05-31", "2025-05-30", "2025-05-30"),
        ("SCMF", "2025-05-17", "2025-05-19", "2025-05-19"),
        ("CSMP", "2025-06-01", "2025-06-02", "2025-06-01"),
        ("CSMP", "2025-05-31", "2025-05-30", "2025-05-31"),
        ("SCF", "2025-05-30", "2025-05-30", "2025-05-30"),
    ],
)
def test_shifts_over_a_weekend(shift: str, day: str, at: str, counts: str) -> None:
    conventions = Conventions(end_of_month=False, shift=shift, weekdays_only=True, day_count="A360")
    moment = conventions.moment(t(day))
    assert (moment.at, moment.counts) == (t(at), t(counts))


def test_every_day_is_open_without_a_calendar() -> None:
    conventions = Conventions(
        end_of_month=False, shift="SCF", weekdays_only=False, day_count="A360"
    )
    assert conventions.moment(t("2025-05-31")).at == t("2025-05-31")


def test_the_last_second_of_a_day_is_the_next_midnight() -> None:
    assert counting_date(t("2025-05-31T23:59:59")) == date(2025, 6, 1)
    assert counting_date(t("2025-05-31T23:59:58")) == date(2025, 5, 31)


@pytest.mark.parametrize("name", list(COUNTS))
@given(starts, starts)
def test_year_fractions_are_those_of_the_day_counts(
    name: str, start: datetime, end: datetime
) -> None:
    conventions = Conventions(end_of_month=False, shift="", weekdays_only=False, day_count=name)
    assert conventions.years(start, end) == COUNTS[name](start.date(), end.date()).years


def test_an_observed_value_is_the_last_one_before() -> None:
    observed = Observed({"LPR": [(t("2025-01-20"), Fraction(3)), (t("2025-05-20"), Fraction(2))]})
    assert observed.value("LPR", t("2025-05-19")) == 3
    assert observed.value("LPR", t("2025-05-20")) == 2
    with pytest.raises(KeyError, match="LPR has no value"):
        observed.value("LPR", t("2025-01-19"))
