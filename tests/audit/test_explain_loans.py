"""Every explained figure of a loan adds up exactly and agrees with the state (LN-10…LN-28)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from bankcore.aggregates.catalogue.commands import AdoptRule
from bankcore.aggregates.deposit_account import commands as account
from bankcore.aggregates.loan import commands_running as c
from bankcore.audit.explain.evidence import evidence
from bankcore.audit.explain.explanation import Explanation
from bankcore.audit.explain.registry import EXPLAINERS, explain
from bankcore.products.catalogue import shipped
from bankcore.projections.accrued import accrued, virtual_legs
from bankcore.projections.risk import risks
from bankcore.projections.states import fold_states
from bankcore.projections.window import Window
from bankcore.values.errors import BadInput
from bankcore.values.money import yuan
from loan_desk import PLAIN, day, lent, loan_of
from spec import Desk

FIGURES = sorted(
    figure for figure, kind in EXPLAINERS if kind == "loan" and figure != "prepayment-saving"
)
"""A saving needs a quote; it has tests of its own."""


def troubled() -> Desk:
    """A loan that missed two instalments, paid some of it, prepaid nothing."""
    desk = lent()
    desk.do(account.Withdraw(account="A1", amount=yuan("13000.00")))
    desk.advance("2026-03-20")
    desk.do(c.Repay(loan="L1", amount=yuan("500.00")))
    desk.advance("2026-04-02")
    return desk


def explained(desk: Desk, figure: str, on: date) -> Explanation:
    found = evidence(desk.entries(), Window(on, on), shipped(), on)
    return explain(figure, "loan-L1", found)


@pytest.mark.parametrize("figure", FIGURES)
@pytest.mark.parametrize("on", ["2026-01-12", "2026-02-12", "2026-03-01", "2026-03-31"])
def test_a_figure_of_a_loan_adds_up(figure: str, on: str) -> None:
    made = explained(troubled(), figure, day(on))
    assert made.adds_up
    assert all(part.event_id and part.rule for part in made.parts)
    assert all(abs(part.remainder) <= 1 for part in made.parts)


def test_the_figures_are_those_of_the_state() -> None:
    desk = troubled()
    on = day("2026-04-01")
    loan = loan_of(desk)
    assert explained(desk, "balance", on).value == loan.principal.minor
    assert explained(desk, "allowance", on).value == loan.sums.allowance.minor
    assert explained(desk, "days-past-due", on).value == 48
    assert explained(desk, "grade", on).shown == "special_mention"
    assert explained(desk, "rate", on).value == Fraction(435, 100)


def test_accrued_interest_reaches_what_falls_due_to_the_last_fraction() -> None:
    # 12,000.00 at 4.35 %: 29 days are 12,000 × 29 × 4.35 / 36000 = 42.05; the 31 days to
    # 12 February are one month, 43.50 (GL-06, LN-10).
    desk = lent()
    desk.advance("2026-02-11")
    states = fold_states(desk.entries())
    early = [a for a in accrued(states, day("2026-02-09"), shipped()) if a.stream == "loan-L1"]
    full = [a for a in accrued(states, day("2026-02-11"), shipped()) if a.stream == "loan-L1"]
    assert [a.exact for a in early] == [Fraction(4205)]
    assert [a.exact for a in full] == [Fraction(4350)]
    legs = virtual_legs(states, day("2026-02-11"), shipped())
    assert (legs["1132.01"], legs["6011.01"]) == (4350, -4350)


def test_penalty_accrues_after_grace_and_stops_on_non_accrual() -> None:
    desk = lent()
    desk.do(account.Withdraw(account="A1", amount=yuan("13000.00")))
    desk.advance("2026-02-15")
    states = fold_states(desk.entries())
    inside = [a for a in accrued(states, day("2026-02-14"), shipped()) if a.debit == "1132.03"]
    after = [a for a in accrued(states, day("2026-02-15"), shipped()) if a.debit == "1132.03"]
    assert inside == []
    # Four days on 980.22 and 43.50 at 6.525 %.
    assert [a.exact for a in after] == [Fraction(102372 * 4 * 6525, 36_000_000)]
    desk.advance("2026-05-20")
    states = fold_states(desk.entries())
    late = [a for a in accrued(states, day("2026-05-19"), shipped()) if a.stream == "loan-L1"]
    assert late == []


def test_the_risk_row_says_what_the_state_says() -> None:
    desk = troubled()
    states = fold_states(desk.entries())
    row = next(r for r in risks(states, day("2026-04-01"), shipped()) if r.contract == "loan-L1")
    assert (row.days_past_due, row.bucket, row.grade, row.ecl_stage) == (
        48,
        "M2",
        "special_mention",
        2,
    )
    # Of 500.00 went 6.40 to penalty, 0.28 to compound, 43.50 to interest: 449.82 to principal.
    assert row.outstanding == yuan("11550.18")


def test_a_repriced_rate_and_a_prepayment_fee_are_told_part_by_part() -> None:
    # 1Y LPR 3.10 + 1.35 at first, from 1 January 2026 the 3.00 of May: two parts of one rate.
    desk = lent("2025-02-10", replace(PLAIN, term_months=24), opening="20000.00")
    desk.advance("2026-01-05")
    made = explained(desk, "rate", day("2026-01-04"))
    assert [part.amount for part in made.parts] == [Fraction(445, 100), Fraction(-10, 100)]
    assert made.adds_up
    desk.do(AdoptRule(param="fee.letter", value="20.00", valid_from=day("2026-01-05"), checker="c"))
    desk.do(c.ChargeFee(loan="L1", code="letter"))
    assert explained(desk, "fees", day("2026-01-05")).value == 2000


def test_a_loan_that_is_not_there_cannot_be_explained() -> None:
    desk = lent()
    found = evidence(
        desk.entries(), Window(day("2026-01-12"), day("2026-01-12")), shipped(), day("2026-01-12")
    )
    for figure in FIGURES:
        with pytest.raises(BadInput):
            explain(figure, "loan-L9", found)
