"""Reversing a repayment (冲正): the newest one, as a red entry on its own value date, GEN-05."""

from __future__ import annotations

from dataclasses import fields
from typing import Any, Final

from bankcore.aggregates.loan import LOAN
from bankcore.aggregates.loan import commands_running as c
from bankcore.aggregates.loan import events_changes as change
from bankcore.aggregates.loan import events_repayment as e
from bankcore.operations import money
from bankcore.operations.decision import Decision
from bankcore.operations.loans.facts import check_reason, loan_gl, need_running
from bankcore.values.entry import Entry
from bankcore.values.money import Money, total
from bankcore.values.reasons import Reason, Rejected

LIMIT_DAYS: Final = 365
# What moved money or dues after the repayment has to be reversed or corrected first.
_MOVED: Final = (
    e.LoanRepaymentReceived,
    e.NonAccrualInterestReceived,
    e.LoanInterestWaived,
    e.NonAccrualInterestWaived,
    e.LoanEntryReversed,
    change.LoanPrepaid,
    change.LoanRestructured,
)


def reverse(d: Decision, x: c.Reverse) -> None:
    """Give a repayment back and owe its parts again; another person approves."""
    need_running(d, x.loan)
    check_reason(x.reason)
    if d.frame.approver in {None, "", d.frame.actor.id}:
        raise Rejected(Reason.MAKER_IS_CHECKER, maker=d.frame.actor.id)
    original = _newest(d, x)
    if (d.day - original.booking_date).days > LIMIT_DAYS:
        raise Rejected(Reason.BACK_VALUE_BEYOND_LIMIT, booked=original.booking_date)
    paid = original.event
    purse = money.purse(d, paid.source)
    money.check_target(d, purse)
    reversed_ = e.LoanEntryReversed(
        reverses=original.id,
        reversed_event=type(paid).__name__,
        amounts=_amounts(paid),
        rows=paid.rows,
        reason=x.reason,
        gl=paid.gl,
    )
    entry = d.emit(LOAN, x.loan, reversed_, value_date=original.value_date, caused_by=original.id)
    given = total([row.principal + row.interest + row.penalty + row.compound for row in paid.rows])
    money.give(d, purse, given, entry, "loan_repayment_reversed")
    _roll_again(d, x.loan)


def _newest(d: Decision, x: c.Reverse) -> Entry[Any]:
    """The repayment named, if nothing that rests on it came after; else `illegal_transition`."""
    moved = [entry for entry in d.history(LOAN, x.loan) if isinstance(entry.event, _MOVED)]
    if not moved or moved[-1].id != x.reverses:
        raise Rejected(Reason.ILLEGAL_TRANSITION, entry=x.reverses)
    newest = moved[-1]
    if not isinstance(newest.event, e.LoanRepaymentReceived):
        raise Rejected(Reason.ILLEGAL_TRANSITION, entry=x.reverses)
    return newest


def _amounts(event: Any) -> tuple[tuple[str, Money], ...]:
    values = ((f.name, getattr(event, f.name)) for f in fields(event))
    return tuple((name, value) for name, value in values if isinstance(value, Money))


def _roll_again(d: Decision, key: str) -> None:
    """Principal that was paid before the roll and is owed again becomes past due now (L6)."""
    loan = d.need(LOAN, key)
    for item in loan.dues:
        if item.due < d.day and item.instalment and not item.past_due:
            rolled = e.PrincipalBecamePastDue(
                draw=item.draw,
                number=item.number,
                principal=item.principal,
                gl=money.placeholders(loan=loan_gl(loan)),
            )
            d.emit(LOAN, key, rolled)
