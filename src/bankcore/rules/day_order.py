"""Order of the day (日初、日终顺序): what comes before what on a business date, GEN-08.

The order is total: step, priority within the step, stream id and contract id as bytes. Permuting
the items changes nothing. Commands (step 100) are booked as they arrive and are no agenda items.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

STEPS: Final = {
    "rules_effective": 10,
    "hold_expiry": 20,
    "interest_payment": 30,
    "time_maturity": 40,
    "loan_reprice": 50,
    "incoming_clearing": 60,
    "command": 100,
    "loan_autodebit": 200,
    "card_autopay": 210,
    "standing_order": 220,
    "fee": 230,
    "interest_settlement": 240,
    "statement_cut": 250,
    "past_due_roll": 260,
    "classification": 270,
    "monitoring": 280,
    "tie_out": 290,
    "day_closed": 300,
}
"""Kind of item -> step number; 10 to 60 open the day, 200 to 300 close it."""

AUTODEBIT: Final = STEPS["loan_autodebit"]


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """Something due on a day: its kind, the stream it belongs to and the contract it serves."""

    kind: str
    stream: str
    contract: str
    days_past_due: int = 0
    due_date: date | None = None


def sort_key(item: AgendaItem) -> tuple[int, int, date, bytes, bytes]:
    """Where the item stands in its day; only loan debits have a priority within their step.

    Among them most days past due come first, then the earliest due date (none: last).
    """
    step = STEPS[item.kind]
    past_due, due = (-item.days_past_due, item.due_date) if step == AUTODEBIT else (0, None)
    return (step, past_due, due or date.max, item.stream.encode(), item.contract.encode())


def day_order(items: Iterable[AgendaItem]) -> list[AgendaItem]:
    """The items in the order in which the day does them."""
    return sorted(items, key=sort_key)
