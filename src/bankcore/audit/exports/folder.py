"""A folder of tables (表格文件夹): CSV or Parquet, a data dictionary and a manifest.

The manifest holds what an auditor ties to first: the log's head, the two dates, rows of each table,
sums of each money column, debit against credit, and a digest of each file.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from hashlib import file_digest
from pathlib import Path
from typing import Final

from bankcore.audit.exports.csv_text import dictionary, table_csv
from bankcore.audit.exports.parquet import arrow, write_table
from bankcore.audit.exports.table import Kind, Row, Source, Table
from bankcore.audit.exports.tables import tables
from bankcore.audit.exports.writing import replacing, write_text
from bankcore.projections.window import Window
from bankcore.values.money import Money

FORMAT: Final = "bankcore-tables/1"
MANIFEST: Final = "manifest.json"


@dataclass(frozen=True, slots=True)
class Seen:
    """What the tables show: the entries, the day of the balances, and under which question."""

    source: Source
    day: date
    head: str
    window: Window
    lang: str = "en"


@dataclass(slots=True)
class Control:
    """Rows and sums of one table, counted while it is written."""

    table: Table
    rows: int = 0
    sums: Counter[str] = field(default_factory=Counter)

    def watched(self) -> Table:
        """The same table, counted as its rows pass."""
        return Table(self.table.name, self.table.columns, self._rows)

    def _rows(self) -> Iterator[Row]:
        columns = self.table.columns
        money = [(i, c.name) for i, c in enumerate(columns) if c.kind is Kind.MONEY]
        sided = self.table.name == "GL_Detail"
        side = [c.name for c in columns].index("Amount_Credit_Debit_Indicator") if sided else 0
        for row in self.table.rows():
            self.rows += 1
            for place, name in money:
                self.sums[f"{name} {row[side]}" if sided else name] += row[place].minor
            yield row

    def totals(self) -> dict[str, object]:
        """As the manifest tells it."""
        sums = {name: str(Money(minor)) for name, minor in sorted(self.sums.items())}
        return {"rows": self.rows, "sums": sums}


def write_folder(target: Path, form: str, seen: Seen) -> list[Path]:
    """Write the tables as `csv` or `parquet` into a new folder, all or nothing."""
    if form == "parquet":
        arrow()  # before anything is written
    made = tables(seen.source, seen.day, seen.lang)
    controls = [Control(table) for table in (*made, dictionary(made))]
    with replacing(target) as part:
        part.mkdir()
        for control in controls:
            _write(part, form, control.watched())
        text = json.dumps(_manifest(part, controls, seen), indent=2, ensure_ascii=False)
        write_text(part / MANIFEST, [text, "\n"])
        names = sorted(path.name for path in part.iterdir())
    return [target / name for name in names]


def _write(folder: Path, form: str, table: Table) -> None:
    path = folder / f"{table.name}.{form}"
    if form == "parquet":
        write_table(table, path)
    else:
        write_text(path, table_csv(table))


def _manifest(folder: Path, controls: list[Control], seen: Seen) -> dict[str, object]:
    journal = controls[0].sums
    window = seen.window
    return {
        "format": FORMAT,
        "log_head": seen.head,
        "as_of": window.as_of.isoformat() if window.as_of else None,
        "known_at": window.known_at.isoformat() if window.known_at else None,
        "balance_day": seen.day.isoformat(),
        "total_debit": str(Money(journal["Amount D"])),
        "total_credit": str(Money(journal["Amount C"])),
        "tables": {control.table.name: control.totals() for control in controls},
        "sha256": {path.name: _digest(path) for path in sorted(folder.iterdir())},
    }


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()
