"""Demand interest, settlement periods, the chain and its restatement: DEP-02, DEP-03, GL-05."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bankcore.rules.deposits.demand import (
    Movement,
    demand_interest,
    next_settlement_day,
    settlement_periods,
)
from bankcore.rules.deposits.restatement import Period, recompute_chain
from bankcore.rules.deposits.settlement import DemandLife, settlement_chain
from bankcore.values.dated import DatedRow
from bankcore.values.money import ZERO, Money, total, yuan
from bankcore.values.rates import AnnualRate
from bankcore.values.reasons import Reason, Rejected

START = date(2024, 1, 1)
DAYS = st.dates(START, date(2025, 3, 1))
RATES = st.builds(AnnualRate, st.fractions(0, 5, max_denominator=100))
OPENING = yuan("1000000.00")
MOVES: st.SearchStrategy[list[Movement]] = st.lists(
    st.tuples(DAYS, st.integers(-10_000_000, 10_000_000).map(Money)), max_size=8
)
FREQUENCY = st.sampled_from(["yearly", "quarterly"])


def naive(opening: Money, moves: list[Movement], start: date, end: date) -> int:
    """Yuan-days counted day by day, as a clerk would."""
    days = [start + timedelta(days=i) for i in range((end - start).days)]
    balances = [
        opening.minor + sum(m.minor for on, m in moves if start <= on <= day) for day in days
    ]
    return sum(balance // 100 for balance in balances)


@given(MOVES, DAYS, DAYS, RATES)
def test_segments_count_what_counting_day_by_day_counts(
    moves: list[Movement], one: date, other: date, rate: AnnualRate
) -> None:
    start, end = sorted((one, other))
    result = demand_interest(OPENING, moves, start, end, rate)
    counted = naive(OPENING, moves, start, end)
    assert result.balance_days == counted
    assert result.interest.exact == counted * 100 * rate.daily
    assert result.days == (end - start).days


@given(MOVES, st.lists(DAYS, min_size=3, max_size=3), RATES)
def test_interest_is_additive_over_any_split(
    moves: list[Movement], dates: list[date], rate: AnnualRate
) -> None:
    first, middle, last = sorted(dates)
    carried = OPENING + total([m for on, m in moves if first <= on < middle])
    whole = demand_interest(OPENING, moves, first, last, rate).interest.exact
    parts = [
        demand_interest(OPENING, moves, first, middle, rate),
        demand_interest(carried, moves, middle, last, rate),
    ]
    assert sum((p.interest.exact for p in parts), Fraction(0)) == whole


@given(MOVES, DAYS, RATES, st.integers(0, 10**7).map(Money))
def test_more_money_never_earns_less(
    moves: list[Movement], end: date, rate: AnnualRate, more: Money
) -> None:
    low = demand_interest(OPENING, moves, START, end, rate).interest.exact
    assert demand_interest(OPENING + more, moves, START, end, rate).interest.exact >= low


@given(st.permutations(range(5)), MOVES)
def test_the_order_in_which_movements_are_known_does_not_matter(
    order: list[int], moves: list[Movement]
) -> None:
    rate = AnnualRate.of("0.35")
    mixed = sorted(moves, key=lambda m: order[m[0].day % 5])
    results = [demand_interest(OPENING, m, START, date(2025, 3, 1), rate) for m in (moves, mixed)]
    assert results[0].balance_days == results[1].balance_days


@given(DAYS, DAYS, FREQUENCY)
def test_periods_cover_the_life_without_gap_or_overlap(
    one: date, other: date, frequency: str
) -> None:
    opened, until = sorted((one, other))
    periods = settlement_periods(opened, until, frequency)
    starts = [opened, *(p.end for p in periods)]
    assert [p.start for p in periods] == starts[: len(periods)]
    assert all(p.pay_on == p.end == p.settle_on + timedelta(days=1) for p in periods)
    assert next_settlement_day(starts[-1], frequency) > until


@given(moves=MOVES, frequency=FREQUENCY, close=st.booleans())
def test_the_chain_pays_out_every_fen_that_came_in_or_was_earned(
    moves: list[Movement], frequency: str, *, close: bool
) -> None:
    until = date(2025, 3, 1)
    deposits = [(START, OPENING), *moves]
    life = DemandLife(
        opened=START,
        until=until,
        frequency=frequency,
        movements=deposits,
        rates=[DatedRow(START, START, AnnualRate.of("0.35"))],
        close_on=until if close else None,
    )
    chain = settlement_chain(life)
    earned = total([s.result.interest.amount for s in chain.settlements])
    assert chain.balance + chain.paid_out_on_close == total([m for _, m in deposits]) + earned
    assert (chain.balance == ZERO) or not close


@given(MOVES, st.tuples(DAYS, st.integers(1, 10**7).map(Money)))
def test_a_late_fact_gives_what_timely_knowledge_would_have_given(
    moves: list[Movement], late: Movement
) -> None:
    known = [(START, OPENING), *moves]
    rate = AnnualRate.of("0.35")
    periods = [
        Period(p.start, p.end, rate)
        for p in settlement_periods(START, date(2025, 3, 1), "quarterly")
    ]
    life = DemandLife(
        opened=START,
        until=date(2025, 3, 1),
        frequency="quarterly",
        movements=[*known, late],
        rates=[DatedRow(START, START, rate)],
    )
    timely = [s.result.interest.amount for s in settlement_chain(life).settlements]
    assert recompute_chain([*known, late], periods) == timely


def test_an_overdrawn_deposit_is_refused() -> None:
    with pytest.raises(Rejected) as no:
        demand_interest(ZERO, [(START, Money(-1))], START, date(2024, 1, 2), AnnualRate.of(1))
    assert no.value.reason is Reason.NEGATIVE_BALANCE


def test_a_reversed_period_is_refused() -> None:
    with pytest.raises(Rejected) as no:
        demand_interest(ZERO, [], date(2024, 1, 2), START, AnnualRate.of(1))
    assert no.value.reason is Reason.PERIOD_REVERSED


def test_the_figure_keeps_its_trace() -> None:
    figure = demand_interest(OPENING, [], START, date(2024, 1, 31), AnnualRate.of("0.35")).interest
    assert figure.rule == "DEP-02"
    assert figure.inputs["balance_days"] == 30_000_000
    assert figure.exact == figure.amount.minor + figure.remainder


@pytest.mark.parametrize(
    ("opened", "frequency", "days"),
    [("2024-12-21", "quarterly", 90), ("2023-12-21", "quarterly", 91), ("2024-06-30", "yearly", 1)],
)
def test_lengths_of_first_periods(opened: str, frequency: str, days: int) -> None:
    start = date.fromisoformat(opened)
    (first, *_) = settlement_periods(start, date(2025, 12, 31), frequency)
    assert (first.end - first.start).days == days
