"""Writing the index: from the first event, or on from where it stands.

One transaction takes all that is new, so a crash leaves the index as it was; one that belongs to
another log, another program or is damaged is made anew.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import Any, Final

from bankcore.aggregates.deposit_account import ACCOUNT, DepositAccount
from bankcore.aggregates.deposit_account import events as e
from bankcore.audit.index.schema import (
    TABLES,
    code_digest,
    index_of,
    is_index,
    opened,
    stands_at,
)
from bankcore.operations.interest import signed
from bankcore.projections.balances import balance_row
from bankcore.projections.postings import post
from bankcore.projections.rows import BalanceRow
from bankcore.store.log import Log
from bankcore.values.declare import EVENTS
from bankcore.values.entry import Entry
from bankcore.values.errors import BadInput
from bankcore.values.money import Money

BATCH: Final = 20_000
"""Entries that are folded before their rows are written."""


LIGHT: Final = (
    e.FundsDeposited,
    e.FundsWithdrawn,
    e.FundsDeductedByOrder,
    e.AccountCredited,
    e.AccountDebited,
    e.DepositFeeCharged,
    e.DepositEntryReversed,
    e.InterestSettled,
    e.InterestPaid,
    e.InterestAdjusted,
)
"""Events that move the balance and nothing else of a row: the row before is enough for them."""


@dataclass(slots=True)
class _Account:
    """What is known of an account: its last row, and its state once anything asked for it."""

    row: BalanceRow | None = None
    state: DepositAccount | None = None
    newest: int = 0


@dataclass(slots=True)
class _Rows:
    """What a batch adds: stands, lines, late legs, and legs by account and day."""

    stands: list[tuple[Any, ...]] = field(default_factory=list)
    lines: list[tuple[Any, ...]] = field(default_factory=list)
    late: list[tuple[Any, ...]] = field(default_factory=list)
    days: dict[tuple[str, int], int] = field(default_factory=dict)


def update(log: Log, target: str) -> tuple[int, int]:
    """Bring the index of a log file up; from which position and up to which it was written."""
    path = index_of(target)
    if path is None:
        raise BadInput("only a log in a file has an index", place=target, remedy="ask without one")
    start = _stands_at(path, log)
    if start is None:
        path.unlink(missing_ok=True)
    position, head = log.head()
    with closing(opened(path, "rwc")) as c:
        if start is None:
            c.executescript(TABLES)
        c.execute("BEGIN IMMEDIATE")
        _Writer(c, log).take(log.entries(start or 0, position))
        c.execute("DELETE FROM meta")
        c.execute("INSERT INTO meta VALUES (?, ?, ?)", (position, head, code_digest()))
        c.execute("COMMIT")
    return start or 0, position


def _stands_at(path: Path, log: Log) -> int | None:
    """The position up to which an index can be kept; None when it has to be made anew."""
    if not path.is_file() or not path.stat().st_size:
        return None
    try:
        with closing(opened(path)) as c:
            if not is_index(c):
                raise BadInput("is no index", place=str(path), remedy="move it away")
            found = stands_at(c)
    except sqlite3.DatabaseError:
        return None
    if found is None or not 0 < found[0] <= log.head()[0]:
        return None
    position, head = found
    (row,) = log.rows(position - 1, position)
    return position if row[5] == head else None


class _Writer:
    """Folds entries into rows; states of accounts are folded from the log when first needed."""

    def __init__(self, c: sqlite3.Connection, log: Log) -> None:
        self._c = c
        self._log = log
        self._accounts: dict[str, _Account] = {}
        (count,) = c.execute("SELECT COUNT(*) FROM account").fetchone()
        self._count: int = count
        newest = c.execute("SELECT account, total, MAX(day) FROM day_total GROUP BY account")
        self._totals: dict[str, int] = {account: total for account, total, _ in newest}

    def take(self, entries: Iterable[Entry[Any]]) -> None:
        """Write the rows of entries, in order."""
        for batch in _batches(entries):
            rows = _Rows()
            for entry in batch:
                self._legs(entry, rows)
                if entry.stream.startswith(ACCOUNT.prefix):
                    self._account(entry, rows)
            self._write(rows)

    def _legs(self, entry: Entry[Any], rows: _Rows) -> None:
        booking, value = entry.booking_date.toordinal(), entry.value_date.toordinal()
        for leg in post(entry):
            at = (leg.account, booking)
            rows.days[at] = rows.days.get(at, 0) + leg.minor
            if value < booking:
                rows.late.append((leg.account, booking, value, leg.minor))

    def _account(self, entry: Entry[Any], rows: _Rows) -> None:
        known = self._accounts.get(entry.stream) or self._before(entry)
        self._accounts[entry.stream] = known
        value, booking = entry.value_date.toordinal(), entry.booking_date.toordinal()
        row = known.row = self._row(known, entry)
        known.newest = max(known.newest, value)
        amounts = (row.booked.minor, row.held.minor, row.available.minor)
        words = (row.customer, row.product, row.stage)
        rows.stands.append(
            (entry.stream, booking, entry.version, value, known.newest, *words, *amounts)
        )
        change = signed(entry.event)
        if change:
            info, purpose = EVENTS[type(entry.event)], getattr(entry.event, "purpose", "")
            said = (info.zh, info.en, purpose, change.minor)
            rows.lines.append((entry.stream, entry.version, booking, value, *said))

    def _row(self, known: _Account, entry: Entry[Any]) -> BalanceRow:
        """The row after an entry: from the row before if that is enough, else from the state."""
        if known.state is None and known.row is not None and isinstance(entry.event, LIGHT):
            booked = known.row.booked + signed(entry.event)
            free = Money(max(booked.minor - known.row.held.minor, 0))
            return replace(known.row, booked=booked, available=free)
        if known.state is None:
            for earlier in self._log.stream(entry.stream):
                if earlier.version == entry.version:
                    break
                known.state = ACCOUNT.evolve(known.state, earlier)
        known.state = ACCOUNT.evolve(known.state, entry)
        return balance_row(entry.stream, known.state)

    def _before(self, entry: Entry[Any]) -> _Account:
        """An account as the index has it before an entry."""
        if entry.version == 1:
            self._count += 1
            self._c.execute("INSERT INTO account VALUES (?, ?)", (entry.stream, self._count))
            return _Account()
        sql = """SELECT newest, customer, product, stage, booked, held, available FROM stand
            WHERE stream = ? ORDER BY booking DESC, version DESC LIMIT 1"""
        newest, customer, product, stage, *amounts = self._c.execute(
            sql, (entry.stream,)
        ).fetchone()
        row = BalanceRow(entry.stream, customer, product, stage, *map(Money, amounts))
        return _Account(row, newest=newest)

    def _write(self, rows: _Rows) -> None:
        days = []
        for (account, day), minor in rows.days.items():
            self._totals[account] = self._totals.get(account, 0) + minor
            days.append((account, day, self._totals[account]))
        self._c.executemany("INSERT OR IGNORE INTO gl VALUES (?)", {(a,) for a, _, _ in days})
        self._c.executemany("INSERT OR REPLACE INTO day_total VALUES (?, ?, ?)", days)
        self._c.executemany("INSERT INTO late_leg VALUES (?, ?, ?, ?)", rows.late)
        many = ", ".join("?" * 11)
        self._c.executemany(f"INSERT INTO stand VALUES ({many})", rows.stands)  # noqa: S608  # question marks
        self._c.executemany("INSERT INTO line VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows.lines)


def _batches(entries: Iterable[Entry[Any]]) -> Iterator[tuple[Entry[Any], ...]]:
    rest = iter(entries)
    while batch := tuple(islice(rest, BATCH)):
        yield batch
