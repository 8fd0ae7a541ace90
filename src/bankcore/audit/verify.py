"""Proving a log (校验): nothing altered, everything balanced, every settled figure derivable.

One pass over the rows: chain and canonical bytes, versions and dates, legs balanced on accounts of
the chart, settled figures recomputed from the state before them, at every close of day the
sub-ledgers tied to their control accounts, the digest of the trial balance and the head as they
were written down then, the roots that checkpoints name, and at the end the sub-ledgers once more
and the index of commands. The first wrong event comes first.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from bankcore.aggregates import kind_of
from bankcore.aggregates.business_day.events import DayClosed
from bankcore.audit.checks import Fault
from bankcore.audit.command_index import CommandIndex
from bankcore.audit.links import Links
from bankcore.audit.proof.witness import Seal, Witness
from bankcore.audit.recompute.registry import FROM_CATALOGUE, FROM_HISTORY, RECOMPUTERS
from bankcore.audit.tampering import Scene, kind_of_break
from bankcore.operations.day import trial_balance_digest
from bankcore.products.catalogue import Catalogue, shipped
from bankcore.projections.trial_balance import RunningBooks
from bankcore.store.chain import LinkedRow
from bankcore.store.log import Log
from bankcore.store.reader import RULES
from bankcore.values.entry import Entry
from bankcore.values.money import Money
from bankcore.values.reasons import Rejected

_UNFIT: Final = (ArithmeticError, AssertionError, AttributeError, LookupError, Rejected, TypeError)
"""What folds and rules raise of an event that the bank cannot have written at this point."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a verification found.

    `sealed` events are as a checkpoint says, `trusted` ones come before anything wrong.
    """

    events: int
    head: str
    recomputed: int
    days_tied: int
    sealed: int
    trusted: int
    faults: tuple[Fault, ...]

    @property
    def ok(self) -> bool:
        """True when nothing is wrong."""
        return not self.faults

    @property
    def altered(self) -> bool:
        """True when the log is not what was written: bytes, chain, order or an outside witness."""
        return any(fault.altered for fault in self.faults)


@dataclass(slots=True)
class _Pass:
    log: Log
    semantic: bool
    witness: Witness
    commands: CommandIndex
    links: Links = field(default_factory=Links)
    recomputed: int = 0
    days_tied: int = 0
    states: dict[str, Any] = field(default_factory=dict)
    books: RunningBooks = field(default_factory=RunningBooks)
    known: tuple[Any, Catalogue] | None = None

    def catalogue(self) -> Catalogue:
        """The shipped rows and those adopted so far; put together again when one is adopted."""
        adopted = self.states.get(RULES)
        if self.known is None or self.known[0] is not adopted:
            rows = () if adopted is None else adopted.rows
            self.known = (adopted, shipped().with_rows(rows))
        return self.known[1]


def verify(
    log: Log,
    *,
    expected_head: str | None = None,
    semantic: bool = True,
    seals: Sequence[Seal] = (),
) -> Verdict:
    """Verify a whole log, with what others wrote down: the head it ends with, checkpoints.

    `semantic` recomputes every settled figure under the rules then in force.
    """
    run = _Pass(log, semantic, Witness.of(seals), CommandIndex(log))
    faults = list(run.witness.unsigned())
    for row in log.rows():
        found, whole = _check_row(run, row)
        faults += found
        if not whole:
            break
    else:
        faults += _check_books(run, run.links.events, "")
        faults += run.commands.faults(run.links.events)
        faults += run.witness.cut(run.links.events)
        faults += _check_head(run, expected_head)
    return _verdict(run, faults)


def _verdict(run: _Pass, faults: list[Fault]) -> Verdict:
    events, sealed = run.links.events, run.witness.sealed
    trusted = min([events, *(fault.leaves(events, sealed) for fault in faults)])
    head = run.links.head.hex()
    return Verdict(events, head, run.recomputed, run.days_tied, sealed, trusted, tuple(faults))


def _check_row(run: _Pass, row: LinkedRow) -> tuple[list[Fault], bool]:
    """What is wrong with a row, and whether anything can be said of those after it."""
    entry, faults = run.links.follow(row)
    if entry is None:
        return [_explained(run, row, fault) for fault in faults], False
    if not any(fault.check == "order" for fault in faults):
        faults += _fitted(run, entry)
    faults += run.witness.take(row)
    return faults, not any(fault.check in {"order", "state"} for fault in faults)


def _fitted(run: _Pass, entry: Entry[Any]) -> list[Fault]:
    """The faults of an entry; one that its stream cannot have come to is a fault of its own."""
    try:
        return list(_check_entry(run, entry))
    except _UNFIT as wrong:
        problem = f"it does not fit the state of its stream ({type(wrong).__name__}: {wrong})"
        return [Fault("state", entry.position, entry.id, problem)]


def _explained(run: _Pass, row: LinkedRow, fault: Fault) -> Fault:
    """A fault with the change that explains it, where its head still tells."""
    if fault.check == "order":
        return replace(fault, kind="dropped: rows are gone")
    if fault.check != "chain":
        return fault
    after = next(run.log.rows(row[0], row[0] + 1), None)
    return replace(fault, kind=kind_of_break(Scene(run.links, row, after, run.log.rows())))


def _check_head(run: _Pass, expected: str | None) -> Iterator[Fault]:
    head = run.links.head.hex()
    if expected is not None and head != expected:
        problem = f"the log ends at head {head}, expected {expected}"
        yield Fault("head", run.links.events, "", problem)


def _check_entry(run: _Pass, entry: Entry[Any]) -> Iterator[Fault]:
    before = run.states.get(entry.stream)
    if run.semantic:
        for wrong in _recomputed(run, before, entry):
            yield Fault("figure", entry.position, entry.id, wrong)
    if isinstance(entry.event, DayClosed):
        yield from _check_day(run, entry)
    yield from _take(run, before, entry)
    run.commands.take(entry)


def _recomputed(run: _Pass, before: Any, entry: Entry[Any]) -> Iterator[str]:
    """What is wrong with a settled figure; a state that no rule accepts is wrong too."""
    recompute = RECOMPUTERS.get(type(entry.event))
    from_history = FROM_HISTORY.get(type(entry.event))
    from_catalogue = FROM_CATALOGUE.get(type(entry.event))
    if recompute is None and from_history is None and from_catalogue is None:
        return
    run.recomputed += 1
    try:
        wrong = recompute(before, entry) if recompute is not None else None
        if wrong is None and from_catalogue is not None:
            wrong = from_catalogue(before, entry, run.catalogue())
        if from_history is not None:
            earlier = [x for x in run.log.stream(entry.stream) if x.version < entry.version]
            wrong = from_history(before, earlier, entry, run.catalogue())
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
    """At a close of day: sub-ledgers tied, and the digest of the books as written down then."""
    run.days_tied += 1
    yield from _check_books(run, entry.position, entry.id)
    if entry.event.trial_balance_digest != trial_balance_digest(run.books.trial_balance()):
        problem = "the digest is not that of the trial balance at this point"
        yield Fault("digest", entry.position, entry.id, problem)


def _check_books(run: _Pass, position: int, event_id: str) -> Iterator[Fault]:
    """Every control account is the sum of its sub-ledger, GL-04."""
    for account, gap in run.books.breaks().items():
        problem = f"control account {account} is {Money(gap)} above its sub-ledger"
        yield Fault("tie-out", position, event_id, problem)
