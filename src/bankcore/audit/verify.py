"""Proving a log (校验): nothing altered, everything balanced, every settled figure derivable.

One pass over the rows: chain and canonical bytes, versions and dates, legs balanced on accounts of
the chart, settled figures recomputed from the state before them, and at every close of day the
sub-ledgers tied to their control accounts and the digest of the trial balance. The first wrong
event comes first.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from bankcore.aggregates import kind_of
from bankcore.aggregates.business_day.events import DayClosed
from bankcore.audit.recompute.registry import RECOMPUTERS
from bankcore.operations.day import trial_balance_digest
from bankcore.projections.trial_balance import RunningBooks
from bankcore.store.chain import EMPTY, LinkedRow, link
from bankcore.store.codec import decode, encode
from bankcore.store.log import Log
from bankcore.store.recording import CommandRow
from bankcore.values.entry import Entry
from bankcore.values.errors import DamagedLog
from bankcore.values.money import Money
from bankcore.values.reasons import Rejected


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong: which check found it, at which event, in one clause."""

    check: str
    position: int
    event_id: str
    problem: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a verification found; `altered` is True when bytes, chain or order are wrong."""

    events: int
    head: str
    recomputed: int
    days_tied: int
    faults: tuple[Fault, ...]

    @property
    def ok(self) -> bool:
        """True when nothing is wrong."""
        return not self.faults

    @property
    def altered(self) -> bool:
        """True when the log is not what was written."""
        return any(fault.check in {"chain", "bytes", "order", "commands"} for fault in self.faults)


@dataclass(slots=True)
class _Pass:
    head: bytes = EMPTY
    events: int = 0
    recomputed: int = 0
    days_tied: int = 0
    last_booking: date = date.min
    states: dict[str, Any] = field(default_factory=dict)
    versions: dict[str, int] = field(default_factory=dict)
    books: RunningBooks = field(default_factory=RunningBooks)
    spans: dict[str, CommandRow] = field(default_factory=dict)


def verify(log: Log, *, expected_head: str | None = None) -> Verdict:
    """Verify a whole log; with `expected_head` also that it ends where someone wrote down."""
    run = _Pass()
    faults: list[Fault] = []
    for row in log.rows():
        found = list(_check_row(run, row))
        faults += found
        if any(fault.check in {"chain", "bytes", "order"} for fault in found):
            break
    else:
        faults += _check_commands(run, log.commands())
    if expected_head is not None and run.head.hex() != expected_head and not faults:
        faults.append(
            Fault(
                "chain",
                run.events,
                "",
                f"the log ends at head {run.head.hex()}, expected {expected_head}",
            )
        )
    return Verdict(run.events, run.head.hex(), run.recomputed, run.days_tied, tuple(faults))


def _check_row(run: _Pass, row: LinkedRow) -> Iterator[Fault]:
    position, stream, version, name, state, head = row
    event_id = f"{stream}@{version}"
    if position != run.events + 1:
        yield Fault("order", position, event_id, f"position {run.events + 1} is missing")
        return
    if link(run.head, (stream, version, name, state)) != head:
        yield Fault("chain", position, event_id, "its hash does not follow from the one before it")
        return
    run.head, run.events = head, position
    try:
        entry = decode(position, stream, version, name, state)
    except DamagedLog as damage:
        yield Fault("bytes", position, event_id, damage.problem)
        return
    if encode(entry)[2] == name and encode(entry)[3] != state:
        yield Fault("bytes", position, event_id, "its bytes are not canonical")
        return
    yield from _check_entry(run, entry)


def _check_entry(run: _Pass, entry: Entry[Any]) -> Iterator[Fault]:
    def fault(check: str, problem: str) -> Fault:
        return Fault(check, entry.position, entry.id, problem)

    expected = run.versions.get(entry.stream, 0) + 1
    if entry.version != expected:
        yield fault("order", f"version {entry.version} where {expected} follows")
    if entry.booking_date < run.last_booking:
        yield fault("order", f"booked on {entry.booking_date}, after {run.last_booking}")
    if entry.value_date > entry.booking_date:
        yield fault("dates", f"valued {entry.value_date}, after its booking date")
    run.last_booking = max(run.last_booking, entry.booking_date)
    run.versions[entry.stream] = entry.version
    before = run.states.get(entry.stream)
    recompute = RECOMPUTERS.get(type(entry.event))
    if recompute is not None:
        run.recomputed += 1
        wrong = recompute(before, entry)
        if wrong:
            yield fault("figure", wrong)
    if isinstance(entry.event, DayClosed):
        yield from _check_day(run, entry)
    yield from _take(run, before, entry)
    _note_command(run, entry)


def _take(run: _Pass, before: Any, entry: Entry[Any]) -> Iterator[Fault]:
    """Fold the entry and post it; legs that cannot be posted are a fault of the event."""
    kind = kind_of(entry.stream)
    after = run.states[entry.stream] = kind.evolve(before, entry)
    try:
        run.books.emitted(kind, entry, after)
    except (AssertionError, Rejected) as wrong:
        yield Fault("legs", entry.position, entry.id, f"cannot be posted: {wrong}")


def _check_day(run: _Pass, entry: Entry[Any]) -> Iterator[Fault]:
    """At a close of day: sub-ledgers tied, and the digest is that of the books."""
    run.days_tied += 1
    for account, gap in run.books.breaks().items():
        yield Fault(
            "tie-out",
            entry.position,
            entry.id,
            f"control account {account} is {Money(gap)} above its sub-ledger",
        )
    digest = trial_balance_digest(run.books.trial_balance())
    if digest != entry.event.trial_balance_digest:
        yield Fault(
            "digest",
            entry.position,
            entry.id,
            "the digest is not that of the trial balance at this point",
        )


def _note_command(run: _Pass, entry: Entry[Any]) -> None:
    known = run.spans.get(entry.command_id)
    first = known.first if known else entry.position
    run.spans[entry.command_id] = CommandRow(
        entry.command_id, entry.command_digest, first, entry.position
    )


def _check_commands(run: _Pass, stored: Sequence[CommandRow]) -> Iterator[Fault]:
    """The command index must be what the envelopes say: it decides what a repeat answers."""
    index = {row.id: row for row in stored}
    for command_id in sorted(run.spans.keys() | index.keys()):
        if run.spans.get(command_id) != index.get(command_id):
            span = run.spans.get(command_id) or index[command_id]
            yield Fault(
                "commands",
                span.first,
                "",
                f"the index of command {command_id} differs from the envelopes",
            )
