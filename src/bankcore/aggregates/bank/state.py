"""State of the bank's own books: the last closed month."""

from __future__ import annotations

from dataclasses import dataclass
from typing import assert_never

from bankcore.aggregates.bank.events import (
    BankEvent,
    BooksReconciled,
    CapitalPaidIn,
    CashDrawnFromCentralBank,
    ClearingPaid,
    PeriodClosed,
)
from bankcore.values.entry import Entry


@dataclass(frozen=True, slots=True)
class BankBooks:
    """`closed_month` is the last closed accounting month, `YYYY-MM`."""

    closed_month: str | None = None


def evolve(state: BankBooks | None, entry: Entry[BankEvent]) -> BankBooks:
    """Fold one event; total."""
    books = state or BankBooks()
    match entry.event:
        case PeriodClosed(month=month):
            return BankBooks(month)
        case CapitalPaidIn() | CashDrawnFromCentralBank() | ClearingPaid() | BooksReconciled():
            return books
        case _:
            assert_never(entry.event)
