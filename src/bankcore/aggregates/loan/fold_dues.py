"""Folding dues and payments: what fell due, what was paid, what is past due."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, Final, assert_never

from bankcore.aggregates.loan import events_repayment as e
from bankcore.aggregates.loan.fold_misuse import fold_misuse_charge
from bankcore.aggregates.loan.stage import Stage
from bankcore.aggregates.loan.state import DueItem, Loan, replaced, risk_changed
from bankcore.aggregates.loan.terms import AllocatedRow
from bankcore.rules.loans.codes import LoanClass
from bankcore.values.changing import changed
from bankcore.values.entry import Entry
from bankcore.values.money import ZERO, Money

_HISTORY: Final = 60
"""Instalments remembered with their day of payment; LN-18 and LN-27 look back 24 months."""


def fold_due(loan: Loan, event: e.DueEvent, _entry: Entry[Any]) -> Loan:
    """What makes a due, or adds penalty to one."""
    match event:
        case e.InstalmentFellDue():
            return _fell_due(loan, event)
        case e.NonAccrualInterestFellDue():
            if event.until is None:
                return _fell_due(loan, event)
            penalty, compound = event.of_which_penalty, event.of_which_compound
            return _charged(loan, event, penalty, compound, event.until)
        case e.PenaltyInterestCharged():
            simple = event.penalty - event.of_which_compound
            return _charged(loan, event, simple, event.of_which_compound, event.until)
        case _:
            assert_never(event)


def fold_paid(loan: Loan, event: e.PaidEvent, entry: Entry[Any]) -> Loan:
    """What takes from the dues, and the red entry that gives back."""
    if isinstance(event, e.LoanEntryReversed):
        return _restored(loan, event, entry.booking_date, entry.value_date)
    return _paid(loan, event.rows, entry.value_date)


def fold_status(loan: Loan, event: e.StatusEvent, _entry: Entry[Any]) -> Loan:
    """Past due and non-accrual."""
    match event:
        case e.PrincipalBecamePastDue():
            key = (event.draw, event.number)
            dues = tuple(
                changed(x, past_due=True) if (x.draw, x.number) == key else x for x in loan.dues
            )
            return changed(loan, stage=Stage.OVERDUE, dues=dues)
        case e.LoanPlacedOnNonAccrual():
            return risk_changed(loan, non_accrual=True)
        case e.PastDueCured():
            return loan
        case _:
            assert_never(event)


def _fell_due(loan: Loan, event: e.InstalmentFellDue | e.NonAccrualInterestFellDue) -> Loan:
    draw = loan.draw(event.draw)
    if draw is not None:
        rows = tuple(row for row in draw.rows if row.number != event.number)
        moved = changed(draw, rows=rows, last_due=event.due, balance=draw.balance - event.principal)
        loan = replaced(loan, moved)
    item = DueItem(event.draw, event.number, event.due, event.principal, event.interest, event.due)
    if not item.instalment:
        return loan
    record = (event.draw, event.number, event.due, None)
    dues = sorted((*loan.dues, item), key=lambda x: (x.due, x.draw, x.number))
    return changed(loan, dues=tuple(dues), history=(*loan.history, record)[-_HISTORY:])


def _charged(
    loan: Loan,
    event: e.PenaltyInterestCharged | e.NonAccrualInterestFellDue,
    penalty: Money,
    compound: Money,
    until: date,
) -> Loan:
    if event.number <= 0:
        return fold_misuse_charge(loan, event, penalty, until)
    dues = tuple(
        changed(
            item,
            penalty=item.penalty + penalty,
            compound=item.compound + compound,
            charged_until=until,
        )
        if (item.draw, item.number) == (event.draw, event.number)
        else item
        for item in loan.dues
    )
    return changed(loan, dues=dues)


def _paid(loan: Loan, rows: Iterable[AllocatedRow], on: date) -> Loan:
    got = {(row.draw, row.number): row for row in rows}
    dues = [_less(item, got.get((item.draw, item.number))) for item in loan.dues]
    full = {(x.draw, x.number) for x in dues if not x.instalment}
    history = tuple(
        (draw, number, due, on if paid is None and (draw, number) in full else paid)
        for draw, number, due, paid in loan.history
    )
    left = tuple(x for x in dues if x.instalment or x.penalty or x.compound)
    after = changed(loan, dues=left, history=history)
    if loan.oldest_due() is None:
        return after
    if after.oldest_due() is None:
        after = _cleared(after, on)
    if loan.risk.loan_class is LoanClass.NORMAL or not _in_time(after):
        return after
    return risk_changed(after, review_on=loan.last_booking)


def _cleared(loan: Loan, on: date) -> Loan:
    """Nothing due is unpaid any more."""
    after = changed(loan, stage=Stage.REPAYING) if loan.stage is Stage.OVERDUE else loan
    # The first clean day of a bad loan starts its observation; LN-27 judges later misses itself.
    if loan.risk.loan_class.non_performing and loan.cleared_on is None:
        after = changed(after, cleared_on=on)
    return after


def _in_time(loan: Loan) -> bool:
    """The delay has ended today (LN-24): nothing is open, or only what falls due today."""
    assert loan.last_booking is not None, "a payment has a booking date"
    return not loan.days_past_due(loan.last_booking)


def _less(item: DueItem, row: AllocatedRow | None) -> DueItem:
    if row is None:
        return item
    return changed(
        item,
        principal=item.principal - row.principal,
        interest=item.interest - row.interest,
        penalty=item.penalty - row.penalty,
        compound=item.compound - row.compound,
    )


def _restored(loan: Loan, event: e.LoanEntryReversed, on: date, paid_on: date) -> Loan:
    """A reversed payment is owed again, from the due dates that the history remembers."""
    due_of = {(draw, number): due for draw, number, due, _ in loan.history}
    dues = {(x.draw, x.number): x for x in loan.dues}
    rolled = dict(event.amounts).get("principal_past_due", ZERO)
    for row in event.rows:
        key = (row.draw, row.number)
        due = due_of.get(key, on)
        # A payment that paid penalty was made after grace, and all of it was charged by then.
        charged = paid_on if row.penalty or row.compound else due
        item = dues.get(key, DueItem(row.draw, row.number, due, ZERO, ZERO, charged))
        dues[key] = changed(
            item,
            principal=item.principal + row.principal,
            interest=item.interest + row.interest,
            penalty=item.penalty + row.penalty,
            compound=item.compound + row.compound,
            past_due=item.past_due or (bool(rolled) and due <= paid_on and due < on),
        )
    history = tuple(
        (draw, number, due, None if (draw, number) in dues else paid)
        for draw, number, due, paid in loan.history
    )
    ordered = sorted(dues.values(), key=lambda x: (x.due, x.draw, x.number))
    late = any(x.due < on and x.instalment for x in ordered)
    stage = Stage.OVERDUE if late else loan.stage
    again = changed(loan, dues=tuple(ordered), history=history, stage=stage, cleared_on=None)
    return risk_changed(again, review_on=on)
