"""Tables as one workbook (工作簿): a sheet a table and one of control totals; `bankcore[xlsx]`.

Amounts are written as decimal text with two places, never through a float, dates as dates. Every
text is a string cell, so nothing in it is a formula or a link. What a sheet cannot hold is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, time
from decimal import Decimal
from pathlib import Path
from types import ModuleType
from typing import Any, Final

from bankcore.audit.exports.csv_text import dictionary
from bankcore.audit.exports.folder import Control, Seen
from bankcore.audit.exports.table import Column, Kind, Row, Table, own
from bankcore.audit.exports.tables import tables
from bankcore.audit.exports.writing import replacing
from bankcore.values.errors import BadInput
from bankcore.values.money import Money

_ROWS: Final = 1_048_576  # of a sheet, its header included
_DIGITS: Final = 15  # as many as a spreadsheet keeps of a number
_PLAIN: Final = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_CONTROLS: Final = (
    own("Table", Kind.TEXT, "表", "name of the sheet, or empty for the whole"),
    own("Control", Kind.TEXT, "核对项", "what is told"),
    own("Text", Kind.TEXT, "内容", "where it is a text"),
    own("Rows", Kind.WHOLE, "行数", "rows of the table, 0 where a text or a sum is told"),
    own("Sum", Kind.MONEY, "合计", "sum of a column of money, 0.00 elsewhere"),
)


def xlsxwriter() -> ModuleType:
    """The library that writes the file, or one sentence that says what to install."""
    try:
        import xlsxwriter as library  # noqa: PLC0415  # an extra: asked for only where it is needed
    except ImportError:
        remedy = "install bankcore[xlsx]"
        raise BadInput("xlsx needs the package XlsxWriter", place="--to", remedy=remedy) from None
    found: ModuleType = library
    return found


def write_workbook(target: Path, seen: Seen) -> list[Path]:
    """Write all tables as one workbook, all or nothing; the same question gives the same bytes."""
    library = xlsxwriter()
    made = tables(seen.source, seen.day, seen.lang)
    controls = [Control(table) for table in (*made, dictionary(made))]
    with replacing(target) as part, library.Workbook(str(part), _PLAIN) as book:
        # No clock is read: the workbook was made when its last day ended.
        book.set_properties({"created": datetime.combine(seen.day, time(23, 59, 59))})
        formats = {
            Kind.DATE: book.add_format({"num_format": "yyyy-mm-dd"}),
            Kind.MONEY: book.add_format({"num_format": "#,##0.00"}),
        }
        for control in controls:
            _sheet(book, control.watched(), formats)
        _sheet(book, _totals(controls, seen), formats)
    return [target]


def _sheet(book: Any, table: Table, formats: dict[Kind, Any]) -> None:
    sheet = book.add_worksheet(table.name)
    sheet.freeze_panes(1, 0)
    for at, column in enumerate(table.columns):
        sheet.write_string(0, at, column.name)
    writers = [_writer(sheet, column, formats) for column in table.columns]
    for line, row in enumerate(table.rows(), 1):
        if line >= _ROWS:
            raise BadInput(f"{table.name} has more rows than a sheet", remedy="use --to csv")
        for at, (write, cell) in enumerate(zip(writers, row, strict=True)):
            if write(line, at, cell):
                problem = (
                    f"{table.name} row {line}: {table.columns[at].name} is too long for a cell"
                )
                raise BadInput(problem, remedy="use --to csv")


Writer = Callable[[int, int, Any], int]
"""Writes one cell; anything but 0 says that it does not fit."""


def _writer(sheet: Any, column: Column, formats: dict[Kind, Any]) -> Writer:
    style = formats.get(column.kind)
    match column.kind:
        case Kind.TEXT:
            return lambda line, at, cell: int(sheet.write_string(line, at, cell))
        case Kind.DATE:
            return lambda line, at, cell: int(sheet.write_datetime(line, at, cell, style))
        case Kind.WHOLE:
            return lambda line, at, cell: int(sheet.write_number(line, at, cell))
        case Kind.FLAG:
            return lambda line, at, cell: int(sheet.write_boolean(line, at, cell))
        case Kind.MONEY:
            return lambda line, at, cell: int(sheet.write_number(line, at, _exact(cell), style))


def _exact(amount: Money) -> Decimal:
    if abs(amount.minor) >= 10**_DIGITS:
        problem = f"{amount.grouped()} has more digits than a spreadsheet keeps"
        raise BadInput(problem, remedy="use --to csv")
    return Decimal(str(amount))


def _totals(controls: list[Control], seen: Seen) -> Table:
    """Log head, dates, and of each table the rows and sums counted while writing it."""

    def rows() -> Iterator[Row]:
        window, nothing = seen.window, Money(0)
        for name, said in (
            ("log_head", seen.head),
            ("as_of", window.as_of.isoformat() if window.as_of else ""),
            ("known_at", window.known_at.isoformat() if window.known_at else ""),
            ("balance_day", seen.day.isoformat()),
        ):
            yield ("", name, said, 0, nothing)
        for control in controls:
            yield (control.table.name, "rows", "", control.rows, nothing)
            for name, minor in sorted(control.sums.items()):
                yield (control.table.name, name, "", 0, Money(minor))

    return Table("Control_Totals", _CONTROLS, rows)
