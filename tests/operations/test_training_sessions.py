"""Clues, refusals and facts stand in the bank's log, in the stream of the session alone."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from bankcore.aggregates.training_session import TRAINING_SESSION, Session
from bankcore.aggregates.training_session import commands as c
from bankcore.aggregates.training_session import events as e
from bankcore.values.entry import Entry
from bankcore.values.reasons import Reason
from bankcore.values.roles import Actor, Role
from spec import RM, TELLER, Desk, check_books, empty_bank

TRAINER = Actor("trainer", Role.TRAINER)
SHOWN = [
    (
        c.ShowRedFlag(session="s", case="k", flag="stamp", to="rm"),
        e.RedFlagShown(case="k", flag="stamp", to="rm"),
    ),
    (
        c.ShowPattern(session="s", customer="C1", pattern="mule", to="rm"),
        e.PatternShown(customer="C1", pattern="mule", to="rm"),
    ),
    (
        c.ShowBreach(session="s", breach="split", to="rm"),
        e.BreachShown(breach="split", to="rm"),
    ),
    (c.ShowMisuse(session="s", loan="L1", to="rm"), e.MisuseShown(loan="L1", to="rm")),
    (
        c.NoteRefusal(
            session="s", person="rm", refused="x.y", subject="A1", reason="r", facts={"b": "2"}
        ),
        e.CommandRefused(person="rm", command="x.y", subject="A1", reason="r", facts={"b": "2"}),
    ),
]


@pytest.fixture
def desk() -> Desk:
    return empty_bank()


@pytest.mark.parametrize(("command", "event"), SHOWN)
def test_the_trainer_shows_and_nobody_at_the_counter_does(
    desk: Desk, command: Any, event: Any
) -> None:
    desk.refused(command, Reason.ROLE_NOT_HELD, TELLER)
    desk.do(command, TRAINER)
    assert desk.events() == [event]
    assert desk.outcomes[-1].entries[0].stream == "session-s"
    assert desk.bank.state(TRAINING_SESSION, "s") == Session()
    check_books(desk)


def test_anybody_notes_a_fact_of_a_stream_that_the_bank_does_not_have(desk: Desk) -> None:
    desk.do(c.NoteFact(session="s", fact="ConductBreachReported", about="split"), RM)
    assert desk.events() == [e.FactNoted(fact="ConductBreachReported", about="split", details={})]
    desk.do(c.NoteFact(session="s", fact="NeedRecorded", details={"b": "2", "a": "1"}), RM)
    assert list(desk.events()[0].details) == ["a", "b"]


def test_the_play_folds_to_its_decisions_hints_and_attempts() -> None:
    events: list[Any] = [
        e.SessionStarted(script="x", seed=3, mode="teach", trainee="rm"),
        e.DecisionTaken(attempt=1, point="D1", option="A", answer="", position=7),
        e.HintTaken(attempt=1, point="D2", level=1, cost=2),
        e.SessionEnded(attempt=1, position=9, digest="00"),
        e.PlayRewound(attempt=2, point="D1", position=7),
        e.DebriefReleased(by="trainer"),
    ]
    state: Session | None = None
    day = date(2026, 1, 5)
    for number, event in enumerate(events, 1):
        entry: Entry[Any] = Entry(
            stream="session-x",
            version=number,
            event=event,
            booking_date=day,
            value_date=day,
            actor=TRAINER,
            channel="",
            command_id="",
        )
        state = TRAINING_SESSION.evolve(state, entry)
    assert state == Session(
        script="x",
        seed=3,
        mode="teach",
        trainee="rm",
        attempt=2,
        decisions=(events[1],),
        hints=(events[2],),
        ended=(events[3],),
        rewinds=(events[4],),
        released=True,
    )
