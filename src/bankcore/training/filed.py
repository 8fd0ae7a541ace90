"""A session kept in a folder (已存演练), read back: its own log and an attempt.s."""

from __future__ import annotations

from pathlib import Path

from bankcore.aggregates.training_session import events as e
from bankcore.audit.explain.explanation import Explanation
from bankcore.projections.window import EVERYTHING, Window
from bankcore.scenarios.source import load
from bankcore.store.bank import Bank
from bankcore.store.log import open_log
from bankcore.training.explaining import explain_grade
from bankcore.values.errors import BadInput

SESSION = "session.db"


def explain_filed(folder: Path, subject: str, window: Window = EVERYTHING) -> Explanation:
    """The grade of a play kept by `train --save`: `CASE` is its last attempt, `CASE#1` the first.

    CASE is the id of the case in the library, or its file; another case than the one that was
    played, or an attempt that was not, is bad input.
    """
    name, _, number = subject.partition("#")
    script = load(name).script
    with open_log(str(folder / SESSION)) as log:
        kept = list(window.filter(log.entries()))
    played = [x.event.script for x in kept if isinstance(x.event, e.SessionStarted)]
    if script.id not in played:
        was = ", ".join(played) or "nothing by then"
        raise BadInput(f"{name} was not played here", place=str(folder), remedy=f"played: {was}")
    last = 1 + sum(isinstance(x.event, e.PlayRewound) for x in kept)
    if number and not (number.isdecimal() and 1 <= int(number) <= last):
        raise BadInput(f"no attempt {number!r}", place=subject, remedy=f"there are {last}, from 1")
    attempt = int(number) if number else last
    hints = [x for x in kept if isinstance(x.event, e.HintTaken) and x.event.attempt <= attempt]
    with Bank.open(str(folder / f"attempt-{attempt}.db")) as bank:
        return explain_grade(script, list(window.filter(bank.entries())), bank.catalogue, hints)
