"""Value dates in the past, GEN-05; the order of the day, GEN-08; repeated commands, GEN-07."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bankcore.rules.day_order import STEPS, AgendaItem, day_order
from bankcore.rules.idempotency import is_repeat
from bankcore.rules.value_date import LEVELS, BackValue, check_value_date
from bankcore.values.reasons import Reason, Rejected

TODAY = date(2026, 3, 25)
PLAIN = BackValue(
    booking_date=TODAY,
    open_day=TODAY,
    stream_last_booking=TODAY,
    value_date=TODAY,
    opened_on=date(2020, 1, 1),
    closed_on=None,
    settled_to=date(2026, 3, 21),
    open_period_from=date(2026, 3, 1),
    approval="teller",
    ground=None,
    maker="T01",
    approver=None,
)


def back(days: int, approval: str, ground: str | None = "correction") -> BackValue:
    return replace(
        PLAIN,
        value_date=TODAY - timedelta(days=days),
        approval=approval,
        ground=ground,
        approver="S02",
    )


@given(st.integers(0, 500), st.sampled_from(LEVELS))
def test_more_authority_never_allows_less(days: int, level: str) -> None:
    def allowed(by: str) -> bool:
        try:
            check_value_date(back(days, by))
        except Rejected:
            return False
        return True

    higher = LEVELS[LEVELS.index(level) :]
    assert [allowed(by) for by in higher] == sorted(allowed(by) for by in higher)


@pytest.mark.parametrize(
    ("days", "level"),
    [(0, "teller"), (1, "supervisor"), (7, "supervisor"), (8, "branch"), (90, "branch"),
     (91, "head_office"), (365, "head_office")],
)  # fmt: skip
def test_the_borders_belong_to_the_lower_level(days: int, level: str) -> None:
    assert check_value_date(back(days, level)).back_days == days
    if level != "teller":
        lower = LEVELS[LEVELS.index(level) - 1]
        with pytest.raises(Rejected) as no:
            check_value_date(back(days, lower))
        assert no.value.reason is Reason.BACK_VALUE_NEEDS_APPROVAL


def test_beyond_a_year_only_a_legal_ground_counts() -> None:
    with pytest.raises(Rejected) as no:
        check_value_date(back(366, "head_office"))
    assert no.value.reason is Reason.BACK_VALUE_BEYOND_LIMIT
    assert check_value_date(back(366, "head_office", "legal_order")).restates


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"open_day": None, "value_date": date(2027, 1, 1)}, Reason.BOOKING_DATE_NOT_OPEN),
        ({"open_day": date(2026, 3, 24)}, Reason.BOOKING_DATE_NOT_OPEN),
        ({"stream_last_booking": date(2026, 3, 26)}, Reason.BOOKING_DATE_DECREASES),
        ({"value_date": date(2026, 3, 26), "closed_on": TODAY}, Reason.VALUE_DATE_IN_FUTURE),
        ({"value_date": date(2019, 12, 31)}, Reason.BEFORE_ACCOUNT_OPENED),
        ({"closed_on": TODAY}, Reason.AFTER_ACCOUNT_CLOSED),
    ],
)
def test_dates_are_refused_in_the_order_of_the_rule(
    changes: dict[str, date | None], reason: Reason
) -> None:
    with pytest.raises(Rejected) as no:
        check_value_date(replace(PLAIN, **changes))  # type: ignore[arg-type]  # varied by name
    assert no.value.reason is reason


def test_a_late_fact_needs_a_ground_and_a_second_person() -> None:
    with pytest.raises(Rejected) as no:
        check_value_date(back(1, "supervisor", None))
    assert no.value.reason is Reason.REASON_MISSING
    with pytest.raises(Rejected) as no:
        check_value_date(replace(back(1, "supervisor"), approver="T01"))
    assert no.value.reason is Reason.MAKER_IS_CHECKER


def test_settled_interest_is_adjusted_only_for_days_before_its_end() -> None:
    first_open = check_value_date(back(4, "supervisor"))
    last_settled = check_value_date(back(5, "supervisor"))
    assert (first_open.adjust_settlement, last_settled.adjust_settlement) == (False, True)
    month = check_value_date(back(25, "branch"))
    assert month.closed_period
    assert not check_value_date(back(24, "branch")).closed_period


ITEMS = st.lists(
    st.builds(
        AgendaItem,
        st.sampled_from(sorted(STEPS)),
        st.sampled_from("abAB"),
        st.sampled_from(["x", "y"]),
        st.integers(0, 90),
        st.none() | st.dates(date(2026, 1, 1), date(2026, 2, 1)),
    ),
    max_size=8,
    unique_by=lambda i: (i.kind, i.stream, i.contract),
)


@given(ITEMS, st.randoms(use_true_random=False))
def test_the_order_of_the_day_does_not_depend_on_the_order_of_asking(
    items: list[AgendaItem], dice: object
) -> None:
    mixed = list(items)
    dice.shuffle(mixed)  # type: ignore[attr-defined]  # Hypothesis hands a random.Random
    assert day_order(mixed) == day_order(items)


@given(ITEMS)
def test_no_step_comes_before_an_earlier_one(items: list[AgendaItem]) -> None:
    steps = [STEPS[item.kind] for item in day_order(items)]
    assert steps == sorted(steps)


def test_a_repeat_is_the_same_id_with_the_same_body() -> None:
    assert not is_repeat("a", "body", None)
    assert is_repeat("a", "body", "body")
    for key, booked, reason in (
        ("a", "other", Reason.IDEMPOTENCY_KEY_REUSED),
        ("", None, Reason.COMMAND_ID_MISSING),
    ):
        with pytest.raises(Rejected) as no:
            is_repeat(key, "body", booked)
        assert no.value.reason is reason
