"""Notice deposits at the counter (通知、支取): giving notice and drawing, DEP-14, DEP-15."""

from __future__ import annotations

from typing import Final

from bankcore.aggregates.time_deposit import TIME_DEPOSIT, TimeDeposit
from bankcore.aggregates.time_deposit import commands as c
from bankcore.aggregates.time_deposit import events as e
from bankcore.aggregates.time_deposit.decide import check_paying, need_unfrozen
from bankcore.aggregates.time_deposit.drawing import NoticeRates, notice_drawing
from bankcore.operations.decision import Decision
from bankcore.operations.handlers import Handler, by
from bankcore.operations.money import Purse, check_target, give
from bankcore.operations.pricing import demand_rate, posted, tax_on
from bankcore.operations.service import serve
from bankcore.operations.time_deposit_payouts import accounts_of, close_if_empty, target_word
from bankcore.operations.time_deposits import need_running, own_purse, today_only
from bankcore.rules.deposits.notice import (
    NoticeDraw,
    NoticeGiven,
    draw_day,
    draw_notice,
    give_notice,
)
from bankcore.values.money import ZERO, Money
from bankcore.values.reasons import Reason, Rejected
from bankcore.values.roles import Role


def notify(d: Decision, command: c.GiveNotice) -> None:
    """Give notice (DEP-14); a late notice that was not used lapses now (DEP-15)."""
    today_only(d)
    deposit = _notice_deposit(need_running(d, command.deposit))
    terms, late = deposit.agreed, deposit.notice
    given = NoticeGiven(command.amount, draw_day(d.day, terms.notice_days))
    is_open = late is not None and d.day <= late.draw_on
    give_notice(deposit.principal, given, terms.min_draw, has_open_notice=is_open)
    if ZERO < deposit.principal - command.amount < terms.min_balance:
        d.warn(Reason.REMAINDER_BELOW_MINIMUM, minimum=terms.min_balance)
    if late is not None:
        lapsed = e.WithdrawalNoticeLapsed(notice=late.notice, amount=late.amount)
        d.emit(TIME_DEPOSIT, command.deposit, lapsed)
    event = e.WithdrawalNoticeGiven(
        notice=command.notice, amount=command.amount, draw_on=given.draw_on
    )
    d.emit(TIME_DEPOSIT, command.deposit, event)


def _notice_deposit(deposit: TimeDeposit) -> TimeDeposit:
    """The deposit, if it is drawn by notice: else `illegal_transition`."""
    if not deposit.agreed.notice_days:
        raise Rejected(Reason.ILLEGAL_TRANSITION, product=deposit.product)
    return deposit


def cancel_notice(d: Decision, command: c.CancelNotice) -> None:
    """Cancel the open notice, until the end of its draw day."""
    notice = need_running(d, command.deposit).notice
    if notice is None or notice.notice != command.notice or d.day > notice.draw_on:
        raise Rejected(Reason.ILLEGAL_TRANSITION, notice=command.notice)
    event = e.WithdrawalNoticeCancelled(notice=notice.notice, amount=notice.amount)
    d.emit(TIME_DEPOSIT, command.deposit, event)


def draw(d: Decision, command: c.Draw) -> None:
    """Draw part or all, in order or not; a rest below the minimum is paid out too."""
    today_only(d)
    deposit = _notice_deposit(d.need(TIME_DEPOSIT, command.deposit))
    serve(d, deposit.customer)
    check_paying(deposit, ZERO, identity_shown=command.identity_shown)
    rates = NoticeRates(posted(d, deposit.product).rate, demand_rate(d))
    drawing = notice_drawing(deposit, command.amount, d.day, rates)
    target = own_purse(d, deposit.account, command.target)
    check_target(d, target)
    event = _drawn(d, deposit, drawing, target)
    need_unfrozen(deposit, event.principal)
    entry = d.emit(TIME_DEPOSIT, command.deposit, event)
    give(d, target, event.principal + event.interest - event.tax, entry, "notice deposit")
    close_if_empty(d, command.deposit)


def _drawn(
    d: Decision, deposit: TimeDeposit, drawing: NoticeDraw, target: Purse
) -> e.NoticeDepositDrawn:
    """The event of a draw, with what stays behind."""
    drawn = draw_notice(drawing)
    interest: Money = drawn.interest.amount
    return e.NoticeDepositDrawn(
        amount=drawing.amount,
        principal=drawn.paid_principal,
        interest=interest,
        remainder=drawn.interest.remainder,
        tax=tax_on(d, interest, deposit.start),
        pieces=tuple(e.NoticePiece(kind=p.kind, amount=p.amount) for p in drawn.parts),
        grade=drawn.grade.value,
        rest=drawn.remaining,
        tranches=tuple(e.NoticeTranche(amount=t.amount, start=t.start) for t in drawn.tranches),
        lapsed=drawn.lapsed,
        notice_rate=drawing.notice_rate,
        demand_rate=drawing.demand_rate,
        target=target_word(target),
        gl=accounts_of(deposit, target),
    )


_COUNTER = (Role.RM, Role.TELLER_CASH, Role.CUSTOMER)
HANDLERS: Final[dict[type, Handler]] = {
    c.GiveNotice: by(notify, *_COUNTER),
    c.CancelNotice: by(cancel_notice, *_COUNTER),
    c.Draw: by(draw, *_COUNTER),
}
