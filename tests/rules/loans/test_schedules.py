"""Schedules repay exactly, whatever the method, term, rate and day (LN-10 to LN-14)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bankcore.rules.loans.annuity import level_payment_schedule
from bankcore.rules.loans.balloon import balloon_schedule, biweekly_schedule
from bankcore.rules.loans.due_dates import due_dates
from bankcore.rules.loans.equal_principal import level_principal_schedule
from bankcore.rules.loans.interest_only import (
    MethodLimits,
    bullet_schedule,
    interest_only_schedule,
)
from bankcore.rules.loans.schedule import LoanTerms, Schedule
from bankcore.values.money import Money, total, yuan
from bankcore.values.rates import AnnualRate
from bankcore.values.reasons import Reason, Rejected

LIMITS = MethodLimits(36, 12, 366)
rates = st.integers(0, 2400).map(lambda bp: AnnualRate(Fraction(bp, 100)))
terms = st.builds(
    LoanTerms,
    principal=st.integers(1, 10**9).map(Money),
    rate=rates,
    months=st.integers(1, 72),
    value_date=st.dates(date(2020, 1, 1), date(2040, 12, 31)),
    due_day=st.none() | st.integers(1, 31),
    min_first_days=st.just(15),
)


def repays_exactly(schedule: Schedule, principal: Money) -> None:
    assert total([row.principal for row in schedule.rows]) == principal
    assert schedule.rows[-1].balance == Money(0)
    assert all(row.balance >= Money(0) for row in schedule.rows)
    assert all(row.principal >= Money(0) for row in schedule.rows)


@settings(max_examples=60)
@given(terms)
def test_level_payments_repay_exactly_and_stay_level(given_terms: LoanTerms) -> None:
    schedule = level_payment_schedule(given_terms)
    repays_exactly(schedule, given_terms.principal)
    assert schedule.level is not None
    level = schedule.level.amount
    middle = [row for row in schedule.rows[1:-1] if row.balance]
    assert {row.total for row in middle} <= {level}


@settings(max_examples=60)
@given(terms)
def test_level_principal_repays_exactly_with_falling_interest(given_terms: LoanTerms) -> None:
    schedule = level_principal_schedule(given_terms)
    repays_exactly(schedule, given_terms.principal)
    interest = [row.interest.amount for row in schedule.rows[1:-1]]
    assert interest == sorted(interest, reverse=True)


@given(terms, st.integers(0, 500))
def test_a_lower_rate_never_raises_the_level_payment(given_terms: LoanTerms, less: int) -> None:
    percent = max(given_terms.rate.percent - Fraction(less, 100), Fraction(0))
    cheaper = level_payment_schedule(replace(given_terms, rate=AnnualRate(percent)))
    dearer = level_payment_schedule(given_terms)
    assert cheaper.level is not None
    assert dearer.level is not None
    assert cheaper.level.amount <= dearer.level.amount


@given(terms)
def test_level_payments_cost_no_less_interest_than_level_principal(
    given_terms: LoanTerms,
) -> None:
    whole = replace(given_terms, due_day=None)
    payment, principal = level_payment_schedule(whole), level_principal_schedule(whole)
    slack = Money(whole.months)
    assert payment.total_interest + slack >= principal.total_interest


@given(terms, st.sampled_from([1, 3]))
def test_interest_first_pays_principal_once_and_bullet_the_same_interest(
    given_terms: LoanTerms, period: int
) -> None:
    short = replace(given_terms, months=min(given_terms.months, 12))
    schedule = interest_only_schedule(short, LIMITS, period)
    repays_exactly(schedule, short.principal)
    assert sum(bool(row.principal) for row in schedule.rows) == 1
    bullet = bullet_schedule(short, LIMITS)
    apart = schedule.total_interest.minor - bullet.total_interest.minor
    assert 2 * abs(apart) <= short.months + 1
    assert schedule.rows[-1].due == bullet.rows[0].due


@given(terms, st.integers(0, 240))
def test_a_balloon_repays_exactly_and_equals_level_payment_without_one(
    given_terms: LoanTerms, more: int
) -> None:
    plain = level_payment_schedule(given_terms)
    same = balloon_schedule(given_terms, given_terms.months)
    assert [row.total for row in same.rows] == [row.total for row in plain.rows]
    schedule = balloon_schedule(given_terms, given_terms.months + more)
    repays_exactly(schedule, given_terms.principal)
    assert schedule.rows[-1].principal >= plain.rows[-1].principal or more == 0


@settings(max_examples=40)
@given(terms)
def test_biweekly_rows_end_and_repay_exactly(given_terms: LoanTerms) -> None:
    sized = replace(given_terms, principal=given_terms.principal + yuan("1000"))
    schedule = biweekly_schedule(sized)
    repays_exactly(schedule, sized.principal)
    assert all((row.due - sized.value_date).days == 14 * row.number for row in schedule.rows)
    assert schedule.level is not None
    assert all(row.total == schedule.level.amount for row in schedule.rows[:-1])


@given(terms)
def test_due_dates_increase_to_maturity_and_keep_their_day(given_terms: LoanTerms) -> None:
    dues = due_dates(given_terms)
    assert len(dues.dates) == given_terms.months
    assert list(dues.dates) == sorted(set(dues.dates))
    assert dues.dates[0] > given_terms.value_date
    day = given_terms.due_day or given_terms.value_date.day
    regular = [due for due in dues.dates[:-1] if dues.odd]
    assert all(due.day == min(day, _last_day(due)) for due in regular)


def _last_day(day: date) -> int:
    following = date(day.year + day.month // 12, day.month % 12 + 1, 1)
    return (following - day.replace(day=1)).days if day.month < 12 else 31


def test_a_million_over_thirty_years_is_the_figure_of_the_trade() -> None:
    # Published annuity tables: 1,000,000.00 over 360 months at 4.9 %, 4.2 % and 3.5 %.
    found = {
        percent: level_payment_schedule(
            LoanTerms(
                principal=yuan("1000000"),
                rate=AnnualRate.of(percent),
                months=360,
                value_date=date(2024, 6, 10),
            )
        )
        for percent in ("4.9", "4.2", "3.5")
    }
    levels = {p: str(s.level.amount) for p, s in found.items() if s.level is not None}
    assert levels == {"4.9": "5307.27", "4.2": "4890.17", "3.5": "4490.45"}
    assert str(found["4.9"].total_interest) == "910615.12"


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"principal": Money(0)}, Reason.PRINCIPAL_NOT_POSITIVE),
        ({"months": 0}, Reason.TERM_NOT_POSITIVE),
        ({"rate": AnnualRate.of("-0.01")}, Reason.RATE_NEGATIVE),
        ({"due_day": 32}, Reason.DUE_DAY_OUT_OF_RANGE),
    ],
)
def test_terms_that_are_no_loan_are_refused(change: dict[str, object], reason: Reason) -> None:
    good = LoanTerms(
        principal=yuan("1000"),
        rate=AnnualRate.of("4.35"),
        months=12,
        value_date=date(2025, 1, 10),
    )
    with pytest.raises(Rejected) as refused:
        level_payment_schedule(replace(good, **change))  # type: ignore[arg-type]
    assert refused.value.reason is reason


def test_due_dates_alone_ask_for_a_term_too() -> None:
    none = LoanTerms(
        principal=yuan("1000"), rate=AnnualRate.of("4.35"), months=0, value_date=date(2025, 1, 10)
    )
    with pytest.raises(Rejected) as refused:
        due_dates(none)
    assert refused.value.reason is Reason.TERM_NOT_POSITIVE


@pytest.mark.parametrize(
    ("months", "method"),
    [(37, interest_only_schedule), (13, bullet_schedule)],
)
def test_a_method_has_its_longest_term(months: int, method: object) -> None:
    long = LoanTerms(
        principal=yuan("1000"),
        rate=AnnualRate.of("4.35"),
        months=months,
        value_date=date(2025, 1, 10),
    )
    with pytest.raises(Rejected) as refused:
        method(long, LIMITS)  # type: ignore[operator]
    assert refused.value.reason is Reason.TERM_ABOVE_METHOD_MAXIMUM


def test_a_payment_of_a_few_fen_cannot_carry_a_biweekly_loan() -> None:
    tiny = LoanTerms(
        principal=Money(4), rate=AnnualRate.of(24), months=72, value_date=date(2025, 1, 10)
    )
    with pytest.raises(Rejected) as refused:
        biweekly_schedule(tiny)
    assert refused.value.reason is Reason.PAYMENT_TOO_SMALL
