"""`bankcore impact`: what a changed rule or rate would have moved over all history."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

import click

from bankcore.audit.whatif.changes import Change
from bankcore.audit.whatif.impact import Impact, impact
from bankcore.commands.bank import opened
from bankcore.commands.options import LogCommand, View, view
from bankcore.commands.output import Column, heading, show_json, show_table
from bankcore.products.catalogue import Catalogue
from bankcore.rules.ledger.chart import CHART
from bankcore.values.errors import BadInput
from bankcore.values.money import Money, round_to_money


@click.command("impact", cls=LogCommand)
@view(dates=False)
@click.option("--rate", "rates", multiple=True, metavar="PARAM=VALUE[@DATE]", help="Another value.")
@click.option("--rule", "rules", multiple=True, metavar="PARAM=DATE", help="The version of a day.")
@click.option("--catalogue", type=click.Path(path_type=Path), metavar="DIR", help="Other rows.")
def impact_of(
    view: View, rates: Sequence[str], rules: Sequence[str], catalogue: Path | None
) -> None:
    """What a changed rule or rate would have moved over all history (影响测算).

    The log lives again in memory under the change; nothing is written. PARAM is one of
    `bankcore catalogue list`. With @DATE the value begins on that day, else it holds on all days.

    Example: bankcore impact bank.db --rate deposit.rate.demand=0.10
    """
    with opened(view) as bank:
        changes = changes_of(bank.catalogue, rates, rules, catalogue)
        if not changes:
            raise BadInput("nothing is changed", remedy="give --rate PARAM=VALUE or --rule")
        found = impact(bank, changes)
    if view.json:
        show_json({
            "moved": [_fields(x) for x in found.moved],
            "totals": [_fields(x) for x in found.totals],
            "journal": found.journal,
            "departures": found.departures,
        })  # fmt: skip
        return
    _show(found, view)


def changes_of(
    catalogue: Catalogue, rates: Sequence[str], rules: Sequence[str], folder: Path | None
) -> list[Change]:
    """The changes that were asked for."""
    of_rates = [Change.of_rate(text, catalogue) for text in rates]
    of_rules = [Change.of_rule(text, catalogue) for text in rules]
    of_folder = [] if folder is None else Change.of_catalogue(folder, catalogue)
    return of_rates + of_rules + of_folder


def _fields(row: object) -> dict[str, object]:
    names = [*row.__dataclass_fields__, "difference"]  # type: ignore[attr-defined]
    return {name: getattr(row, name) for name in names}


def _yuan(fen: Fraction) -> str:
    """Fen as yuan, rounded; what accrues is exact in JSON."""
    return round_to_money(fen).money.grouped()


def _show(found: Impact, view: View) -> None:
    if not found.moved:
        click.echo(view.words("没有任何数字变动", "no figure moves"))
    amounts = [
        Column(view.words("现在", "now"), number=True),
        Column(view.words("改后", "then"), number=True),
        Column(view.words("差额", "difference"), number=True),
    ]
    product = Column(view.words("产品", "product"), key=True)
    figure = Column(view.words("数字", "figure"), key=True)
    if found.moved:
        heading(view.words("按合同", "By contract"))
        rows = [(m.stream, m.figure, _yuan(m.old), _yuan(m.new), _yuan(m.difference))
                for m in found.moved]  # fmt: skip
        show_table([Column(view.words("合同", "contract"), key=True), figure, *amounts], rows)
        heading(view.words("按产品", "By product"))
        sums = [(t.product, t.figure, _yuan(t.old), _yuan(t.new), _yuan(t.difference))
                for t in found.totals]  # fmt: skip
        show_table([product, figure, *amounts], sums)
    if found.journal:
        heading(view.words("重述分录", "Restating journal"))
        _show_journal(found, view)
    if found.departures:
        heading(view.words("结果不同的指令", "Commands that come out otherwise"))
        for departure in found.departures:
            click.echo(f"  {departure.booking_date} {departure.event_id}: {departure.reason}")


def _show_journal(found: Impact, view: View) -> None:
    columns = [
        Column(view.words("合同", "contract"), key=True),
        Column(view.words("科目", "account"), key=True),
        Column(view.words("名称", "name")),
        Column(view.words("借", "debit"), number=True),
        Column(view.words("贷", "credit"), number=True),
    ]
    rows = []
    for leg in found.journal:
        known, amount = CHART[leg.account], Money(abs(leg.minor)).grouped()
        sides = (amount, "") if leg.minor > 0 else ("", amount)
        rows.append((leg.stream, leg.account, view.words(known.zh, known.en), *sides))
    show_table(columns, rows)
