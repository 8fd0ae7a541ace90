"""Training sessions in a bank's log (训练局): clues shown, refusals and facts kept."""

from __future__ import annotations

from typing import Any, Final

from bankcore.aggregates.training_session import TRAINING_SESSION
from bankcore.aggregates.training_session import commands as c
from bankcore.aggregates.training_session import events as e
from bankcore.operations.decision import Decision
from bankcore.operations.handlers import Handler, by
from bankcore.values.roles import Role


def show_red_flag(d: Decision, c_: c.ShowRedFlag) -> None:
    """Put a red flag before a person."""
    _emit(d, c_, e.RedFlagShown(case=c_.case, flag=c_.flag, to=c_.to))


def show_pattern(d: Decision, c_: c.ShowPattern) -> None:
    """Put a pattern before a person."""
    _emit(d, c_, e.PatternShown(customer=c_.customer, pattern=c_.pattern, to=c_.to))


def show_breach(d: Decision, c_: c.ShowBreach) -> None:
    """Put a breach before a person."""
    _emit(d, c_, e.BreachShown(breach=c_.breach, to=c_.to))


def show_misuse(d: Decision, c_: c.ShowMisuse) -> None:
    """Put a misuse before a person."""
    _emit(d, c_, e.MisuseShown(loan=c_.loan, to=c_.to))


def note_refusal(d: Decision, c_: c.NoteRefusal) -> None:
    """Keep that the bank said no."""
    refused = e.CommandRefused(
        person=c_.person,
        command=c_.refused,
        subject=c_.subject,
        reason=c_.reason,
        facts=dict(sorted(c_.facts.items())),
    )
    _emit(d, c_, refused)


def note_fact(d: Decision, c_: c.NoteFact) -> None:
    """Keep a fact of the script."""
    details = dict(sorted((c_.details or {}).items()))
    _emit(d, c_, e.FactNoted(fact=c_.fact, about=c_.about, details=details))


def _emit(d: Decision, command: Any, event: e.ClueEvent) -> None:
    d.emit(TRAINING_SESSION, command.session, event)


HANDLERS: Final[dict[type, Handler]] = {
    c.ShowRedFlag: by(show_red_flag, Role.TRAINER),
    c.ShowPattern: by(show_pattern, Role.TRAINER),
    c.ShowBreach: by(show_breach, Role.TRAINER),
    c.ShowMisuse: by(show_misuse, Role.TRAINER),
    c.NoteRefusal: by(note_refusal, Role.TRAINER),
    c.NoteFact: Handler(note_fact),
}
