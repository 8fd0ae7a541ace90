"""CMP-04: the clock of 15, 30 and 60 days."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bankcore.products.complaint_terms import ClockTerms
from bankcore.rules.complaints.clock import (
    ClockInput,
    ExcludedSpan,
    Stage,
    check_excluded_span,
    complaint_clock,
    due_day,
)
from bankcore.values.reasons import Reason, Rejected

TERMS = ClockTerms({"simple": 15, "complex": 30, "special": 60})
START = date(2026, 3, 2)
SPANS = st.builds(
    lambda offset, length: ExcludedSpan(
        START + timedelta(days=offset), START + timedelta(days=offset + length)
    ),
    st.integers(-5, 70),
    st.integers(0, 20),
)
STAGES = st.sampled_from(Stage)


@given(st.lists(SPANS, max_size=4), SPANS, STAGES)
def test_one_more_span_never_makes_a_due_day_earlier(
    spans: list[ExcludedSpan], more: ExcludedSpan, stage: Stage
) -> None:
    days = TERMS.days[stage.value]
    assert due_day(START, days, [*spans, more]) >= due_day(START, days, spans)


@given(st.lists(SPANS, max_size=4), STAGES)
def test_the_stages_stand_in_order_and_count_what_is_not_excluded(
    spans: list[ExcludedSpan], stage: Stage
) -> None:
    clock = complaint_clock(ClockInput(START, stage, spans), START, TERMS)
    assert clock.due_simple <= clock.due_complex <= clock.due_special
    counted = [
        START + timedelta(days=n)
        for n in range(1, (clock.due - START).days + 1)
        if not any(s.since <= START + timedelta(days=n) < s.until for s in spans)
    ]
    assert len(counted) == TERMS.days[stage.value]


@given(STAGES, st.integers(0, 100))
def test_an_unanswered_complaint_is_one_day_later_each_day(stage: Stage, days: int) -> None:
    given_ = ClockInput(START, stage)
    due = complaint_clock(given_, START, TERMS).due
    assert complaint_clock(given_, due + timedelta(days=days), TERMS).late_days == days


def test_received_on_second_march_it_is_due_on_the_seventeenth() -> None:
    clock = complaint_clock(
        ClockInput(START, Stage.SIMPLE, (), date(2026, 3, 18)), date(2026, 12, 31), TERMS
    )
    assert (clock.due, clock.late_days) == (date(2026, 3, 17), 1)


def test_a_due_day_on_a_holiday_stays() -> None:
    clock = complaint_clock(ClockInput(date(2026, 9, 20), Stage.SIMPLE), START, TERMS)
    assert clock.due == date(2026, 10, 5)


def test_a_span_after_the_due_day_does_not_help_and_one_on_it_does() -> None:
    late = ExcludedSpan(date(2026, 3, 18), date(2026, 3, 30))
    on_it = ExcludedSpan(date(2026, 3, 17), date(2026, 3, 19))
    assert due_day(START, 15, [late]) == date(2026, 3, 17)
    assert due_day(START, 15, [on_it]) == date(2026, 3, 19)


def test_a_span_counts_only_when_it_is_over_and_the_customer_was_told() -> None:
    check_excluded_span(START, START, "letter 7")
    with pytest.raises(Rejected) as refused:
        check_excluded_span(START, None, "letter 7")
    assert refused.value.reason is Reason.EXCLUDED_SPAN_OPEN
    with pytest.raises(Rejected) as refused:
        check_excluded_span(START, START, "")
    assert refused.value.reason is Reason.EXCLUDED_WITHOUT_NOTICE
