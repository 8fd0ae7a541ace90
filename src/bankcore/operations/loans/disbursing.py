"""Conditions, drawdown and disbursement (放款), LN-09, LN-14, LN-21."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from bankcore.aggregates.deposit_account import ACCOUNT
from bankcore.aggregates.loan import LOAN, Loan, Stage
from bankcore.aggregates.loan import commands_contract as c
from bankcore.aggregates.loan import events_contract as e
from bankcore.aggregates.loan.state import Request
from bankcore.aggregates.loan.terms import ContractTerms, ScheduleRow
from bankcore.operations import money
from bankcore.operations.decision import Decision
from bankcore.operations.loans.contracting import choice_of, schedule_terms
from bankcore.operations.loans.facts import (
    check_reason,
    credit_blocked,
    is_own_account,
    loan_gl,
    need_stage,
    policies,
    signed_terms,
    warned,
)
from bankcore.operations.service import serve
from bankcore.rules import account_choice as choose
from bankcore.rules.loans.building import build_schedule
from bankcore.rules.loans.codes import PaymentMode
from bankcore.rules.loans.drawdown import (
    Draw,
    DrawdownCase,
    EarlierDraw,
    drawdown_refusal,
    payment_mode,
)
from bankcore.rules.loans.misuse import payee_blocked
from bankcore.rules.loans.pricing import Price, price
from bankcore.rules.loans.schedule import Row, Schedule
from bankcore.values.money import ZERO
from bankcore.values.reasons import Reason, Rejected

_DRAWING: Final = (Stage.CONTRACTED, Stage.REPAYING, Stage.OVERDUE)
_RAILS: Final = frozenset({"hvps", "beps", "ibps"})


def satisfy_condition(d: Decision, x: c.SatisfyCondition) -> None:
    """A condition of the approval is met."""
    loan = d.need(LOAN, x.loan)
    signed_terms(loan)
    d.emit(LOAN, x.loan, e.LoanConditionSatisfied(condition=x.condition, evidence=x.evidence))


def request_drawdown(d: Decision, x: c.RequestDrawdown) -> None:
    """Note what the borrower asks for; it is judged when it is paid out."""
    loan = d.need(LOAN, x.loan)
    terms = signed_terms(loan)
    need_stage(d, x.loan, *_DRAWING)
    if loan.draw(x.draw) is not None or any(r.draw == x.draw for r in loan.requests):
        raise Rejected(Reason.ILLEGAL_TRANSITION, draw=x.draw)
    event = e.DrawdownRequested(
        draw=x.draw,
        amount=x.amount,
        mode=x.mode,
        payee=x.payee,
        payee_category=x.payee_category,
        purpose=x.purpose or terms.purpose,
    )
    d.emit(LOAN, x.loan, event)


def reject_drawdown(d: Decision, x: c.RejectDrawdown) -> None:
    """Refuse a requested draw."""
    loan = need_stage(d, x.loan, *_DRAWING)
    _requested(loan, x.draw)
    check_reason(x.reason)
    d.emit(LOAN, x.loan, e.DrawdownRejected(draw=x.draw, reason=x.reason))


def _requested(loan: Loan, number: int) -> Request:
    found = next((r for r in loan.requests if r.draw == number), None)
    if found is None:
        raise Rejected(Reason.ILLEGAL_TRANSITION, draw=number, state="not requested")
    return found


def disburse(d: Decision, x: c.Disburse) -> None:
    """Pay a draw out: conditions in the order of LN-09, priced by LN-14, schedule built."""
    loan = d.need(LOAN, x.loan)
    terms = signed_terms(loan)
    need_stage(d, x.loan, *_DRAWING)
    request = _requested(loan, x.draw)
    _check_draw(d, loan, request, x)
    serve(d, loan.application.customer, new_product=True)
    target = _target(d, x.target)
    money.check_target(d, target)
    priced = price(d.day, terms.term_months, terms.spread_bp, policies(d).lpr())
    schedule = _schedule(d, terms, request, priced)
    disbursed = e.LoanDisbursed(
        draw=x.draw,
        amount=request.amount,
        mode=request.mode,
        payee=request.payee,
        target=x.target,
        rate=priced.rate,
        tenor=priced.tenor,
        index=priced.index.rate,
        index_date=priced.index.published,
        gl=money.placeholders(loan=loan_gl(loan), target=target.gl),
    )
    entry = d.emit(LOAN, x.loan, disbursed)
    built = e.RepaymentScheduleBuilt(
        draw=x.draw,
        method=terms.method,
        level=ZERO if schedule.level is None else schedule.level.amount,
        rate=priced.rate,
        rows=rows_of(schedule.rows),
        cause="disbursed",
    )
    d.emit(LOAN, x.loan, built, caused_by=entry.id)
    money.give(d, target, request.amount, entry, "loan_disbursement")


def _target(d: Decision, target: str) -> money.Purse:
    """An account of the bank, or a rail for a payee at another bank."""
    if target in _RAILS:
        return money.Purse(choose.rail_account(target), None)
    return money.purse(d, target)


def _schedule(d: Decision, terms: ContractTerms, request: Request, priced: Price) -> Schedule:
    wanted = replace(schedule_terms(terms, d), principal=request.amount, rate=priced.rate)
    return build_schedule(wanted, choice_of(d, terms))


def rows_of(rows: tuple[Row, ...]) -> tuple[ScheduleRow, ...]:
    """Rows of a rule as the event keeps them."""
    return tuple(
        ScheduleRow(
            number=row.number,
            due=row.due,
            principal=row.principal,
            interest=row.interest.amount,
            remainder=row.interest.remainder,
            balance=row.balance,
            odd=row.odd,
            months=row.months,
        )
        for row in rows
    )


def _check_draw(d: Decision, loan: Loan, request: Request, x: c.Disburse) -> None:
    known, approval = policies(d), loan.approval
    assert approval is not None, "a contract has an approval"
    needed = payment_mode(_draw(d, loan, request, x), known.drawdown())
    conditions = set(approval.conditions) <= loan.contract.conditions_met
    counterparty = loan.contract.terms.counterparty if loan.contract.terms else ""
    blocked = payee_blocked(
        loan.application.product,
        request.payee_category,
        request.mode,
        known.codes("misuse.blocked"),
    )
    case = DrawdownCase(
        signed_on=loan.contract.signed_on,
        conditions_met=conditions,
        draw_date=d.day,
        amount=request.amount,
        undrawn=loan.undrawn,
        open_high_risk_event=credit_blocked(d, loan.application.customer) or warned(loan),
        currently_overdue=loan.days_past_due(d.day) > 0,
        mode=request.mode,
        required_mode=needed.mode,
        payee_is_counterparty=request.payee == counterparty,
        payee_blocked=blocked,
    )
    reason = drawdown_refusal(case, known.drawdown())
    if reason is not None:
        raise Rejected(reason, mode=needed.mode.value, linked=needed.linked)
    _check_own_target(d, loan, request, x.target)


def _check_own_target(d: Decision, loan: Loan, request: Request, target: str) -> None:
    """Self-payment goes to an account of the borrower; anything else is no payee of the draw."""
    if request.mode is not PaymentMode.SELF:
        return
    if target in _RAILS or not is_own_account(d, loan, target):
        raise Rejected(Reason.PAYEE_NOT_COUNTERPARTY, target=target)


def _draw(d: Decision, loan: Loan, request: Request, x: c.Disburse) -> Draw:
    return Draw(
        product=loan.application.product,
        amount=request.amount,
        drawn_on=d.day,
        earlier=[EarlierDraw(draw.drawn_on, draw.amount) for draw in loan.draws],
        counterparty_known=x.counterparty_known,
        non_cash_impossible=x.non_cash_impossible,
    )


def set_autodebit(d: Decision, x: c.SetAutodebit) -> None:
    """Instalments come from this account from now on; the old one is free again."""
    loan = need_stage(d, x.loan, *_DRAWING)
    account = d.need(ACCOUNT, x.account)
    if not is_own_account(d, loan, x.account):
        raise Rejected(Reason.LINKED_ACCOUNT_NOT_OWN, account=x.account)
    if not account.is_open:
        raise Rejected(Reason.LINKED_ACCOUNT_CLOSED, account=x.account)
    contract, number = LOAN.stream(x.loan), ACCOUNT.stream(x.account)
    if loan.autodebit:
        money.unlink(d, loan.autodebit, contract, "autodebit")
    d.emit(LOAN, x.loan, e.AutoDebitSet(account=number, since=d.day))
    money.link(d, number, contract, "autodebit")
