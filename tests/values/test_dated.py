"""Choosing the version in force, and adopting one, GEN-06."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bankcore.rules.dated import Adoption, check_adoption
from bankcore.values.dated import DatedRow, row_in_force
from bankcore.values.reasons import Reason, Rejected

DAYS = st.dates(date(2020, 1, 1), date(2020, 3, 31))
ROWS = st.lists(st.builds(DatedRow, DAYS, DAYS, st.integers()), min_size=1, max_size=8)
START = DatedRow(date(2019, 1, 1), date(2019, 1, 1), 0)


@given(ROWS, DAYS, DAYS)
def test_one_row_counts_on_every_day_as_it_was_known(
    rows: list[DatedRow[int]], on: date, known_at: date
) -> None:
    found = row_in_force([START, *rows], on, known_at)
    visible = [r for r in [START, *rows] if r.adopted_on <= known_at]
    assert found.valid_from == max(r.valid_from for r in visible if r.valid_from <= on)
    assert found.valid_to is None or found.valid_to >= on


@given(ROWS, DAYS, st.integers())
def test_a_later_row_changes_no_earlier_day(
    rows: list[DatedRow[int]], on: date, value: int
) -> None:
    later = DatedRow(on + timedelta(days=1), on, value)
    before = row_in_force([START, *rows], on)
    assert row_in_force([START, *rows, later], on).value == before.value


@given(ROWS, DAYS, DAYS)
def test_what_is_adopted_later_was_not_known_before(
    rows: list[DatedRow[int]], on: date, known_at: date
) -> None:
    late = DatedRow(date(2019, 6, 1), known_at + timedelta(days=1), 99)
    before = row_in_force([START, *rows], on, known_at)
    assert row_in_force([START, *rows, late], on, known_at) == before


def test_a_correction_of_the_same_day_wins() -> None:
    day = date(2022, 9, 15)
    rows = [DatedRow(day, day, 25), DatedRow(day, date(2022, 12, 1), 26)]
    assert row_in_force(rows, day).value == 26
    assert row_in_force(rows, day, date(2022, 11, 30)).value == 25


def test_nothing_counts_before_the_first_row_or_after_a_repeal() -> None:
    repealed: DatedRow[int] = DatedRow(date(2020, 1, 1), date(2020, 1, 1), None)
    rows = [START, repealed]
    for on, reason in (
        (date(2018, 12, 31), Reason.RULE_NOT_IN_FORCE),
        (date(2020, 1, 1), Reason.RULE_REPEALED),
    ):
        with pytest.raises(Rejected) as no:
            row_in_force(rows, on)
        assert no.value.reason is reason


@pytest.mark.parametrize(
    ("row", "price", "checker", "reason"),
    [
        (DatedRow(START.valid_from, START.adopted_on, 1), False, "B", Reason.RULE_VERSION_OVERLAP),
        (DatedRow(date(2020, 1, 1), date(2020, 1, 2), 1, mark="text"), True, "B",
         Reason.RETROACTIVE_PRICE),
        (DatedRow(date(2020, 1, 1), date(2020, 1, 2), 1), False, "B", Reason.RETROACTIVE_PRICE),
        (DatedRow(date(2020, 1, 1), date(2020, 1, 2), 1, mark="text"), False, "A",
         Reason.MAKER_IS_CHECKER),
        (DatedRow(date(2020, 1, 1), date(2020, 1, 2), 1, mark="text"), False, "B", None),
        (DatedRow(date(2020, 1, 2), date(2020, 1, 2), 1), True, "B", None),
    ],
)  # fmt: skip
def test_a_row_is_adopted_or_refused(
    row: DatedRow[int], *, price: bool, checker: str, reason: Reason | None
) -> None:
    adoption = Adoption(row, price, "A", checker)
    if reason is None:
        check_adoption([START], adoption)
        return
    with pytest.raises(Rejected) as no:
        check_adoption([START], adoption)
    assert no.value.reason is reason


def test_what_the_bank_adopted_itself_goes_before_a_shipped_row_of_the_same_first_day() -> None:
    day, later = date(2026, 5, 1), date(2026, 4, 30)
    shipped = DatedRow(day, later, "shipped")
    own = DatedRow(day, date(2026, 1, 1), "own", own=True)
    assert row_in_force([shipped, own], day).value == "own"
    assert row_in_force([own, shipped], day).value == "own"
    # A later first day still wins, whoever adopted it.
    newer = DatedRow(date(2026, 6, 1), date(2026, 6, 1), "newer")
    assert row_in_force([own, newer], date(2026, 6, 1)).value == "newer"


def test_of_two_rows_with_the_same_two_dates_the_last_one_counts() -> None:
    day = date(2026, 5, 1)
    first, second = DatedRow(day, day, "first"), DatedRow(day, day, "second")
    assert row_in_force([first, second], day).value == "second"
