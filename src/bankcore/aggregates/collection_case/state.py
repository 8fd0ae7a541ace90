"""State of a collection case: its loan, the calls and messages made, the promise that runs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import assert_never

from bankcore.aggregates.collection_case import events as e
from bankcore.rules.loans.collection import CAPPED
from bankcore.values.changing import changed
from bankcore.values.entry import Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class CollectionCase:
    """One case.

    `attempts` are the calls and messages of the last day of contact by number, `attempted_on` that
    day; contacts are suspended before `promised_by`.
    """

    contract: str = ""
    opened_on: date | None = None
    last_contact: date | None = None
    attempted_on: date | None = None
    attempts: tuple[str, ...] = ()
    promised_by: date | None = None
    closed: bool = False

    def attempts_on(self, day: date) -> tuple[str, ...]:
        """The numbers called or written to on a day, one for each attempt."""
        return self.attempts if self.attempted_on == day else ()

    def on_hold(self, day: date) -> bool:
        """True while a promise runs."""
        return self.promised_by is not None and day < self.promised_by


def evolve(state: CollectionCase | None, entry: Entry[e.CollectionEvent]) -> CollectionCase:
    """Fold one event; total."""
    case, event, day = state or CollectionCase(), entry.event, entry.booking_date
    match event:
        case e.CollectionCaseOpened(contract=contract):
            return changed(case, contract=contract, opened_on=day)
        case e.CollectionContactMade(channel=channel, number=number):
            tries = case.attempts_on(day)
            if channel in CAPPED:
                tries = (*tries, number)
            return changed(case, last_contact=day, attempted_on=day, attempts=tries)
        case e.PromiseToPayRecorded(by=by):
            return changed(case, promised_by=by)
        case e.CollectionCaseClosed():
            return changed(case, closed=True)
        case _:
            assert_never(event)
