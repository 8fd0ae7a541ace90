"""`bankcore branch` and `diff`: another future of the same bank, and how two futures differ."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from bankcore.audit.branching import Difference, compare
from bankcore.audit.difference_page import page
from bankcore.audit.exports.writing import write_new
from bankcore.audit.whatif.futures import Wish, fork_of, live_on
from bankcore.audit.whatif.reliving import Reliving
from bankcore.commands.bank import opened_log
from bankcore.commands.impact import changes_of
from bankcore.commands.options import LogCommand, View, view
from bankcore.commands.output import Column, heading, show_json, show_pairs, show_table
from bankcore.rules.ledger.chart import CHART
from bankcore.scenarios.check import check
from bankcore.scenarios.runner import Interleaved
from bankcore.scenarios.source import load
from bankcore.store.bank import Bank
from bankcore.store.log import Log, open_log
from bankcore.values.money import Money


@click.command(cls=LogCommand)
@view(dates=False)
@click.option("--at", default="", help="An event id, a position, or a date (end of that day).")
@click.option("-o", "--output", required=True, metavar="NEW", help="The new bank file.")
@click.option("--with", "scripts", multiple=True, metavar="SCRIPT", help="Play a script as well.")
@click.option("--without", default="", metavar="EVENT", help="The command of an event never was.")
@click.option("--rate", "rates", multiple=True, metavar="PARAM=VALUE[@DATE]", help="Another value.")
@click.option("--rule", "rules", multiple=True, metavar="PARAM=DATE", help="The version of a day.")
@click.option("--catalogue", type=click.Path(path_type=Path), metavar="DIR", help="Other rows.")
def branch(view: View, at: str, output: str, **wishes: Any) -> None:
    """Fork a bank (分叉): the same past up to a place, a future of its own.

    With --with, --without, --rate, --rule or --catalogue the fork lives through everything that
    came after, and each command is decided anew; what comes out otherwise is told. Without them the
    fork waits: go on with `bankcore do` or `bankcore run --log`. Compare with `bankcore diff`.

    Example: bankcore branch bank.db --at 2026-03-20 --rate deposit.rate.demand=0.10 -o other.db
    """
    with opened_log(view) as log:
        position = fork_of(log, at, wishes["without"])
        changed = wishes["rates"] or wishes["rules"]
        changes = (
            changes_of(Bank(log).catalogue, wishes["rates"], wishes["rules"], wishes["catalogue"])
            if changed
            else []
        )
        sources = [check(load(script)) for script in wishes["scripts"]]
        with _made(log.copy_prefix(output, position), output) as fork:
            lived = None
            if changes or sources or wishes["without"]:
                script = Interleaved(sources, fork)
                lived = live_on(fork, log, position, Wish(changes, wishes["without"], script.until))
                script.finish()
            _tell(view, output, position, fork, lived)


@contextmanager
def _made(log: Log, output: str) -> Iterator[Bank]:
    """The new bank; if it can't be finished, its file goes away again."""
    try:
        with Bank(log) as fork:
            yield fork
    except BaseException:
        for suffix in ("", "-wal", "-shm"):
            Path(output + suffix).unlink(missing_ok=True)
        raise


def _tell(view: View, output: str, position: int, fork: Bank, lived: Reliving | None) -> None:
    events, head = fork.log.head()[0], fork.log.digest()
    departures = [] if lived is None else lived.departures
    if view.json:
        body = {"log": output, "position": position, "events": events, "head": head}
        show_json(body | {"departures": departures})
        return
    click.echo(f"{output}: {position} {view.words('个共同事件', 'events in common')}")
    click.echo(f"{events} {view.words('个事件,链头', 'events, head')} {head}")
    if lived is not None:
        told = view.words("条指令重新决定,{n} 条原样带入", "commands decided anew, {n} taken over")
        click.echo(f"{lived.decided} {told.format(n=lived.taken)}")
    for departure in departures:
        click.echo(f"  {departure.booking_date} {departure.event_id}: {departure.reason}")


@click.command()
@click.argument("a", metavar="LOG_A")
@click.argument("b", metavar="LOG_B")
@view(log=False, dates=False)
@click.option("--html", type=click.Path(path_type=Path), metavar="FILE", help="Write one page.")
def diff(view: View, a: str, b: str, html: Path | None) -> int:
    """Compare two banks with a common past (对比): ledger, customers, every stream that differs.

    The customers who are most affected come first. Exit code 1 when they differ.

    Example: bankcore diff bank.db other.db
    """
    with open_log(a) as log_a, open_log(b) as log_b:
        found = compare(log_a, log_b)
    if html is not None:
        write_new(html, [page(found, (a, b), view.lang)])
    elif view.json:
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
    if found.customers:
        heading(view.words("受影响的客户", "Customers affected"))
        columns = [
            Column(view.words("客户", "customer"), key=True),
            Column("A", number=True),
            Column("B", number=True),
        ]
        held = [(c.customer, Money(c.a).grouped(), Money(c.b).grouped()) for c in found.customers]
        show_table(columns, held)
    if found.states:
        heading(view.words("状态", "States"))
        columns = [Column("stream", key=True), Column("field"), Column("A"), Column("B")]
        show_table(columns, [(c.stream, c.field, c.a or "-", c.b or "-") for c in found.states])
