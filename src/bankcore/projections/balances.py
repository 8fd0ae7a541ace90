"""Balances (余额): booked and available balance of deposit accounts at a pair of dates."""

from __future__ import annotations

from collections.abc import Iterator

from bankcore.aggregates.deposit_account import ACCOUNT, DepositAccount
from bankcore.projections.rows import BalanceRow
from bankcore.projections.states import States


def balance_row(stream: str, account: DepositAccount) -> BalanceRow:
    """The row of an account as it stands."""
    return BalanceRow(
        account=stream,
        customer=account.customer,
        product=account.product,
        stage=account.stage.value,
        booked=account.balance,
        held=account.held,
        available=account.available,
    )


def balances(states: States) -> Iterator[BalanceRow]:
    """One row an account, in the order in which they were applied for."""
    return (balance_row(stream, account) for stream, account in states.of(ACCOUNT))
