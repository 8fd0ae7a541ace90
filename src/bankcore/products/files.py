"""Reading catalogue files: TOML with exact decimals, checked field by field.

A file holds `[[param]]` tables, each one parameter with its rows, and `[[sheet]]` tables, each a
dated list of values for many parameters (a rate board). Every row has a source and a mark:
`text` (a legal text or official figure), `known` (general knowledge), `convention` (our choice).
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from bankcore.products.param import Param
from bankcore.values.dated import DatedRow
from bankcore.values.errors import BadInput

Mark = Literal["text", "known", "convention"]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)


class _RowFile(_Strict):
    valid_from: date
    adopted_on: date | None = None
    value: Any = None
    source: str = ""
    mark: Mark | None = None


class _ParamFile(_Strict):
    id: str = Field(pattern=r"[a-z][A-Za-z0-9_]*(\.[A-Za-z0-9_+-]+)+")
    zh: str
    unit: str = ""
    price: bool = False
    source: str = ""
    mark: Mark | None = None
    rows: tuple[_RowFile, ...] = ()


class _SheetFile(_Strict):
    valid_from: date
    adopted_on: date | None = None
    source: str
    mark: Mark
    values: dict[str, Any]


class _CatalogueFile(_Strict):
    param: tuple[_ParamFile, ...]
    sheet: tuple[_SheetFile, ...] = ()


def read_params(folder: Traversable | None = None) -> list[Param]:
    """Every parameter of the shipped files, or of those below a folder.

    A fault names file and field (`BadInput`).
    """
    found: dict[str, Param] = {}
    for file in _toml_files(folder or files("bankcore.products") / "catalogue"):
        for param in read_file(file.name, file.read_text(encoding="utf-8")):
            if param.id in found:
                raise BadInput(f"parameter {param.id} is declared twice", place=file.name)
            found[param.id] = param
    return list(found.values())


def read_file(name: str, text: str) -> list[Param]:
    """Parse and check one file; `name` is for the message."""
    try:
        raw = tomllib.loads(text, parse_float=Decimal)
        checked = _CatalogueFile.model_validate(raw)
    except tomllib.TOMLDecodeError as fault:
        raise BadInput(str(fault), place=name) from None
    except ValidationError as fault:
        first = fault.errors()[0]
        where = ".".join(map(str, first["loc"]))
        raise BadInput(first["msg"], place=f"{name}: {where}") from None
    params = {p.id: _param(name, p) for p in checked.param}
    for sheet in checked.sheet:
        for key, value in sheet.values.items():
            if key not in params:
                raise BadInput(f"{key} is not declared by a [[param]]", place=f"{name}: sheet")
            row = DatedRow(
                sheet.valid_from,
                sheet.adopted_on or sheet.valid_from,
                frozen(value),
                sheet.source,
                sheet.mark,
            )
            params[key] = params[key].with_row(row)
    return list(params.values())


def _param(name: str, given: _ParamFile) -> Param:
    rows = tuple(_row(f"{name}: {given.id}", given, row) for row in given.rows)
    return Param(given.id, given.zh, given.unit, given.price, rows)


def _row(place: str, param: _ParamFile, row: _RowFile) -> DatedRow[Any]:
    source, mark = row.source or param.source, row.mark or param.mark
    if mark is None or not source:
        raise BadInput("a row needs a source and a mark", place=f"{place} {row.valid_from}")
    return DatedRow(
        row.valid_from, row.adopted_on or row.valid_from, frozen(row.value), source, mark
    )


def frozen(value: Any) -> Any:
    """A value that nobody can change: numbers as Decimal, lists as tuples, tables as mappings."""
    if isinstance(value, bool):
        return value
    if isinstance(value, int):
        return Decimal(value)
    if isinstance(value, list):
        return tuple(frozen(item) for item in value)
    if isinstance(value, dict):
        return {key: frozen(item) for key, item in value.items()}
    return value


def _toml_files(folder: Traversable) -> Iterator[Traversable]:
    """Every TOML file below a folder in order of name, so that messages do not vary."""
    for entry in sorted(folder.iterdir(), key=lambda e: e.name):
        if entry.is_dir():
            yield from _toml_files(entry)
        elif entry.name.endswith(".toml"):
            yield entry
