"""Correcting time deposits (冲正、补退利息): red entries and interest made good, GEN-05, GL-05."""

from __future__ import annotations

from dataclasses import fields
from typing import Any, Final

from bankcore.aggregates.deposit_account import ACCOUNT
from bankcore.aggregates.deposit_account.decide import check_debit
from bankcore.aggregates.time_deposit import TIME_DEPOSIT, Stage, TimeDeposit
from bankcore.aggregates.time_deposit import commands as c
from bankcore.aggregates.time_deposit import events as e
from bankcore.aggregates.time_deposit.state import evolve
from bankcore.operations.decision import Decision
from bankcore.operations.handlers import Handler, by
from bankcore.operations.interest import check_covered, restate
from bankcore.operations.money import Purse, check_target, give, link, purse, take, unlink
from bankcore.operations.pricing import tax_on
from bankcore.operations.reversal import LIMIT_DAYS
from bankcore.operations.time_deposit_payouts import accounts_of, target_word
from bankcore.operations.time_deposits import LINK
from bankcore.rules import account_choice as choose
from bankcore.values.entry import Entry
from bankcore.values.money import ZERO, Money
from bankcore.values.reasons import Reason, Rejected
from bankcore.values.roles import Role

REVERSIBLE: Final = (
    e.TimeDepositPlaced,
    e.TimeDepositWithdrawnEarly,
    e.TimeDepositPaidOut,
    e.DrawnInterestClawedBack,
)
PURPOSE: Final = "reversal"


def _four_eyes(d: Decision, reason: str) -> None:
    """Refuse `reason_missing` and `maker_is_checker`."""
    if not reason:
        raise Rejected(Reason.REASON_MISSING)
    if d.frame.approver in {None, "", d.frame.actor.id}:
        raise Rejected(Reason.MAKER_IS_CHECKER, maker=d.frame.actor.id)


def reverse(d: Decision, command: c.Reverse) -> None:
    """Reverse the last money entry: its legs negated, its money moved back, on its value date."""
    deposit = d.need(TIME_DEPOSIT, command.deposit)
    _four_eyes(d, command.reason)
    original, before = _original(d, command)
    if (d.day - original.booking_date).days > LIMIT_DAYS:
        raise Rejected(Reason.BACK_VALUE_BEYOND_LIMIT, booked=original.booking_date)
    back = _money_back(d, original.event)
    event = e.TimeDepositEntryReversed(
        reverses=original.id,
        reversed_event=type(original.event).__name__,
        principal=before.principal - deposit.principal,
        payable=before.payable - deposit.payable,
        stage=before.stage.value,
        partials=before.partials,
        amounts=_amounts(original.event),
        reason=command.reason,
        gl=original.event.gl,
    )
    _check_account(d, back, original)
    entry = d.emit(
        TIME_DEPOSIT,
        command.deposit,
        event,
        value_date=original.value_date,
        caused_by=original.id,
    )
    _move(d, back, entry)
    _relink(d, command.deposit)


def _original(d: Decision, command: c.Reverse) -> tuple[Entry[Any], TimeDeposit]:
    """The entry named with the state before it, if it is the last money entry that stands.

    A reversed entry no longer stands, so entries are undone one by one from the last.
    """
    before = TimeDeposit()
    standing: list[tuple[Entry[Any], TimeDeposit]] = []
    for entry in d.history(TIME_DEPOSIT, command.deposit):
        if isinstance(entry.event, e.TimeDepositEntryReversed):
            standing.pop()
        elif hasattr(entry.event, "gl"):
            standing.append((entry, before))
        before = evolve(before, entry)
    if standing:
        last, state = standing[-1]
        if last.id == command.reverses and isinstance(last.event, REVERSIBLE):
            return last, state
    raise Rejected(Reason.ILLEGAL_TRANSITION, entry=command.reverses)


def _amounts(event: Any) -> tuple[tuple[str, Money], ...]:
    values = ((f.name, getattr(event, f.name)) for f in fields(event))
    return tuple((name, value) for name, value in values if isinstance(value, Money))


def _money_back(d: Decision, event: Any) -> tuple[Purse, Money]:
    """Where the money of an event was, and what goes back there: negative is taken from it."""
    match event:
        case e.TimeDepositPlaced(source=source, amount=amount):
            return purse(d, source), amount
        case e.TimeDepositWithdrawnEarly(target=target, principal=principal, tax=tax):
            return purse(d, target), tax - principal - event.interest
        case e.TimeDepositPaidOut(target=target, principal=principal, tax=tax):
            interest = event.matured_interest + event.other_interest
            return purse(d, target), tax - principal - interest
        case _:
            return Purse(choose.CASH, None), ZERO


def _check_account(d: Decision, back: tuple[Purse, Money], original: Entry[Any]) -> None:
    """The account must be open, and must have what is taken back from the value date on."""
    where, amount = back
    if amount >= ZERO or where.account is None:
        check_target(d, where)
        return
    account = d.need(ACCOUNT, where.account)
    check_debit(account, -amount)
    check_covered(d, where.account, -amount, original.value_date)


def _move(d: Decision, back: tuple[Purse, Money], entry: Entry[Any]) -> None:
    """Mirror on the account; settled interest of the account is restated (GL-05)."""
    where, amount = back
    if where.account is None or not amount:
        return
    if amount > ZERO:
        give(d, where, amount, entry, PURPOSE)
    else:
        take(d, where, -amount, entry, PURPOSE)
    restate(d, where.account, d.history(ACCOUNT, where.account)[-1])


def _relink(d: Decision, key: str) -> None:
    """A deposit with money uses its account, one without does not."""
    deposit, contract = d.need(TIME_DEPOSIT, key), TIME_DEPOSIT.stream(key)
    account = d.need(ACCOUNT, deposit.account)
    linked = any(x.contract == contract for x in account.links)
    if deposit.is_active and not linked:
        link(d, deposit.account, contract, LINK)
    elif deposit.stage is Stage.OPENED:
        unlink(d, deposit.account, contract, LINK)


def adjust_interest(d: Decision, command: c.AdjustInterest) -> None:
    """Pay interest that was missing to the linked account, or take back what was too much.

    Its tax moves with it (DEP-19): by the days of the running cycle up to its payment or today. If
    the account does not cover what is taken back, the claim stands on 1221.04 (GL-02).
    """
    deposit = d.need(TIME_DEPOSIT, command.deposit)
    _four_eyes(d, command.reason)
    if not command.difference:
        raise Rejected(Reason.AMOUNT_NOT_POSITIVE, amount=command.difference)
    target = purse(d, deposit.account)
    tax = tax_on(d, command.difference, deposit.start, deposit.closed_on)
    net = command.difference - tax
    if net < ZERO:
        account = d.need(ACCOUNT, deposit.account)
        if -net > account.available:
            target = Purse(choose.RECOURSE, None)
    event = e.TimeDepositInterestAdjusted(
        difference=command.difference,
        tax=tax,
        cause=command.cause,
        reason=command.reason,
        target=target_word(target) if target.account else target.gl,
        gl=accounts_of(deposit, target),
    )
    entry = d.emit(TIME_DEPOSIT, command.deposit, event)
    if net > ZERO:
        give(d, target, net, entry, "interest adjusted")
    else:
        take(d, target, -net, entry, "interest adjusted")


HANDLERS: Final[dict[type, Handler]] = {
    c.Reverse: by(reverse, Role.TELLER_CASH, Role.RM, Role.LEDGER),
    c.AdjustInterest: by(adjust_interest, Role.LEDGER, Role.COMPLAINT_HANDLER, Role.SYSTEM),
}
