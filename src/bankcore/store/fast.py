"""Folding a whole log at the speed of its bytes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import msgpack

from bankcore.projections.fast_balances import BalanceFold
from bankcore.projections.window import EVERYTHING, Window
from bankcore.store.chain import LinkedRow
from bankcore.store.codec import decode
from bankcore.store.log import Log


def fold_balances(log: Log, window: Window = EVERYTHING) -> BalanceFold:
    """All balances of a log at a pair of dates, from the raw rows."""
    fold = BalanceFold()
    take_rows(fold, log.rows(), window)
    return fold


def take_rows(fold: BalanceFold, rows: Iterable[LinkedRow], window: Window = EVERYTHING) -> None:
    """Add rows to balances; the state of what moves no money is not even unpacked."""
    unpack, sees, take_of = msgpack.unpackb, _seer(window), fold.take_of
    for row in rows:
        take = take_of(row[3])
        if take is None:
            continue
        if take == "entry":
            _take_entry(fold, row, window)
            continue
        try:
            envelope, body = unpack(row[4])
            if sees is None or sees(envelope):
                take(row[1], body)
        except (KeyError, TypeError, ValueError, msgpack.UnpackException):
            decode(*row[:5])  # tells what is damaged, and where
            raise


def _take_entry(fold: BalanceFold, row: LinkedRow, window: Window) -> None:
    entry = decode(*row[:5])
    if window.sees(entry):
        fold.take_entry(entry)


def _seer(window: Window) -> Callable[[Mapping[str, Any]], bool] | None:
    """The window as a question about a stored envelope: ISO dates compare as text."""
    if window == EVERYTHING:
        return None
    as_of = window.as_of.isoformat() if window.as_of else "9999-12-31"
    known_at = window.known_at.isoformat() if window.known_at else "9999-12-31"

    def sees(envelope: Mapping[str, Any]) -> bool:
        on = envelope["on"]
        return bool(on <= known_at and envelope.get("value", on) <= as_of)

    return sees
