"""Adopting a rule version (采用规则版本): new rows are added, old ones never edited, GEN-06.

Which row is in force on a date is `values.dated.row_in_force`; here is what may be added.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bankcore.values.dated import DatedRow
from bankcore.values.reasons import Reason, Rejected


@dataclass(frozen=True, slots=True)
class Adoption:
    """A row put forward for a parameter; `price` marks rate boards and fees."""

    row: DatedRow[Any]
    price: bool
    maker: str
    checker: str


def check_adoption(existing: Sequence[DatedRow[Any]], adoption: Adoption) -> None:
    """Refuse a row that may not be adopted.

    `rule_version_overlap`: the parameter has a row of the same two dates. `retroactive_price`:
    the row begins before it was adopted and is a price or no legal text (mark `text`).
    `maker_is_checker`: four eyes are needed.
    """
    row = adoption.row
    if any((r.valid_from, r.adopted_on) == (row.valid_from, row.adopted_on) for r in existing):
        raise Rejected(Reason.RULE_VERSION_OVERLAP, valid_from=row.valid_from)
    late = row.valid_from < row.adopted_on
    if late and (adoption.price or row.mark != "text"):
        raise Rejected(
            Reason.RETROACTIVE_PRICE, valid_from=row.valid_from, adopted_on=row.adopted_on
        )
    if adoption.maker == adoption.checker:
        raise Rejected(Reason.MAKER_IS_CHECKER, maker=adoption.maker)
