"""Reads that answer from the index where a log has one: brought up first, if need be."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from bankcore.audit.index.reading import Index, OutOfOrder
from bankcore.audit.index.schema import index_of
from bankcore.commands.options import View

T = TypeVar("T")


def from_index(view: View, ask: Callable[[Index], T]) -> T | None:
    """The answer of an index beside the log; None without one, or where only the log can tell."""
    path = index_of(view.log)
    if path is None or not path.is_file():
        return None
    index = Index.fresh(view.log) or _brought_up(view)
    if index is None:
        return None
    with index:
        try:
            return ask(index)
        except OutOfOrder:
            return None


def _brought_up(view: View) -> Index | None:
    # Only a log that went on pays for loading the bank.
    from bankcore.audit.index.building import update  # noqa: PLC0415
    from bankcore.commands.bank import opened_log  # noqa: PLC0415

    with opened_log(view) as log:
        update(log, view.log)
    return Index.fresh(view.log)
