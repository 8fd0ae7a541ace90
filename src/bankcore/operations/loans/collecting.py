"""Dues and payments (到期、还款、扣款): LN-18, LN-22 and the steps 200 and 260 of the day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from bankcore.aggregates.deposit_account import ACCOUNT
from bankcore.aggregates.loan import LOAN, Loan
from bankcore.aggregates.loan import commands_running as c
from bankcore.aggregates.loan import events_repayment as e
from bankcore.aggregates.loan.state import DueItem
from bankcore.aggregates.loan.terms import AllocatedRow, ScheduleRow
from bankcore.operations import money
from bankcore.operations.backdating import value_date_of
from bankcore.operations.decision import Decision
from bankcore.operations.loans.facts import loan_gl, need_running, policies
from bankcore.operations.loans.penalties import charge_penalties, charges
from bankcore.operations.loans.settling import settle_if_clear
from bankcore.operations.service import serve
from bankcore.rules.compliance.kyc_status import ServiceNeed
from bankcore.rules.loans.allocation import Allocation, Dues, Parts, allocate_payment
from bankcore.values.money import ZERO, Money, total
from bankcore.values.reasons import Reason, Rejected
from bankcore.values.streams import Due

PURPOSE: Final = "loan_repayment"


@dataclass(frozen=True, slots=True)
class Payment:
    """Money offered on a loan: how much, from where, counting from which day."""

    amount: Money
    purse: money.Purse
    source: str
    on: date


def bring_due(d: Decision, key: str) -> None:
    """Every row whose day has come falls due; on a non-accrual loan its interest is off book."""
    loan = d.need(LOAN, key)
    fallen = [(draw, row) for draw in loan.draws for row in draw.rows if row.due <= d.day]
    for draw, row in sorted(fallen, key=lambda pair: (pair[1].due, pair[0].number)):
        if loan.risk.non_accrual:
            d.emit(LOAN, key, _off_book(draw.number, row), value_date=row.due)
        else:
            d.emit(LOAN, key, _on_book(draw.number, row), value_date=row.due)


def _on_book(draw: int, row: ScheduleRow) -> e.InstalmentFellDue:
    return e.InstalmentFellDue(
        draw=draw,
        number=row.number,
        due=row.due,
        principal=row.principal,
        interest=row.interest,
        remainder=row.remainder,
        gl=money.placeholders(),
    )


def _off_book(draw: int, row: ScheduleRow) -> e.NonAccrualInterestFellDue:
    return e.NonAccrualInterestFellDue(
        draw=draw,
        number=row.number,
        due=row.due,
        principal=row.principal,
        interest=row.interest,
        of_which_penalty=ZERO,
        of_which_compound=ZERO,
        since=None,
        until=None,
        gl=money.placeholders(),
    )


def pay(d: Decision, key: str, payment: Payment) -> Allocation:
    """Apply a payment in the order of LN-22, after charging penalty up to its day.

    Nothing left to pay settles the loan. What the allocation leaves over is not taken.
    """
    charge_penalties(d, key, payment.on)
    loan = d.need(LOAN, key)
    switch = policies(d).number("allocation.principal_first_after")
    dues = sorted(loan.dues, key=lambda item: (item.due, item.number))
    owed = [Dues(item.number, item.due, _open(item)) for item in dues]
    dpd = loan.days_past_due(payment.on)
    made = allocate_payment(owed, ZERO, payment.amount, dpd, switch)
    got = [(item, parts) for item, (_, parts) in zip(dues, made.rows, strict=True) if parts.total]
    if got and loan.risk.non_accrual:
        _receive_off_book(d, key, payment, got)
    elif got:
        _receive(d, key, payment, got, made.unapplied)
    settle_if_clear(d, key)
    return made


def _open(item: DueItem) -> Parts:
    return Parts(
        principal=item.principal,
        interest=item.interest,
        penalty=item.penalty,
        compound=item.compound,
    )


Got = list[tuple[DueItem, Parts]]


def _receive(d: Decision, key: str, payment: Payment, got: Got, unapplied: Money) -> None:
    loan = d.need(LOAN, key)
    received = e.LoanRepaymentReceived(
        source=payment.source,
        principal=total([p.principal for item, p in got if not item.past_due]),
        principal_past_due=total([p.principal for item, p in got if item.past_due]),
        interest_due=total([p.interest for _, p in got]),
        interest_accrued=ZERO,
        penalty_due=total([p.penalty + p.compound for _, p in got]),
        penalty_accrued=ZERO,
        fee=ZERO,
        unapplied=unapplied,
        rows=tuple(_row(item, parts) for item, parts in got),
        gl=money.placeholders(source=payment.purse.gl, loan=loan_gl(loan)),
    )
    entry = d.emit(LOAN, key, received, value_date=payment.on)
    money.take(d, payment.purse, total([p.total for _, p in got]), entry, PURPOSE)


def _receive_off_book(d: Decision, key: str, payment: Payment, got: Got) -> None:
    """Principal as ever; interest, penalty and compound come off the memo (L10)."""
    principal = [(item, Parts(principal=p.principal)) for item, p in got if p.principal]
    if principal:
        _receive(d, key, payment, principal, ZERO)
    rest = [
        (item, Parts(interest=p.interest, penalty=p.penalty, compound=p.compound))
        for item, p in got
    ]
    interest = total([parts.total for _, parts in rest])
    if not interest:
        return
    received = e.NonAccrualInterestReceived(
        source=payment.source,
        interest=interest,
        rows=tuple(_row(item, parts) for item, parts in rest if parts.total),
        gl=money.placeholders(source=payment.purse.gl),
    )
    entry = d.emit(LOAN, key, received, value_date=payment.on)
    money.take(d, payment.purse, interest, entry, PURPOSE)


def _row(item: DueItem, parts: Parts) -> AllocatedRow:
    return AllocatedRow(
        draw=item.draw,
        number=item.number,
        principal=parts.principal,
        interest=parts.interest,
        penalty=parts.penalty,
        compound=parts.compound,
    )


def owed_on(loan: Loan, on: date) -> Money:
    """Everything that a payment on a day would have to cover, penalty of that day included."""
    return loan.owed + total([charge.total for charge in charges(loan, on)])


def repay(d: Decision, x: c.Repay) -> None:
    """Pay what is due; a payment that was made earlier counts from its value date (GEN-05)."""
    if x.amount.minor < 0:
        raise Rejected(Reason.PAYMENT_NEGATIVE, amount=x.amount)
    loan = need_running(d, x.loan)
    serve(d, loan.application.customer, need=ServiceNeed.CREDIT)
    on = value_date_of(d, loan.draws[0].drawn_on, None, loan.last_booking)
    _check_charged(loan, on)
    bring_due(d, x.loan)
    purse = money.purse(d, x.source)
    wanted = min(x.amount, owed_on(d.need(LOAN, x.loan), on))
    if wanted:
        money.check_source(d, purse, wanted)
    pay(d, x.loan, Payment(x.amount, purse, x.source, on))


def _check_charged(loan: Loan, on: date) -> None:
    """Penalty that was charged beyond the value date would have to be restated: refused."""
    late = max((item.charged_until for item in loan.dues), default=on)
    overcharged = any(item.charged_until > max(on, item.due) for item in loan.dues)
    misuse = loan.risk.misuse
    if misuse is not None and misuse.charged_until > max(on, misuse.since):
        late, overcharged = max(late, misuse.charged_until), True
    if overcharged:
        raise Rejected(Reason.BACK_VALUE_BEYOND_LIMIT, charged_until=late)


def instalment_due(d: Decision, due: Due) -> None:
    """Step 200: rows of today fall due and are debited from the linked account."""
    bring_due(d, due.stream)
    collect(d, due)


def collect(d: Decision, due: Due) -> None:
    """Step 200: take what is there, at most what is owed, arrears first (自动扣款)."""
    loan = d.need(LOAN, due.stream)
    account = d.load(ACCOUNT, loan.autodebit) if loan.autodebit else None
    if account is None or not account.is_open:
        return
    amount = min(account.available, owed_on(loan, d.day))
    if amount:
        purse = money.purse(d, loan.autodebit)
        pay(d, due.stream, Payment(amount, purse, loan.autodebit, d.day))


def past_due(d: Decision, due: Due) -> None:
    """Step 260: what is unpaid at the end of its due day becomes past due (L6)."""
    loan = d.need(LOAN, due.stream)
    for item in loan.dues:
        if f"{item.draw}/{item.number}" == due.contract and not item.past_due:
            rolled = e.PrincipalBecamePastDue(
                draw=item.draw,
                number=item.number,
                principal=item.principal,
                gl=money.placeholders(loan=loan_gl(loan)),
            )
            d.emit(LOAN, due.stream, rolled)


def non_accrual(d: Decision, due: Due) -> None:
    """Step 260: more than 90 days past due, uncollected income goes off book (GL-06)."""
    non_accrual_now(d, due.stream)


def non_accrual_now(d: Decision, key: str) -> None:
    """Reverse uncollected income to memo (L8); nothing to do for a loan that is there already."""
    if d.need(LOAN, key).risk.non_accrual:
        return
    charge_penalties(d, key, d.day)
    sums = d.need(LOAN, key).sums
    placed = e.LoanPlacedOnNonAccrual(
        interest=sums.interest_due, penalty=sums.penalty_due, gl=money.placeholders()
    )
    d.emit(LOAN, key, placed)
