"""Savings plans, planned draws and interest draws: properties of DEP-10 to DEP-13."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bankcore.rules.deposits.draws import (
    DrawPlan,
    close_draw_plan,
    close_interest_draw,
    draw_plan_accrued,
    draw_plan_interest,
    interest_draws,
    principal_draws,
)
from bankcore.rules.deposits.instalments import (
    Plan,
    check_instalment,
    follow_plan,
    plan_accrued,
    plan_interest,
    plan_payout,
)
from bankcore.rules.deposits.lump import term_interest
from bankcore.values.money import Money, total, yuan
from bankcore.values.rates import AnnualRate
from bankcore.values.reasons import Reason, Rejected

STARTS = st.dates(date(2020, 1, 1), date(2026, 12, 31))
MONTHLY = st.integers(5, 10_000).map(lambda y: Money(y * 100))
DEMAND = AnnualRate.of("0.05")
RATE = AnnualRate.of("0.80")


def in_time(plan: Plan, late: dict[int, int] | None = None) -> list[date]:
    """Payments on the first day of each plan month, some of them months later."""
    shifts = late or {}
    return [plan.end_of(k - 1 + shifts.get(k, 0)) for k in range(1, plan.term_months + 1)]


@given(MONTHLY, STARTS, st.sampled_from([12, 36, 60]))
def test_a_plan_without_a_miss_earns_all_its_month_products(
    monthly: Money, start: date, months: int
) -> None:
    plan = Plan(monthly, RATE, start, months)
    course = follow_plan(plan, in_time(plan))
    paid = plan_payout(plan, course, plan.maturity, DEMAND)
    assert paid.interest.exact == plan_interest(plan).exact
    assert plan_accrued(plan, course, plan.maturity, DEMAND).exact == plan_interest(plan).exact
    assert course.breach_on is None


@given(MONTHLY, STARTS, st.integers(2, 11))
def test_one_miss_made_up_in_the_next_month_changes_nothing(
    monthly: Money, start: date, missed: int
) -> None:
    plan = Plan(monthly, RATE, start, 12)
    course = follow_plan(plan, in_time(plan, {missed: 1}))
    assert course.breach_on is None
    paid = plan_payout(plan, course, plan.maturity, DEMAND)
    assert paid.interest.exact == plan_interest(plan).exact


@given(MONTHLY, STARTS, st.sets(st.integers(2, 12), max_size=6), st.integers(0, 400))
def test_a_plan_never_earns_more_than_one_in_order(
    monthly: Money, start: date, missed: set[int], late: int
) -> None:
    plan = Plan(monthly, RATE, start, 12)
    days = [d for k, d in enumerate(in_time(plan), 1) if k not in missed]
    course = follow_plan(plan, days)
    on = plan.maturity + timedelta(days=late)
    paid = plan_payout(plan, course, on, DEMAND)
    assert paid.interest.exact <= plan_interest(plan).exact
    assert paid.principal == monthly * len(days)
    assert len(paid.months_filled) + paid.after_breach == len(days)
    # A miss of month k is lost at the end of k + 1; for the last two that is the maturity or later.
    assert (course.breach_on is not None) == bool(missed - {11, 12})


def test_a_second_payment_of_a_month_with_nothing_missed_is_refused() -> None:
    plan = Plan(yuan("500.00"), RATE, date(2025, 1, 10), 12)
    with pytest.raises(Rejected) as no:
        check_instalment(plan, [plan.start], yuan("500.00"), date(2025, 1, 20))
    assert no.value.reason is Reason.INSTALMENT_ALREADY_PAID


@pytest.mark.parametrize(
    ("amount", "on", "reason"),
    [
        ("400.00", "2026-01-10", Reason.ALREADY_MATURED),
        ("400.00", "2025-02-10", Reason.INSTALMENT_AMOUNT_MISMATCH),
    ],
)
def test_instalments_are_refused_in_the_order_of_the_rule(
    amount: str, on: str, reason: Reason
) -> None:
    plan = Plan(yuan("500.00"), RATE, date(2025, 1, 10), 12)
    with pytest.raises(Rejected) as no:
        check_instalment(plan, [plan.start], yuan(amount), date.fromisoformat(on))
    assert no.value.reason is reason


PLANS = st.builds(
    DrawPlan,
    st.integers(1_000, 10**7).map(lambda y: Money(y * 100)),
    st.just(RATE),
    STARTS,
    st.sampled_from([12, 36, 60]),
    st.sampled_from([1, 3, 6]),
)


@given(PLANS)
def test_planned_draws_give_back_the_whole_lump(plan: DrawPlan) -> None:
    draws = principal_draws(plan)
    assert total([amount for _, amount in draws]) == plan.principal
    assert draws[-1][0] == plan.maturity
    assert draws[-1][1] >= draws[0][1]


@given(PLANS)
def test_the_interest_of_exact_parts_is_the_closed_formula(plan: DrawPlan) -> None:
    each = plan.principal.minor // plan.count
    exact = DrawPlan(
        Money(each * plan.count), plan.rate, plan.start, plan.term_months, plan.step_months
    )
    # (P + p)/2 · n · step · month rate.
    closed = (exact.principal.minor + each) * plan.count * plan.step_months * plan.rate.monthly / 2
    assert draw_plan_interest(exact).exact == closed
    assert draw_plan_accrued(exact, exact.maturity).exact == closed


@given(PLANS, st.integers(0, 300))
def test_closing_a_draw_plan_early_pays_what_was_not_drawn(plan: DrawPlan, days: int) -> None:
    on = plan.start + timedelta(days=days)
    closed = close_draw_plan(plan, on, DEMAND)
    drawn = total([amount for day, amount in principal_draws(plan) if day <= on])
    assert closed.paid_principal + drawn == plan.principal


@given(PLANS)
def test_interest_draws_add_up_to_the_interest_of_the_term(plan: DrawPlan) -> None:
    draws = interest_draws(plan)
    whole = term_interest(plan.principal, plan.rate, plan.term_months).amount
    assert total([part.amount for _, part in draws]) == whole
    assert len(draws) == plan.count


@given(PLANS, st.integers(0, 300))
def test_closed_early_the_customer_has_the_principal_and_demand_interest(
    plan: DrawPlan, days: int
) -> None:
    closed = close_interest_draw(plan, plan.start + timedelta(days=days), DEMAND)
    assert closed.paid + closed.drawn == plan.principal + closed.due.amount
    assert closed.clawback.minor == max(closed.drawn.minor - closed.due.amount.minor, 0)
