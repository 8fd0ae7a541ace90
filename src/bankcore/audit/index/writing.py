"""Entries into the rows of an index.

Of an account only what a row shows is kept: its names, its balance, and what holds the balance
(`_Account`). The bank's own `evolve` folds that like a whole state, for none of these fields
depends on another one; so an account is never folded again from its first event.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Final

from bankcore.aggregates.deposit_account import ACCOUNT, DepositAccount, Stage
from bankcore.aggregates.deposit_account.ties import Freeze, Hold
from bankcore.operations.interest import signed
from bankcore.projections.balances import balance_row
from bankcore.projections.postings import lines
from bankcore.values.changing import changed
from bankcore.values.declare import EVENTS
from bankcore.values.entry import Entry
from bankcore.values.money import Money

BATCH: Final = 20_000
"""Entries that are folded before their rows are written."""

_LAST: Final = """SELECT newest, customer, product, stage, booked FROM stand
    WHERE stream = ? ORDER BY booking DESC, version DESC LIMIT 1"""
_TIES: Final = "SELECT id, amount FROM tie WHERE stream = ? AND kind = ? ORDER BY rowid"


@dataclass(slots=True)
class _Account:
    """An account as far as its row goes, and the latest value date of its events."""

    state: DepositAccount | None = None
    newest: int = 0


@dataclass(slots=True)
class _Rows:
    """What a batch adds: stands, lines, late legs, legs by account and day, accounts retied."""

    stands: list[tuple[Any, ...]] = field(default_factory=list)
    lines: list[tuple[Any, ...]] = field(default_factory=list)
    late: list[tuple[Any, ...]] = field(default_factory=list)
    days: dict[tuple[str, int], int] = field(default_factory=dict)
    retied: set[str] = field(default_factory=set)


class Writer:
    """Folds entries into rows, on from what an index has."""

    def __init__(self, c: sqlite3.Connection) -> None:
        """Take a connection inside a transaction, which the caller ends."""
        self._c = c
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
        for _, account, minor in lines(entry.event):
            at = (account, booking)
            rows.days[at] = rows.days.get(at, 0) + minor
            if value < booking:
                rows.late.append((account, booking, value, minor))

    def _account(self, entry: Entry[Any], rows: _Rows) -> None:
        known = self._accounts.get(entry.stream) or self._before(entry)
        self._accounts[entry.stream] = known
        change = signed(entry.event)
        before = known.state
        if before and change:
            # Money moves nothing else that a row shows: the state need not be folded for it.
            after = changed(before, balance=before.balance + change)
        else:
            after = _shown(ACCOUNT.evolve(before, entry))
            if before and (before.holds != after.holds or before.freezes != after.freezes):
                rows.retied.add(entry.stream)
        known.state = after
        value, booking = entry.value_date.toordinal(), entry.booking_date.toordinal()
        known.newest = max(known.newest, value)
        row = balance_row(entry.stream, after)
        amounts = (row.booked.minor, row.held.minor, row.available.minor)
        words = (row.customer, row.product, row.stage)
        rows.stands.append(
            (entry.stream, booking, entry.version, value, known.newest, *words, *amounts)
        )
        if change:
            info, purpose = EVENTS[type(entry.event)], getattr(entry.event, "purpose", "")
            said = (info.zh, info.en, purpose, change.minor)
            rows.lines.append((entry.stream, entry.version, booking, value, *said))

    def _before(self, entry: Entry[Any]) -> _Account:
        """An account as the index has it before an entry."""
        stream = entry.stream
        if entry.version == 1:
            self._count += 1
            self._c.execute("INSERT INTO account VALUES (?, ?)", (stream, self._count))
            return _Account()
        newest, customer, product, stage, booked = self._c.execute(_LAST, (stream,)).fetchone()
        holds = self._c.execute(_TIES, (stream, "hold")).fetchall()
        freezes = self._c.execute(_TIES, (stream, "freeze")).fetchall()
        state = DepositAccount(
            stage=Stage(stage),
            customer=customer,
            product=product,
            balance=Money(booked),
            holds=tuple(Hold(name, Money(minor), "", None) for name, minor in holds),
            freezes=tuple(
                Freeze(name, "", None if minor is None else Money(minor), None)
                for name, minor in freezes
            ),
        )
        return _Account(state, newest)

    def _write(self, rows: _Rows) -> None:
        days = []
        for (account, day), minor in rows.days.items():
            self._totals[account] = self._totals.get(account, 0) + minor
            days.append((account, day, self._totals[account]))
        self._c.executemany("INSERT OR IGNORE INTO gl VALUES (?)", {(a,) for a, _, _ in days})
        self._c.executemany("INSERT OR REPLACE INTO day_total VALUES (?, ?, ?)", days)
        self._c.executemany("INSERT INTO late_leg VALUES (?, ?, ?, ?)", rows.late)
        many = ", ".join("?" * 11)
        self._c.executemany(f"INSERT INTO stand VALUES ({many})", sorted(rows.stands))  # noqa: S608  # question marks
        self._c.executemany("INSERT INTO line VALUES (?, ?, ?, ?, ?, ?, ?, ?)", sorted(rows.lines))
        self._c.executemany("DELETE FROM tie WHERE stream = ?", [(s,) for s in rows.retied])
        ties = [tie for stream in sorted(rows.retied) for tie in self._ties(stream)]
        self._c.executemany("INSERT INTO tie VALUES (?, ?, ?, ?)", ties)

    def _ties(self, stream: str) -> Iterator[tuple[str, str, str, int | None]]:
        state = self._accounts[stream].state
        assert state is not None, "an account that was retied has a state"
        for hold in state.holds:
            yield stream, "hold", hold.hold, hold.amount.minor
        for freeze in state.freezes:
            amount = None if freeze.amount is None else freeze.amount.minor
            yield stream, "freeze", freeze.freeze, amount


def _shown(state: DepositAccount) -> DepositAccount:
    """A state without what no row shows and what grows with the account's life."""
    if state.movements or state.terms or state.orders or state.links:
        return changed(state, movements=(), terms=None, days=None, orders=(), links=())
    return state


def _batches(entries: Iterable[Entry[Any]]) -> Iterator[tuple[Entry[Any], ...]]:
    rest = iter(entries)
    while batch := tuple(islice(rest, BATCH)):
        yield batch
