"""Prepayment (提前还款): notice, quote, part and full, LN-15."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from bankcore.aggregates.loan import LOAN, Loan
from bankcore.aggregates.loan import commands_running as c
from bankcore.aggregates.loan import events_changes as e
from bankcore.aggregates.loan.state import Draw
from bankcore.aggregates.loan.terms import ContractTerms, RateDays
from bankcore.operations import money
from bankcore.operations.decision import Decision
from bankcore.operations.loans.collecting import Payment, bring_due, owed_on, pay
from bankcore.operations.loans.facts import loan_gl, need_running, signed_terms
from bankcore.operations.loans.penalties import charge_penalties
from bankcore.operations.loans.rebuilding import days_and_rates, emit_schedule, remaining_of
from bankcore.operations.loans.settling import settle_if_clear
from bankcore.operations.service import serve
from bankcore.rules.compliance.kyc_status import ServiceNeed
from bankcore.rules.loans.prepayment import (
    FeeStep,
    PartialPrepayment,
    PrepaymentOption,
    PrepaymentPolicy,
    PrepaymentRequest,
    fee_percent,
    partial_prepayment,
    prepayment_refusal,
)
from bankcore.values.money import Money, total
from bankcore.values.reasons import Reason, Rejected


def _policy(terms: ContractTerms) -> PrepaymentPolicy:
    return PrepaymentPolicy(
        fee_steps=tuple(FeeStep(step.below_months, step.percent) for step in terms.fee_steps),
        minimum=terms.prepayment_minimum,
        notice_days=terms.notice_days,
    )


def _draw(loan: Loan, number: int) -> Draw:
    draw = loan.draw(number)
    if draw is None:
        raise Rejected(Reason.ILLEGAL_TRANSITION, draw=number)
    return draw


@dataclass(frozen=True, slots=True)
class Asked:
    """A prepayment asked for: how much of which draw, on which day, by which notice."""

    amount: Money
    draw: int
    on: date
    notice_on: date


def _check(d: Decision, loan: Loan, asked: Asked) -> None:
    """The refusals of LN-15 in order."""
    request = PrepaymentRequest(
        active=loan.running,
        in_arrears=bool(loan.dues),
        amount=asked.amount,
        balance=_draw(loan, asked.draw).balance,
        notice_on=asked.notice_on,
        prepay_date=asked.on,
    )
    reason = prepayment_refusal(request, _policy(signed_terms(loan)))
    if reason is not None:
        earliest = asked.notice_on + timedelta(days=signed_terms(loan).notice_days)
        raise Rejected(reason, balance=request.balance, earliest=earliest, today=d.day)


def _made(loan: Loan, asked: Asked, option: PrepaymentOption) -> PartialPrepayment:
    """What the rule makes of it; the whole balance leaves no rows."""
    draw, terms = _draw(loan, asked.draw), signed_terms(loan)
    pct = fee_percent(_policy(terms).fee_steps, draw.drawn_on, asked.on)
    segments = days_and_rates(draw, asked.on)
    return partial_prepayment(remaining_of(draw), asked.amount, segments, option, pct)


def give_notice(d: Decision, x: c.GivePrepaymentNotice) -> None:
    """Announce; whether it was early enough is judged when the money comes."""
    loan = d.need(LOAN, x.loan)
    # A notice is an announcement: only that there is something to prepay can be checked today.
    asked = Asked(x.amount, 1, date.max, d.day)
    _check(d, loan, asked)
    d.emit(LOAN, x.loan, e.PrepaymentNoticeGiven(on=x.on, amount=x.amount))


def quote(d: Decision, x: c.QuotePrepayment) -> None:
    """Say what it would cost on a day before the next due date, and what it would save."""
    loan = d.need(LOAN, x.loan)
    asked = Asked(x.amount, x.draw, x.on, date.min)
    _check(d, loan, asked)
    draw = _draw(loan, x.draw)
    if not draw.last_due <= x.on < draw.rows[0].due:
        raise Rejected(Reason.VALUE_DATE_IN_FUTURE, next_due=draw.rows[0].due)
    made = _made(loan, asked, x.option)
    before = total([row.interest for row in draw.rows])
    after = made.schedule.total_interest + made.interest.amount + made.fee.amount
    quoted = e.PrepaymentQuoted(
        on=x.on,
        principal=x.amount,
        interest=made.interest.amount,
        fee=made.fee.amount,
        saving=before - after,
        valid_to=x.on,
    )
    d.emit(LOAN, x.loan, quoted)


def prepay(d: Decision, x: c.Prepay) -> None:
    """Take principal, interest to the day and fee; an instalment of today is paid first."""
    loan = need_running(d, x.loan)
    serve(d, loan.application.customer, need=ServiceNeed.CREDIT)
    purse = money.purse(d, x.source)
    _pay_today(d, x, purse)
    loan = d.need(LOAN, x.loan)
    asked = Asked(x.amount, x.draw, d.day, _notice_for(loan, d.day))
    _check(d, loan, asked)
    draw = _draw(loan, x.draw)
    made = _made(loan, asked, x.option)
    money.check_source(d, purse, made.customer_pays)
    prepaid = e.LoanPrepaid(
        source=x.source,
        draw=x.draw,
        principal=x.amount,
        interest_accrued=made.interest.amount,
        remainder=made.interest.remainder,
        segments=tuple(
            RateDays(days=days, rate=rate) for days, rate in days_and_rates(draw, d.day)
        ),
        fee=made.fee.amount,
        fee_pct=_percent(made),
        option=x.option,
        gl=money.placeholders(source=purse.gl, loan=loan_gl(loan)),
    )
    entry = d.emit(LOAN, x.loan, prepaid)
    money.take(d, purse, made.customer_pays, entry, "loan_prepayment")
    if made.schedule.rows:
        emit_schedule(d, x.loan, x.draw, made.schedule, "prepaid")
    settle_if_clear(d, x.loan)


def _percent(made: PartialPrepayment) -> Fraction:
    percent = made.fee.inputs["fee_pct"]
    assert isinstance(percent, Fraction), "LN-15 keeps the percent in its trace"
    return percent


def _pay_today(d: Decision, x: c.Prepay, purse: money.Purse) -> None:
    """On a due date that instalment comes first (LN-15, edge case 1), and what misuse cost."""
    bring_due(d, x.loan)
    if d.need(LOAN, x.loan).risk.misuse is not None:
        charge_penalties(d, x.loan, d.day)
    loan = d.need(LOAN, x.loan)
    today = [item for item in loan.dues if item.due == d.day]
    if today and len(today) == len(loan.dues):
        owed = owed_on(loan, d.day)
        money.check_source(d, purse, owed)
        pay(d, x.loan, Payment(owed, purse, x.source, d.day))


def _notice_for(loan: Loan, day: date) -> date:
    """When the oldest notice for today or earlier was given; today if there was none."""
    return min((given for given, on, _ in loan.notices if on <= day), default=day)
