"""Balances (余额): booked and available balance of deposit accounts at a pair of dates."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bankcore.aggregates.deposit_account import ACCOUNT
from bankcore.projections.states import States
from bankcore.values.money import Money


@dataclass(frozen=True, slots=True)
class BalanceRow:
    """One account: `booked` is the running balance, `available` what can be used (DEP-22)."""

    account: str
    customer: str
    product: str
    stage: str
    booked: Money
    held: Money
    available: Money


def balances(states: States) -> Iterator[BalanceRow]:
    """One row an account, in the order in which they were applied for."""
    for stream, account in states.of(ACCOUNT):
        yield BalanceRow(
            account=stream,
            customer=account.customer,
            product=account.product,
            stage=account.stage.value,
            booked=account.balance,
            held=account.held,
            available=account.available,
        )
