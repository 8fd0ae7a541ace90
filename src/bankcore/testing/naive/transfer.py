"""Real-time transfers inside the bank, of the naive model: PAY-03, PAY-04 (free), P1."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bankcore.testing.naive.bank import Asked, NaiveBank
from bankcore.testing.naive.basics import Refused
from bankcore.testing.naive.demand import account_of, move, pays, positive


@dataclass(slots=True)
class NaiveTransfer:
    """An order: from whom, to whom, how much, and where it is in its life."""

    payer: str
    payee: str
    fen: int
    state: str = "requested"


def request(bank: NaiveBank, c: Any, _: Asked) -> None:
    """Order; nothing moves yet."""
    if c.transfer in bank.transfers:
        raise Refused("stream_exists")
    positive(c.amount.minor)
    account_of(bank, c.payer)
    payee = bank.accounts.get(c.payee_account)
    if payee is None or bank.names[payee.customer] != c.payee_name or c.payer == c.payee_account:
        raise Refused("payee_name_mismatch")
    bank.transfers[c.transfer] = NaiveTransfer(c.payer, c.payee_account, c.amount.minor)


def confirm(bank: NaiveBank, c: Any, _: Asked) -> None:
    """Confirm: in real time it is carried out at once, on both accounts or on none."""
    if c.transfer not in bank.transfers:
        raise Refused("stream_not_found")
    transfer: NaiveTransfer = bank.transfers[c.transfer]
    if transfer.state != "requested":
        raise Refused("illegal_transition")
    payer, payee = bank.accounts[transfer.payer], bank.accounts[transfer.payee]
    pays(bank, payer, "debit")
    if not payee.is_open:
        raise Refused("account_not_open")
    if any(r.kind == "full_freeze" and r.active(bank.today) for r in payee.restrictions):
        raise Refused("credit_not_allowed")
    payer.check_debit(transfer.fen, bank.today)
    transfer.state = "settled"
    move(bank, payer, -transfer.fen, "transfer out", bank.today)
    move(bank, payee, transfer.fen, "transfer in", bank.today)
