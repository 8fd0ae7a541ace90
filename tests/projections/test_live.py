"""What a running bank finds due is what each stream says of itself, day by day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from bankcore.aggregates import kind_of
from bankcore.projections import live as live_module
from bankcore.projections.live import Live
from bankcore.projections.trial_balance import RunningBooks, trial_balance
from bankcore.values.entry import Entry
from bankcore.values.streams import Due, Repeat
from spec import bank, known_customer, open_account

STEPS = range(0, 400, 10)


def said(live: Live, day: date, step: int) -> set[Due]:
    """The items of all streams that are due by their own word."""
    items = (d for s, state in live.states.items() for d in kind_of(s).agenda(s, state))
    return {d for d in items if d.is_due(day, step)}


def test_the_agenda_of_the_bank_is_that_of_its_streams_on_every_day() -> None:
    desk = bank("2023-01-10", opening="20000.00")
    known_customer(desk, "C2")
    open_account(desk, "A2", "C2", opening="500.00")
    # A1 stays awake for its money and is then looked at every month end; A2 falls asleep.
    desk.advance("2026-04-02")
    live = Live()
    live.take(desk.entries())
    repeats = {d.repeat for s, x in live.states.items() for d in kind_of(s).agenda(s, x)}
    assert repeats == {Repeat.ONCE, Repeat.MONTH_END}
    for ahead in range(-60, 130):
        day = date(2026, 4, 2) + timedelta(days=ahead)
        for step in STEPS:
            found = live.due(day, step)
            assert len(found) == len(set(found))
            assert set(found) == said(live, day, step), (day, step)


def test_a_month_end_item_waits_for_the_first_month_end_from_its_day() -> None:
    first = date(2026, 1, 15)
    item = Due(on=first, step=20, kind="x", stream="account-A1", repeat=Repeat.MONTH_END)
    days = [first + timedelta(days=ahead) for ahead in range(-20, 60)]
    assert [d for d in days if item.is_due(d, 20)] == [date(2026, 1, 31), date(2026, 2, 28)]


def test_what_waits_is_posted_once_there_is_much_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    entries = bank("2026-01-05").entries()
    posted: list[str] = []

    book = RunningBooks.book

    def noted(self: RunningBooks, entry: Entry[Any]) -> None:
        posted.append(entry.id)
        book(self, entry)

    monkeypatch.setattr(RunningBooks, "book", noted)
    monkeypatch.setattr(live_module, "BACKLOG", 4)
    live = Live()
    live.take(entries[:3])
    assert posted == []
    live.take(entries[3:6])
    assert posted == [x.id for x in entries[:4]]
    live.take(entries[6:])
    assert live.books().trial_balance() == trial_balance(entries)
    assert posted == [x.id for x in entries]
    assert not live.books().breaks()
