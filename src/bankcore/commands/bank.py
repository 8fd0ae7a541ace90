"""Opening the bank that a command asks for."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from bankcore.commands.options import View
from bankcore.store.bank import Bank


@contextmanager
def opened(view: View) -> Iterator[Bank]:
    """The bank of a view, which must exist; closed afterwards, whatever happens."""
    with Bank.open(view.log) as bank:
        yield bank
