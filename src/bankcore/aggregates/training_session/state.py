"""State of a training session: the decisions of each attempt."""

from __future__ import annotations

from dataclasses import dataclass
from typing import assert_never

from bankcore.aggregates.training_session.events import (
    BreachShown,
    CommandRefused,
    DebriefReleased,
    DecisionTaken,
    FactNoted,
    HintTaken,
    MisuseShown,
    PatternShown,
    PlayRewound,
    RedFlagShown,
    SessionEnded,
    SessionEvent,
    SessionStarted,
)
from bankcore.values.changing import changed
from bankcore.values.entry import Entry


@dataclass(frozen=True, slots=True)
class Session:
    """A play: script, seed, mode, trainee; decisions and hints in order; ended attempts."""

    script: str = ""
    seed: int = 0
    mode: str = ""
    trainee: str = ""
    attempt: int = 1
    decisions: tuple[DecisionTaken, ...] = ()
    hints: tuple[HintTaken, ...] = ()
    rewinds: tuple[PlayRewound, ...] = ()
    ended: tuple[SessionEnded, ...] = ()
    released: bool = False


def evolve(state: Session | None, entry: Entry[SessionEvent]) -> Session:
    """Fold one event; total."""
    session, event = state or Session(), entry.event
    match event:
        case SessionStarted():
            return changed(
                session,
                script=event.script,
                seed=event.seed,
                mode=event.mode,
                trainee=event.trainee,
            )
        case DecisionTaken():
            return changed(session, decisions=(*session.decisions, event))
        case HintTaken():
            return changed(session, hints=(*session.hints, event))
        case PlayRewound():
            return changed(session, attempt=event.attempt, rewinds=(*session.rewinds, event))
        case SessionEnded():
            return changed(session, ended=(*session.ended, event))
        case DebriefReleased():
            return changed(session, released=True)
        case (
            CommandRefused()
            | RedFlagShown()
            | PatternShown()
            | BreachShown()
            | MisuseShown()
            | FactNoted()
        ):
            return session
        case _:
            assert_never(event)
