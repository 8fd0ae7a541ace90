"""`bankcore run`: scripts played into a log and checked."""

from __future__ import annotations

from pathlib import Path

import click

from bankcore.commands.options import View, view
from bankcore.commands.output import Column, progress, show_json_line, show_table
from bankcore.scenarios.check import check
from bankcore.scenarios.runner import RunResult, run_scripts
from bankcore.scenarios.source import Source, library, load
from bankcore.values.errors import BadInput

MEMORY = ":memory:"


@click.command()
@click.argument("scripts", nargs=-1, metavar="[SCRIPT]...")
@click.option("--library", "whole", is_flag=True, help="Play every script of the library.")
@click.option("--log", "target", default=MEMORY, metavar="FILE", help="The bank; else in memory.")
@view(log=False, dates=False)
def run(view: View, scripts: tuple[str, ...], target: str, *, whole: bool) -> int:
    """Play scripts with their reference choices and check what they expect (运行剧本).

    SCRIPT is a file or the id of a script of the library. Without `--log` each is played on a bank
    of its own in memory; with it all of them share one bank, day by day.

    Example: bankcore run early-withdrawal-quote --log bank.db
    """
    chosen = [*library().values()] if whole else []
    chosen += [load(script) for script in scripts]
    if not chosen:
        raise BadInput("no script named", remedy="name one, or --library; see scenario list")
    for source in chosen:
        check(source)
    results = _played(chosen, target)
    if view.json:
        for result in results:
            show_json_line(_json(result))
    else:
        _show(view, results)
    return 0 if all(result.ok for result in results) else 1


def _played(chosen: list[Source], log: str) -> list[RunResult]:
    if log == MEMORY:
        return [run_scripts([source])[0] for source in progress(chosen, "scripts", len(chosen))]
    own = [source for source in chosen if source.script.id not in library()]
    if own and not log.startswith("postgresql:") and not Path(log).exists():
        # A script that cannot be played must not leave half a bank behind: rehearse one's own.
        run_scripts(own)
    return run_scripts(chosen, log, lambda moments: progress(moments, "moments"))


def _json(result: RunResult) -> dict[str, object]:
    return {
        "id": result.id,
        "ok": result.ok,
        "digest": result.digest,
        "events": result.events,
        "checked": result.checked,
        "failures": [str(failure) for failure in result.failures],
    }


def _show(view: View, results: list[RunResult]) -> None:
    columns = [
        Column(view.words("剧本", "script"), key=True),
        Column(""),
        Column(view.words("事件", "events"), number=True),
        Column(view.words("核对", "checked"), number=True),
        Column(view.words("摘要", "digest"), key=True),
    ]
    said = {True: view.words("通过", "ok"), False: view.words("不符", "FAILED")}
    rows = [(r.id, said[r.ok], r.events, r.checked, r.digest[:16]) for r in results]
    show_table(columns, rows)
    for result in results:
        for failure in result.failures:
            click.echo(f"{result.id}: {failure}", err=True)
