"""`bankcore train`: play a case, be graded by what the log shows, and try again."""

from __future__ import annotations

from pathlib import Path

import click

from bankcore.commands.options import View, view
from bankcore.commands.output import Column, show_json, show_table
from bankcore.commands.training_json import session_json
from bankcore.commands.training_table import ask_through, show_debrief
from bankcore.scenarios.check import check
from bankcore.scenarios.source import library, load
from bankcore.training.debrief import debrief
from bankcore.training.policies import play_out, policy_of
from bankcore.training.session import start
from bankcore.values.errors import BadInput


@click.command()
@click.argument("script", default="")
@view(log=False, dates=False)
@click.option("--list", "listed", is_flag=True, help="List the cases that can be played.")
@click.option("--policy", default="", metavar="POLICY", help="reference, idle, random, or B,2.5,C.")
@click.option("--seed", default=1, help="Chance of the random policy; order of the options.")
@click.option("--mode", type=click.Choice(["teach", "practice", "exam"]), default="teach")
@click.option("--save", default="", metavar="FOLDER", help="Keep the logs of all attempts there.")
@click.option("--record", default="", metavar="FILE", help="Write the last attempt as a script.")
@click.option("--retry", default="", metavar="POINT=POLICY", help="Then go back and play again.")
def train(view: View, script: str, **options: str) -> None:
    """Play a case on a real bank; the grade is an audit of what you did (演练).

    SCRIPT is the id of a case or a file. Without `--policy` you decide: a letter, a figure, `?`
    for a hint, `do COMMAND field=value`, or an empty line to do nothing.

    Example: bankcore train early-withdrawal-quote --policy reference --json
    """
    if options.pop("listed"):
        _list(view)
        return
    if not script:
        raise BadInput("no case named", remedy="see train --list")
    _play(view, script, options)


def _play(view: View, script: str, options: dict[str, str]) -> None:
    source = check(load(script))
    if not source.script.point:
        raise BadInput("has no decision points", place=script, remedy="see train --list")
    seed, policy = int(options["seed"]), options["policy"]
    sitting = start(source, seed=seed, mode=options["mode"], folder=options["save"])
    try:
        if policy:
            play_out(sitting, policy_of(policy, seed))
            point, _, again = options["retry"].partition("=")
            if point:
                sitting.rewind(point)
                play_out(sitting, policy_of(again or "reference", seed))
        else:
            ask_through(view, sitting, options["mode"])
        if options["record"]:
            Path(options["record"]).write_text(sitting.record(), "utf-8")
        result = debrief(sitting)
        if view.json:
            show_json(session_json(sitting, result, policy, seed))
        else:
            show_debrief(view, result)
    finally:
        sitting.close()


def _list(view: View) -> None:
    cases = [s.script for s in library().values() if s.script.point]
    if view.json:
        rows = (
            {
                "id": case.id,
                "code": case.code,
                "title": {"zh": case.title.zh, "en": case.title.en},
                "difficulty": case.difficulty,
                "minutes": case.minutes,
                "points": [point.id for point in case.point],
                "handbook": case.handbook,
            }
            for case in cases
        )
        show_json(list(rows))
        return
    columns = [
        Column("id", key=True),
        Column(view.words("案例", "case")),
        Column(view.words("难度", "level"), number=True),
        Column(view.words("分钟", "min"), number=True),
    ]
    rows_ = [(c.id, c.title.said(view.lang), c.difficulty, c.minutes) for c in cases]
    show_table(columns, rows_)
