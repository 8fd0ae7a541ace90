"""Freezing and pledging time deposits (冻结、质押): DEP-22, LN-23."""

from __future__ import annotations

from typing import Final

from bankcore.aggregates.time_deposit import TIME_DEPOSIT
from bankcore.aggregates.time_deposit import commands as c
from bankcore.aggregates.time_deposit import events as e
from bankcore.aggregates.time_deposit.decide import check_within, need_active, need_unfrozen
from bankcore.operations.decision import Decision
from bankcore.operations.handlers import Handler, by
from bankcore.operations.time_deposit_days import catch_up
from bankcore.values.reasons import Reason, Rejected
from bankcore.values.roles import Role


def pledge(d: Decision, command: c.Pledge) -> None:
    """Stop payment of part in favour of a loan; what is frozen or pledged cannot be pledged."""
    deposit = d.need(TIME_DEPOSIT, command.deposit)
    need_active(deposit)
    need_unfrozen(deposit, command.amount)
    check_within(deposit, command.amount)
    pledged = e.TimeDepositPledged(loan=command.loan, amount=command.amount)
    d.emit(TIME_DEPOSIT, command.deposit, pledged)


def unpledge(d: Decision, command: c.Unpledge) -> None:
    """End a pledge; what had to wait for it is paid now."""
    deposit = d.need(TIME_DEPOSIT, command.deposit)
    if all(p.loan != command.loan for p in deposit.pledges):
        raise Rejected(Reason.ILLEGAL_TRANSITION, loan=command.loan)
    d.emit(TIME_DEPOSIT, command.deposit, e.TimeDepositUnpledged(loan=command.loan))
    catch_up(d, command.deposit)


def freeze(d: Decision, command: c.Freeze) -> None:
    """Freeze part or all under an order; interest goes on, a rollover too."""
    deposit = d.need(TIME_DEPOSIT, command.deposit)
    need_active(deposit)
    if not command.order:
        raise Rejected(Reason.PAPERS_MISSING)
    event = e.TimeDepositFrozen(
        freeze=command.freeze,
        kind=command.kind,
        amount=command.amount,
        order=command.order,
        until=command.until,
    )
    d.emit(TIME_DEPOSIT, command.deposit, event)


def unfreeze(d: Decision, command: c.Unfreeze) -> None:
    """Lift a freeze; what had to wait for it is paid now."""
    deposit = d.need(TIME_DEPOSIT, command.deposit)
    if all(f.freeze != command.freeze for f in deposit.freezes):
        raise Rejected(Reason.ILLEGAL_TRANSITION, freeze=command.freeze)
    event = e.TimeDepositUnfrozen(freeze=command.freeze, reason=command.reason)
    d.emit(TIME_DEPOSIT, command.deposit, event)
    catch_up(d, command.deposit)


_COMPLIANCE = (Role.COMPLIANCE, Role.AUTHORISER, Role.RM, Role.TELLER_CASH)
HANDLERS: Final[dict[type, Handler]] = {
    c.Pledge: by(pledge, Role.RM, Role.DISBURSER),
    c.Unpledge: by(unpledge, Role.RM, Role.DISBURSER),
    c.Freeze: by(freeze, *_COMPLIANCE),
    c.Unfreeze: by(unfreeze, *_COMPLIANCE),
}
