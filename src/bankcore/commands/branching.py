"""`bankcore branch` and `diff`: another future of the same bank, and how two futures differ."""

from __future__ import annotations

import click

from bankcore.audit.branching import Difference, compare, position_of
from bankcore.commands.options import LogCommand, View, view
from bankcore.commands.output import Column, heading, show_json, show_pairs, show_table
from bankcore.rules.ledger.chart import CHART
from bankcore.store.log import open_log
from bankcore.values.money import Money


@click.command(cls=LogCommand)
@view(dates=False)
@click.option("--at", required=True, help="An event id, a position, or a date (end of that day).")
@click.option("-o", "--output", required=True, metavar="NEW", help="The new bank file.")
def branch(view: View, at: str, output: str) -> None:
    """Fork a bank (分叉): the same past up to a place, a future of its own.

    Go on in the fork with `bankcore do` or `bankcore run --log`, then compare with `diff`.

    Example: bankcore branch bank.db --at 2026-03-20 -o other.db
    """
    with open_log(view.log) as log:
        position = position_of(log, at)
        with log.copy_prefix(output, position) as copy:
            head = copy.digest()
    if view.json:
        show_json({"log": output, "position": position, "head": head})
        return
    click.echo(f"{output}: {position} {view.words('个事件,链头', 'events, head')} {head}")


@click.command()
@click.argument("a", metavar="LOG_A")
@click.argument("b", metavar="LOG_B")
@view(log=False, dates=False)
def diff(view: View, a: str, b: str) -> int:
    """Compare two banks with a common past (对比): ledger and every stream that differs.

    Exit code 1 when they differ.

    Example: bankcore diff bank.db other.db
    """
    with open_log(a) as log_a, open_log(b) as log_b:
        found = compare(log_a, log_b)
    if view.json:
        show_json({name: getattr(found, name) for name in Difference.__dataclass_fields__})
    else:
        _show(found, view)
    return 1 if found.events_a or found.events_b else 0


def _show(found: Difference, view: View) -> None:
    show_pairs(
        [
            (view.words("共同事件", "events in common"), f"{found.fork:,}"),
            (view.words("之后的事件 A", "events since, A"), f"{found.events_a:,}"),
            (view.words("之后的事件 B", "events since, B"), f"{found.events_b:,}"),
        ]
    )
    if found.ledger:
        heading(view.words("分叉后的总账变动", "Ledger since the fork"))
        columns = [
            Column(view.words("科目", "account"), key=True),
            Column(view.words("名称", "name")),
            Column("A", number=True),
            Column("B", number=True),
        ]
        rows = [
            (
                c.account,
                view.words(CHART[c.account].zh, CHART[c.account].en),
                Money(c.a).grouped(),
                Money(c.b).grouped(),
            )
            for c in found.ledger
        ]
        show_table(columns, rows)
    if found.states:
        heading(view.words("状态", "States"))
        columns = [Column("stream", key=True), Column("field"), Column("A"), Column("B")]
        show_table(columns, [(c.stream, c.field, c.a or "-", c.b or "-") for c in found.states])
