"""`bankcore export` and `import`: the books in formats of other programs, a log from its lines."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from bankcore.audit.exports.pack import FORMATS, Statements, export_statements
from bankcore.audit.exports.pack import export as write_export
from bankcore.commands.bank import opened
from bankcore.commands.options import DateParam, LogCommand, View, view
from bankcore.store.transfer import import_lines
from bankcore.values.errors import BadInput


@click.command(cls=LogCommand)
@view()
@click.option("--to", "form", type=click.Choice(FORMATS), required=True, help="The format.")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    required=True,
    help="The file, or for csv and parquet the folder, to write; it must not exist.",
)
@click.option("--from", "start", type=DateParam(), help="Statements from this booking date.")
@click.option("--until", type=DateParam(), help="Statements to this booking date, inclusive.")
@click.option("--account", help="The statement of one account, loan or card.")
def export(  # noqa: PLR0913  # one parameter an option
    view: View,
    form: str,
    output: Path,
    start: date | None,
    until: date | None,
    account: str | None,
) -> None:
    """Export the books (导出): journals, account statements, audit tables, the event log.

    hledger and beancount are plain-text journals, camt053 ISO 20022 account statements (with
    --from, --until and --account), csv and parquet a folder of tables after the Audit Data
    Standards with control totals, xlsx the same as one workbook, jsonl the log itself.

    Example: bankcore export bank.db --to camt053 --from 2026-03-01 --until 2026-03-31 -o march.xml
    """
    asked = Statements(start, until, account)
    if form != "camt053" and asked != Statements():
        given = "--from" if start else "--until" if until else "--account"
        problem = f"a {form} export is always of the whole book"
        raise BadInput(problem, place=given, remedy="use --as-of and --known-at, or --to camt053")
    with opened(view) as bank:
        if form == "camt053":
            written = export_statements(bank, output, view.window, asked, view.lang)
        else:
            written = write_export(bank, form, output, view.window, view.lang)
    for path in written:
        click.echo(str(path))


@click.command("import")
@click.argument("lines", type=click.Path(path_type=Path))
@click.option("--log", "target", required=True, metavar="FILE", help="The new bank file.")
def import_log(lines: Path, target: str) -> None:
    """Make a bank file from exported JSON lines, byte for byte (导入).

    Example: bankcore import bank.jsonl --log copy.db
    """
    click.echo(f"{import_lines(lines, target)} events")
