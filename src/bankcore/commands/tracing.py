"""`bankcore bisect`, `watch`, `who`: the events at which figures turn, break and move."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from bankcore.audit.bisect import breaches, changes, moves
from bankcore.audit.readings import Statement
from bankcore.commands.bank import opened
from bankcore.commands.history import fields_of, line_of
from bankcore.commands.options import LogCommand, View, view
from bankcore.commands.output import show_json
from bankcore.values.errors import BadInput

CHECK = 'Like "balance(A1) < 100.00".'


@click.command("bisect", cls=LogCommand)
@view(dates=False)
@click.option("--check", required=True, metavar="EXPR", help=CHECK)
@click.option("--all", "every", is_flag=True, help="Every event at which it turns.")
def bisect_log(view: View, check: str, *, every: bool) -> int:
    """The first event after which a statement becomes true (定位首个事件).

    A figure is a field of a stream's state, or ledger(ACCOUNT). Exit code 1 when it never does.

    Example: bankcore bisect bank.db --check "balance(A1) < 100.00"
    """
    with opened(view) as bank:
        turns = list(changes(bank.entries(), check))
    chosen = turns if every else turns[:1]
    if view.json:
        show_json([{**fields_of(t.entry, view), "true": t.now, "figure": str(t.figure)}
                   for t in chosen])  # fmt: skip
    else:
        for entry, now, figure in chosen:
            word = view.words("成立", "true") if now else view.words("不成立", "false")
            click.echo(f"{word} ({figure}): {line_of(entry, view)}")
    return 0 if chosen else 1


@click.command(cls=LogCommand)
@view(dates=False)
@click.option("--check", "checks", multiple=True, metavar="EXPR", help="What must always hold.")
@click.option(
    "--checks",
    "file",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="More of them, one a line; # begins a comment.",
)
def watch(view: View, checks: Sequence[str], file: Path | None) -> int:
    """Watch invariants over the whole log (监视不变式): each event at which one stops holding.

    In the place of a subject, * means every stream that has the figure. Exit code 1 when one
    breaks.

    Example: bankcore watch bank.db --check "balance(*) >= 0.00" --check "ledger(1001) >= 0"
    """
    invariants = [Statement.parse(text) for text in (*checks, *_lines(file))]
    if not invariants:
        raise BadInput("nothing to watch", remedy='give --check "balance(*) >= 0.00"')
    with opened(view) as bank:
        found = list(breaches(bank.entries, invariants))
    if view.json:
        show_json([
            {**fields_of(r.entry, view), "invariant": str(i), "subject": r.subject,
             "figure": str(r.value)}
            for i, r in found
        ])  # fmt: skip
        return 1 if found else 0
    for invariant, reading in found:
        word = view.words("被打破", "broken")
        click.echo(f"{invariant} {word}: {reading.subject} = {reading.value}")
        click.echo(f"  {line_of(reading.entry, view)}")
    if not found:
        click.echo(view.words(f"{len(invariants)} 条始终成立", f"{len(invariants)} always hold"))
    return 1 if found else 0


def _lines(file: Path | None) -> Iterator[str]:
    if file is None:
        return
    try:
        text = file.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as wrong:
        raise BadInput("cannot be read", place=str(file), remedy="name a text file") from wrong
    for line in text.splitlines():
        said = line.partition("#")[0].strip()
        if said:
            yield said


@click.command(cls=LogCommand)
@view(dates=False)
@click.argument("figure")
@click.argument("subject")
def who(view: View, figure: str, subject: str) -> None:
    """Who changed a figure, when and by which event (谁改动了): before and after each time.

    FIGURE is a field of the state of SUBJECT, like balance or stage, or `ledger` of an account.

    Example: bankcore who bank.db balance A1
    """
    with opened(view) as bank:
        found = list(moves(bank.entries(), figure, subject))
    if not found:
        raise BadInput(f"nothing ever moved {figure} of {subject}", remedy="see `bankcore replay`")
    if view.json:
        show_json([
            {**fields_of(m.entry, view), "subject": m.subject, "before": _text(m.before),
             "after": _text(m.after)}
            for m in found
        ])  # fmt: skip
        return
    for move in found:
        by = f"{move.entry.actor.id} ({move.entry.actor.role.value})"
        click.echo(f"{_text(move.before) or '-'} -> {_text(move.after) or '-'}  {by}")
        click.echo(f"  {line_of(move.entry, view)}")


def _text(value: object) -> str | None:
    return None if value is None else str(value)
