"""Every settled figure of a loan that was altered is found by recomputing it (LN-10…LN-28)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from bankcore.aggregates.deposit_account import commands as account
from bankcore.aggregates.loan import LOAN, Loan
from bankcore.aggregates.loan import commands_running as c
from bankcore.aggregates.loan import events_changes as change
from bankcore.aggregates.loan import events_contract as contract
from bankcore.aggregates.loan import events_repayment as pay
from bankcore.aggregates.loan import events_risk as risk
from bankcore.audit.recompute.registry import RECOMPUTERS
from bankcore.values.entry import Entry
from bankcore.values.money import Money, yuan
from bankcore.values.rates import AnnualRate
from loan_desk import day, lent
from spec import Desk

ONE = Money(1)


def history(desk: Desk) -> list[tuple[Loan | None, Entry[Any]]]:
    """Each entry of the loan with the state before it."""
    state: Loan | None = None
    found = []
    for entry in desk.entries():
        if entry.stream == "loan-L1":
            found.append((state, entry))
            state = LOAN.evolve(state, entry)
    return found


def troubled() -> Desk:
    desk = lent()
    desk.do(c.GivePrepaymentNotice(loan="L1", amount=yuan("1000.00"), on=day("2026-01-30")))
    desk.advance("2026-01-30")
    desk.do(c.Prepay(loan="L1", amount=yuan("1000.00"), source="A1"))
    desk.do(account.Withdraw(account="A1", amount=yuan("11990.00")))
    desk.advance("2026-02-25")
    desk.do(c.Repay(loan="L1", amount=yuan("10.00")))
    desk.advance("2026-05-20")
    desk.do(c.Repay(loan="L1", amount=yuan("10.00")))
    return desk


HISTORY = history(troubled())


def clause(event: type, alter: Callable[[Any], Any], *, last: bool = False) -> str | None:
    """What recomputing says of an event of a kind after it was altered."""
    found = [(state, entry) for state, entry in HISTORY if isinstance(entry.event, event)]
    state, entry = found[-1 if last else 0]
    return RECOMPUTERS[event](state, replace(entry, event=alter(entry.event)))


def test_nothing_is_found_in_a_true_history() -> None:
    checked = [(s, e) for s, e in HISTORY if type(e.event) in RECOMPUTERS]
    assert {type(entry.event) for _, entry in checked} == {
        contract.RepaymentScheduleBuilt,
        pay.InstalmentFellDue,
        pay.NonAccrualInterestFellDue,
        pay.PenaltyInterestCharged,
        change.LoanPrepaid,
        risk.ProvisionPosted,
    }
    assert [RECOMPUTERS[type(entry.event)](state, entry) for state, entry in checked] == [
        None
    ] * len(checked)


@pytest.mark.parametrize(
    ("event", "alter", "word"),
    [
        (contract.RepaymentScheduleBuilt, lambda e: replace(e, rows=e.rows[:-1]), "repay"),
        (
            contract.RepaymentScheduleBuilt,
            lambda e: replace(e, rate=AnnualRate.of("4.36")),
            "LN-10",
        ),
        (contract.RepaymentScheduleBuilt, lambda e: replace(e, draw=9), "before the draw"),
        (pay.InstalmentFellDue, lambda e: replace(e, interest=e.interest + ONE), "by the schedule"),
        (pay.InstalmentFellDue, lambda e: replace(e, number=99), "not on the schedule"),
        (pay.PenaltyInterestCharged, lambda e: replace(e, penalty=e.penalty + ONE), "LN-19"),
        (
            pay.PenaltyInterestCharged,
            lambda e: replace(e, of_which_compound=e.of_which_compound + ONE),
            "LN-20",
        ),
        (pay.PenaltyInterestCharged, lambda e: replace(e, number=99), "bears no penalty"),
        (
            change.LoanPrepaid,
            lambda e: replace(e, interest_accrued=e.interest_accrued + ONE),
            "interest",
        ),
        (change.LoanPrepaid, lambda e: replace(e, segments=()), "interest days"),
        (change.LoanPrepaid, lambda e: replace(e, fee=e.fee + ONE), "fee"),
        (change.LoanPrepaid, lambda e: replace(e, draw=9), "before the draw"),
        (risk.ProvisionPosted, lambda e: replace(e, ecl=e.ecl + ONE), "ECL"),
        (risk.ProvisionPosted, lambda e: replace(e, increase=e.increase + ONE), "booking"),
    ],
)
def test_an_altered_figure_is_found(event: type, alter: Callable[[Any], Any], word: str) -> None:
    found = clause(event, alter)
    assert found is not None
    assert word in found


def test_penalty_off_book_is_recomputed_too() -> None:
    event = pay.NonAccrualInterestFellDue
    found = clause(event, lambda e: replace(e, interest=e.interest + ONE), last=True)
    assert found is not None
    assert "LN-19" in found


@pytest.mark.parametrize(
    "event", [e for e in RECOMPUTERS if e.__module__.startswith("bankcore.aggregates.loan")]
)
def test_a_figure_before_the_loan_is_found(event: type) -> None:
    entry = next(entry for _, entry in HISTORY if isinstance(entry.event, event))
    assert RECOMPUTERS[event](None, entry) is not None


def test_a_provision_without_inputs_is_taken_as_booked() -> None:
    assert clause(risk.ProvisionPosted, lambda e: replace(e, inputs=None)) is None
