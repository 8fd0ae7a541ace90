"""`bankcore export` and `import`: the books in formats of other programs, a log from its lines."""

from __future__ import annotations

from pathlib import Path

import click

from bankcore.audit.exports.pack import FORMATS
from bankcore.audit.exports.pack import export as write_export
from bankcore.commands.bank import opened
from bankcore.commands.options import LogCommand, View, view
from bankcore.store.transfer import import_lines


@click.command(cls=LogCommand)
@view()
@click.option("--to", "form", type=click.Choice(FORMATS), required=True, help="The format.")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    required=True,
    help="The file, or for csv the folder, to write; it must not exist.",
)
def export(view: View, form: str, output: Path) -> None:
    """Export the books (导出): journals for hledger and beancount, audit tables, the event log.

    Example: bankcore export bank.db --to hledger -o bank.journal
    """
    with opened(view) as bank:
        for path in write_export(bank, form, output, view.window, view.lang):
            click.echo(str(path))


@click.command("import")
@click.argument("lines", type=click.Path(path_type=Path))
@click.option("--log", "target", required=True, metavar="FILE", help="The new bank file.")
def import_log(lines: Path, target: str) -> None:
    """Make a bank file from exported JSON lines, byte for byte (导入).

    Example: bankcore import bank.jsonl --log copy.db
    """
    click.echo(f"{import_lines(lines, target)} events")
