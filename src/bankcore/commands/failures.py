"""Failures at the edge: each kind becomes one sentence on stderr and its exit code.

0 done, 1 refused by the bank or a check failed, 2 bad input, 5 altered or damaged log, 6 busy or
a disk that failed or is full.
A bug (anything else) is raised again: a traceback is then what a developer needs.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import click

from bankcore.commands.locale import Lang, lang_of
from bankcore.commands.plain import plain
from bankcore.products.reason_texts import refusal_text
from bankcore.values.errors import BadInput, Busy, Conflict, DamagedLog, DiskRefused
from bankcore.values.reasons import Rejected

REFUSED: Final = 1
BAD_INPUT: Final = 2
DAMAGED: Final = 5
BUSY: Final = 6
EXPECTED: Final = (
    Rejected,
    BadInput,
    click.ClickException,
    DamagedLog,
    Busy,
    Conflict,
    DiskRefused,
)


@dataclass(frozen=True, slots=True)
class Failure:
    """What went wrong: exit code, kind, sentence and the facts that a program can read."""

    exit_code: int
    kind: str
    sentence: str
    facts: dict[str, object]


def report(error: Exception, args: Sequence[str]) -> int:
    """Print the failure as a sentence, or with `--json` as one object, and return its exit code."""
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        # Somebody who names no command wants to see which there are.
        click.echo(error.format_message(), err=True)
        return BAD_INPUT
    failure = failure_of(error, lang_of(args))
    if "--json" in args:
        body = {"ok": False, "error": failure.kind, "message": failure.sentence}
        click.echo(json.dumps(body | failure.facts, ensure_ascii=False), err=True)
    else:
        click.echo(f"bankcore: {' '.join(failure.sentence.split())}", err=True)
    return failure.exit_code


def failure_of(error: Exception, lang: Lang) -> Failure:
    """Sort an exception into one of the four kinds; a bug is raised again."""
    facts: dict[str, object]
    match error:
        case Rejected():
            facts = {"reason": error.reason.value, "facts": plain(error.facts)}
            return Failure(REFUSED, "refused", refusal_text(error, lang), facts)
        case BadInput():
            facts = {"place": error.place, "problem": error.problem, "remedy": error.remedy}
            return Failure(BAD_INPUT, "bad_input", str(error), facts)
        case click.ClickException():
            return Failure(BAD_INPUT, "bad_input", _click_sentence(error), {})
        case DamagedLog():
            facts = {"position": error.position, "event": error.event_id}
            return Failure(DAMAGED, "damaged_log", _damage(error), facts)
        case Busy() | Conflict():
            sentence = f"the log is busy: {error}; nothing was written, try again"
            return Failure(BUSY, "busy", sentence, {})
        case DiskRefused():
            sentence = f"the disk did not take it ({error}); make room, see `replay`, then repeat"
            return Failure(BUSY, "disk", sentence, {})
        case _:
            raise error  # a bug: nothing outside EXPECTED is sorted


def _click_sentence(error: click.ClickException) -> str:
    sentence = error.format_message().strip()
    context = getattr(error, "ctx", None)
    return f"{sentence} See {context.command_path} --help." if context else sentence


def _damage(error: DamagedLog) -> str:
    where = f" (event {error.event_id})" if error.event_id else ""
    at = f"position {error.position}{where}: " if error.position is not None else ""
    return f"the log is altered or damaged: {at}{error.problem}"
