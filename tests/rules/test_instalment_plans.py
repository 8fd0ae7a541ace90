"""Instalment plans: principal adds up, the last row takes the rest, whatever the form."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bankcore.rules.instalment_plans import (
    InstalmentPlan,
    flat_interest,
    level_payment,
    rounded,
    rows_of,
    settled_level,
)
from bankcore.values.money import Money, total

counts = st.integers(1, 36)
rates = st.integers(0, 40).map(lambda n: Fraction(n, 1200))


@st.composite
def plans(draw: st.DrawFn) -> InstalmentPlan:
    count = draw(counts)
    return InstalmentPlan(
        principal=Money(draw(st.integers(10_000, 10**9))),
        factors=[draw(rates)] * count,
        flat=draw(st.booleans()),
        interest_total=draw(st.booleans()),
        linear=draw(st.booleans()),
        principal_grace=draw(st.integers(0, count - 1)),
        smooth=draw(st.booleans()),
        multiple=draw(st.sampled_from([1, 100])),
    )


@given(plans())
def test_principal_adds_up_and_nothing_is_left(plan: InstalmentPlan) -> None:
    rows = rows_of(plan)
    assert total([row.principal for row in rows]) == plan.principal
    assert rows[-1].balance == Money(0)
    assert [row.nr for row in rows] == list(range(1, len(plan.factors) + 1))


@given(plans())
def test_interest_is_that_of_the_balance_before(plan: InstalmentPlan) -> None:
    if plan.flat:
        return
    before = plan.principal
    for row, factor in zip(rows_of(plan), plan.factors, strict=True):
        assert row.interest == rounded(before.minor * factor)
        assert row.total == row.principal + row.interest
        before = row.balance


@given(plans())
def test_in_the_grace_only_interest_is_paid(plan: InstalmentPlan) -> None:
    assert not any(row.principal for row in rows_of(plan)[: plan.principal_grace])


@given(plans())
def test_flat_interest_charged_as_a_whole_is_rounded_once(plan: InstalmentPlan) -> None:
    parts = flat_interest(replace(plan, interest_total=True))
    whole = plan.principal.minor * sum(plan.factors, Fraction(0))
    assert total(parts) == rounded(whole)


@given(plans())
def test_smoothing_never_makes_the_last_row_differ_more(plan: InstalmentPlan) -> None:
    level = replace(plan, linear=False, flat=False, multiple=1)
    rough, smooth = replace(level, smooth=False), replace(level, smooth=True)

    def difference(each: InstalmentPlan) -> int:
        return abs((rows_of(each)[-1].total - settled_level(each)).minor)

    assert difference(smooth) <= difference(rough)


@given(plans())
def test_payments_are_multiples_where_asked(plan: InstalmentPlan) -> None:
    assert level_payment(replace(plan, multiple=100)).minor % 100 == 0


@pytest.mark.parametrize(
    ("exact", "multiple", "minor"),
    [("0.5", 1, 0), ("1.5", 1, 2), ("-0.5", 1, 0), ("150", 100, 200), ("250", 100, 200)],
)
def test_halves_go_to_the_even_neighbour(exact: str, multiple: int, minor: int) -> None:
    assert rounded(Fraction(exact), multiple) == Money(minor)


def test_two_level_rows_by_hand() -> None:
    # 210.00 at 10 % a period over two is 121.00 each.
    plan = InstalmentPlan(principal=Money(21_000), factors=[Fraction(1, 10)] * 2)
    rows = rows_of(plan)
    assert [(str(r.principal), str(r.interest), str(r.balance)) for r in rows] == [
        ("100.00", "21.00", "110.00"),
        ("110.00", "11.00", "0.00"),
    ]


def test_the_payment_is_sized_by_its_own_factors() -> None:
    plan = InstalmentPlan(
        principal=Money(21_000), factors=[Fraction(0)] * 2, level_factors=[Fraction(1, 10)] * 2
    )
    assert [str(row.principal) for row in rows_of(plan)] == ["121.00", "89.00"]


def test_a_fixed_share_leaves_the_rest_to_the_last_row() -> None:
    plan = InstalmentPlan(
        principal=Money(100_00), factors=[Fraction(0)] * 3, fixed_share=Fraction(1, 4)
    )
    assert [str(row.principal) for row in rows_of(plan)] == ["25.00", "25.00", "50.00"]


def test_a_level_above_the_balance_pays_no_more_than_it() -> None:
    plan = InstalmentPlan(
        principal=Money(100), factors=[Fraction(0)] * 3, multiple=100, smooth=False
    )
    assert [row.principal.minor for row in rows_of(plan)] == [0, 0, 100]
    up = replace(plan, principal=Money(200))
    assert [row.principal.minor for row in rows_of(up)] == [100, 100, 0]
