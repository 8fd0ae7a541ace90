"""CC-14 Dormant cards (睡眠信用卡) and the time limits of disputes (争议)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from bankcore.values.dates import add_months
from bankcore.values.money import Money
from bankcore.values.reasons import Reason, Rejected


@dataclass(frozen=True, slots=True)
class Dormancy:
    """Whether a card is dormant, and the day from which it may be."""

    dormant: bool
    since: date


def dormancy(last_activity: date, as_of: date, months: int, owed: tuple[Money, Money]) -> Dormancy:
    """Dormant after so many months without a transaction of the customer, with nothing owed.

    `owed` is (debt, credit balance); either of them above zero keeps the card awake. The last
    activity is the last transaction, else activation, else issue.
    """
    since = add_months(last_activity, months)
    idle = as_of >= since and not any(owed)
    return Dormancy(idle, since)


@dataclass(frozen=True, slots=True, kw_only=True)
class DisputeFacts:
    """A disputed item: the statement that shows it (None: unbilled), what of it, and the claim."""

    statement_date: date | None
    amount: Money
    claimed: Money
    open_already: bool
    on: date


def check_dispute(facts: DisputeFacts, window_days: int) -> None:
    """Refuse `dispute_too_late`, `dispute_already_open`, `amount_above_item`."""
    last = facts.statement_date and facts.statement_date + timedelta(days=window_days)
    if last is not None and facts.on > last:
        raise Rejected(Reason.DISPUTE_TOO_LATE, last_day=last)
    if facts.open_already:
        raise Rejected(Reason.DISPUTE_ALREADY_OPEN)
    if facts.claimed > facts.amount:
        raise Rejected(Reason.AMOUNT_ABOVE_ITEM, item=facts.amount, claimed=facts.claimed)
