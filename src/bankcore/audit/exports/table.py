"""What a table of an export is (表): columns with kind and meaning, and rows that may be many.

One declaration gives the CSV file, the Parquet file and the lines of the data dictionary. Rows are
made anew each time they are asked for, so that a long log never has to lie in memory.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from bankcore.values.entry import Entry

Row = tuple[Any, ...]
Source = Callable[[], Iterator[Entry[Any]]]
"""The entries that an export sees, in log order, as often as they are needed."""


class Kind(StrEnum):
    """What the cells of a column hold; no cell is ever a floating-point number."""

    TEXT = "text"
    DATE = "date"
    WHOLE = "whole number"
    MONEY = "decimal, 2 places"
    FLAG = "true or false"


@dataclass(frozen=True, slots=True)
class Column:
    """One column; `standard` says that name and meaning are those of the Audit Data Standards."""

    name: str
    kind: Kind
    zh: str
    en: str
    standard: bool = True


@dataclass(frozen=True, slots=True)
class Table:
    """One table by name, without the ending of a file."""

    name: str
    columns: tuple[Column, ...]
    rows: Callable[[], Iterator[Row]]


def standard(name: str, kind: Kind, zh: str, en: str) -> Column:
    """A column of the Audit Data Standards."""
    return Column(name, kind, zh, en)


def own(name: str, kind: Kind, zh: str, en: str) -> Column:
    """A column that the standards do not have."""
    return Column(name, kind, zh, en, standard=False)
