"""`bankcore rules`: the rules by id, what refuses under them and which code carries them out."""

from __future__ import annotations

import click

from bankcore.audit.rule_index import rule_index
from bankcore.commands.options import View, view
from bankcore.commands.output import Column, heading, show_json, show_pairs, show_table
from bankcore.products.reason_texts import reason_texts
from bankcore.products.rulebook import rulebook
from bankcore.values.reading import known_id


@click.group()
def rules() -> None:
    """Show the rules (规则): list them, or show one by its id.

    Example: bankcore rules show DEP-03
    """


@rules.command("list")
@click.argument("family", default="")
@view(log=False, dates=False)
def list_rules(view: View, family: str) -> None:
    """List the rules.

    FAMILY chooses GEN, DEP, GL, LN, CC, PAY, AML, AUD, RSK, CMP, CRM, EMP or WM.

    Example: bankcore rules list DEP
    """
    families = sorted({key.split("-")[0] for key in rulebook()})
    if family:
        known_id("rule family", family.upper(), families)
    chosen = [r for r in rulebook().values() if r.id.startswith(family.upper())]
    if view.json:
        show_json(chosen)
        return
    columns = [
        Column("id", key=True),
        Column(view.words("规则", "rule")),
        Column(view.words("依据", "source")),
    ]
    show_table(columns, [(r.id, view.words(r.zh, r.en), r.source) for r in chosen])


@rules.command("show")
@click.argument("rule_id", metavar="ID")
@view(log=False, dates=False)
def show_rule(view: View, rule_id: str) -> None:
    """Show one rule by its id.

    Title, source, its refusals in the order of checking, and the code that carries it out.

    Example: bankcore rules show LN-22
    """
    rule = rulebook()[known_id("rule", rule_id.upper(), rulebook())]
    refusals = {r.value: t for r, t in reason_texts().items() if t.rule == rule.id}
    code = rule_index()[rule.id]
    if view.json:
        show_json(
            {
                "id": rule.id,
                "zh": rule.zh,
                "en": rule.en,
                "source": rule.source,
                "refusals": refusals,
                "code": code,
            }
        )
        return
    own = view.words("本行约定", "this bank's convention")
    show_pairs(
        [
            (rule.id, view.words(rule.zh, rule.en)),
            (view.words("依据", "source"), rule.source or own),
        ]
    )
    if refusals:
        heading(view.words("拒绝原因", "Refusals"))
        show_pairs((name, text.said(view.lang)) for name, text in refusals.items())
    if code:
        heading(view.words("实现", "Code"))
        for citation in code:
            click.echo(f"{citation.where}\n  {citation.says}")
