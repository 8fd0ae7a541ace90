"""Term deposits: maturity, early, overdue, rollover; properties of DEP-04 to DEP-09."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bankcore.products.catalogue import rows_of, shipped
from bankcore.rules.deposits.early import EarlyDraw, Lump, draw_early, draw_matured
from bankcore.rules.deposits.lump import maturity_of, period_interest, term_interest
from bankcore.rules.deposits.optional import OptionalRates, optional_interest
from bankcore.rules.deposits.rollover import Rollover, check_change, check_mode, roll_over
from bankcore.values.dated import DatedRow
from bankcore.values.money import ZERO, Money, total, whole_yuan, yuan
from bankcore.values.rates import AnnualRate
from bankcore.values.reasons import Reason, Rejected

STARTS = st.dates(date(2016, 1, 1), date(2026, 12, 31))
SUMS = st.integers(5_000, 10**9).map(Money)
TERMS = st.sampled_from([1, 3, 6, 9, 12, 18, 24, 36, 60])
RATES = st.integers(5, 500).map(lambda bp: AnnualRate.of(f"{bp / 100:.2f}"))
DEMAND = AnnualRate.of("0.05")


@given(SUMS, RATES, TERMS, STARTS, STARTS)
def test_a_term_earns_the_same_whenever_it_starts(
    principal: Money, rate: AnnualRate, months: int, one: date, other: date
) -> None:
    figures = [
        period_interest(principal, rate, start, maturity_of(start, months)).interest.exact
        for start in (one, other)
    ]
    assert figures[0] == figures[1] == term_interest(principal, rate, months).exact


@given(SUMS, SUMS, RATES, TERMS)
def test_term_interest_is_additive_in_the_base(
    one: Money, other: Money, rate: AnnualRate, months: int
) -> None:
    parts = [term_interest(whole_yuan(x), rate, months).exact for x in (one, other)]
    together = whole_yuan(one) + whole_yuan(other)
    assert term_interest(together, rate, months).exact == sum(parts)


@given(SUMS, RATES, STARTS, st.integers(0, 2000), st.sampled_from(["actual", "months_days"]))
def test_another_day_never_costs_interest(
    principal: Money, rate: AnnualRate, start: date, days: int, method: str
) -> None:
    end = start + timedelta(days=days)
    today = period_interest(principal, rate, start, end, method).interest.exact
    tomorrow = period_interest(principal, rate, start, end + timedelta(days=1), method)
    assert tomorrow.interest.exact >= today


@given(SUMS, STARTS, st.integers(0, 364), st.integers(1, 100))
def test_what_is_drawn_early_and_what_stays_are_the_principal(
    principal: Money, start: date, days: int, share: int
) -> None:
    amount = Money(principal.minor * share // 100)
    assume(amount > ZERO)
    drawn = draw_early(_early(principal, start, start + timedelta(days=days), amount))
    assert drawn.paid_principal + drawn.remaining == principal
    at_maturity = term_interest(principal, AnnualRate.of("0.95"), 12).exact
    assert drawn.interest.exact + drawn.remaining_interest.exact <= at_maturity


def _early(principal: Money, start: date, on: date, amount: Money) -> EarlyDraw:
    return EarlyDraw(
        principal=principal,
        rate=AnnualRate.of("0.95"),
        demand_rate=DEMAND,
        start=start,
        term_months=12,
        on=on,
        amount=amount,
        partials_before=0,
        max_partials=1,
        min_remainder=ZERO,
    )


@given(SUMS, STARTS, TERMS, st.integers(0, 1000))
def test_overdue_days_earn_more_each_day_and_nothing_on_the_first(
    principal: Money, start: date, months: int, late: int
) -> None:
    lump = Lump(principal, AnnualRate.of("1.10"), start, months)
    due = maturity_of(start, months)
    paid = draw_matured(lump, due + timedelta(days=late), DEMAND)
    assert paid.overdue_days == late
    assert (paid.overdue_interest.exact > 0) == (late > 0)
    assert paid.total == principal + paid.interest.amount + paid.overdue_interest.amount


@given(SUMS, STARTS, st.sampled_from([3, 6, 12]), st.integers(0, 1500))
def test_principal_only_keeps_the_principal_and_nothing_compounds_in_hiding(
    principal: Money, start: date, months: int, days: int
) -> None:
    rates = [DatedRow(date(2015, 1, 1), date(2015, 1, 1), AnnualRate.of("1.35"))]
    on = start + timedelta(days=days)
    plain = roll_over(Rollover(principal, months, start, "principal_only", rates), on, DEMAND)
    grown = roll_over(
        Rollover(principal, months, start, "principal_and_interest", rates), on, DEMAND
    )
    assert plain.principal == principal
    assert plain.paid_out == total([c.interest.amount for c in plain.cycles])
    assert grown.principal == principal + total([c.interest.amount for c in grown.cycles])
    assert grown.paid_out == ZERO
    assert [c.maturity for c in grown.cycles] == [c.maturity for c in plain.cycles]
    assert grown.start <= on < maturity_of(grown.start, months)


def test_each_rollover_steps_from_its_own_start() -> None:
    rates = [DatedRow(date(2015, 1, 1), date(2015, 1, 1), AnnualRate.of("1.35"))]
    deposit = Rollover(yuan("100.00"), 3, date(2024, 1, 31), "principal_only", rates)
    cycles = roll_over(deposit, date(2024, 7, 30), DEMAND).cycles
    assert [c.maturity for c in cycles] == [date(2024, 4, 30), date(2024, 7, 30)]


def test_an_unknown_mode_is_refused() -> None:
    with pytest.raises(Rejected) as no:
        check_mode("half")
    assert no.value.reason is Reason.ROLLOVER_MODE_UNKNOWN


def test_on_the_maturity_day_nothing_can_be_changed_any_more() -> None:
    check_change(date(2026, 1, 4), date(2026, 1, 5))
    with pytest.raises(Rejected) as no:
        check_change(date(2026, 1, 5), date(2026, 1, 5))
    assert no.value.reason is Reason.ROLLOVER_ALREADY_DONE


@pytest.mark.parametrize("row", rows_of(shipped(), "deposit.rate.demand"), ids=str)
@given(SUMS, STARTS, st.sampled_from([3, 6, 12, 24, 36, 60]))
def test_on_every_board_lump_earns_at_least_optional_and_optional_at_least_demand(
    row: DatedRow[object], principal: Money, start: date, months: int
) -> None:
    day, board = row.valid_from, shipped()
    demand = board.rate("deposit.rate.demand", day)
    lump = {m: board.rate(f"deposit.rate.lump_lump.{m}", day) for m in (3, 6, 12, months)}
    share = board.fraction("deposit.optional_share", day)
    end = maturity_of(start, months)
    optional = optional_interest(principal, start, end, OptionalRates(demand, lump, share))
    whole = term_interest(principal, lump[months], months).exact
    plain = period_interest(principal, demand, start, end, "actual").interest.exact
    assert whole >= optional.interest.exact >= plain
