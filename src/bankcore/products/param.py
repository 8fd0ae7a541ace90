"""A parameter of the catalogue (参数) with its dated rows, as it is held in memory."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from bankcore.values.dated import DatedRow


@dataclass(frozen=True, slots=True)
class Param:
    """A parameter: dotted id, Chinese term, unit, whether it is a price, and its dated rows.

    A price (rate board, fee) may not be adopted late; a legal figure may, GEN-06.
    """

    id: str
    zh: str = ""
    unit: str = ""
    price: bool = False
    rows: tuple[DatedRow[Any], ...] = ()

    def with_row(self, row: DatedRow[Any]) -> Param:
        """The parameter with one more row, in order of adoption."""
        return replace(self, rows=(*self.rows, row))
