"""CC-01, CC-03, CC-05, CC-07, CC-10 as properties: limits, minimum, charges, allocation."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bankcore.rules.cards import limits
from bankcore.rules.cards.allocation import OpenItem, allocate_credit
from bankcore.rules.cards.cycle import (
    DayChange,
    billing_of,
    check_statement_day,
    first_cut_after_change,
    statement_after,
)
from bankcore.rules.cards.kinds import ItemKind
from bankcore.rules.cards.late_charge import LateTerms, cap_of, capped, late_charge
from bankcore.rules.cards.minimum import Earlier, MinimumTerms, Owed, minimum_payment
from bankcore.values.money import ZERO, Money, total, yuan
from bankcore.values.reasons import Reason, Rejected

BILLED = True
MONEY = st.integers(0, 3_000_000).map(Money)
DATES = st.dates(date(2015, 1, 1), date(2030, 12, 31))
ITEMS = st.lists(
    st.builds(
        OpenItem,
        st.uuids().map(str),
        st.sampled_from(list(ItemKind)),
        st.booleans(),
        DATES,
        st.integers(1, 500_000).map(Money),
    ),
    max_size=8,
)


@given(ITEMS, MONEY, st.integers(0, 200))
@settings(max_examples=80)
def test_what_is_allocated_and_left_over_is_what_was_paid(
    items: list[OpenItem], paid: Money, dpd: int
) -> None:
    found = allocate_credit(paid, dpd, items)
    assert total([m for _, m in found.parts]) + found.surplus == paid
    owed = {item.id: item.outstanding for item in items}
    assert all(ZERO < m <= owed[key] for key, m in found.parts)
    assert not found.surplus or total([m for _, m in found.parts]) == total(list(owed.values()))


@given(ITEMS, MONEY, MONEY, st.sampled_from([0, 90, 91]))
@settings(max_examples=80)
def test_two_payments_pay_what_one_of_their_sum_pays(
    items: list[OpenItem], first: Money, second: Money, dpd: int
) -> None:
    once = dict(allocate_credit(first + second, dpd, items).parts)
    one = dict(allocate_credit(first, dpd, items).parts)
    rest = [
        OpenItem(i.id, i.kind, i.billed, i.posted, i.outstanding - one.get(i.id, ZERO))
        for i in items
    ]
    two = dict(allocate_credit(second, dpd, rest).parts)
    both = {key: one.get(key, ZERO) + two.get(key, ZERO) for key in {*one, *two}}
    assert both == once


def test_charges_go_first_until_90_days_past_due_then_principal() -> None:
    items = [
        OpenItem("p", ItemKind.PURCHASE, BILLED, date(2024, 1, 1), yuan("50")),
        OpenItem("f", ItemKind.LATE_FEE, BILLED, date(2024, 1, 1), yuan("50")),
    ]
    assert allocate_credit(yuan("50"), 90, items).parts == (("f", yuan("50")),)
    assert allocate_credit(yuan("50"), 91, items).parts == (("p", yuan("50")),)


def test_an_instalment_charge_ranks_with_the_other_fees() -> None:
    items = [
        OpenItem("c", ItemKind.PLAN_CHARGE, BILLED, date(2024, 1, 2), yuan("5")),
        OpenItem("o", ItemKind.OTHER_FEE, BILLED, date(2024, 1, 1), yuan("5")),
        OpenItem("i", ItemKind.INTEREST, BILLED, date(2024, 1, 1), yuan("5")),
    ]
    assert [key for key, _ in allocate_credit(yuan("15"), 0, items).parts] == ["o", "c", "i"]


OWED = st.builds(Owed, purchases=MONEY, cash=MONEY, instalment=MONEY, interest=MONEY, fees=MONEY)
EARLIER = st.builds(Earlier, minimum=MONEY, purchase_share=MONEY, credits_since=MONEY)
TEN = MinimumTerms(share=Fraction(10), floor=yuan("50"))


@given(OWED, MONEY, EARLIER, st.integers(1, 100_000).map(Money))
@settings(max_examples=80)
def test_more_credits_never_raise_a_minimum_and_it_covers_what_is_due_in_full(
    owed: Owed, limit: Money, earlier: Earlier, more: Money
) -> None:
    found = minimum_payment(owed, limit, earlier, TEN)
    richer = Earlier(
        minimum=earlier.minimum,
        purchase_share=earlier.purchase_share,
        credits_since=earlier.credits_since + more,
    )
    assert minimum_payment(owed, limit, richer, TEN).minimum.amount <= found.minimum.amount
    assert owed.in_full <= found.minimum.amount <= found.balance


LATE = LateTerms(share=Fraction(5), least=yuan("10"), tolerance=yuan("10"))


@given(MONEY, MONEY)
@settings(max_examples=60)
def test_a_late_charge_never_exceeds_what_was_short(minimum: Money, paid: Money) -> None:
    found = late_charge(minimum, paid, LATE)
    assert ZERO <= found.charge.amount <= found.short
    assert bool(found.charge.amount) == (found.short > yuan("10"))


@given(MONEY, MONEY, st.lists(MONEY, max_size=6))
@settings(max_examples=60)
def test_capped_postings_never_pass_the_cap(
    principal: Money, before: Money, postings: list[Money]
) -> None:
    cap = cap_of(principal, Fraction(100))
    allowed = capped(cap, before, postings)
    assert all(a <= p for a, p in zip(allowed, postings, strict=True))
    assert total(allowed) <= max(ZERO, cap - before)


USE = st.builds(limits.Use, used=MONEY, used_cash=MONEY, held=MONEY, held_cash=MONEY, credit=MONEY)


@given(USE, MONEY, MONEY, DATES)
@settings(max_examples=60)
def test_a_higher_limit_never_leaves_less(
    use: limits.Use, permanent: Money, more: Money, on: date
) -> None:
    small = limits.available(limits.Limit(permanent=permanent), use, on, Fraction(50))
    large = limits.available(limits.Limit(permanent=permanent + more), use, on, Fraction(50))
    assert ZERO <= small.cash <= small.available
    assert (small.available <= large.available, small.cash <= large.cash) == (True, True)


def test_a_temporary_limit_holds_through_its_last_day() -> None:
    limit = limits.Limit(
        permanent=yuan("10000"),
        increase=yuan("5000"),
        increase_from=date(2024, 5, 1),
        increase_to=date(2024, 5, 31),
    )
    assert limit.on(date(2024, 5, 31)) == yuan("15000")
    assert limit.on(date(2024, 6, 1)) == yuan("10000")


@given(st.dates(date(2020, 1, 1), date(2024, 12, 31)), st.integers(1, 3000))
@settings(max_examples=60)
def test_the_next_anniversary_lies_after_the_day_and_is_one(activated: date, later: int) -> None:
    after = date.fromordinal(activated.toordinal() + later)
    day = limits.next_anniversary(activated, after)
    terms = limits.AnnualFeeTerms(fee=yuan("80"), waiver_count=6)
    assert day > after
    assert (day - after).days <= 366
    assert limits.annual_fee(activated, day, 0, terms) == yuan("80")
    assert limits.annual_fee(activated, day, 6, terms) == ZERO


@given(DATES, st.integers(1, 28), st.integers(20, 25))
@settings(max_examples=80)
def test_interest_free_days_lie_between_the_offset_and_a_cycle_more(
    posted: date, day: int, offset: int
) -> None:
    found = billing_of(posted, day, offset)
    before = found.statement_date.replace(day=1)
    length = (statement_after(found.statement_date, day) - found.statement_date).days
    assert offset <= found.interest_free_days <= offset + 30
    assert found.statement_date >= posted
    assert (length >= 28, before <= found.statement_date) == (True, True)


def test_a_statement_day_is_one_that_every_month_has() -> None:
    with pytest.raises(Rejected) as no:
        check_statement_day(29)
    assert no.value.reason is Reason.STATEMENT_DAY_INVALID


def wish(day: int, last_change: date | None = None, *, overdue: bool = False) -> DayChange:
    return DayChange(
        day=day,
        last_cut=date(2024, 4, 5),
        last_change=last_change,
        overdue=overdue,
        on=date(2024, 4, 2),
    )


def test_a_new_statement_day_leaves_at_least_fifteen_days_to_the_first_new_cut() -> None:
    assert first_cut_after_change(wish(20), 12, 15) == date(2024, 4, 20)
    assert first_cut_after_change(wish(19), 12, 15) == date(2024, 5, 19)


@pytest.mark.parametrize(
    ("asked", "reason"),
    [
        (wish(0), Reason.STATEMENT_DAY_INVALID),
        (wish(9, date(2023, 4, 3)), Reason.STATEMENT_DAY_CHANGE_TOO_SOON),
        (wish(9, overdue=True), Reason.STATEMENT_DAY_CHANGE_OVERDUE),
    ],
)
def test_a_change_of_the_statement_day_is_refused_in_order(
    asked: DayChange, reason: Reason
) -> None:
    with pytest.raises(Rejected) as no:
        first_cut_after_change(asked, 12, 15)
    assert no.value.reason is reason


def test_over_the_limit_nothing_is_authorised_but_what_was_opted_into() -> None:
    limits.check_within_limit(yuan("105"), yuan("100"), yuan("5"))
    with pytest.raises(Rejected) as no:
        limits.check_within_limit(yuan("105.01"), yuan("100"), yuan("5"))
    assert no.value.reason is Reason.LIMIT_EXCEEDED


def test_short_by_less_than_the_least_charge_costs_no_more_than_what_is_short() -> None:
    terms = LateTerms(share=Fraction(5), least=yuan("20"), tolerance=yuan("10"))
    assert late_charge(yuan("15"), ZERO, terms).charge.amount == yuan("15")
