"""Schedules in batches: the same fen as one by one, whatever the size."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bankcore.rules.loans.annuity import level_payment, level_payment_schedule
from bankcore.rules.loans.batch import Levels, blocks, columns
from bankcore.rules.loans.codes import Method
from bankcore.rules.loans.equal_principal import level_principal_schedule
from bankcore.rules.loans.schedule import LoanTerms, Schedule
from bankcore.values.money import Money
from bankcore.values.rates import AnnualRate
from bankcore.values.reasons import Reason, Rejected

pytest.importorskip("numpy", reason="the extra `fast` is not installed")

SINGLE = {
    Method.LEVEL_PAYMENT: level_payment_schedule,
    Method.LEVEL_PRINCIPAL: level_principal_schedule,
}
methods = st.sampled_from(list(SINGLE))
rates = st.one_of(
    st.integers(0, 2400).map(lambda n: AnnualRate(Fraction(n, 100))),
    st.fractions(0, 24, max_denominator=10**6).map(AnnualRate),
)


def loans(most: int = 10**9) -> st.SearchStrategy[LoanTerms]:
    return st.builds(
        LoanTerms,
        principal=st.integers(1, most).map(Money),
        rate=rates,
        months=st.integers(1, 40),
        value_date=st.just(date(2025, 1, 15)),
    )


def figures(schedule: Schedule) -> list[tuple[int, int, int]]:
    return [
        (row.principal.minor, row.interest.amount.minor, row.balance.minor) for row in schedule.rows
    ]


@given(loans(), methods)
def test_plain_integers_are_the_schedule(loan: LoanTerms, method: Method) -> None:
    made = columns(loan, method)
    rows = list(zip(made.principal, made.interest, made.balance, strict=True))
    assert rows == figures(SINGLE[method](loan))


def check_blocks(portfolio: list[LoanTerms], method: Method, size: int) -> None:
    seen = 0
    for block in blocks(portfolio, method, size):
        for nr, loan in enumerate(block.loans):
            assert loan is portfolio[seen]
            rows = zip(
                block.principal[:, nr].tolist(),
                block.interest[:, nr].tolist(),
                block.balance[:, nr].tolist(),
                strict=True,
            )
            expected = figures(SINGLE[method](loan))
            rest = len(block.principal) - loan.months
            assert list(rows) == [*expected, *[(0, 0, 0)] * rest]
            seen += 1
    assert seen == len(portfolio)


@settings(deadline=None)
@given(st.lists(loans(), max_size=7), methods, st.integers(1, 4))
def test_a_block_has_the_same_fen_as_one_by_one(
    portfolio: list[LoanTerms], method: Method, size: int
) -> None:
    check_blocks(portfolio, method, size)


@settings(deadline=None, max_examples=20)
@given(st.lists(loans(10**17), min_size=1, max_size=4), methods)
def test_figures_beyond_64_bits_are_counted_all_the_same(
    portfolio: list[LoanTerms], method: Method
) -> None:
    check_blocks(portfolio, method, 4)


def test_a_loan_of_thirty_years_by_hand_figures() -> None:
    # 1,000,000.00 at 3.10 % over 360 months: 4,270.16 a month, the first 2,583.33 interest.
    loan = LoanTerms(
        principal=Money(100_000_000),
        rate=AnnualRate.of("3.1"),
        months=360,
        value_date=date(2025, 1, 15),
    )
    (block,) = blocks([loan], Method.LEVEL_PAYMENT)
    assert block.interest[0, 0] == 258_333
    assert block.principal[0, 0] + block.interest[0, 0] == 427_016
    assert block.balance[-1, 0] == 0
    assert block.principal.sum() == 100_000_000


@given(loans())
def test_where_the_bits_do_not_decide_the_fraction_does(loan: LoanTerms) -> None:
    exact = level_payment(loan).amount.minor
    assert Levels(Method.LEVEL_PAYMENT, {}).of(loan) == exact


def test_a_half_that_the_bits_miss_is_rounded_up() -> None:
    # 5 fen over 2 months without interest are 2.5 each; over 10 months of 15 fen 1.5 each.
    for principal, months, level in ((5, 2, 3), (15, 10, 2)):
        loan = LoanTerms(
            principal=Money(principal),
            rate=AnnualRate.of(0),
            months=months,
            value_date=date(2025, 1, 15),
        )
        assert Levels(Method.LEVEL_PAYMENT, {}).of(loan) == level


def test_what_a_batch_refuses() -> None:
    loan = LoanTerms(
        principal=Money(0), rate=AnnualRate.of(3), months=2, value_date=date(2025, 1, 15)
    )
    with pytest.raises(Rejected) as no:
        list(blocks([loan], Method.LEVEL_PAYMENT))
    assert no.value.reason is Reason.PRINCIPAL_NOT_POSITIVE
    odd = LoanTerms(
        principal=Money(100), rate=AnnualRate.of(3), months=2, value_date=date(2025, 1, 15),
        due_day=20,
    )  # fmt: skip
    with pytest.raises(AssertionError):
        columns(odd, Method.LEVEL_PAYMENT)
    plain = LoanTerms(
        principal=Money(100), rate=AnnualRate.of(3), months=2, value_date=date(2025, 1, 15)
    )
    with pytest.raises(AssertionError):
        columns(plain, Method.BULLET)
