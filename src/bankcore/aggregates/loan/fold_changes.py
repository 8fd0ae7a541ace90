"""Folding changes of a running loan: prepayment, repricing, extension, recall, settlement."""

from __future__ import annotations

from typing import Any, assert_never

from bankcore.aggregates.loan import events_changes as e
from bankcore.aggregates.loan.stage import Stage
from bankcore.aggregates.loan.state import DueItem, Loan, replaced, risk_changed
from bankcore.values.changing import changed
from bankcore.values.entry import Entry
from bankcore.values.money import ZERO


def fold_change(loan: Loan, event: e.ChangeEvent, entry: Entry[Any]) -> Loan:
    """One event that changes the course of the loan."""
    match event:
        case e.LoanPrepaid():
            return _prepaid(loan, event)
        case e.LoanRepriced():
            return _repriced(loan, event)
        case e.InterestCapitalised():
            return _capitalised(loan)
        case e.LoanExtended(months=months):
            return risk_changed(loan, extensions=(*loan.risk.extensions, months))
        case e.LoanRestructured():
            return _restructured(loan, event, entry)
        case _:
            assert_never(event)


def fold_note(loan: Loan, event: e.NoteEvent, entry: Entry[Any]) -> Loan:
    """Notices, quotes and fees leave the schedule alone; settlement ends it."""
    match event:
        case e.PrepaymentNoticeGiven(on=on, amount=amount):
            return changed(loan, notices=(*loan.notices, (entry.booking_date, on, amount)))
        case e.LoanSettled():
            return changed(loan, stage=Stage.SETTLED, dues=(), draws=_closed(loan))
        case e.LoanRecalled(due_on=due_on):
            return changed(loan, recalled_on=due_on)
        case e.PrepaymentQuoted() | e.LoanFeeCharged():
            return loan
        case _:
            assert_never(event)


def _closed(loan: Loan) -> tuple[Any, ...]:
    return tuple(changed(draw, rows=(), balance=ZERO) for draw in loan.draws)


def _prepaid(loan: Loan, event: e.LoanPrepaid) -> Loan:
    draw = loan.draw(event.draw)
    if draw is None:
        return loan
    balance = draw.balance - event.principal
    rows = draw.rows if balance else ()
    return replaced(changed(loan, notices=()), changed(draw, balance=balance, rows=rows))


def _repriced(loan: Loan, event: e.LoanRepriced) -> Loan:
    draw = loan.draw(event.draw)
    if draw is None:
        return loan
    # A rate that stays cuts no period in two: its interest goes on by whole months (LN-17).
    step = () if event.rate == draw.rate else ((event.valid_from, event.rate),)
    priced = changed(draw, rates=(*draw.rates, *step), tenor=event.tenor)
    if event.cause == "repricing":
        priced = changed(priced, repriced_on=event.valid_from)
    return replaced(loan, priced)


def _capitalised(loan: Loan) -> Loan:
    """Due interest of all dues becomes principal of the first draw."""
    moved = ZERO
    dues: list[DueItem] = []
    for item in loan.dues:
        moved += item.interest
        dues.append(changed(item, interest=ZERO))
    left = tuple(x for x in dues if x.instalment or x.penalty or x.compound)
    after = changed(loan, dues=left)
    if not after.draws:
        return after
    first = after.draws[0]
    return replaced(after, changed(first, balance=first.balance + moved))


def _restructured(loan: Loan, event: e.LoanRestructured, entry: Entry[Any]) -> Loan:
    """Open principal of the dues joins the first draw again; penalty stays owed."""
    open_principal = ZERO
    dues: list[DueItem] = []
    for item in loan.dues:
        open_principal += item.principal
        dues.append(changed(item, principal=ZERO))
    left = tuple(x for x in dues if x.instalment or x.penalty or x.compound)
    after = changed(
        loan, dues=left, contract=changed(loan.contract, terms=event.terms), stage=Stage.REPAYING
    )
    if after.draws:
        first = after.draws[0]
        after = replaced(after, changed(first, balance=first.balance + open_principal))
    return risk_changed(
        after,
        observed_from=event.first_due,
        times_restructured=loan.risk.times_restructured + 1,
        review_on=entry.booking_date,
    )
