"""`bankcore findings`: the auditor's report over a log."""

from __future__ import annotations

import click

from bankcore.audit.findings.report import findings_of, rules
from bankcore.commands.bank import opened
from bankcore.commands.options import LogCommand, View, view
from bankcore.commands.output import Column, heading, show_json, show_table
from bankcore.values.errors import BadInput


@click.command(cls=LogCommand)
@view(optional=True)
@click.option("--list", "listed", is_flag=True, help="List what can be found, without a log.")
@click.option("--of", "person", help="Only findings that this person is responsible for.")
def findings(view: View, person: str | None, *, listed: bool) -> None:
    """Conduct and control findings of a log, by handbook section (发现).

    Example: bankcore findings bank.db --known-at 2026-06-30
    """
    if listed:
        _list(view)
        return
    if not view.log:
        raise BadInput("no log named", remedy="name a bank file, or --list")
    with opened(view) as bank:
        found = findings_of(view.window.filter(bank.entries()), bank.catalogue)
    found = [f for f in found if person is None or f.responsible == person]
    if view.json:
        show_json([{"deduction": f.deduction, **_fields(f)} for f in found])
        return
    for f in found:
        undone = view.words("(已纠正,减半)", " (undone, half)") if f.undone else ""
        heading(f"{f.id} {f.severity} {f.section} {view.words(f.zh, f.en)}{undone}")
        click.echo(f"  {f.on} {f.responsible}: {f.trigger} ({f.rule})")
        for missing in f.missing:
            click.echo(f"  {view.words('缺', 'missing')}: {missing}")
    if not found:
        click.echo(view.words("没有发现", "nothing found"))


def _fields(found: object) -> dict[str, object]:
    return {name: getattr(found, name) for name in type(found).__dataclass_fields__}  # type: ignore[attr-defined]  # a finding is a dataclass


def _list(view: View) -> None:
    known = rules().values()
    if view.json:
        rows = (
            {
                "id": rule.id,
                "severity": rule.severity,
                "section": rule.section,
                "rule": rule.rule,
                "title": {"zh": rule.zh, "en": rule.en},
                "undo": rule.undo,
            }
            for rule in known
        )
        show_json(list(rows))
        return
    columns = [
        Column("id", key=True),
        Column("", key=True),
        Column(view.words("手册", "handbook"), key=True),
        Column(view.words("发现", "finding")),
    ]
    show_table(columns, [(r.id, r.severity, r.section, view.words(r.zh, r.en)) for r in known])
