"""Reversing an entry of a deposit account (冲正): a red entry on the original's value date, GEN-05.

The amounts are those posted, negated; nothing is computed or rounded again (GEN-01 step 4).
"""

from __future__ import annotations

from dataclasses import fields
from typing import Any, Final

from bankcore.aggregates.deposit_account import ACCOUNT
from bankcore.aggregates.deposit_account import commands as c
from bankcore.aggregates.deposit_account import events as e
from bankcore.aggregates.deposit_account.decide import need_open
from bankcore.operations.decision import Decision
from bankcore.operations.handlers import Handler, by
from bankcore.operations.interest import check_covered, restate, signed
from bankcore.values.entry import Entry
from bankcore.values.money import Money
from bankcore.values.reasons import Reason, Rejected
from bankcore.values.roles import Role

REVERSIBLE: Final = (e.FundsDeposited, e.FundsWithdrawn, e.DepositFeeCharged)
LIMIT_DAYS: Final = 365


def reverse(d: Decision, command: c.Reverse) -> None:
    """Reverse a cash entry or a fee that has not been reversed yet."""
    account = d.need(ACCOUNT, command.account)
    need_open(account)
    if account.dormant:
        raise Rejected(Reason.ACCOUNT_DORMANT)
    if not command.reason:
        raise Rejected(Reason.REASON_MISSING)
    if d.frame.approver in {None, "", d.frame.actor.id}:
        raise Rejected(Reason.MAKER_IS_CHECKER, maker=d.frame.actor.id)
    original = _original(d, command)
    if (d.day - original.booking_date).days > LIMIT_DAYS:
        raise Rejected(Reason.BACK_VALUE_BEYOND_LIMIT, booked=original.booking_date)
    change = -signed(original.event)
    if change.minor < 0:
        if -change > account.available:
            raise Rejected(Reason.INSUFFICIENT_AVAILABLE_BALANCE, available=account.available)
        check_covered(d, command.account, -change, original.value_date)
    event = e.DepositEntryReversed(
        reverses=original.id,
        reversed_event=type(original.event).__name__,
        change=change,
        amounts=_amounts(original.event),
        reason=command.reason,
        gl=original.event.gl,
    )
    entry = d.emit(
        ACCOUNT, command.account, event, value_date=original.value_date, caused_by=original.id
    )
    restate(d, command.account, entry)


def _original(d: Decision, command: c.Reverse) -> Entry[Any]:
    """The entry named, if it can be reversed: else `illegal_transition` with what was found."""
    history = d.history(ACCOUNT, command.account)
    found = next((x for x in history if x.id == command.reverses), None)
    if found is None or not isinstance(found.event, REVERSIBLE):
        raise Rejected(Reason.ILLEGAL_TRANSITION, entry=command.reverses)
    if any(getattr(x.event, "reverses", None) == found.id for x in history):
        raise Rejected(Reason.ILLEGAL_TRANSITION, entry=command.reverses, state="reversed")
    return found


def _amounts(event: Any) -> tuple[tuple[str, Money], ...]:
    values = ((f.name, getattr(event, f.name)) for f in fields(event))
    return tuple((name, value) for name, value in values if isinstance(value, Money))


HANDLERS: Final[dict[type, Handler]] = {
    c.Reverse: by(reverse, Role.TELLER_CASH, Role.RM, Role.LEDGER),
}
