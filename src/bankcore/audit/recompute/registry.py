"""Which events carry a settled figure and how it is derived again, one line each.

A recomputer takes the state of the stream before the event and the event's entry, and answers
None or one clause that says what is wrong.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from bankcore.aggregates.deposit_account import events as account
from bankcore.audit.recompute import deposit_account
from bankcore.values.entry import Entry

Recomputer = Callable[[Any, Entry[Any]], str | None]

RECOMPUTERS: Final[dict[type, Recomputer]] = {
    account.InterestSettled: deposit_account.interest_settled,
}
