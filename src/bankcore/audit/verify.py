"""Proving a log (校验): nothing altered, everything balanced, every settled figure derivable.

One pass over the rows: chain and canonical bytes, versions and dates, legs balanced on accounts of
the chart, settled figures recomputed from the state before them, at every close of day the
sub-ledgers tied to their control accounts, the digest of the trial balance and the head as they
were written down then, and at the end the sub-ledgers once more and the index of commands. The
first wrong event comes first.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from bankcore.aggregates import kind_of
from bankcore.aggregates.business_day.events import DayClosed
from bankcore.audit.recompute.registry import FROM_HISTORY, RECOMPUTERS
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
    log: Log
    head: bytes = EMPTY
    events: int = 0
    recomputed: int = 0
    days_tied: int = 0
    last_booking: date = date.min
    states: dict[str, Any] = field(default_factory=dict)
    versions: dict[str, int] = field(default_factory=dict)
    books: RunningBooks = field(default_factory=RunningBooks)
    spans: dict[str, CommandRow] = field(default_factory=dict)
    heads: dict[int, bytes] = field(default_factory=dict)


def verify(log: Log, *, expected_head: str | None = None) -> Verdict:
    """Verify a whole log; with `expected_head` also that it ends where someone wrote down."""
    run = _Pass(log)
    faults: list[Fault] = []
    for row in log.rows():
        found = list(_check_row(run, row))
        faults += found
        if any(fault.check in {"chain", "bytes", "order"} for fault in found):
            break
    else:
        faults += _check_books(run, run.events, "")
        faults += _check_commands(run)
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
    run.heads[position] = head
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
    for wrong in _recomputed(run, before, entry):
        yield fault("figure", wrong)
    if isinstance(entry.event, DayClosed):
        yield from _check_day(run, entry)
    yield from _take(run, before, entry)
    _note_command(run, entry)


def _recomputed(run: _Pass, before: Any, entry: Entry[Any]) -> Iterator[str]:
    """What is wrong with a settled figure; a state that no rule accepts is wrong too."""
    recompute = RECOMPUTERS.get(type(entry.event))
    from_history = FROM_HISTORY.get(type(entry.event))
    if recompute is None and from_history is None:
        return
    run.recomputed += 1
    try:
        wrong = recompute(before, entry) if recompute is not None else None
        if from_history is not None:
            earlier = [x for x in run.log.stream(entry.stream) if x.version < entry.version]
            wrong = from_history(before, earlier, entry)
    except Rejected as no:
        wrong = f"cannot be derived again: {no.reason.value}"
    if wrong:
        yield wrong


def _take(run: _Pass, before: Any, entry: Entry[Any]) -> Iterator[Fault]:
    """Fold the entry and post it; legs that cannot be posted are a fault of the event."""
    kind = kind_of(entry.stream)
    after = run.states[entry.stream] = kind.evolve(before, entry)
    try:
        run.books.emitted(kind, entry, after)
    except (AssertionError, Rejected) as wrong:
        yield Fault("legs", entry.position, entry.id, f"cannot be posted: {wrong}")


def _check_day(run: _Pass, entry: Entry[Any]) -> Iterator[Fault]:
    """At a close of day: sub-ledgers tied, digest of the books and head as written down then."""
    run.days_tied += 1
    yield from _check_books(run, entry.position, entry.id)
    closed = entry.event
    if closed.trial_balance_digest != trial_balance_digest(run.books.trial_balance()):
        problem = "the digest is not that of the trial balance at this point"
        yield Fault("digest", entry.position, entry.id, problem)
    if run.heads.get(closed.position, EMPTY).hex() != closed.head:
        problem = f"it wrote down another head for position {closed.position} than the log has"
        yield Fault("chain", entry.position, entry.id, problem)
    run.heads = {entry.position: run.head}


def _check_books(run: _Pass, position: int, event_id: str) -> Iterator[Fault]:
    """Every control account is the sum of its sub-ledger, GL-04."""
    for account, gap in run.books.breaks().items():
        problem = f"control account {account} is {Money(gap)} above its sub-ledger"
        yield Fault("tie-out", position, event_id, problem)


def _note_command(run: _Pass, entry: Entry[Any]) -> None:
    known = run.spans.get(entry.command_id)
    first = known.first if known else entry.position
    run.spans[entry.command_id] = CommandRow(
        entry.command_id, entry.command_digest, first, entry.position
    )


def _check_commands(run: _Pass) -> Iterator[Fault]:
    """The command index must be what the envelopes say: it decides what a repeat answers.

    What other writers added since the last row was read is theirs; what points behind the head of
    the log shows that its tail was cut.
    """
    stored = run.log.commands()
    head = run.log.head()[0]
    index = {row.id: row for row in stored if not run.events < row.first <= head}
    for command_id in sorted(run.spans.keys() | index.keys()):
        if run.spans.get(command_id) != index.get(command_id):
            span = run.spans.get(command_id) or index[command_id]
            problem = f"the index of command {command_id} differs from the envelopes"
            yield Fault("commands", span.first, "", problem)
