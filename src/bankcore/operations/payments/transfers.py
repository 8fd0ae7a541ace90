"""Ordering, confirming and stopping transfers (转账申请、确认、撤销), PAY-01, PAY-03 … PAY-06."""

from __future__ import annotations

from datetime import datetime, time
from typing import Final

from bankcore.aggregates.customer import CUSTOMER
from bankcore.aggregates.deposit_account import ACCOUNT, DepositAccount
from bankcore.aggregates.deposit_account import events as account
from bankcore.aggregates.deposit_account.decide import check_credit, check_debit
from bankcore.aggregates.transfer import TRANSFER, Transfer
from bankcore.aggregates.transfer import commands as c
from bankcore.aggregates.transfer import events as e
from bankcore.aggregates.transfer.state import check_next
from bankcore.operations.decision import Decision
from bankcore.operations.handlers import Handler, by
from bankcore.operations.payments.class_totals import check_account_class, check_payee_class
from bankcore.operations.payments.executing import execute
from bankcore.operations.payments.policies import delay_terms, fee_terms
from bankcore.operations.service import serve
from bankcore.rules.payments.arrival import Execution, check_cancel, execution
from bankcore.rules.payments.fees import Channel, transfer_fee
from bankcore.rules.payments.names import names_match
from bankcore.values.money import Money
from bankcore.values.reasons import Reason, Rejected
from bankcore.values.roles import Role

OWN: Final = "own"
NOON: Final = time(12)
"""Local time of a command that names none."""


def now(d: Decision) -> datetime:
    """Local time of the command: its minute on the open day."""
    at = time.fromisoformat(d.frame.at) if d.frame.at else NOON
    return datetime.combine(d.day, at)


def channel_of(d: Decision) -> Channel:
    """The channel of the command; one that PAY-04 does not know counts as the counter."""
    known = {channel.value for channel in Channel}
    return Channel(d.frame.channel) if d.frame.channel in known else Channel.COUNTER


def request(d: Decision, c_: c.Request) -> None:
    """Order a transfer: amount, bank, and inside the bank the payee's name are checked at once."""
    if d.load(TRANSFER, c_.transfer) is not None:
        raise Rejected(Reason.STREAM_EXISTS, transfer=c_.transfer)
    channel, same_bank = channel_of(d), c_.payee_bank == OWN
    terms = fee_terms(d.catalogue, channel, d.day)
    transfer_fee(channel, c_.amount, terms, same_bank=same_bank)
    payer = d.need(ACCOUNT, c_.payer)
    if not same_bank and c_.payee_bank not in d.catalogue.value("pay.banks", d.day):
        raise Rejected(Reason.PAYEE_BANK_UNKNOWN, bank=c_.payee_bank)
    payee = _payee(d, c_) if same_bank else None
    requested = e.TransferRequested(
        customer=payer.customer,
        payer=c_.payer,
        payee_name=c_.payee_name,
        payee_account=c_.payee_account,
        payee_bank=c_.payee_bank,
        amount=c_.amount,
        option=c_.option,
        channel=channel,
        own_account=payee is not None and payee.customer == payer.customer,
    )
    d.emit(TRANSFER, c_.transfer, requested)


def _payee(d: Decision, c_: c.Request) -> DepositAccount:
    """The payee's account in this bank; account and name must both fit (PAY-06)."""
    payee = d.load(ACCOUNT, c_.payee_account)
    holder = d.load(CUSTOMER, payee.customer) if payee is not None else None
    if payee is None or holder is None or not names_match(holder.name, c_.payee_name):
        raise Rejected(Reason.PAYEE_NAME_MISMATCH, account=c_.payee_account)
    if ACCOUNT.stream(c_.payer) == ACCOUNT.stream(c_.payee_account):
        raise Rejected(Reason.PAYEE_NAME_MISMATCH, account="payer and payee are one account")
    return payee


def confirm(d: Decision, c_: c.Confirm) -> None:
    """Confirm: fee shown, limits of the class tested, amount and fee held, time fixed."""
    transfer = d.need(TRANSFER, c_.transfer)
    check_next(transfer, "confirm")
    serve(d, transfer.customer)
    if not c_.factor:
        raise Rejected(Reason.ILLEGAL_TRANSITION, factor="missing")
    payer = d.need(ACCOUNT, transfer.payer)
    check_account_class(d, transfer, payer)
    if transfer.same_bank:
        check_credit(d.need(ACCOUNT, transfer.payee_account))
        check_payee_class(d, transfer)
    fee = _fee(d, transfer)
    check_debit(payer, transfer.amount + fee)
    planned = execution(
        now(d),
        transfer.option,
        transfer.channel,
        delay_terms(d.catalogue, d.day),
        own_account=transfer.own_account,
    )
    confirmed = e.TransferConfirmed(
        factor=c_.factor,
        fee=fee,
        option=planned.option,
        accepted_at=minutes(now(d)),
        executes_at=minutes(planned.executes_at),
    )
    entry = d.emit(TRANSFER, c_.transfer, confirmed)
    held = account.HoldPlaced(
        hold=TRANSFER.stream(c_.transfer),
        amount=transfer.amount + fee,
        purpose="transfer",
        until=None,
    )
    d.emit(ACCOUNT, transfer.payer, held, caused_by=entry.id)
    if planned.executes_at == now(d):
        execute(d, c_.transfer, now(d))


def _fee(d: Decision, transfer: Transfer) -> Money:
    terms = fee_terms(d.catalogue, transfer.channel, d.day)
    return transfer_fee(
        transfer.channel, transfer.amount, terms, same_bank=transfer.same_bank
    ).amount


def minutes(at: datetime) -> str:
    """Local time as it is stored: `2026-03-02T10:30`."""
    return at.isoformat(timespec="minutes")


def abandon(d: Decision, c_: c.Abandon) -> None:
    """Give up before confirming; nothing was held."""
    check_next(d.need(TRANSFER, c_.transfer), "abandon")
    d.emit(TRANSFER, c_.transfer, e.TransferCancelled(reason=c_.reason))


def hold(d: Decision, c_: c.Hold) -> None:
    """Let a confirmed transfer wait."""
    check_next(d.need(TRANSFER, c_.transfer), "hold")
    d.emit(TRANSFER, c_.transfer, e.TransferHeld(until=c_.until, reason=c_.reason))


def release(d: Decision, c_: c.Release) -> None:
    """Let a held transfer go on after a call back by another employee (PAY-09)."""
    transfer = d.need(TRANSFER, c_.transfer)
    check_next(transfer, "release")
    early = transfer.held_until is not None and now(d) < transfer.held_until
    if early and not (c_.callback_by and c_.note):
        raise Rejected(Reason.ILLEGAL_TRANSITION, callback="missing")
    if early and c_.callback_by == d.frame.actor.id:
        raise Rejected(Reason.MAKER_IS_CHECKER, callback_by=c_.callback_by)
    released = e.TransferHoldReleased(callback_by=c_.callback_by, note=c_.note)
    d.emit(TRANSFER, c_.transfer, released)
    if transfer.executes_at is not None and now(d) >= transfer.executes_at:
        execute(d, c_.transfer, now(d))


def cancel(d: Decision, c_: c.Cancel) -> None:
    """The payer takes it back before execution; the hold is free again (PAY-05)."""
    transfer = d.need(TRANSFER, c_.transfer)
    check_next(transfer, "cancel")
    accepted, planned = transfer.accepted_at, transfer.executes_at
    assert accepted is not None, "a confirmed transfer was accepted"
    assert planned is not None, "a confirmed transfer has a time"
    waits = max(planned, transfer.held_until) if transfer.held_until else planned
    check_cancel(accepted, Execution(transfer.option, waits), now(d))
    d.emit(TRANSFER, c_.transfer, e.TransferCancelled(reason=c_.reason))
    release_hold(d, c_.transfer, transfer)


def release_hold(d: Decision, key: str, transfer: Transfer) -> None:
    """The money that was held for the transfer is free again."""
    freed = account.HoldReleased(hold=TRANSFER.stream(key), reason="transfer ended")
    d.emit(ACCOUNT, transfer.payer, freed)


def refuse(d: Decision, c_: c.Refuse) -> None:
    """The bank does not carry it out (PAY-09); possible until it is routed."""
    transfer = d.need(TRANSFER, c_.transfer)
    if transfer.executes_at is None:
        check_next(transfer, "abandon")
    else:
        check_next(transfer, "cancel")
    d.emit(TRANSFER, c_.transfer, e.TransferRefused(reason=c_.reason))
    if transfer.executes_at is not None:
        release_hold(d, c_.transfer, transfer)


_PAYERS = (Role.CUSTOMER, Role.RM, Role.TELLER_CASH)
_BANK = (Role.COMPLIANCE, Role.AUTHORISER, Role.RM, Role.TELLER_CASH, Role.SYSTEM)
HANDLERS: Final[dict[type, Handler]] = {
    c.Request: by(request, *_PAYERS),
    c.Confirm: by(confirm, *_PAYERS),
    c.Abandon: by(abandon, *_PAYERS),
    c.Hold: by(hold, *_BANK),
    c.Release: by(release, *_BANK),
    c.Cancel: by(cancel, *_PAYERS),
    c.Refuse: by(refuse, *_BANK),
}
