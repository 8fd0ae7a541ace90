"""Schedules and interest: one exact schedule, a portfolio at once, a busy demand account."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial

from common import in_turns, ratios, table, timed, write_part

from bankcore.rules.deposits.demand import demand_interest
from bankcore.rules.loans.annuity import level_payment_schedule
from bankcore.rules.loans.batch import blocks, columns
from bankcore.rules.loans.codes import Method
from bankcore.rules.loans.due_dates import due_dates
from bankcore.rules.loans.schedule import LoanTerms
from bankcore.values.money import Money
from bankcore.values.rates import AnnualRate

LOAN = LoanTerms(
    principal=Money(100_000_000),
    rate=AnnualRate.of("3.1"),
    months=360,
    value_date=date(2025, 1, 15),
)
START, END = date(2025, 3, 21), date(2025, 6, 21)
LOANS, SAMPLE, MOVEMENTS, REPEATS, ROUNDS = 100_000, 300, 10_000, 20, 7
NO_QUANTLIB = "QuantLib is not installed here; the line is left out."


def a_second(work: Callable[[], object]) -> float:
    """How often a second a piece of work is done."""
    return REPEATS / timed(lambda: [work() for _ in range(REPEATS)])


def quantlib_rows() -> list[tuple[date, float, float, float]]:
    """Due date, principal, interest and balance of the same loan, in floats."""
    import QuantLib as ql  # noqa: N813, PLC0415  # only this line of the page needs it

    term = ql.Period(LOAN.months, ql.Months)
    amount, rate = LOAN.principal.minor / 100, float(LOAN.rate.yearly)
    notionals = ql.sinkingNotionals(term, ql.Monthly, rate, amount)
    days = ql.sinkingSchedule(ql.Date(15, 1, 2025), term, ql.Monthly, ql.NullCalendar())
    count = ql.Thirty360(ql.Thirty360.European)
    flows = ql.AmortizingFixedRateBond(0, notionals, days, [rate], count).cashflows()
    rows, left = [], amount
    for interest, principal in zip(flows[::2], flows[1::2], strict=True):
        left -= principal.amount()
        day = principal.date().to_date()
        rows.append((day, principal.amount(), interest.amount(), left))
    return rows


def plain_rows() -> list[tuple[date, int, int, int]]:
    """The same rows in exact fen."""
    made = columns(LOAN, Method.LEVEL_PAYMENT)
    rows = zip(due_dates(LOAN).dates, made.principal, made.interest, made.balance, strict=True)
    return list(rows)


def one_schedule() -> str:
    """One loan of 360 rows: ours exact, theirs in floats."""
    works = {
        "bankcore: exact fen (`batch.columns` and due dates)": partial(a_second, plain_rows),
        "bankcore: every figure with its fraction and trace (`level_payment_schedule`)": partial(
            a_second, partial(level_payment_schedule, LOAN)
        ),
    }
    note = NO_QUANTLIB
    if importlib.util.find_spec("QuantLib") is not None:
        works = {"QuantLib through Python, floats": partial(a_second, quantlib_rows), **works}
        note = "Rows of due date, principal, interest and balance."
    return ratios("One schedule of 360 rows", in_turns(works, ROUNDS), note)


def portfolio() -> list[LoanTerms]:
    """Loans of 10 to 30 years at rates of 2.80 % to 4.39 %."""
    rates = [AnnualRate.of(f"{280 + n}/100") for n in range(160)]
    return [
        LoanTerms(
            principal=Money(10_000_000 + 1_237 * n),
            rate=rates[n % len(rates)],
            months=120 + 12 * (n % 21),
            value_date=date(2025, 1, 15),
        )
        for n in range(LOANS)
    ]


def at_once() -> str:
    """A portfolio in blocks, and the same loans one by one."""
    loans = portfolio()
    every = LOANS // SAMPLE

    def in_blocks() -> float:
        return LOANS / timed(lambda: [None for _ in blocks(loans, Method.LEVEL_PAYMENT)])

    def one_by_one() -> float:
        some = loans[::every]
        return len(some) / timed(lambda: [level_payment_schedule(loan) for loan in some])

    rows = sum(loan.months for loan in loans)
    works = {"one by one": one_by_one, "in blocks (`batch.blocks`)": in_blocks}
    note = (
        f"{LOANS:,} loans, {rows:,} rows; one by one every {every:,}th of them. The same fen, by "
        "`tests/rules/loans/test_batch.py`. Aim: 50."
    )
    return ratios("100,000 schedules at once, loans a second", in_turns(works, 3), note)


def demand() -> str:
    """A quarter of a demand account with very many movements."""
    moves = [
        (START + timedelta(days=n * 7919 % 92), Money(n * 104_729 % 20_000 - 9_000))
        for n in range(MOVEMENTS)
    ]
    opening, rate = Money(10**10), AnnualRate.of("0.05")
    interest = partial(demand_interest, opening, moves, START, END, rate)
    seconds = 1 / in_turns({"interest": partial(a_second, interest)}, ROUNDS)["interest"]
    rows = [[f"{MOVEMENTS:,}", f"{1000 * seconds:.1f}"]]
    return f"### Demand interest of a quarter\n\n{table(['movements', 'milliseconds'], rows)}\n"


if __name__ == "__main__":
    parts = f"{one_schedule()}\n{at_once()}\n{demand()}"
    write_part("schedules", "Schedules and interest", parts)
