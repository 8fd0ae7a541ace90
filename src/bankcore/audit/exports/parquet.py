"""Tables as Parquet (列式文件): exact decimals, never floats; an extra, `bankcore[parquet]`."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import islice
from pathlib import Path
from types import ModuleType
from typing import Any, Final

from bankcore.audit.exports.table import Column, Kind, Table
from bankcore.values.errors import BadInput
from bankcore.values.money import Money

_GROUP: Final = 65_536  # rows held in memory at once
_DIGITS: Final = 38  # as many as a 128-bit decimal has


def arrow() -> tuple[ModuleType, ModuleType]:
    """The library that writes the files, or one sentence that says what to install."""
    try:
        import pyarrow as pa  # noqa: PLC0415  # an extra: asked for only where it is needed
        from pyarrow import parquet  # noqa: PLC0415  # the same
    except ImportError:
        remedy = "install bankcore[parquet]"
        raise BadInput("Parquet needs the package pyarrow", place="--to", remedy=remedy) from None
    return pa, parquet


def write_table(table: Table, path: Path) -> None:
    """Write one table to a new file, a group of rows after the other."""
    pa, parquet = arrow()
    schema = pa.schema([pa.field(c.name, _type(pa, c.kind)) for c in table.columns])
    with parquet.ParquetWriter(path, schema) as out:
        rows = table.rows()
        while group := list(islice(rows, _GROUP)):
            columns = zip(*group, strict=True)
            cells = [
                list(_cells(c, column)) for c, column in zip(table.columns, columns, strict=True)
            ]
            out.write_table(pa.table(cells, schema=schema))


def _type(pa: Any, kind: Kind) -> Any:
    match kind:
        case Kind.TEXT:
            return pa.string()
        case Kind.DATE:
            return pa.date32()
        case Kind.WHOLE:
            return pa.int64()
        case Kind.MONEY:
            return pa.decimal128(_DIGITS, 2)
        case Kind.FLAG:
            return pa.bool_()


def _cells(column: Column, cells: tuple[Any, ...]) -> Iterator[Any]:
    return (_exact(cell) for cell in cells) if column.kind is Kind.MONEY else iter(cells)


def _exact(amount: Money) -> Decimal:
    return Decimal(str(amount))
