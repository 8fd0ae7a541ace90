"""Accrued interest of all demand accounts at once (活期应计利息,批量): DEP-02 in integers.

The same figures as `accruals/deposit_account.py`, without a trace for each: for totals over a
whole bank, where only sums are asked for. A property test holds the two together.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from bankcore.aggregates.deposit_account import DepositAccount, Stage
from bankcore.aggregates.deposit_account.balance_days import counted


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
    days, end = account.days, on.toordinal() + 1
    if days is None:
        return None
    if days.to >= end:
        # Somebody asks for a day before the last movement, or before the period began.
        start = account.period_start
        if start is None or start.toordinal() > end:
            return None
        before = (move for move in account.movements if move[0] <= on)
        days = counted(start, account.opening_balance, before, fen=days.fen)
    return days.until(end)
