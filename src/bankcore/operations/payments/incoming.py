"""Money from other banks (来账): credited on account and name, else kept in suspense (PAY-06)."""

from __future__ import annotations

from typing import Final

from bankcore.aggregates.customer import CUSTOMER
from bankcore.aggregates.deposit_account import ACCOUNT, DepositAccount
from bankcore.aggregates.deposit_account.decide import check_credit
from bankcore.aggregates.incoming_transfer import INCOMING
from bankcore.aggregates.incoming_transfer import commands as c
from bankcore.aggregates.incoming_transfer import events as e
from bankcore.operations.decision import Decision
from bankcore.operations.handlers import Handler, by
from bankcore.operations.money import check_target, give, placeholders, purse
from bankcore.operations.payments.class_totals import check_incoming
from bankcore.rules import account_choice as choose
from bankcore.rules.payments.names import names_match
from bankcore.values.reasons import Reason, Rejected
from bankcore.values.roles import Role

PURPOSE: Final = "incoming_transfer"


def receive(d: Decision, c_: c.Receive) -> None:
    """Credit the payee, or keep the money in suspense when account or name does not fit."""
    if d.load(INCOMING, c_.incoming) is not None:
        raise Rejected(Reason.STREAM_EXISTS, incoming=c_.incoming)
    if c_.amount.minor <= 0:
        raise Rejected(Reason.AMOUNT_NOT_POSITIVE, amount=c_.amount)
    if c_.rail.value not in choose.RAILS:
        raise Rejected(Reason.RAIL_NOT_AVAILABLE, rail=c_.rail.value, known=choose.RAILS)
    rail = choose.rail_account(c_.rail.value)
    wrong = _misfit(d, c_)
    if wrong:
        waiting = e.IncomingTransferUnmatched(
            rail=c_.rail,
            payee_name=c_.payee_name,
            payee_account=c_.payee_account,
            amount=c_.amount,
            reason=wrong,
            gl=placeholders(rail=rail),
        )
        d.emit(INCOMING, c_.incoming, waiting)
        return
    payee = purse(d, c_.payee_account)
    credited = e.IncomingTransferCredited(
        rail=c_.rail,
        payee=c_.payee_account,
        payer_name=c_.payer_name,
        amount=c_.amount,
        gl=placeholders(payee=payee.gl, rail=rail),
    )
    entry = d.emit(INCOMING, c_.incoming, credited)
    give(d, payee, c_.amount, entry, PURPOSE)


def _misfit(d: Decision, c_: c.Receive) -> str:
    """Why nobody can be credited; empty when account and name fit."""
    account = d.load(ACCOUNT, c_.payee_account)
    if account is None:
        return "account_not_found"
    if not _is_holder(d, account, c_.payee_name):
        return "name_mismatch"
    try:
        check_credit(account)
        check_incoming(d, c_.payee_account, c_.amount)
    except Rejected as no:
        return no.reason.value
    return ""


def _is_holder(d: Decision, account: DepositAccount, name: str) -> bool:
    holder = d.load(CUSTOMER, account.customer)
    return holder is not None and names_match(holder.name, name)


def resolve(d: Decision, c_: c.Resolve) -> None:
    """Pay a waiting credit to the holder it names; whoever booked it may not resolve it."""
    incoming = d.need(INCOMING, c_.incoming)
    if not incoming.suspense:
        raise Rejected(Reason.ILLEGAL_TRANSITION, state=incoming.state)
    target = purse(d, c_.target)
    check_target(d, target)
    if target.account is None or not _is_holder(d, d.need(ACCOUNT, c_.target), incoming.payee_name):
        raise Rejected(Reason.PAYEE_NAME_MISMATCH, account=c_.target)
    check_incoming(d, c_.target, incoming.suspense)
    actor = d.frame.actor
    if actor.id == incoming.booked_by and actor.role is not Role.SCRIPT:
        raise Rejected(Reason.MAKER_IS_CHECKER, actor=actor.id)
    resolved = e.UnmatchedCreditResolved(
        target=c_.target, amount=incoming.suspense, gl=placeholders(target=target.gl)
    )
    entry = d.emit(INCOMING, c_.incoming, resolved)
    give(d, target, incoming.suspense, entry, PURPOSE)


HANDLERS: Final[dict[type, Handler]] = {
    c.Receive: by(receive, Role.SYSTEM, Role.LEDGER),
    c.Resolve: by(resolve, Role.LEDGER, Role.TELLER_CASH, Role.AUTHORISER),
}
