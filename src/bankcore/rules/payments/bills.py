"""PAY-10 Bill payment and notifications (缴费与动账通知)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from bankcore.values.money import Money
from bankcore.values.reasons import Reason, Rejected

BillKey = tuple[str, str]
"""Biller and bill id: the same id at two billers is two bills."""


class BillState(StrEnum):
    """Where a bill stands."""

    PENDING = "pending"
    PAID = "paid"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Bill:
    """A bill that was paid at least once, with the amount of the last payment."""

    amount: Money
    state: BillState


@dataclass(frozen=True, slots=True)
class Bills:
    """An account's balance, its bills in order of first payment, and changes to be notified."""

    balance: Money
    bills: Mapping[BillKey, Bill] = field(default_factory=dict)
    notifications: int = 0

    def after(self, key: BillKey, bill: Bill, change: Money) -> Bills:
        """With a bill in a new state and the balance changed; a change is notified."""
        moved = self.notifications + bool(change)
        return Bills(self.balance + change, {**self.bills, key: bill}, moved)


def pay(bills: Bills, key: BillKey, amount: Money) -> Bills:
    """Debit a bill and wait for the biller; a failed one may be paid again.

    Refuses `bill_already_paid`, `insufficient_available_balance`.
    """
    known = bills.bills.get(key)
    if known is not None and known.state is not BillState.FAILED:
        raise Rejected(Reason.BILL_ALREADY_PAID, state=known.state)
    if amount > bills.balance:
        raise Rejected(Reason.INSUFFICIENT_AVAILABLE_BALANCE, balance=bills.balance)
    return bills.after(key, Bill(amount, BillState.PENDING), -amount)


def confirm(bills: Bills, key: BillKey) -> Bills:
    """The biller has the money; `bill_not_pending` otherwise."""
    bill = _pending(bills, key)
    return bills.after(key, Bill(bill.amount, BillState.PAID), Money(0))


def give_back(bills: Bills, key: BillKey) -> Bills:
    """The biller failed or did not answer: the amount returns with the debit's value date."""
    bill = _pending(bills, key)
    return bills.after(key, Bill(bill.amount, BillState.FAILED), bill.amount)


def _pending(bills: Bills, key: BillKey) -> Bill:
    bill = bills.bills.get(key)
    if bill is None or bill.state is not BillState.PENDING:
        raise Rejected(Reason.BILL_NOT_PENDING)
    return bill


def channels(*, enrolled: bool, sms_service: bool, amount: Money | None, least: Money) -> list[str]:
    """Where a customer is told: a push always, a message by the service from an amount on.

    `amount` None is a security notice, which the amount does not limit.
    """
    if not enrolled:
        return []
    by_sms = sms_service and (amount is None or amount >= least)
    return ["push", "sms"] if by_sms else ["push"]
