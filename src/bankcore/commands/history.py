"""`bankcore show`, `restate`, `timeline`: asking the history of a bank."""

from __future__ import annotations

from typing import Any

import click

from bankcore.aggregates.deposit_account import ACCOUNT
from bankcore.audit.ask import stream_of
from bankcore.audit.history import balance_grid, restatements, story
from bankcore.commands.bank import opened
from bankcore.commands.options import LogCommand, View, view
from bankcore.commands.output import Column, heading, show_json, show_pairs, show_table
from bankcore.projections.sentences import sentence
from bankcore.values.entry import Entry
from bankcore.values.money import Money


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
        found = story(list(bank.entries()), event_id)
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
    """List late facts and what each of them changed (追溯重述).

    Closed periods are never edited: what changes is booked on the day it became known.

    Example: bankcore restate bank.db
    """
    with opened(view) as bank:
        found = restatements(list(view.window.filter(bank.entries())))
    if view.json:
        show_json([
            {"id": r.late.id, "days_late": r.days_late, "late": fields_of(r.late, view),
             "adjusted": [fields_of(e, view) for e in r.adjusted]}
            for r in found
        ])  # fmt: skip
        return
    for restatement in found:
        click.echo(line_of(restatement.late, view))
        late = view.words("起息日 {v},晚 {n} 天", "valued {v}, {n} days late")
        click.echo("        " + late.format(v=restatement.late.value_date, n=restatement.days_late))
        for entry in restatement.adjusted:
            click.echo("     →" + line_of(entry, view))


@click.command(cls=LogCommand)
@view(dates=False)
@click.argument("account")
def timeline(view: View, account: str) -> None:
    """The balance of an account: rows by value date, columns by what was known when (时间网格).

    Example: bankcore timeline bank.db A1
    """
    with opened(view) as bank:
        stream = stream_of(bank, account, ACCOUNT.prefix)
        grid = balance_grid(bank.log.stream(stream), ACCOUNT, stream)
    if view.json:
        rows = [
            {"as_of": v, "known_at": k, "balance": None if c is None else Money(c)}
            for v, cells in zip(grid.as_of, grid.cells, strict=True)
            for k, c in zip(grid.known_at, cells, strict=True)
        ]
        show_json(rows)
        return
    columns = [Column(view.words("起息日", "value date"), key=True)]
    columns += [Column(str(k), number=True) for k in grid.known_at]
    show_table(columns, [
        (str(v), *("" if c is None else Money(c).grouped() for c in cells))
        for v, cells in zip(grid.as_of, grid.cells, strict=True)
    ])  # fmt: skip
