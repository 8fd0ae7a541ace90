"""Opening the bank or the log that a command asks for, with progress on long reads."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from bankcore.commands.options import View
from bankcore.commands.output import progress
from bankcore.store.bank import Bank
from bankcore.store.log import Log, open_log


@contextmanager
def opened(view: View) -> Iterator[Bank]:
    """The bank of a view, which must exist; closed afterwards, whatever happens."""
    with Bank.open(view.log) as bank:
        watched(bank.log)
        yield bank


@contextmanager
def opened_log(view: View) -> Iterator[Log]:
    """The log of a view, which must exist; closed afterwards, whatever happens."""
    with open_log(view.log) as log:
        watched(log)
        yield log


def watched(log: Log) -> None:
    """Let long scans of a log say how far they are: on stderr, only on a terminal."""
    log.watch = lambda rows, total: progress(rows, "events", total)
