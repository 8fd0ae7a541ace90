"""Serving a running card line (额度、止付、账单日、销卡、销户), CC-01, CC-02, CC-12, CC-14."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from bankcore.aggregates.card_line import CARD, CardLine, Stage
from bankcore.aggregates.card_line import events_life as e
from bankcore.aggregates.card_line import service_commands as c
from bankcore.aggregates.card_line.decide import need_reason, need_stage, overdue
from bankcore.aggregates.guard import GUARD
from bankcore.aggregates.guard.events import ExposureReleased, ExposureReserved
from bankcore.operations.cards.application import exposure_key, own_limits
from bankcore.operations.cards.arrears import cancel_card, wants_reminder
from bankcore.operations.cards.policies import product_range
from bankcore.operations.cards.repay import AUTOPAY
from bankcore.operations.decision import Decision
from bankcore.operations.handlers import Handler, by
from bankcore.operations.money import unlink
from bankcore.operations.service import serve
from bankcore.rules.cards.cycle import DayChange, first_cut_after_change, statement_on_or_after
from bankcore.rules.cards.dormancy import dormancy
from bankcore.values.money import Money
from bankcore.values.reasons import Reason, Rejected
from bankcore.values.roles import Role


def change_statement_day(d: Decision, c_: c.ChangeStatementDay) -> None:
    """Another statement day, from the first one far enough after the next cut."""
    line = d.need(CARD, c_.card)
    need_stage(line, Stage.ISSUED, Stage.DELIVERED, Stage.ACTIVE)
    next_cut = line.next_cut or statement_on_or_after(d.day, line.terms.statement_day)
    change = DayChange(
        day=c_.day,
        last_cut=next_cut,
        last_change=line.statement_day_changed,
        overdue=overdue(line, d.day).dpd > 0,
        on=d.day,
    )
    months = d.catalogue.number("card.statement_day_change_months", d.day)
    least = d.catalogue.number("card.statement_day_least_cycle", d.day)
    since = first_cut_after_change(change, months, least)
    d.emit(CARD, c_.card, e.StatementDayChanged(day=c_.day, since=since))


def remind(d: Decision, c_: c.Remind) -> None:
    """Send a reminder of the last statement, each kind once."""
    line = d.need(CARD, c_.card)
    last = line.book.standing
    if last is None:
        raise Rejected(Reason.ILLEGAL_TRANSITION, state="no statement")
    if not wants_reminder(line, c_.kind):
        raise Rejected(Reason.REMINDER_ALREADY_SENT, kind=c_.kind)
    sent = e.DueReminderSent(statement=last.statement_date, kind=c_.kind, channel=c_.channel)
    d.emit(CARD, c_.card, sent)


def block(d: Decision, c_: c.Block) -> None:
    """Block at once; a loss report is free of charge."""
    line = d.need(CARD, c_.card)
    need_stage(line, Stage.ISSUED, Stage.DELIVERED, Stage.ACTIVE)
    d.emit(CARD, c_.card, e.CardBlocked(kind=c_.kind, reason=c_.reason))


def unblock(d: Decision, c_: c.Unblock) -> None:
    """Lift a block; one for arrears stays while anything is past due."""
    line = d.need(CARD, c_.card)
    need_reason(c_.reason)
    if c_.kind not in line.blocks:
        raise Rejected(Reason.ILLEGAL_TRANSITION, blocks=list(line.blocks))
    if c_.kind == "overdue" and overdue(line, d.day).dpd:
        raise Rejected(Reason.UNBLOCK_WHILE_OVERDUE)
    d.emit(CARD, c_.card, e.CardUnblocked(kind=c_.kind, reason=c_.reason))


def cancel(d: Decision, c_: c.Cancel) -> None:
    """End the card; a dormant one needs notice, debts stay and keep their rules."""
    line = d.need(CARD, c_.card)
    need_reason(c_.reason)
    need_stage(line, Stage.ISSUED, Stage.DELIVERED, Stage.ACTIVE)
    if c_.reason == "dormant":
        _check_dormant(d, line, c_)
    cancel_card(d, c_.card, c_.reason)


def _check_dormant(d: Decision, line: CardLine, c_: c.Cancel) -> None:
    since = line.last_activity or line.plastic.issued_on
    assert since is not None, "an issued card has a day of issue"
    months = d.catalogue.number("card.dormant_months", d.day)
    owed = (line.totals.debt, line.totals.credit)
    if not dormancy(since, d.day, months, owed).dormant:
        raise Rejected(Reason.CARD_NOT_DORMANT)
    notice = timedelta(days=d.catalogue.number("card.dormant_notice_days", d.day))
    if c_.notified is None or c_.notified + notice > d.day:
        raise Rejected(Reason.NOTICE_MISSING, notified=c_.notified)


def close(d: Decision, c_: c.CloseLine) -> None:
    """End the line: nothing owed either way, nothing open, 45 days after cancelling."""
    line = d.need(CARD, c_.card)
    need_stage(line, Stage.CANCELLED)
    left = {
        "debt": bool(line.totals.debt),
        "credit_balance": bool(line.totals.credit),
        "holds": bool(line.holds),
        "disputes": bool(line.disputes),
        "plans": any(p.running for p in line.plans),
    }
    cancelled_on = line.plastic.cancelled_on
    assert cancelled_on is not None, "a cancelled card has a day of cancelling"
    wait = timedelta(days=d.catalogue.number("card.close_after_days", d.day))
    left["too_soon"] = d.day < cancelled_on + wait
    if any(left.values()):
        raise Rejected(Reason.ILLEGAL_TRANSITION, open=[k for k, v in left.items() if v])
    d.emit(CARD, c_.card, e.CardLineClosed(reason="customer"))
    if line.autopay is not None:
        unlink(d, line.autopay.account, CARD.stream(c_.card), AUTOPAY)


def adjust_limit(d: Decision, c_: c.AdjustLimit) -> None:
    """A new permanent limit; what is already drawn does not fall due by it."""
    line = d.need(CARD, c_.card)
    need_reason(c_.reason)
    need_stage(line, Stage.ISSUED, Stage.DELIVERED, Stage.ACTIVE)
    old = line.limit.permanent
    if c_.limit > old:
        _check_raise(d, line, c_)
    if c_.limit.minor < d.catalogue.money("card.least_limit", d.day).minor:
        raise Rejected(Reason.LIMIT_BELOW_MINIMUM, limit=c_.limit)
    adjusted = e.CreditLimitAdjusted(
        old=old,
        new=c_.limit,
        used=line.totals.debt,
        limit=c_.limit - old,
        reason=c_.reason,
        gl={},
    )
    d.emit(CARD, c_.card, adjusted)
    contract, key = CARD.stream(c_.card), exposure_key(line.customer)
    d.emit(GUARD, key, ExposureReleased(contract=contract, amount=old))
    d.emit(GUARD, key, ExposureReserved(contract=contract, amount=c_.limit, level=0))


def _check_raise(d: Decision, line: CardLine, c_: c.AdjustLimit) -> None:
    if overdue(line, d.day).dpd:
        raise Rejected(Reason.ACCOUNT_OVERDUE)
    person = serve(d, line.customer, new_product=True)
    if person.credit_blocks:
        raise Rejected(Reason.OPEN_HIGH_RISK_EVENT, risk_event=person.credit_blocks[0].risk_event)
    others = own_limits(d, line.customer, but=c_.card)
    most = min(
        product_range(d.catalogue, line.product, d.day).most,
        d.catalogue.money("card.bank_cap", d.day) - others,
    )
    if c_.limit > most:
        raise Rejected(Reason.ABOVE_AUTHORITY, highest=most)


def grant_temporary(d: Decision, c_: c.GrantTemporaryLimit) -> None:
    """A higher limit for some weeks: half of the permanent one at most, not again at once."""
    line = d.need(CARD, c_.card)
    need_stage(line, Stage.ACTIVE)
    if overdue(line, d.day).dpd:
        raise Rejected(Reason.ACCOUNT_OVERDUE)
    share = d.catalogue.number("card.temporary_pct", d.day)
    most = Money(line.limit.permanent.minor * share // 100)
    if c_.increase > most:
        raise Rejected(Reason.ABOVE_AUTHORITY, highest=most)
    days = d.catalogue.number("card.temporary_days", d.day)
    apart = d.catalogue.number("card.temporary_apart_days", d.day)
    last = line.limit.increase_from
    too_long = (c_.until - d.day).days > days or c_.until < d.day
    if too_long or (last is not None and (d.day - last).days < apart):
        raise Rejected(Reason.ABOVE_AUTHORITY, days=days, apart=apart)
    granted = e.TemporaryLimitGranted(increase=c_.increase, since=d.day, until=c_.until)
    d.emit(CARD, c_.card, granted)


def freeze_new_use(d: Decision, c_: c.FreezeNewUse) -> None:
    """Nothing new is drawn; the line and its debts stay."""
    need_reason(c_.reason)
    need_stage(d.need(CARD, c_.card), Stage.ACTIVE)
    d.emit(CARD, c_.card, e.NewUseFrozen(reason=c_.reason))


_UNIT = (Role.CARD_APPROVER, Role.HEAD_OFFICE)
HANDLERS: Final[dict[type, Handler]] = {
    c.ChangeStatementDay: by(change_statement_day, Role.CUSTOMER, Role.RM),
    c.Remind: by(remind, Role.SYSTEM, Role.RM, Role.COLLECTOR),
    c.Block: by(block, Role.CUSTOMER, Role.RM, Role.TELLER_CASH, *_UNIT),
    c.Unblock: by(unblock, *_UNIT, Role.RM),
    c.Cancel: by(cancel, Role.CUSTOMER, Role.RM, *_UNIT),
    c.CloseLine: by(close, Role.RM, Role.SYSTEM, *_UNIT),
    c.AdjustLimit: by(adjust_limit, *_UNIT),
    c.GrantTemporaryLimit: by(grant_temporary, *_UNIT, Role.RM),
    c.FreezeNewUse: by(freeze_new_use, *_UNIT),
}
