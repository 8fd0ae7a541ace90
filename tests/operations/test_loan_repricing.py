"""Repricing dates on which the rate stays: LN-17, nothing changes and no period is cut."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from bankcore.aggregates.loan import commands_running as c
from bankcore.audit.explain.explanation import evidence
from bankcore.audit.explain.registry import explain
from bankcore.projections.window import Window
from bankcore.rules.loans.prepayment import PrepaymentOption
from bankcore.values.money import yuan
from loan_desk import PLAIN, day, lent, loan_of
from spec import Desk

LONG = replace(PLAIN, term_months=24)


def accrued(desk: Desk, on: str) -> Fraction:
    found = evidence(list(desk.bank.entries()), Window(day(on)), desk.bank.catalogue, day(on))
    return explain("accrued-interest", "loan-L1", found).value


def test_a_rate_that_stays_leaves_the_month_whole() -> None:
    # 12,000 at 3.00 + 1.35 = 4.35 %: 43.50 a month; the 31 days from 31 December would be 44.95.
    desk = lent("2025-12-31", LONG)
    desk.advance("2026-01-20")
    assert loan_of(desk).draws[0].repriced_on == day("2026-01-01")
    assert [on for on, _ in loan_of(desk).draws[0].rates] == [day("2025-12-31")]
    assert accrued(desk, "2026-01-30") == 4350


def test_what_is_left_after_a_prepayment_bears_the_interest_of_a_month() -> None:
    # 7,000 at 4.35 % for January, a whole month: 25.375, so 25.38; by 31 days it would be 26.22.
    desk = lent("2025-12-31", LONG, "9000.00")
    desk.do(c.GivePrepaymentNotice(loan="L1", amount=yuan("5000.00"), on=day("2026-01-20")))
    desk.advance("2026-01-20")
    shorter = PrepaymentOption.SHORTEN_TERM
    desk.do(c.Prepay(loan="L1", amount=yuan("5000.00"), option=shorter, source="A1"))
    assert loan_of(desk).draws[0].rows[0].interest == yuan("25.38")
