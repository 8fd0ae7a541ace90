"""Accrued interest of all demand accounts at once (活期应计利息,批量): DEP-02 in integers.

The same figures as `accruals/deposit_account.py`, without a trace for each: for totals over a
whole bank, where only sums are asked for. A property test holds the two together.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from bankcore.aggregates.deposit_account import DepositAccount


def balance_days(states: Iterable[Any], on: date) -> Iterator[tuple[DepositAccount, int]]:
    """Each account with its Σ base · days in fen·days (积数) from its last settlement to `on`.

    `on` is included. Accounts that are not open or had no money yet are left out.
    """
    end = on.toordinal() + 1
    for account in states:
        if type(account) is DepositAccount and account.is_open:
            weight = _weight(account, end)
            if weight is not None:
                yield account, weight


def _weight(account: DepositAccount, end: int) -> int | None:
    """Integers only and no objects between: this loop runs once a movement in the whole bank."""
    start, terms = account.period_start, account.terms
    if start is None or terms is None or (since := start.toordinal()) > end:
        return None
    unit = 100 if terms.base == "yuan" else 1
    balance, weight = account.opening_balance.minor, 0
    for on, change in account.movements:
        at = on.toordinal()
        if at >= end:
            break
        weight += balance // unit * (at - since)
        since = at
        balance += change.minor
    return (weight + balance // unit * (end - since)) * unit
