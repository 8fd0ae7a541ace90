"""The account statement (对账单): movements of a deposit account with running balance."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from bankcore.aggregates.deposit_account import ACCOUNT
from bankcore.operations.interest import signed
from bankcore.projections.rows import StatementLine
from bankcore.projections.window import EVERYTHING, Window
from bankcore.values.declare import EVENTS
from bankcore.values.entry import Entry
from bankcore.values.money import Money


def statement(
    entries: Iterable[Entry[Any]], account: str, window: Window = EVERYTHING
) -> Iterator[StatementLine]:
    """The lines of one account that the window sees, in booking order."""
    stream, balance, nr = ACCOUNT.stream(account), Money(0), 0
    for entry in window.filter(entries):
        if entry.stream != stream:
            continue
        change = signed(entry.event)
        if not change:
            continue
        balance, nr = balance + change, nr + 1
        info = EVENTS[type(entry.event)]
        yield StatementLine(
            nr=nr,
            event_id=entry.id,
            booking_date=entry.booking_date,
            value_date=entry.value_date,
            zh=info.zh,
            en=info.en,
            purpose=getattr(entry.event, "purpose", ""),
            amount=change,
            balance=balance,
        )
