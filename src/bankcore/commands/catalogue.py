"""`bankcore catalogue`: every rate, limit and deadline with its dates and source."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import click

from bankcore.commands.options import View, view
from bankcore.commands.output import Column, heading, show_json, show_pairs, show_table
from bankcore.products.catalogue import Catalogue, rows_of, shipped
from bankcore.products.param import Param
from bankcore.values.dated import DatedRow
from bankcore.values.reading import known_id, unknown_id
from bankcore.values.reasons import Rejected


@click.group()
def catalogue() -> None:
    """Show the catalogue (产品与参数目录): list parameters, or show one with its dated rows.

    Example: bankcore catalogue show deposit.rate.demand
    """


_OF_LOG = click.option(
    "--log", default="", metavar="FILE", help="With the rows adopted in this bank."
)


@catalogue.command("list")
@click.argument("prefix", default="")
@_OF_LOG
@view(log=False)
def list_params(view: View, prefix: str) -> None:
    """List parameters and the values in force.

    PREFIX chooses by the beginning of the id. Without --as-of the newest row counts.

    Example: bankcore catalogue list deposit.rate --as-of 2026-01-05
    """
    known = _catalogue(view)
    chosen = [param for param in known.params() if param.id.startswith(prefix)]
    if not chosen:
        raise unknown_id("parameter", prefix, known.by_id)
    rows = [(param, _in_force(known, param, view)) for param in chosen]
    if view.json:
        show_json([{"id": p.id, "zh": p.zh, "unit": p.unit, "row": row} for p, row in rows])
        return
    columns = [
        Column("id", key=True),
        Column(view.words("数值", "value"), number=True),
        Column(view.words("单位", "unit")),
    ]
    show_table(columns, [(p.id, row and short(row.value), p.unit) for p, row in rows])


@catalogue.command("show")
@click.argument("param")
@_OF_LOG
@view(log=False)
def show_param(view: View, param: str) -> None:
    """Show one parameter with all its rows.

    Each row has the date it counts from, its source and how sure that source is.

    Example: bankcore catalogue show loan.lpr.1Y
    """
    known = _catalogue(view)
    found = known.by_id[known_id("parameter", param, known.by_id)]
    if view.json:
        show_json(found)
        return
    show_pairs(
        [
            ("id", found.id),
            (view.words("名称", "term"), found.zh),
            (view.words("单位", "unit"), found.unit),
        ]
    )
    columns = [
        Column(view.words("起始日", "valid from")),
        Column(view.words("采纳日", "adopted on")),
        Column(view.words("数值", "value"), number=True),
        Column(view.words("把握", "mark"), key=True),
        Column(view.words("来源", "source")),
    ]
    rows = rows_of(known, param)
    shown = [(r.valid_from, r.adopted_on, short(r.value), r.mark, r.source) for r in rows]
    show_table(columns, shown)
    for row in rows:
        if short(row.value) != row.value:
            heading(row.valid_from.isoformat())
            show_json(row.value)


def short(value: object) -> object:
    """A value for a table: lists and mappings by their number of entries."""
    return f"({len(value)})" if isinstance(value, (Mapping, tuple)) else value


def _catalogue(view: View) -> Catalogue:
    if not view.log:
        return shipped()
    from bankcore.commands.bank import opened  # noqa: PLC0415  # the store only where a log is named

    with opened(view) as bank:
        return bank.catalogue


def _in_force(known: Catalogue, param: Param, view: View) -> DatedRow[object] | None:
    """The row in force on the day asked for, or the last one; None when no row counts then."""
    if not param.rows:
        return None
    try:
        row = known.row(param.id, view.as_of or date.max, view.known_at)
    except Rejected:
        return None
    return DatedRow(row.valid_from, row.valid_from, row.value, row.source, row.mark)
