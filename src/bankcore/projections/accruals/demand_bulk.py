"""Accrued interest of all demand accounts at once (活期应计利息,批量): DEP-02 in integers.

The same figures as `accruals/deposit_account.py`, without a trace for each: for totals over a
whole bank, where only sums are asked for. A property test holds the two together.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from bankcore.aggregates.deposit_account import DepositAccount, Stage


def balance_days(states: Iterable[Any], on: date) -> Iterator[tuple[DepositAccount, int]]:
    """Each account with its Σ base · days in fen·days (积数) from its last settlement to `on`.

    `on` is included. Accounts that are not open or had no money yet are left out, and the few with
    an agreement, whose two tiers are no one sum (`deposit_account.accruals` has them).
    """
    for account in states:
        # Most accounts are active: asking for that first spares the rest a look at the set.
        if type(account) is DepositAccount and (account.stage is Stage.ACTIVE or account.is_open):
            weight = _weight(account, on) if account.contract is None else None
            if weight is not None:
                yield account, weight


def _weight(account: DepositAccount, on: date) -> int | None:
    """Integers only and no objects between: this loop runs once a movement in the whole bank."""
    start, terms = account.settled_to or account.opened_on, account.terms
    end = on.toordinal() + 1
    if start is None or terms is None or (since := start.toordinal()) > end:
        return None
    unit = 100 if terms.base == "yuan" else 1
    balance, weight, movements = account.opening_balance.minor, 0, account.movements
    if movements and movements[-1][0] > on:
        movements = tuple(move for move in movements if move[0] <= on)
    for day, change in movements:
        at = day.toordinal()
        weight += balance // unit * (at - since)
        since = at
        balance += change.minor
    return (weight + balance // unit * (end - since)) * unit
