"""Settled interest of demand accounts derived again from the stream before it, DEP-02."""

from __future__ import annotations

from typing import Any

from bankcore.aggregates.deposit_account import DepositAccount
from bankcore.aggregates.deposit_account import events as e
from bankcore.rules.deposits.demand import demand_interest
from bankcore.values.entry import Entry


def interest_settled(before: DepositAccount | None, entry: Entry[Any]) -> str | None:
    """None when the settled interest follows from balances and rate, else what is wrong."""
    event = entry.event
    assert isinstance(event, e.InterestSettled), "registered for this event"
    if before is None or before.terms is None:
        return "interest settled before the account was opened"
    if event.start != before.period_start:
        return f"period starts {event.start}, the last one ended {before.period_start}"
    result = demand_interest(
        before.opening_balance,
        before.movements,
        event.start,
        event.until,
        event.rate,
        before.terms.base,
    )
    if result.interest.amount != event.interest:
        return f"interest {event.interest}, recomputed {result.interest.amount} by DEP-02"
    if result.interest.remainder != event.remainder:
        return f"remainder {event.remainder}, recomputed {result.interest.remainder} by GEN-01"
    return None
