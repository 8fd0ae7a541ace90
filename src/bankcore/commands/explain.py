"""`bankcore explain`: where a figure comes from, to the last fraction."""

from __future__ import annotations

import textwrap
from fractions import Fraction
from pathlib import Path
from typing import Final

import click

from bankcore.audit import ask
from bankcore.audit.explain.explanation import Explanation, Part
from bankcore.audit.explain.page import page
from bankcore.audit.explain.spoken import spoken
from bankcore.audit.exports.writing import write_new
from bankcore.commands.bank import opened
from bankcore.commands.options import LogCommand, View, view
from bankcore.commands.output import WIDTH, bold, cell, show_json
from bankcore.values.money import Money
from bankcore.values.rates import exact_text

INDENT: Final = " " * 20


@click.command(cls=LogCommand)
@view()
@click.argument("figure")
@click.argument("subject")
@click.option("--depth", type=click.IntRange(1, 2), default=1, help="2 unfolds what was posted.")
@click.option("--for", "reader", type=click.Choice(["auditor", "customer"]), default="auditor")
@click.option("--html", type=click.Path(path_type=Path), metavar="FILE", help="Write one page.")
def explain(  # noqa: PLR0913  # options of one command
    view: View, figure: str, subject: str, depth: int, reader: str, html: Path | None
) -> None:
    """Explain FIGURE of SUBJECT (数字溯源): its parts add up to it exactly.

    FIGURE is balance, accrued-interest, settled-interest, fees, days-past-due, grade ...;
    an unknown one is answered with those that this subject has. `ledger 2011.01` explains a line
    of the trial balance. `--for customer` says it in plain sentences.

    Example: bankcore explain bank.db settled-interest A1
    """
    with opened(view) as bank:
        found = ask.explain(bank, figure, subject, view.window, depth=depth)
        if reader == "customer":
            entries = ask.evidence_of(bank).cited(part.event_id for part in found.parts)
            lines = spoken(found, entries, view.lang)
    if html is not None:
        write_new(html, page(found, _asked(view), view.lang))
        return
    if view.json:
        show_json({"adds_up": found.adds_up} | _fields(found))
        return
    if reader == "customer":
        for line in lines:
            click.echo(line)
        return
    show_explanation(view, found)


def _asked(view: View) -> str:
    """The pair of dates that was asked for."""
    open_end = view.words("全部", "all")
    valued, known = view.as_of or open_end, view.known_at or open_end
    return view.words(
        f"起息日截至:{valued};知悉截至:{known}", f"as of: {valued}; known at: {known}"
    )


def show_explanation(view: View, found: Explanation) -> None:
    """Print the figure, its parts with their inputs, and whether they add up."""
    click.echo(bold(f"{found.figure} {found.subject} = {found.shown}"))
    for part in found.parts:
        _show_part(part, found.unit, view)
        for inner in part.parts:
            label = view.words(inner.label_zh, inner.label_en)
            _indented(f"{_amount(inner.amount, found.unit):>16}  {label}  [{inner.rule}]")
    click.echo(_sum(found, view))


def _fields(found: Explanation) -> dict[str, object]:
    return {
        "figure": found.figure,
        "subject": found.subject,
        "value": found.value,
        "shown": found.shown,
        "unit": found.unit,
        "parts": [_part(part) for part in found.parts],
    }


def _part(part: Part) -> dict[str, object]:
    held = {name: getattr(part, name) for name in Part.__dataclass_fields__}
    inside = [_part(inner) for inner in part.parts]
    return {"remainder": part.remainder} | held | {"parts": inside}


def _show_part(part: Part, unit: str, view: View) -> None:
    label = view.words(part.label_zh, part.label_en)
    click.echo(f"  {_amount(part.amount, unit):>16}  {label}  [{part.rule}] {part.event_id}")
    inputs = {"days": part.days} | dict(part.inputs) if part.days is not None else part.inputs
    if inputs:
        _indented(", ".join(f"{name} {cell(value)}" for name, value in inputs.items()))
    if part.remainder:
        exact, rest = exact_text(part.exact), exact_text(part.remainder)
        _indented(
            view.words(
                f"精确 {exact} 分,舍入余数 {rest} 分", f"exact {exact} fen, remainder {rest}"
            )
        )


def _indented(text: str) -> None:
    for line in textwrap.wrap(text, WIDTH - len(INDENT), break_on_hyphens=False):
        click.echo(INDENT + line)


def _amount(value: Fraction, unit: str) -> str:
    """Yuan with two decimals where it is whole fen, else the exact number."""
    if unit != "fen":
        return exact_text(value)
    whole = value.denominator == 1
    return Money(value.numerator).grouped() if whole else exact_text(value / 100)


def _sum(found: Explanation, view: View) -> str:
    total = _amount(found.value, found.unit)
    proof = view.words("各项相加正好相符", "the parts add up exactly")
    broken = view.words("各项相加不符!", "the parts do NOT add up!")
    return f"  {total:>16}  = {proof if found.adds_up else broken}"
