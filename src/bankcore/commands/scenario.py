"""`bankcore scenario`: the library of scripts, and scripts of one's own."""

from __future__ import annotations

import click

from bankcore.commands.options import View, view
from bankcore.commands.output import Column, heading, show_json, show_pairs, show_table
from bankcore.scenarios.check import check as check_script
from bankcore.scenarios.script import Script, script_schema
from bankcore.scenarios.source import library, load


@click.group()
def scenario() -> None:
    """List, show and check scripts (剧本), and print the format as JSON Schema.

    Example: bankcore scenario show early-withdrawal-quote
    """


@scenario.command("list")
@view(log=False, dates=False)
def list_scripts(view: View) -> None:
    """List the scripts of the library.

    Example: bankcore scenario list
    """
    scripts = [source.script for source in library().values()]
    if view.json:
        show_json([_row(script) for script in scripts])
        return
    columns = [
        Column("id", key=True),
        Column(view.words("类型", "kind"), key=True),
        Column(view.words("标题", "title")),
        Column(view.words("起", "from"), key=True),
    ]
    show_table(columns, [(s.id, s.kind, s.title.said(view.lang), s.start) for s in scripts])


def _row(script: Script) -> dict[str, object]:
    return {
        "id": script.id,
        "code": script.code,
        "kind": script.kind,
        "title": {"zh": script.title.zh, "en": script.title.en},
        "handbook": script.handbook,
        "rules": script.rules,
        "difficulty": script.difficulty,
        "minutes": script.minutes,
        "start": script.start,
        "points": len(script.point),
        "expectations": len(script.expect),
    }


@scenario.command()
@click.argument("script")
@view(log=False, dates=False)
def show(view: View, script: str) -> None:
    """Show one script by id or file: its story, people and days. Hidden facts stay hidden.

    Example: bankcore scenario show loan-split-in-two --lang zh
    """
    found = load(script).script
    if view.json:
        show_json(_row(found) | {"story": {"zh": found.story.zh, "en": found.story.en}})
        return
    heading(found.title.said(view.lang))
    click.echo(found.story.said(view.lang).strip())
    show_pairs(
        [
            ("id", found.id),
            (view.words("手册", "handbook"), ", ".join(found.handbook)),
            (view.words("规则", "rules"), ", ".join(found.rules)),
            (view.words("开始", "start"), found.start),
        ]
    )
    for person in found.cast:
        click.echo(f"\n{person.name.said(view.lang)}: {person.about.said(view.lang)}")
        for fact in person.visible:
            click.echo(f"  - {fact.said(view.lang)}")


@scenario.command()
@click.argument("scripts", nargs=-1, required=True)
@view(log=False, dates=False)
def check(view: View, scripts: tuple[str, ...]) -> None:
    """Check scripts without playing them: format, commands, names, dates, rubric.

    Example: bankcore scenario check my-script.toml
    """
    checked = [check_script(load(script)) for script in scripts]
    if view.json:
        show_json([{"id": source.script.id, "ok": True} for source in checked])
        return
    for source in checked:
        click.echo(f"{source.name}: {view.words('可用', 'ok')}")


@scenario.command()
def schema() -> None:
    """Print the JSON Schema of the script format, for editors.

    Example: bankcore scenario schema > scenario.schema.json
    """
    show_json(script_schema())
