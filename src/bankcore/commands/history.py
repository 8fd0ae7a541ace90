"""`bankcore show`, `restate`, `timeline`: asking the history of a bank."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import click

from bankcore.aggregates import kind_of
from bankcore.audit.ask import stream_of
from bankcore.audit.history import figure_grid, story
from bankcore.audit.restating import Restatement, restatements
from bankcore.commands.bank import opened
from bankcore.commands.options import LogCommand, View, view
from bankcore.commands.output import Column, heading, show_json, show_pairs, show_table
from bankcore.projections.sentences import sentence
from bankcore.values.entry import Entry
from bankcore.values.money import Money, round_to_money


def line_of(entry: Entry[Any], view: View) -> str:
    """An event as one line: position, day, id and sentence."""
    return f"{entry.position:>7} {entry.booking_date} {entry.id}  {sentence(entry, view.lang)}"


def fields_of(entry: Entry[Any], view: View) -> dict[str, object]:
    """An event as JSON: envelope and sentence."""
    return {
        "id": entry.id,
        "position": entry.position,
        "booking_date": entry.booking_date,
        "value_date": entry.value_date,
        "actor": entry.actor.id,
        "role": entry.actor.role.value,
        "command_id": entry.command_id,
        "caused_by": entry.caused_by,
        "says": sentence(entry, view.lang),
    }


@click.command(cls=LogCommand)
@view(dates=False)
@click.argument("event_id", metavar="EVENT")
def show(view: View, event_id: str) -> None:
    """Show one event with its legs, its causes and what it caused (事件详情).

    Example: bankcore show bank.db account-A1@6
    """
    with opened(view) as bank:
        found = story(bank.log, event_id)
    if view.json:
        lists = {n: [fields_of(e, view) for e in getattr(found, n)]
                 for n in ("causes", "effects", "same_command")}  # fmt: skip
        legs = [{"account": leg.account, "amount": Money(leg.minor)} for leg in found.legs]
        show_json({"event": fields_of(found.entry, view), "legs": legs, **lists})
        return
    show_pairs([(k, "" if v is None else str(v)) for k, v in fields_of(found.entry, view).items()])
    for leg in found.legs:
        side = view.words("借", "Dr") if leg.minor > 0 else view.words("贷", "Cr")
        click.echo(f"  {side} {leg.account} {Money(abs(leg.minor)).grouped()}  [{leg.row}]")
    for title, entries in (
        (view.words("原因", "Caused by"), found.causes),
        (view.words("引起", "Caused"), found.effects),
        (view.words("同一指令", "Same command"), found.same_command),
    ):
        if entries:
            heading(title)
            for entry in entries:
                click.echo(line_of(entry, view))


@click.command(cls=LogCommand)
@view()
def restate(view: View) -> None:
    """List late facts and all that each of them changed (追溯重述).

    Figures, ledger, the adjusting events, and what had been told or decided meanwhile. Closed
    periods are never edited: what changes is booked on the day it became known.

    Example: bankcore restate bank.db
    """
    with opened(view) as bank:
        found = restatements(lambda: view.window.filter(bank.entries()), bank.catalogue)
    if view.json:
        show_json([_restated(restatement, view) for restatement in found])
        return
    for restatement in found:
        _show_restated(restatement, view)


def _restated(found: Restatement, view: View) -> dict[str, object]:
    lists = {name: [fields_of(entry, view) for entry in getattr(found, name)]
             for name in ("adjusted", "told", "decided")}  # fmt: skip
    ledger = [{"account": account, "amount": Money(minor)} for account, minor in found.ledger]
    told = {"id": found.late.id, "days_late": found.days_late, "late": fields_of(found.late, view)}
    return {**told, "figures": found.figures, "ledger": ledger, **lists}


def _show_restated(found: Restatement, view: View) -> None:
    click.echo(line_of(found.late, view))
    late = view.words("起息日 {v},晚 {n} 天", "valued {v}, {n} days late")
    click.echo("        " + late.format(v=found.late.value_date, n=found.days_late))
    for entry in found.adjusted:
        click.echo("     →" + line_of(entry, view))
    for figure in found.figures:
        before, after = (_amount(x, figure.unit) for x in (figure.before, figure.after))
        click.echo(f"        {figure.figure}: {before} → {after}")
    for account, minor in found.ledger:
        side = view.words("借", "Dr") if minor > 0 else view.words("贷", "Cr")
        click.echo(f"        {side} {account} {Money(abs(minor)).grouped()}")
    for word, entries in (
        (view.words("已告知", "told meanwhile"), found.told),
        (view.words("已决定", "decided meanwhile"), found.decided),
    ):
        for entry in entries:
            click.echo(f"        {word}:{line_of(entry, view)}")


def _amount(value: Fraction, unit: str) -> str:
    """Yuan rounded to fen, or the number itself."""
    return round_to_money(value).money.grouped() if unit == "fen" else str(value)


@click.command(cls=LogCommand)
@view(dates=False)
@click.argument("subject")
@click.option("--figure", default="balance", help="A field of its state, like stage or held.")
def timeline(view: View, subject: str, figure: str) -> None:
    """A figure of SUBJECT: rows by value date, columns by what was known when (时间网格).

    Example: bankcore timeline bank.db A1
    """
    with opened(view) as bank:
        stream = stream_of(bank, subject)
        grid = figure_grid(bank.log.stream(stream), kind_of(stream), stream, figure)
    if view.json:
        rows = [
            {"as_of": v, "known_at": k, figure: c if c is None or isinstance(c, Money) else str(c)}
            for v, cells in zip(grid.as_of, grid.cells, strict=True)
            for k, c in zip(grid.known_at, cells, strict=True)
        ]
        show_json(rows)
        return
    columns = [Column(view.words("起息日", "value date"), key=True)]
    columns += [Column(str(k), number=True) for k in grid.known_at]
    show_table(columns, [
        (str(v), *(_cell(cell) for cell in cells))
        for v, cells in zip(grid.as_of, grid.cells, strict=True)
    ])  # fmt: skip


def _cell(value: object) -> str:
    if value is None:
        return ""
    return value.grouped() if isinstance(value, Money) else str(value)
