"""Collection of loans (催收): cases, contacts within hours and caps, promises, LN-31."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Final

from bankcore.aggregates.collection_case import COLLECTION, CollectionCase
from bankcore.aggregates.collection_case import commands as c
from bankcore.aggregates.collection_case import events as e
from bankcore.aggregates.loan import LOAN, Loan
from bankcore.operations.decision import Decision
from bankcore.operations.handlers import Handler, by
from bankcore.operations.loans.facts import check_reason, signed_terms
from bankcore.operations.loans.post_loan_policies import PostLoanPolicies
from bankcore.rules.loans.collection import CollectionContact, check_contact, next_contact
from bankcore.values.money import Money, total
from bankcore.values.reasons import Reason, Rejected
from bankcore.values.roles import Role

NOON: Final = "12:00"


def _policies(d: Decision) -> PostLoanPolicies:
    return PostLoanPolicies(d.catalogue, d.day, d.day)


def dpd_reported(loan: Loan, day: date) -> int:
    """Days past due that are reported: none within the grace, all of them after it (LN-18)."""
    dpd = loan.days_past_due(day)
    return dpd if dpd > signed_terms(loan).grace_days else 0


def arrears_of(loan: Loan) -> Money:
    """Everything due and unpaid: principal, interest, penalty, compound interest."""
    return total([x.principal + x.interest + x.penalty + x.compound for x in loan.dues])


def open_case(d: Decision, x: c.Open) -> None:
    """Open a case; inside the grace there is only a reminder and no case (`no_arrears`)."""
    if d.load(COLLECTION, x.case) is not None:
        raise Rejected(Reason.STREAM_EXISTS, case=x.case)
    loan = d.need(LOAN, x.loan)
    late = dpd_reported(loan, d.day) if loan.running else 0
    opened = e.CollectionCaseOpened(
        contract=LOAN.stream(x.loan),
        dpd_reported=late,
        arrears=arrears_of(loan),
        next_due=next_contact(late, d.day, None, _policies(d).contact_intervals()),
    )
    d.emit(COLLECTION, x.case, opened)


def _open(d: Decision, key: str) -> tuple[CollectionCase, Loan]:
    case = d.need(COLLECTION, key)
    if case.closed:
        raise Rejected(Reason.ILLEGAL_TRANSITION, state="closed")
    return case, d.need(LOAN, case.contract)


def contact(d: Decision, x: c.Contact) -> None:
    """Note what was done; what LN-31 forbids is warned of and kept with the contact."""
    case, loan = _open(d, x.case)
    at = datetime.combine(d.day, time.fromisoformat(d.frame.at or NOON))
    tries, late = case.attempts_on(d.day), dpd_reported(loan, d.day)
    given = CollectionContact(
        dpd_reported=late,
        at=at,
        channel=x.channel,
        party=x.party,
        discloses_debt=x.discloses_debt,
        hold=case.on_hold(d.day),
        attempts_number_today=tries.count(x.number),
        attempts_debtor_today=len(tries),
    )
    breach = ""
    try:
        check_contact(given, _policies(d).conduct())
    except Rejected as no:
        d.warn(no.reason, **no.facts)
        breach = no.reason.value
    steps = _policies(d).contact_intervals()
    made = e.CollectionContactMade(
        time=at.time().isoformat(),
        channel=x.channel,
        party=x.party,
        number=x.number,
        discloses_debt=x.discloses_debt,
        outcome=x.outcome,
        dpd_reported=late,
        breach=breach,
        next_due=next_contact(late, d.day, d.day, steps) if late else None,
    )
    d.emit(COLLECTION, x.case, made)


def promise(d: Decision, x: c.Promise) -> None:
    """A promise suspends contacts until its day; refuses `no_arrears` and `hold_active`."""
    case, loan = _open(d, x.case)
    if x.amount.minor <= 0:
        raise Rejected(Reason.AMOUNT_NOT_POSITIVE, amount=x.amount)
    if not dpd_reported(loan, d.day):
        raise Rejected(Reason.NO_ARREARS)
    if case.on_hold(d.day):
        raise Rejected(Reason.HOLD_ACTIVE, promised_by=case.promised_by)
    d.emit(COLLECTION, x.case, e.PromiseToPayRecorded(amount=x.amount, by=x.by))


def close_case(d: Decision, x: c.Close) -> None:
    """Nothing may be due any more (`arrears_outstanding`)."""
    _, loan = _open(d, x.case)
    check_reason(x.reason)
    if loan.running and arrears_of(loan):
        raise Rejected(Reason.ARREARS_OUTSTANDING, arrears=arrears_of(loan))
    d.emit(COLLECTION, x.case, e.CollectionCaseClosed(reason=x.reason))


_COLLECTORS: Final = (Role.COLLECTOR, Role.RM, Role.SYSTEM)
HANDLERS: Final[dict[type, Handler]] = {
    c.Open: by(open_case, *_COLLECTORS),
    c.Contact: by(contact, *_COLLECTORS),
    c.Promise: by(promise, *_COLLECTORS),
    c.Close: by(close_case, *_COLLECTORS),
}
