"""Limits of account classes on a transfer (分类账户限额): the totals of day and year, PAY-01."""

from __future__ import annotations

from datetime import date
from typing import Final

from bankcore.aggregates.deposit_account import ACCOUNT, DepositAccount
from bankcore.aggregates.deposit_account import events as account
from bankcore.aggregates.transfer import Transfer
from bankcore.operations.decision import Decision
from bankcore.operations.payments.policies import class_limits
from bankcore.rules.payments.account_classes import Movement, check_class
from bankcore.values.money import Money, total

CLASSES: Final = {"I": 1, "II": 2, "III": 3}
COUNTED: Final = frozenset({"transfer", "transfer_out"})


def check_account_class(d: Decision, transfer: Transfer, payer: DepositAccount) -> None:
    """May an account of its class send this? A Class I account may, and is not added up.

    The bound account of a Class II or III account is the holder's own Class I account here.
    """
    number = CLASSES.get(payer.account_class, 1)
    if number == 1:
        return
    sent = _sent(d, transfer.payer)
    movement = Movement(
        account_class=number,
        direction="out",
        kind="transfer",
        bound=_is_bound(d, transfer),
        amount=transfer.amount,
        day_total=total([m for on, m in sent if on == d.day]),
        year_total=total([m for on, m in sent if on.year == d.day.year]),
        balance=payer.balance,
        face_to_face=True,
        non_bound_enabled=True,
    )
    check_class(movement, class_limits(d.catalogue, number, d.day))


def _is_bound(d: Decision, transfer: Transfer) -> bool:
    if not transfer.own_account:
        return False
    payee = d.load(ACCOUNT, transfer.payee_account)
    return payee is not None and payee.account_class == "I"


def _sent(d: Decision, number: str) -> list[tuple[date, Money]]:
    """Cash and transfers out of an account, by the day they were booked."""
    found = []
    for entry in d.history(ACCOUNT, number):
        match entry.event:
            case account.AccountDebited(amount=amount, purpose=purpose) if purpose in COUNTED:
                found.append((entry.booking_date, amount))
            case account.FundsWithdrawn(amount=amount):
                found.append((entry.booking_date, amount))
            case _:
                pass
    return found
