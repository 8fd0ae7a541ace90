"""Limits of account classes (分类账户限额): what Class II and III may take in and pay out, PAY-01.

Cash and transfers with accounts that are not bound count by the day they were carried out; what
was returned or reversed is taken out of its day again. The bound account of a Class II or III
account is the holder's own Class I account.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from bankcore.aggregates.customer import CUSTOMER
from bankcore.aggregates.deposit_account import ACCOUNT, DepositAccount
from bankcore.aggregates.deposit_account import events as account
from bankcore.aggregates.transfer import TRANSFER, Transfer
from bankcore.operations.account_classes import NUMBERS, ONE
from bankcore.operations.decision import Decision
from bankcore.operations.payments.policies import class_limits
from bankcore.rules.payments.account_classes import ClassLimits, Movement, check_class
from bankcore.rules.payments.transfer_life import TransferState
from bankcore.values.entry import Entry
from bankcore.values.money import Money, total
from bankcore.values.reasons import Rejected

SENT: Final = frozenset({"transfer", "transfer_out"})
RECEIVED: Final = frozenset({"transfer", "incoming_transfer"})
CONSENT: Final = "non_bound_in"
"""The scope of the customer's consent to money from accounts that are not bound, PAY-01."""

Counted = tuple[date, str, Money]
"""The day, `in` or `out`, and the amount that counts."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Money that is to move: `in` or `out`, `cash` or `transfer`, whether the other is bound."""

    direction: str
    kind: str
    amount: Money
    bound: bool = False


def check_account_class(d: Decision, transfer: Transfer, payer: DepositAccount) -> None:
    """May an account of its class send this? A Class I account may, and is not added up."""
    bound = _is_bound(d, transfer, transfer.payee_account)
    _check(d, transfer.payer, payer, Asked("out", "transfer", transfer.amount, bound))


def check_payee_class(d: Decision, transfer: Transfer) -> None:
    """May the payee's account take a transfer from inside the bank?"""
    payee = d.need(ACCOUNT, transfer.payee_account)
    bound = _is_bound(d, transfer, transfer.payer)
    _check(d, transfer.payee_account, payee, Asked("in", "transfer", transfer.amount, bound))


def check_incoming(d: Decision, number: str, amount: Money) -> None:
    """May an account take money from another bank?"""
    _check(d, number, d.need(ACCOUNT, number), Asked("in", "transfer", amount))


def check_cash(d: Decision, number: str, direction: str, amount: Money) -> None:
    """May cash come into the account, or go out of it?"""
    _check(d, number, d.need(ACCOUNT, number), Asked(direction, "cash", amount))


def _check(d: Decision, number: str, state: DepositAccount, asked: Asked) -> None:
    limits = _limits(d, state.account_class)
    if limits is None:
        return
    counted = [(on, m) for on, way, m in _counted(d, number) if way == asked.direction]
    movement = Movement(
        account_class=NUMBERS[state.account_class],
        direction=asked.direction,
        kind=asked.kind,
        bound=asked.bound,
        amount=asked.amount,
        day_total=total([m for on, m in counted if on == d.day]),
        year_total=total([m for on, m in counted if on.year == d.day.year]),
        balance=state.balance,
        face_to_face=d.need(CUSTOMER, state.customer).face_to_face,
        non_bound_enabled=not limits.needs_enabling or _may_come_from_others(d, number, state),
    )
    check_class(movement, limits)


def _limits(d: Decision, account_class: str) -> ClassLimits | None:
    """The caps of the day; Class I has none, and there were none before there were classes."""
    if account_class in {ONE, ""}:
        return None
    try:
        return class_limits(d.catalogue, NUMBERS[account_class], d.day)
    except Rejected:
        return None


def _is_bound(d: Decision, transfer: Transfer, other: str) -> bool:
    """Whether the other side of a transfer is the holder's own Class I account."""
    if not transfer.own_account:
        return False
    state = d.load(ACCOUNT, other)
    return state is not None and state.account_class == ONE


def _may_come_from_others(d: Decision, number: str, state: DepositAccount) -> bool:
    """The customer has consented, and the bound account has paid in before."""
    if not d.need(CUSTOMER, state.customer).consents_to(CONSENT, d.day):
        return False
    came_in = (x.event for x in d.history(ACCOUNT, number))
    transfers = (
        d.need(TRANSFER, _stream(x.posted_by))
        for x in came_in
        if isinstance(x, account.AccountCredited) and x.purpose == "transfer"
    )
    return any(_is_bound(d, transfer, transfer.payer) for transfer in transfers)


def _counted(d: Decision, number: str) -> Iterator[Counted]:
    """What counts towards the caps of an account, by the day it was carried out."""
    history = d.history(ACCOUNT, number)
    cash = {x.id: c for x in history if (c := _cash(x)) is not None}
    yield from cash.values()
    for entry in history:
        event = entry.event
        if isinstance(event, account.DepositEntryReversed) and event.reverses in cash:
            on, way, amount = cash[event.reverses]
            yield on, way, -amount
        elif isinstance(event, account.AccountDebited | account.AccountCredited):
            yield from _transferred(d, entry)


def _cash(entry: Entry[Any]) -> Counted | None:
    match entry.event:
        case account.FundsDeposited(amount=amount):
            return entry.booking_date, "in", amount
        case account.FundsWithdrawn(amount=amount):
            return entry.booking_date, "out", amount
        case _:
            return None


def _transferred(d: Decision, entry: Entry[Any]) -> Iterator[Counted]:
    """A transfer with an account that is not bound; its fee does not count."""
    event, out = entry.event, isinstance(entry.event, account.AccountDebited)
    if event.purpose not in (SENT if out else RECEIVED):
        return
    transfer = d.load(TRANSFER, _stream(event.posted_by))
    if event.purpose == "incoming_transfer" or transfer is None:
        yield entry.booking_date, "in", event.amount
        return
    other = transfer.payee_account if out else transfer.payer
    if transfer.state is not TransferState.RETURNED and not _is_bound(d, transfer, other):
        yield entry.booking_date, "out" if out else "in", transfer.amount


def _stream(entry_id: str) -> str:
    """The stream of an entry id such as `transfer-T1@3`."""
    return entry_id.partition("@")[0]
