"""Freezes and pledges of time deposits in the naive model; DEP-08 edge case 5, DEP-22, LN-23."""

from __future__ import annotations

from typing import Any, Final

from bankcore.testing.naive.bank import Answer, Asked, NaiveBank
from bankcore.testing.naive.basics import FOREVER, Refused
from bankcore.testing.naive.deposit import NaiveDeposit, deposit_of, leave, unheld, within


def living(bank: NaiveBank, key: str) -> NaiveDeposit:
    """The deposit, with money in it."""
    deposit = deposit_of(bank, key)
    if deposit.ended_on < FOREVER:
        raise Refused("deposit_not_active")
    return deposit


def freeze(bank: NaiveBank, c: Any, _: Asked) -> None:
    """An order stops a part, or all."""
    deposit = living(bank, c.deposit)
    if not c.order:
        raise Refused("papers_missing")
    fen = c.amount.minor if c.kind == "amount_freeze" else None
    deposit.holds = {**deposit.holds, c.freeze: (fen, c.until)}


def pledge(bank: NaiveBank, c: Any, _: Asked) -> None:
    """A part secures a loan."""
    deposit = living(bank, c.deposit)
    unheld(deposit, c.amount.minor)
    within(deposit, c.amount.minor)
    deposit.holds = {**deposit.holds, f"loan {c.loan}": (c.amount.minor, None)}


def end(bank: NaiveBank, key: str, name: str) -> None:
    """A freeze or pledge is over; what waited for it leaves now."""
    deposit = deposit_of(bank, key)
    if name not in deposit.holds:
        raise Refused("illegal_transition")
    let_go(bank, deposit, name)


def let_go(bank: NaiveBank, deposit: NaiveDeposit, name: str) -> None:
    """Without this hold a matured deposit is paid onto the account, if so agreed."""
    deposit.holds = {other: hold for other, hold in deposit.holds.items() if other != name}
    waits = deposit.rollover == "linked_account" and deposit.matured and not deposit.holds
    if waits and deposit.ended_on == FOREVER:
        fen = deposit.principal()
        leave(bank, deposit, fen, deposit.late(bank.board, fen, bank.today), "account")


def lapse(bank: NaiveBank) -> None:
    """Step 20: on its last day a freeze is over."""
    for deposit in list(bank.deposits.values()):
        for name, (_, until) in list(deposit.holds.items()):
            if until is not None and until <= bank.today:
                let_go(bank, deposit, name)


ANSWERS: Final[dict[str, Answer]] = {
    "time_deposit.freeze": freeze,
    "time_deposit.unfreeze": lambda bank, c, _: end(bank, c.deposit, c.freeze),
    "time_deposit.pledge": pledge,
    "time_deposit.unpledge": lambda bank, c, _: end(bank, c.deposit, f"loan {c.loan}"),
}
