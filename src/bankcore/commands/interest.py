"""`bankcore interest`: interest accrued to a day, derived and not stored."""

from __future__ import annotations

from fractions import Fraction

import click

from bankcore.audit import ask
from bankcore.commands.bank import opened
from bankcore.commands.options import LogCommand, View, view
from bankcore.commands.output import Column, show_json, show_table
from bankcore.projections.accruals.accrual import Accrual
from bankcore.values.money import Money, round_to_money
from bankcore.values.rates import exact_text


@click.command(cls=LogCommand)
@view()
@click.argument("subject", required=False)
def interest(view: View, subject: str | None) -> None:
    """Show interest accrued and not yet settled (应计利息), of SUBJECT or of all.

    The exact figure is a fraction of a yuan; it is rounded only where it is posted.

    Example: bankcore interest bank.db A1 --as-of 2026-02-28
    """
    with opened(view) as bank:
        rows = ask.interest(bank, view.window, subject)
    if view.json:
        show_json([_json(row) for row in rows])
    else:
        show_interest(view, rows)


def show_interest(view: View, rows: list[Accrual]) -> None:
    """Print one line a contract, exact and rounded, and the total of the exact figures."""
    columns = [
        Column(view.words("合同", "contract")),
        Column(view.words("产品", "product")),
        Column(view.words("规则", "rule")),
        Column(view.words("精确值(元)", "exact (yuan)"), number=True),
        Column(view.words("应计利息", "accrued"), number=True),
    ]
    total = sum((row.exact for row in rows), Fraction(0))
    shown = [(r.stream, r.product, r.rule, *_amounts(r.exact)) for r in rows]
    show_table(columns, [*shown, (view.words("合计", "total"), "", "", *_amounts(total))])


def _amounts(exact: Fraction) -> tuple[str, Money]:
    return exact_text(exact / 100), round_to_money(exact).money


def _json(row: Accrual) -> dict[str, object]:
    exact, rounded = _amounts(row.exact)
    return {
        "stream": row.stream,
        "product": row.product,
        "interest": rounded,
        "exact_yuan": exact,
        "rule": row.rule,
        "inputs": row.inputs,
    }
