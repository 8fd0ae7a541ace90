"""Reads that answer from the index where a log has one: brought up first, if need be."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from typing import Final, TypeVar

from bankcore.audit.index.place import index_of
from bankcore.audit.index.reading import Index, OutOfOrder
from bankcore.commands.options import View
from bankcore.values.errors import BadInput, Busy, DiskRefused

T = TypeVar("T")
PATIENCE: Final = 1
"""Seconds that a read waits for another process that brings the index up; then the log answers."""


def from_index(view: View, ask: Callable[[Index], T]) -> T | None:
    """The answer of a log's index; None without one, or where only the log can tell."""
    path = index_of(view.log)
    if path is None or not path.is_file():
        return None
    index = Index.fresh(view.log) or _brought_up(view)
    if index is None:
        return None
    with index:
        try:
            return ask(index)
        except (OutOfOrder, sqlite3.DatabaseError):
            return None  # what the index can't tell, or can't be read of it, the log tells


def _brought_up(view: View) -> Index | None:
    # Only a log that went on pays for loading the bank.
    from bankcore.audit.index.building import update  # noqa: PLC0415
    from bankcore.commands.bank import opened_log  # noqa: PLC0415

    with opened_log(view) as log:
        try:
            update(log, view.log, wait=PATIENCE)
        except (BadInput, Busy, DiskRefused):
            return None  # an index that can't be written is no reason not to answer
    return Index.fresh(view.log)
