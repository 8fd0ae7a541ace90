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
from bankcore.audit.explain.spoken import rests_on, spoken
from bankcore.audit.explain.unfolding import cut
from bankcore.audit.exports.writing import write_new
from bankcore.commands.bank import opened
from bankcore.commands.options import LogCommand, View, view
from bankcore.commands.output import WIDTH, bold, cell, show_json
from bankcore.training.explaining import GRADE
from bankcore.training.filed import explain_filed
from bankcore.values.errors import BadInput
from bankcore.values.money import Money
from bankcore.values.rates import exact_text

INDENT: Final = " " * 20
STEP: Final = "   "


@click.command(cls=LogCommand)
@view()
@click.argument("figure")
@click.argument("subject")
@click.option(
    "--depth",
    type=click.IntRange(1),
    default=1,
    help="How many levels of parts; 9 is all there is.",
)
@click.option("--for", "reader", type=click.Choice(["auditor", "customer"]), default="auditor")
@click.option("--html", type=click.Path(path_type=Path), metavar="FILE", help="Write one page.")
def explain(  # noqa: PLR0913  # options of one command
    view: View, figure: str, subject: str, depth: int, reader: str, html: Path | None
) -> None:
    """Explain FIGURE of SUBJECT (数字溯源): its parts add up to it exactly, at every depth.

    FIGURE is balance, accrued-interest, settled-interest, fees, days-past-due, grade ...;
    an unknown one is answered with those that this subject has. `ledger 2011.01` explains a line
    of the trial balance, `finding F-KYC-08` a finding (one of several: `F-KYC-08:KEY`). With the
    folder of `train --save` for LOG, `grade CASE` explains the grade of a play, `CASE#1` that of
    its first attempt. `--for customer` says it in plain sentences.

    Example: bankcore explain bank.db settled-interest A1 --depth 4
    """
    if Path(view.log).is_dir():
        found, entries = _of_play(view, figure, subject, depth), {}
    else:
        with opened(view) as bank:
            found = ask.explain(bank, figure, subject, view.window, depth=depth)
            cited = [part.event_id for part in found.parts] if reader == "customer" else []
            entries = ask.evidence_of(bank).cited(cited)
    lines = spoken(found, entries, view.lang) if reader == "customer" else []
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


def _of_play(view: View, figure: str, subject: str, depth: int) -> Explanation:
    """The only figure of a folder: the grade of the play that is kept in it."""
    if figure != GRADE:
        raise BadInput(f"a folder has no {figure!r}", place=view.log, remedy=f"{GRADE} CASE")
    return cut(explain_filed(Path(view.log), subject, view.window), depth)


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


def _show_part(part: Part, unit: str, view: View, level: int = 0) -> None:
    label = view.words(part.label_zh, part.label_en)
    rule = f"  [{part.rule}]" if part.rule else ""
    own = STEP * level
    click.echo(f"{own}  {_amount(part.amount, unit):>16}  {label}{rule} {part.event_id}".rstrip())
    inputs = {"days": part.days} | dict(part.inputs) if part.days is not None else part.inputs
    if inputs:
        _indented(own, ", ".join(f"{name} {cell(value)}" for name, value in inputs.items()))
    if part.remainder:
        exact, rest = exact_text(part.exact), exact_text(part.remainder)
        zh, en = f"精确 {exact} 分,舍入余数 {rest} 分", f"exact {exact} fen, remainder {rest}"
        _indented(own, view.words(zh, en))
    for ground in part.grounds:
        _indented(own, "← " + rests_on(ground, view.lang))
    for inner in part.parts:
        _show_part(inner, unit, view, level + 1)


def _indented(own: str, text: str) -> None:
    for line in textwrap.wrap(text, WIDTH - len(INDENT + own), break_on_hyphens=False):
        click.echo(INDENT + own + line)


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
