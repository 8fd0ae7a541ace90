"""The bank's own contracts and their standard types give the same cash flows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bankcore.rules.actus.engine import run
from bankcore.rules.actus.mapping import (
    Deposit,
    bullet_contract,
    demand_contract,
    level_payment_contract,
    level_principal_contract,
    moment,
    notice_contract,
)
from bankcore.rules.actus.state import Row
from bankcore.rules.actus.terms import Observed, Terms
from bankcore.rules.deposits.demand import demand_interest, settlement_periods
from bankcore.rules.deposits.notice import draw_day, proper_interest
from bankcore.rules.loans.annuity import level_payment_schedule
from bankcore.rules.loans.equal_principal import level_principal_schedule
from bankcore.rules.loans.interest_only import (
    MethodLimits,
    bullet_schedule,
    interest_only_schedule,
)
from bankcore.rules.loans.schedule import LoanTerms
from bankcore.values.dates import add_months
from bankcore.values.money import Money, round_to_money, whole_yuan
from bankcore.values.rates import AnnualRate

LIMITS = MethodLimits(interest_only_months=120, bullet_months=120, bullet_days=3650)
NOTHING = Observed({})
rates = st.integers(0, 2400).map(lambda n: AnnualRate(Fraction(n, 100)))
starts = st.dates(date(2000, 1, 1), date(2035, 1, 1))
loans = st.builds(
    LoanTerms,
    principal=st.integers(100_000, 10**9).map(Money),
    rate=rates,
    months=st.integers(1, 60),
    value_date=starts.map(lambda day: day.replace(day=min(day.day, 28))),
)


def flows(terms: Terms, kinds: str) -> dict[date, Fraction]:
    """Payoffs of some kinds of event by day, without what is nothing."""
    found: dict[date, Fraction] = {}
    for row in run(terms, NOTHING, None):
        if row.kind in kinds.split() and row.payoff:
            found[row.at.date()] = found.get(row.at.date(), Fraction(0)) + row.payoff
    return found


def fen(exact: Fraction) -> Money:
    return round_to_money(exact).money


@given(loans)
def test_the_exact_annuity_is_the_same(loan: LoanTerms) -> None:
    schedule = level_payment_schedule(loan)
    assert schedule.level is not None
    sized = next(
        (r.state.next_redemption for r in run(level_payment_contract(loan), NOTHING, None)
         if r.kind == "PRF"),
        None,
    )  # fmt: skip
    # A loan of one instalment has no redemption before its maturity, so nothing is sized.
    assert sized == (schedule.level.exact if loan.months > 1 else None)


@settings(max_examples=40)
@given(loans)
def test_each_annuity_row_is_the_standards_after_the_banks_rounding(loan: LoanTerms) -> None:
    schedule = level_payment_schedule(loan)
    assert schedule.level is not None
    balance = loan.principal
    for row in schedule.rows:
        left = replace(
            loan,
            principal=balance,
            months=loan.months - row.number + 1,
            value_date=add_months(loan.value_date, row.number - 1),
        )
        if not balance:
            break
        terms = level_payment_contract(left, schedule.level.amount)
        first = [r for r in run(terms, NOTHING, moment(row.due)) if r.at == moment(row.due)]
        interest = next(r.payoff for r in first if r.kind == "IP")
        assert fen(interest) == row.interest.amount
        balance = row.balance


@settings(max_examples=40)
@given(loans)
def test_a_whole_annuity_drifts_by_no_more_than_its_roundings(loan: LoanTerms) -> None:
    schedule = level_payment_schedule(loan)
    assert schedule.level is not None
    terms = level_payment_contract(loan, schedule.level.amount)
    paid = flows(terms, "IP PR MD")
    drift, growth = Fraction(0), 1 + loan.rate.monthly
    for row in schedule.rows:
        drift = drift * growth + Fraction(1, 2)
        exact = paid.get(row.due, Fraction(0))
        assert abs(exact - row.total.minor) <= drift
    assert set(paid) <= {row.due for row in schedule.rows}


@given(loans)
def test_level_principal_is_the_linear_amortiser_to_the_fen(loan: LoanTerms) -> None:
    terms = level_principal_contract(loan)
    principal, interest = flows(terms, "PR MD"), flows(terms, "IP")
    for row in level_principal_schedule(loan).rows:
        assert principal.get(row.due, Fraction(0)) == row.principal.minor
        assert fen(interest.get(row.due, Fraction(0))) == row.interest.amount


@given(loans, st.sampled_from([1, 3]))
def test_interest_first_is_principal_at_maturity_to_the_fen(loan: LoanTerms, months: int) -> None:
    whole = replace(loan, months=loan.months * months)
    if whole.months > LIMITS.interest_only_months:
        return
    terms = bullet_contract(whole, months)
    principal, interest = flows(terms, "MD"), flows(terms, "IP")
    for row in interest_only_schedule(whole, LIMITS, months).rows:
        assert principal.get(row.due, Fraction(0)) == row.principal.minor
        assert interest.get(row.due, Fraction(0)) == row.interest.exact


@given(loans)
def test_a_bullet_is_principal_at_maturity_exactly(loan: LoanTerms) -> None:
    terms = bullet_contract(loan)
    (row,) = bullet_schedule(loan, LIMITS).rows
    assert flows(terms, "MD") == {row.due: row.principal.minor}
    assert flows(terms, "IP").get(row.due, Fraction(0)) == row.interest.exact


deposits = st.builds(
    Deposit,
    balance=st.integers(1, 10**7).map(lambda n: Money(n * 100)),
    rate=rates,
    since=starts,
)


@given(deposits, st.sampled_from(["quarterly", "yearly"]), st.integers(1, 1500))
def test_demand_interest_is_that_of_undefined_maturity(
    deposit: Deposit, frequency: str, later: int
) -> None:
    balance = deposit.balance
    until = deposit.since + timedelta(days=later)
    for period in settlement_periods(deposit.since, until, frequency):
        base = replace(deposit, balance=whole_yuan(balance), since=period.start)
        earned = demand_interest(balance, [], period.start, period.end, deposit.rate).interest
        terms = demand_contract(base, period.pay_on, frequency)
        joined = run(terms, NOTHING, moment(period.pay_on + timedelta(days=1)))[-1]
        assert joined.kind == "IPCI"
        assert -joined.state.notional == base.balance.minor + earned.exact
        balance += earned.amount


@given(deposits, st.sampled_from(["quarterly", "yearly"]), st.integers(400, 2000))
def test_interest_joins_on_the_banks_own_days(deposit: Deposit, frequency: str, later: int) -> None:
    until = deposit.since + timedelta(days=later)
    periods = settlement_periods(deposit.since, until, frequency)
    terms = demand_contract(deposit, periods[0].pay_on, frequency)
    # A period settled on `until` is paid on the next day, which the run must still reach.
    rows = run(terms, NOTHING, moment(until + timedelta(days=2)))
    assert [row.at.date() for row in rows if row.kind == "IPCI"] == [p.pay_on for p in periods]


def settled(deposit: Deposit, notice_days: int, called: date) -> list[Row]:
    observed = Observed({}, [(moment(called), "XD", Fraction(0))])
    return run(notice_contract(deposit, notice_days), observed, None)


@given(deposits, st.sampled_from([1, 7]), st.integers(0, 1000))
def test_a_notice_deposit_drawn_as_announced_is_call_money_exactly(
    deposit: Deposit, notice_days: int, later: int
) -> None:
    called = deposit.since + timedelta(days=later)
    on = draw_day(called, notice_days)
    rows = settled(deposit, notice_days, called)
    paid = {row.kind: row for row in rows}
    assert paid["STD"].at == moment(on)
    assert -paid["STD"].payoff == deposit.balance.minor
    interest = proper_interest(deposit.balance, deposit.since, on, deposit.rate)
    assert -paid["IP"].payoff == interest.exact


def test_a_month_end_anchor_is_where_the_two_differ() -> None:
    loan = LoanTerms(
        principal=Money(12_000_000),
        rate=AnnualRate.of("3.6"),
        months=2,
        value_date=date(2025, 1, 31),
    )
    (first, second) = interest_only_schedule(loan, LIMITS).rows
    interest = flows(bullet_contract(loan), "IP")
    paid = flows(bullet_contract(loan, 1), "IP")
    # A month is a month to the bank (360.00 each); 30E/360 counts 28 days and then 32.
    assert [first.interest.exact, second.interest.exact] == [36_000, 36_000]
    assert list(paid.values()) == [36_000 * Fraction(28, 30), 36_000 * Fraction(32, 30)]
    assert list(interest) == [date(2025, 3, 31)]


def test_an_odd_period_has_no_standard_terms() -> None:
    loan = LoanTerms(
        principal=Money(100_000),
        rate=AnnualRate.of("3.6"),
        months=12,
        value_date=date(2025, 1, 10),
        due_day=20,
    )
    with pytest.raises(AssertionError):
        level_payment_contract(loan)
