"""The bank's own books (本行账务): capital, cash, clearing."""

from __future__ import annotations

from typing import Final

from bankcore.aggregates.bank import BANK
from bankcore.aggregates.bank import decide as c
from bankcore.aggregates.bank import events as e
from bankcore.operations.decision import Decision
from bankcore.operations.handlers import Handler, by
from bankcore.operations.money import placeholders
from bankcore.rules import account_choice as choose
from bankcore.values.reasons import Reason, Rejected
from bankcore.values.roles import Role


def pay_in_capital(d: Decision, command: c.PayInCapital) -> None:
    """Owners pay in capital."""
    if command.amount.minor <= 0:
        raise Rejected(Reason.AMOUNT_NOT_POSITIVE, amount=command.amount)
    d.emit(BANK, "bank", e.CapitalPaidIn(amount=command.amount, gl={}))


def draw_cash(d: Decision, command: c.DrawCash) -> None:
    """Fetch cash from the central bank."""
    if command.amount.minor <= 0:
        raise Rejected(Reason.AMOUNT_NOT_POSITIVE, amount=command.amount)
    d.emit(BANK, "bank", e.CashDrawnFromCentralBank(amount=command.amount, gl={}))


def clear(d: Decision, command: c.Clear) -> None:
    """Settle the net position of a rail at the central bank; refuses `rail_not_available`."""
    if command.rail not in choose.RAILS:
        raise Rejected(Reason.RAIL_NOT_AVAILABLE, rail=command.rail, known=choose.RAILS)
    gl = placeholders(rail=choose.rail_account(command.rail))
    d.emit(BANK, "bank", e.ClearingPaid(rail=command.rail, amount=command.amount, gl=gl))


_TREASURY = (Role.TREASURY, Role.LEDGER, Role.SYSTEM)
HANDLERS: Final[dict[type, Handler]] = {
    c.PayInCapital: by(pay_in_capital, *_TREASURY),
    c.DrawCash: by(draw_cash, *_TREASURY),
    c.Clear: by(clear, *_TREASURY),
}
