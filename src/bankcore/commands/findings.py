"""`bankcore findings`: the auditor's report over a log."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any, Final

import click

from bankcore.aggregates.customer import CUSTOMER
from bankcore.audit.ask import stream_of
from bankcore.audit.exports.writing import write_new
from bankcore.audit.findings.finding import Severity
from bankcore.audit.findings.page import page
from bankcore.audit.findings.report import rules
from bankcore.audit.findings.selection import (
    Sample,
    Selected,
    Selection,
    check_sections,
    select,
)
from bankcore.audit.findings.told import Told, told_findings
from bankcore.commands.bank import opened
from bankcore.commands.options import DateParam, LogCommand, View, view
from bankcore.commands.output import Column, heading, show_json, show_table
from bankcore.store.bank import Bank
from bankcore.values.errors import BadInput

_NAMES: Final = {
    "sections": ("手册章节", "section"),
    "severities": ("严重程度", "severity"),
    "person": ("责任人", "person"),
    "customer": ("客户", "customer"),
    "start": ("自", "from"),
    "until": ("至", "until"),
}
_OPTIONS: Final = (
    click.option("--list", "listed", is_flag=True, help="List what can be found, without a log."),
    click.option("--section", "sections", multiple=True, help="A handbook section or chapter."),
    click.option(
        "--severity",
        "severities",
        multiple=True,
        type=click.Choice([s.value for s in Severity]),
        help="F fatal, H high, M medium, L low.",
    ),
    click.option("--person", "--of", "person", help="Who is responsible."),
    click.option("--customer", help="The customer concerned."),
    click.option("--from", "start", type=DateParam(), help="Became true on this day or later."),
    click.option("--until", type=DateParam(), help="Became true on this day or earlier."),
    click.option("--sample", type=click.IntRange(min=1), help="Draw so many of those selected."),
    click.option("--seed", help="What the sample is drawn by; else the log's head."),
    click.option(
        "--html",
        type=click.Path(path_type=Path),
        help="Write one page with filters; the file must not exist.",
    ),
)


def _options(function: Callable[..., None]) -> Callable[..., None]:
    for option in reversed(_OPTIONS):
        function = option(function)
    return function


@click.command(cls=LogCommand)
@view(optional=True)
@_options
def findings(view: View, html: Path | None, *, listed: bool, **asked: Any) -> None:
    """Conduct and control findings of a log, by handbook section (发现).

    --section and --severity may be repeated. A sample is the same for the same log, selection and
    seed, wherever it is drawn; the seed is printed.

    Example: bankcore findings bank.db --severity F --severity H --sample 25 --seed 7
    """
    if listed:
        _list(view)
        return
    if not view.log:
        raise BadInput("no log named", remedy="name a bank file, or --list")
    _check(asked)
    with opened(view) as bank:
        found = _found(bank, view, asked)
    if html is not None:
        write_new(html, [page(found, _question(view, found, asked), view.lang)])
        click.echo(str(html))
    elif view.json:
        show_json([_fields(told) for told in found.findings])
        for _, en in _question(view, found, asked):
            click.echo(en, err=True)
    else:
        _show(view, found, asked)


def _check(asked: dict[str, Any]) -> None:
    check_sections(asked["sections"], rules().values())
    start, until = asked["start"], asked["until"]
    if start and until and start > until:
        raise BadInput(f"{start} is after {until}", place="--from", remedy="begin earlier")
    if asked["seed"] is not None and asked["sample"] is None:
        raise BadInput("a seed draws nothing alone", place="--seed", remedy="add --sample N")


def _found(bank: Bank, view: View, asked: dict[str, Any]) -> Selected:
    customer = asked["customer"]
    if customer is not None:
        stream = stream_of(bank, customer, CUSTOMER.prefix)
        asked["customer"] = customer = stream.removeprefix(CUSTOMER.prefix)
    selection = Selection(
        sections=asked["sections"],
        severities=asked["severities"],
        person=asked["person"],
        customer=customer,
        start=asked["start"],
        until=asked["until"],
    )
    size, seed = asked["sample"], asked["seed"]
    sample = Sample(size, seed or bank.log.digest()[:16]) if size else None
    told = told_findings(view.window.filter(bank.entries()), bank.catalogue)
    return select(told, selection, sample)


def _fields(told: Told) -> dict[str, object]:
    found = told.finding
    own = {name: getattr(found, name) for name in type(found).__dataclass_fields__}
    events = [asdict(event) for event in told.events]
    return {"deduction": found.deduction, **own, "customers": told.customers, "events": events}


def _question(view: View, found: Selected, asked: dict[str, Any]) -> list[tuple[str, str]]:
    """What was asked and how much was found, line by line in zh and en."""
    lines = [_dates(view), (f"全部 {found.all}，选取 {found.selected}",
              f"{found.all} found, {found.selected} selected")]  # fmt: skip
    given = [(name, asked[name]) for name in _NAMES if asked[name] not in (None, ())]
    if given:
        zh, en = (
            ", ".join(f"{_NAMES[name][i]} {_word(value)}" for name, value in given) for i in (0, 1)
        )
        lines.append((f"条件：{zh}", f"selection: {en}"))
    if found.sample:
        shown, seed = len(found.findings), found.sample.seed
        lines.append(
            (f"抽样 {shown} / {found.selected}，种子 {seed}",
             f"sample of {shown} out of {found.selected}, seed {seed}")
        )  # fmt: skip
    return lines


def _word(value: Any) -> str:
    return " ".join(map(str, value)) if isinstance(value, tuple) else str(value)


def _dates(view: View) -> tuple[str, str]:
    def said(day: date | None, otherwise: str) -> str:
        return day.isoformat() if day else otherwise

    zh = f"起息日截至 {said(view.as_of, '全部')}，知悉日截至 {said(view.known_at, '全部')}"
    as_of, known_at = said(view.as_of, "every day"), said(view.known_at, "the end of the log")
    en = f"as of {as_of}, known at {known_at}"
    return zh, en


def _show(view: View, found: Selected, asked: dict[str, Any]) -> None:
    for zh, en in _question(view, found, asked):
        click.echo(view.words(zh, en))
    for told in found.findings:
        _show_one(view, told)
    if not found.findings:
        click.echo(view.words("没有发现", "nothing found"))


def _show_one(view: View, told: Told) -> None:
    f = told.finding
    undone = view.words("（已纠正，减半）", " (undone, half)") if f.undone else ""
    heading(f"{f.id} {f.severity} {f.section} {view.words(f.zh, f.en)}{undone}")
    rule = f" ({f.rule})" if f.rule else ""
    concerned = f", {view.words('客户', 'customer')} {', '.join(told.customers)}"
    click.echo(f"  {f.on} {f.responsible}{concerned if told.customers else ''}{rule}")
    for zh, en in told.missing:
        click.echo(f"  {view.words(f'缺 {zh}', f'missing: {en}')}")
    for held in f.compared:
        click.echo(f"  {view.words(held.zh, held.en)}: {held.said}")
    for event in told.events:
        click.echo(f"  {event.booking_date} {event.event}: {view.words(event.zh, event.en)}")


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
