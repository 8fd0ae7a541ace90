"""Interest of demand accounts derived again: settled (DEP-02, DEP-16), paid, adjusted (GL-05)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bankcore.aggregates.deposit_account import DepositAccount
from bankcore.aggregates.deposit_account import events as e
from bankcore.aggregates.deposit_account.interest import Rates, has_agreement, period_interest
from bankcore.operations.interest import adjustment, board_rates, rates_of
from bankcore.operations.pricing import tax_of
from bankcore.products.catalogue import Catalogue
from bankcore.values.entry import Entry


def interest_settled(before: DepositAccount | None, entry: Entry[Any]) -> str | None:
    """None when the settled interest follows from balances and rate, else what is wrong."""
    event = entry.event
    assert isinstance(event, e.InterestSettled), "registered for this event"
    if before is None or before.terms is None:
        return "interest settled before the account was opened"
    if event.start != before.period_start:
        return f"period starts {event.start}, the last one ended {before.period_start}"
    if has_agreement(before) != (event.upper is not None):
        return "two rates where no agreement runs, or one where one does (DEP-16)"
    result = period_interest(before, event.until, rates_of(event))
    if result.interest.amount != event.interest:
        rule = result.interest.rule
        return f"interest {event.interest}, recomputed {result.interest.amount} by {rule}"
    if result.interest.remainder != event.remainder:
        return f"remainder {event.remainder}, recomputed {result.interest.remainder} by GEN-01"
    days = (event.balance_days, event.upper.balance_days if event.upper else 0)
    if days != (result.low_days, result.high_days):
        return f"yuan-days {days}, recomputed {(result.low_days, result.high_days)}"
    return None


def interest_priced(
    before: DepositAccount | None, entry: Entry[Any], catalogue: Catalogue
) -> str | None:
    """None when rate and tax are those posted: of the day (DEP-03), of the period (DEP-19)."""
    event = entry.event
    assert isinstance(event, e.InterestSettled), "registered for this event"
    assert before is not None, "what was settled before the opening is a fault already"
    posted, found = board_rates(before, catalogue, entry.booking_date), rates_of(event)
    if found != posted:
        return f"rates {_told(found)}, posted {_told(posted)} by DEP-03"
    tax = tax_of(catalogue, event.interest, event.start, event.until)
    return None if event.tax == tax else f"tax {event.tax}, recomputed {tax} by DEP-19"


def _told(rates: Rates) -> str:
    kept = (rates.demand, rates.agreement)
    return " and ".join(f"{rate} %" for rate in kept if rate is not None)


def interest_paid(before: DepositAccount | None, entry: Entry[Any]) -> str | None:
    """None when exactly what was settled is paid, else what is wrong."""
    event = entry.event
    assert isinstance(event, e.InterestPaid), "registered for this event"
    if before is None or (event.interest, event.tax) != (before.payable, before.payable_tax):
        settled = before.payable if before else "nothing"
        return f"interest {event.interest} paid where {settled} was settled"
    return None


def interest_adjusted(
    before: DepositAccount, history: Sequence[Entry[Any]], entry: Entry[Any], catalogue: Catalogue
) -> str | None:
    """None when the adjustment follows from all facts before it, else what is wrong."""
    event = entry.event
    assert isinstance(event, e.InterestAdjusted), "registered for this event"
    found = adjustment(before, history, event.cause[0] if event.cause else "", catalogue)
    if found is None:
        return f"interest adjusted by {event.difference}, recomputed: nothing to adjust"
    expected, on = found
    if expected.difference != event.difference:
        return f"interest adjusted by {event.difference}, recomputed {expected.difference}"
    if expected.tax != event.tax:
        return f"tax adjusted by {event.tax}, recomputed {expected.tax} by DEP-19"
    if (expected, on) != (event, entry.value_date):
        return f"adjustment valued {entry.value_date} of {event.periods}, recomputed {on}"
    return None
