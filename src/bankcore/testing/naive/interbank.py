"""Transfers to and from other banks in the naive model: PAY-03, PAY-04, PAY-06, P2, P3, P5 to P9.

In real time, ordered at the counter, up to the limit of the rail that never closes.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any, Final

from bankcore.testing.naive import transfer
from bankcore.testing.naive.account import NaiveAccount
from bankcore.testing.naive.bank import Answer, Asked, NaiveBank
from bankcore.testing.naive.basics import Refused, half_up
from bankcore.testing.naive.demand import DEMAND, account_of, move, pays, positive
from bankcore.testing.naive.transfer import NaiveTransfer

BANKS: Final = ("icbc", "abc", "boc", "ccb", "bocom", "psbc", "cmb", "citic", "spdb", "cib")
OUTGOING, UNMATCHED, FEES, SENT_OVER = "2241.02", "2241.01", "6021.01", "3001.03"
RAILS: Final = {"hvps": "3001.01", "beps": "3001.02", "ibps": "3001.03"}
TIERS: Final = ((200_000, 200), (500_000, 500), (1_000_000, 1_000), (5_000_000, 1_500))
MOST: Final = 5_000


@dataclass(slots=True)
class NaiveOutgoing(NaiveTransfer):
    """An order to another bank: its fee, the day of its debit, and whether it has left."""

    fee: int = 0
    debited: date = date.max
    sent: bool = False


@dataclass(slots=True)
class NaiveIncoming:
    """Money that came in; what waits for its owner is in suspense."""

    fen: int
    name: str
    waiting: bool


def fee_of(fen: int) -> int:
    """By tier, above the last one three in ten thousand up to a most."""
    for most, fee in TIERS:
        if fen <= most:
            return fee
    return min(MOST, half_up(Fraction(fen * 3, 10_000)))


def request(bank: NaiveBank, c: Any, asked: Asked) -> None:
    """Order; whether the payee exists is for the other bank to say."""
    if c.payee_bank == "own":
        transfer.request(bank, c, asked)
        return
    if c.transfer in bank.transfers:
        raise Refused("stream_exists")
    positive(c.amount.minor)
    account_of(bank, c.payer)
    if c.payee_bank not in BANKS:
        raise Refused("payee_bank_unknown")
    bank.transfers[c.transfer] = NaiveOutgoing(c.payer, c.payee_account, c.amount.minor)


def order_of(bank: NaiveBank, key: str) -> NaiveTransfer:
    """The order, or stream_not_found."""
    if key not in bank.transfers:
        raise Refused("stream_not_found")
    found: NaiveTransfer = bank.transfers[key]
    return found


def confirm(bank: NaiveBank, c: Any, asked: Asked) -> None:
    """Confirm: amount and fee leave the payer at once and wait to be sent, P2."""
    order = order_of(bank, c.transfer)
    if not isinstance(order, NaiveOutgoing):
        transfer.confirm(bank, c, asked)
        return
    if order.state != "requested":
        raise Refused("illegal_transition")
    payer = bank.accounts[order.payer]
    pays(bank, payer, "debit")
    order.fee = fee_of(order.fen)
    payer.check_debit(order.fen + order.fee, bank.today)
    order.state, order.debited = "routed", bank.today
    both = order.fen + order.fee
    bank.post(bank.today, {DEMAND: both, OUTGOING: -order.fen, FEES: -order.fee})
    move(bank, payer, -both, "transfer out", bank.today)


def leave(bank: NaiveBank, order: NaiveOutgoing) -> None:
    """The payment leaves over the rail, P3."""
    order.sent = True
    bank.post(bank.today, {OUTGOING: order.fen, SENT_OVER: -order.fen})


def send(bank: NaiveBank, c: Any, _: Asked) -> None:
    """Clearing sends it, once."""
    order = order_of(bank, c.transfer)
    if not isinstance(order, NaiveOutgoing) or order.state != "routed" or order.sent:
        raise Refused("illegal_transition")
    leave(bank, order)


def evening(bank: NaiveBank) -> None:
    """What nobody sent by hand leaves at the close."""
    for order in bank.transfers.values():
        if isinstance(order, NaiveOutgoing) and order.state == "routed" and not order.sent:
            leave(bank, order)


def on_its_way(bank: NaiveBank, key: str) -> NaiveOutgoing:
    """An order that was sent and not yet answered, or illegal_transition."""
    order = order_of(bank, key)
    if not isinstance(order, NaiveOutgoing) or order.state != "routed" or not order.sent:
        raise Refused("illegal_transition")
    return order


def settle(bank: NaiveBank, c: Any, _: Asked) -> None:
    """The other bank has credited the payee."""
    on_its_way(bank, c.transfer).state = "settled"


def give_back(bank: NaiveBank, c: Any, _: Asked) -> None:
    """Amount and fee are as if they had never left, P5; interest is restated."""
    order = on_its_way(bank, c.transfer)
    order.state = "returned"
    both = order.fen + order.fee
    legs = {SENT_OVER: order.fen, FEES: order.fee, DEMAND: -both}
    bank.post(order.debited, legs)
    move(bank, bank.accounts[order.payer], both, "transfer returned", order.debited)


def takes(bank: NaiveBank, account: NaiveAccount) -> None:
    """Refuse what keeps money from being credited."""
    if not account.is_open:
        raise Refused("account_not_open")
    if any(r.kind == "full_freeze" and r.active(bank.today) for r in account.restrictions):
        raise Refused("credit_not_allowed")


def fits(bank: NaiveBank, number: str, name: str) -> bool:
    """Account and name both, and the account takes money."""
    account = bank.accounts.get(number)
    if account is None or bank.names[account.customer] != name:
        return False
    try:
        takes(bank, account)
    except Refused:
        return False
    return True


def receive(bank: NaiveBank, c: Any, _: Asked) -> None:
    """Money comes in: credited, P6, or kept in suspense, P8."""
    if c.incoming in bank.transfers:
        raise Refused("stream_exists")
    positive(c.amount.minor)
    fen, waiting = c.amount.minor, not fits(bank, c.payee_account, c.payee_name)
    bank.transfers[c.incoming] = NaiveIncoming(fen, c.payee_name, waiting)
    bank.post(bank.today, {RAILS[c.rail.value]: fen, UNMATCHED if waiting else DEMAND: -fen})
    if not waiting:
        move(bank, bank.accounts[c.payee_account], fen, "transfer in", bank.today)


def resolve(bank: NaiveBank, c: Any, _: Asked) -> None:
    """What waits is paid to an account of the person it was meant for, P9."""
    found = bank.transfers.get(c.incoming)
    if found is None:
        raise Refused("stream_not_found")
    if not found.waiting:
        raise Refused("illegal_transition")
    account = account_of(bank, c.target)
    takes(bank, account)
    if bank.names[account.customer] != found.name:
        raise Refused("payee_name_mismatch")
    found.waiting = False
    bank.post(bank.today, {UNMATCHED: found.fen, DEMAND: -found.fen})
    move(bank, account, found.fen, "transfer in", bank.today)


ANSWERS: Final[dict[str, Answer]] = {
    "transfer.request": request,
    "transfer.confirm": confirm,
    "transfer.send": send,
    "transfer.settle": settle,
    "transfer.return": give_back,
    "incoming_transfer.receive": receive,
    "incoming_transfer.resolve": resolve,
}
