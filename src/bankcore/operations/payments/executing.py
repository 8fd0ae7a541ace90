"""Carrying transfers out (受理、汇出、到账、退汇): atomic over transfer, payer and payee."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time
from typing import Final

from bankcore.aggregates.deposit_account import ACCOUNT
from bankcore.aggregates.deposit_account import events as account
from bankcore.aggregates.deposit_account.decide import check_credit, check_debit
from bankcore.aggregates.transfer import TRANSFER, Transfer
from bankcore.aggregates.transfer import commands as c
from bankcore.aggregates.transfer import events as e
from bankcore.aggregates.transfer.state import check_next
from bankcore.operations.decision import Decision
from bankcore.operations.handlers import Handler, by
from bankcore.operations.interest import restate
from bankcore.operations.money import check_source, give, placeholders, purse, take
from bankcore.operations.payments.class_totals import check_account_class, check_payee_class
from bankcore.operations.payments.policies import rail_terms
from bankcore.rules import account_choice as choose
from bankcore.rules.payments.routing import Order, Rail, Route, route
from bankcore.values.calendar import WORK
from bankcore.values.reasons import Reason, Rejected
from bankcore.values.roles import Role
from bankcore.values.streams import Due

PURPOSE: Final = "transfer"
OUT: Final = "transfer_out"


def execute(d: Decision, key: str, at: datetime) -> None:
    """Execute at a time: the hold becomes a debit; inside the bank the payee has it at once."""
    transfer = d.need(TRANSFER, key)
    check_next(transfer, "route")
    order = Order(
        same_bank=transfer.same_bank, option=transfer.option, amount=transfer.amount, at=at
    )
    chosen = route(order, rail_terms(d.catalogue, at.date()), WORK.projecting().is_business_day)
    freed = account.HoldReleased(hold=TRANSFER.stream(key), reason="executed")
    d.emit(ACCOUNT, transfer.payer, freed)
    if chosen.rail is Rail.INTRA:
        _inside(d, key, transfer, chosen)
    else:
        _outside(d, key, transfer, chosen)


def _routed(transfer: Transfer, chosen: Route, payer_gl: str) -> e.TransferRouted:
    return e.TransferRouted(
        payer=transfer.payer,
        rail=chosen.rail,
        amount=transfer.amount,
        fee=transfer.fee,
        sent_at=chosen.sent_at.isoformat(timespec="minutes"),
        gl=placeholders(payer=payer_gl),
    )


def _inside(d: Decision, key: str, transfer: Transfer, chosen: Route) -> None:
    payer, payee = purse(d, transfer.payer), purse(d, transfer.payee_account)
    check_source(d, payer, transfer.amount + transfer.fee)
    check_credit(d.need(ACCOUNT, transfer.payee_account))
    d.emit(TRANSFER, key, _routed(transfer, chosen, payer.gl))
    settled = e.TransferSettled(
        payer=transfer.payer,
        payee=transfer.payee_account,
        rail=chosen.rail,
        amount=transfer.amount,
        fee=transfer.fee,
        gl=placeholders(payer=payer.gl, payee=payee.gl),
    )
    entry = d.emit(TRANSFER, key, settled)
    take(d, payer, transfer.amount + transfer.fee, entry, PURPOSE)
    give(d, payee, transfer.amount, entry, PURPOSE)


def _outside(d: Decision, key: str, transfer: Transfer, chosen: Route) -> None:
    payer = purse(d, transfer.payer)
    check_source(d, payer, transfer.amount + transfer.fee)
    entry = d.emit(TRANSFER, key, _routed(transfer, chosen, payer.gl))
    take(d, payer, transfer.amount + transfer.fee, entry, OUT)


def route_now(d: Decision, c_: c.Route) -> None:
    """Execute by hand; not before its time."""
    transfer = d.need(TRANSFER, c_.transfer)
    check_next(transfer, "route")
    at = datetime.combine(d.day, time.fromisoformat(d.frame.at or "12:00"))
    assert transfer.executes_at is not None, "a confirmed transfer has a time"
    if at < transfer.executes_at:
        raise Rejected(Reason.ILLEGAL_TRANSITION, executes_at=transfer.executes_at.isoformat())
    execute(d, c_.transfer, at)


def execute_due(d: Decision, due: Due) -> None:
    """Step 220: a delayed transfer whose time has come; what cannot be paid is cancelled."""
    transfer = d.need(TRANSFER, due.stream)
    assert transfer.executes_at is not None, "a confirmed transfer has a time"
    wrong = _obstacle(d, due.stream, transfer)
    if wrong:
        d.emit(TRANSFER, due.stream, e.TransferCancelled(reason=wrong))
        freed = account.HoldReleased(hold=due.stream, reason="transfer ended")
        d.emit(ACCOUNT, transfer.payer, freed)
        return
    execute(d, due.stream, transfer.executes_at)


def _obstacle(d: Decision, key: str, transfer: Transfer) -> str:
    """Why a transfer cannot be executed now, its own hold left aside; empty when it can."""
    payer = d.need(ACCOUNT, transfer.payer)
    holds = tuple(h for h in payer.holds if h.hold != TRANSFER.stream(key))
    try:
        check_account_class(d, transfer, payer)
        check_debit(replace(payer, holds=holds), transfer.amount + transfer.fee)
        if transfer.same_bank:
            check_credit(d.need(ACCOUNT, transfer.payee_account))
            check_payee_class(d, transfer)
    except Rejected as no:
        return no.reason.value
    return ""


def send(d: Decision, key: str) -> None:
    """The payment leaves over its rail (P3); once."""
    transfer = d.need(TRANSFER, key)
    if transfer.rail is None or not transfer.outgoing:
        raise Rejected(Reason.ILLEGAL_TRANSITION, state=transfer.state.value, command="send")
    gl = placeholders(rail=choose.rail_account(transfer.rail.value))
    d.emit(TRANSFER, key, e.TransferSent(rail=transfer.rail, amount=transfer.outgoing, gl=gl))


def send_command(d: Decision, c_: c.Send) -> None:
    """Clearing sends it now."""
    send(d, c_.transfer)


def settle(d: Decision, c_: c.Settle) -> None:
    """The other bank has credited the payee."""
    transfer = d.need(TRANSFER, c_.transfer)
    check_next(transfer, "settle")
    if transfer.rail is None or not transfer.sent:
        raise Rejected(Reason.ILLEGAL_TRANSITION, state="not sent", command="settle")
    settled = e.TransferSettled(
        payer=transfer.payer,
        payee=transfer.payee_account,
        rail=transfer.rail,
        amount=transfer.amount,
        fee=transfer.fee,
        gl={},
    )
    d.emit(TRANSFER, c_.transfer, settled)


def give_back(d: Decision, c_: c.Return) -> None:
    """Amount and fee come back, valued on the day of the debit: interest is restated (PAY-06)."""
    transfer = d.need(TRANSFER, c_.transfer)
    check_next(transfer, "return")
    if transfer.rail is None or not transfer.sent:
        raise Rejected(Reason.ILLEGAL_TRANSITION, state="not sent", command="return")
    payer = purse(d, transfer.payer)
    returned = e.TransferReturned(
        payer=transfer.payer,
        rail=transfer.rail,
        amount=transfer.amount,
        fee=transfer.fee,
        reason=c_.reason,
        gl=placeholders(payer=payer.gl, rail=choose.rail_account(transfer.rail.value)),
    )
    entry = d.emit(TRANSFER, c_.transfer, returned, value_date=transfer.debited_on)
    give(d, payer, transfer.amount + transfer.fee, entry, "transfer_returned")
    restate(d, transfer.payer, d.entries[-1])


def give_receipt(d: Decision, c_: c.GiveReceipt) -> None:
    """A receipt once the money has left."""
    transfer = d.need(TRANSFER, c_.transfer)
    if transfer.debited_on is None:
        raise Rejected(Reason.ILLEGAL_TRANSITION, state=transfer.state.value)
    d.emit(TRANSFER, c_.transfer, e.ReceiptGiven(form=c_.form))


_CLEARING = (Role.SYSTEM, Role.LEDGER)
HANDLERS: Final[dict[type, Handler]] = {
    c.Route: by(route_now, *_CLEARING),
    c.Send: by(send_command, *_CLEARING),
    c.Settle: by(settle, *_CLEARING),
    c.Return: by(give_back, *_CLEARING),
    c.GiveReceipt: by(give_receipt, Role.RM, Role.TELLER_CASH, Role.SYSTEM),
}
STEPS: Final = {
    "transfer_execute": execute_due,
    "transfer_send": lambda d, due: send(d, due.stream),
}
