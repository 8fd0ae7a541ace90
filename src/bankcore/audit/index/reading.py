"""Answering from an index, without the rest of the bank: plain SQL and sums of integers."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, closing, suppress
from datetime import date
from typing import Final, Self

from bankcore.audit.index.place import index_of, is_there, last_row
from bankcore.audit.index.schema import is_index, opened, stands_at
from bankcore.projections.rows import BalanceRow, StatementLine
from bankcore.projections.window import Window
from bankcore.values.money import Money

# CROSS JOIN keeps the order: account by account, never a walk through all that ever stood.
_STANDS: Final = """SELECT a.stream, s.customer, s.product, s.stage, s.booked, s.held, s.available
    FROM account a CROSS JOIN stand s ON s.stream = a.stream AND (s.booking, s.version) = (
        SELECT booking, version FROM stand WHERE stream = a.stream AND booking <= ? AND newest <= ?
        ORDER BY booking DESC, version DESC LIMIT 1)
    ORDER BY a.nr"""
_OUT_OF_ORDER: Final = """SELECT 1 FROM stand
    WHERE value < newest AND booking <= ? AND value <= ? AND newest > ? LIMIT 1"""
_TOTALS: Final = """SELECT account, (SELECT total FROM day_total
    WHERE account = gl.account AND day <= ? ORDER BY day DESC LIMIT 1) FROM gl"""
_LATE: Final = """SELECT account, SUM(minor) FROM late_leg
    WHERE booking > ? AND booking <= ? AND value <= ? GROUP BY account"""
_LINES: Final = """SELECT version, booking, value, zh, en, purpose, amount FROM line
    WHERE stream = ? AND booking <= ? AND value <= ? ORDER BY version"""

_WAIT: Final = 1
"""Seconds to wait for another process that is just storing what it brought up."""


class OutOfOrder(Exception):  # noqa: N818  # an answer: ask the log
    """A late fact makes an account at these dates something that only its log can tell."""


class Index:
    """An open index that stands where its log stands."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Take over a connection; `fresh` is the way in."""
        self._c = connection

    @classmethod
    def fresh(cls, target: str) -> Self | None:
        """The index of a log if it is of this program and has all of the log, else None.

        It is read in one transaction: what another process adds meanwhile changes no answer.
        """
        path = index_of(target)
        if path is None or not path.is_file() or not is_there(target):
            return None
        with suppress(sqlite3.DatabaseError), ExitStack() as unless:
            # Cut, foreign or being written: then it is no index now, and the log answers instead.
            c = unless.enter_context(closing(opened(path, "ro", _WAIT)))
            c.execute("BEGIN")
            if is_index(c) and stands_at(c) == last_row(target):
                unless.pop_all()
                return cls(c)
        return None

    def close(self) -> None:
        """Close the connection."""
        self._c.close()

    def __enter__(self) -> Self:
        """The index itself."""
        return self

    def __exit__(self, *exc: object) -> None:
        """Close, whatever happened."""
        self.close()

    def balances(self, window: Window) -> list[BalanceRow]:
        """What `ask.booked_balances` answers; `OutOfOrder` where only the log can tell."""
        value, known = _days(window)
        if self._c.execute(_OUT_OF_ORDER, (known, value, value)).fetchone():
            raise OutOfOrder
        found = self._c.execute(_STANDS, (known, value))
        return [BalanceRow(*row[:4], *map(Money, row[4:])) for row in found]

    def trial_balance(self, window: Window) -> dict[str, int]:
        """Account -> Σ debit − Σ credit in minor units, zero accounts left out."""
        value, known = _days(window)
        found = self._c.execute(_TOTALS, (min(value, known),)).fetchall()
        totals = Counter({account: total for account, total in found if total is not None})
        if value < known:
            totals.update(dict(self._c.execute(_LATE, (value, known, value)).fetchall()))
        return {account: totals[account] for account in sorted(totals) if totals[account]}

    def statement(self, stream: str, window: Window) -> Iterator[StatementLine]:
        """The lines of one account that the window sees, in booking order."""
        value, known = _days(window)
        balance = 0
        lines = self._c.execute(_LINES, (stream, known, value))
        for nr, (version, booking, valued, zh, en, purpose, amount) in enumerate(lines, 1):
            balance += amount
            yield StatementLine(
                nr=nr,
                event_id=f"{stream}@{version}",
                booking_date=date.fromordinal(booking),
                value_date=date.fromordinal(valued),
                zh=zh,
                en=en,
                purpose=purpose,
                amount=Money(amount),
                balance=Money(balance),
            )

    def account(self, given: str) -> str | None:
        """The stream of an account by its id or key, None when there is none."""
        sql = "SELECT stream FROM account WHERE stream IN (?, 'account-' || ?)"
        found = self._c.execute(sql, (given, given)).fetchall()
        return found[0][0] if len(found) == 1 else None


def _days(window: Window) -> tuple[int, int]:
    """Both dates as day numbers; an open one is the last day there is."""
    value, known = window.as_of or date.max, window.known_at or date.max
    return value.toordinal(), known.toordinal()
