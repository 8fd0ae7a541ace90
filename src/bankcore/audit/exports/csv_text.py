"""Tables as CSV (逗号分隔): RFC 4180 with a header line, and no cell that a spreadsheet would run.

A text that begins like a formula gets an apostrophe in front; numbers stay numbers, also negative
ones.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from bankcore.audit.exports.table import Column, Kind, Table, own

# The full-width signs are formulas to spreadsheets of East Asian locales.
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_NUMBER: Final = re.compile(r"-?[0-9]+(\.[0-9]+)?")

DICTIONARY: Final = "Data_Dictionary"
_DICTIONARY: Final = (
    own("Table", Kind.TEXT, "表", "name of the table"),
    own("Column", Kind.TEXT, "列", "name of the column"),
    own("Type", Kind.TEXT, "类型", "what its cells hold"),
    own("Audit_Data_Standard", Kind.FLAG, "标准列", "whether the standards name it"),
    own("Meaning_en", Kind.TEXT, "含义（英文）", "what it means, in English"),
    own("Meaning_zh", Kind.TEXT, "含义（中文）", "what it means, in Chinese"),
)


def defused(cell: object) -> str:
    """Text as it is, unless a spreadsheet would take it for a formula; numbers stay numbers."""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    text = str(cell)
    if text.startswith(_FORMULA) and not _NUMBER.fullmatch(text):
        return "'" + text
    return text


class _Line:
    """A file that keeps what was written last, so that a csv writer becomes a generator."""

    text = ""

    def write(self, text: str) -> None:
        """Keep one line."""
        self.text = text


def as_csv(header: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """The lines of a CSV text with its header, cells defused, ended by CRLF."""
    line = _Line()
    writer = csv.writer(line)
    writer.writerow(header)
    yield line.text
    for row in rows:
        writer.writerow([defused(cell) for cell in row])
        yield line.text


def table_csv(table: Table) -> Iterator[str]:
    """The lines of one table."""
    return as_csv([column.name for column in table.columns], table.rows())


def dictionary(tables: Sequence[Table]) -> Table:
    """The data dictionary (数据字典): every column of every table, its own included."""

    def lines() -> Iterator[tuple[str, Column]]:
        for table in tables:
            yield from ((table.name, column) for column in table.columns)
        yield from ((DICTIONARY, column) for column in _DICTIONARY)

    def rows() -> Iterator[tuple[object, ...]]:
        for name, c in lines():
            yield (name, c.name, c.kind.value, c.standard, c.en, c.zh)

    return Table(DICTIONARY, _DICTIONARY, rows)
