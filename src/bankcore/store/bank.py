"""The bank on a log: decide a command, write its events, answer what was decided.

`Bank.open("bank.db")` is a SQLite file, `Bank.open("postgresql://…")` a PostgreSQL database,
`Bank.memory()` lives in memory; the same code serves all three.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any, Final, Self, TypeVar

from bankcore.aggregates.business_day import BUSINESS_DAY
from bankcore.aggregates.business_day.decide import Close, Open
from bankcore.aggregates.business_day.events import DayClosed
from bankcore.operations.day import DAY
from bankcore.operations.decision import Decision, Frame
from bankcore.operations.handlers import Handler, check_role
from bankcore.products.catalogue import Catalogue
from bankcore.projections.live import Live
from bankcore.store.digest import command_digest
from bankcore.store.log import Log, open_log
from bankcore.store.reader import LiveReader
from bankcore.values.changing import changed
from bankcore.values.entry import Entry
from bankcore.values.errors import Busy, Conflict
from bankcore.values.reasons import Reason, Rejected
from bankcore.values.roles import SYSTEM
from bankcore.values.streams import StreamKind

S = TypeVar("S")
TRIES: Final = 50


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a command did: its entries, its warnings, and whether it had been given before."""

    entries: tuple[Entry[Any], ...]
    warnings: tuple[Rejected, ...] = ()
    duplicate: bool = False


class Bank:
    """A bank over one log; commands in, entries out. Close it when done, or use `with`.

    `after_close`, where one is set, is called after each close of day that was written here.
    """

    def __init__(self, log: Log) -> None:
        """Take over an open log; nothing is read until it is needed."""
        self.log = log
        self._live = Live()
        self._reader = LiveReader(log, self._live)
        self.after_close: Callable[[], object] | None = None

    @classmethod
    def open(cls, target: str, *, create: bool = False, durable: bool = True) -> Self:
        """Open a bank file or database; `create` makes a new one, else it must exist."""
        return cls(open_log(target, create=create, durable=durable))

    @classmethod
    def memory(cls) -> Self:
        """A new bank in memory."""
        return cls(open_log(":memory:", create=True))

    def __enter__(self) -> Self:
        """Enter a `with` block."""
        return self

    def __exit__(self, *exc: object) -> None:
        """Close at the end of a `with` block."""
        self.close()

    def close(self) -> None:
        """Close the log."""
        self.log.close()

    @property
    def day(self) -> date | None:
        """The open business day, None when none is open."""
        state = self.state(BUSINESS_DAY, DAY)
        return state.open_day if state else None

    @property
    def catalogue(self) -> Catalogue:
        """The shipped catalogue with the rows adopted in this log."""
        return self._reader.catalogue()

    def state(self, kind: StreamKind[S], key: str) -> S | None:
        """The current state of a stream, None when it does not exist."""
        return self._reader.state(kind, kind.stream(key))[0]

    def entries(self, after: int = 0, until: int | None = None) -> Iterator[Entry[Any]]:
        """The entries of the log in order, from position `after` + 1."""
        return self.log.entries(after, until)

    def execute(self, command: Any, frame: Frame, *, dry_run: bool = False) -> Outcome:
        """Decide one command and write what it emits, all or nothing.

        The same command id with the same body answers the first result and writes nothing
        (GEN-07). A stale stream is decided again; `Busy` after many tries. Raises `Rejected`
        when the bank refuses: then nothing was written and the id is not used up.
        """
        if not frame.command_id:
            raise Rejected(Reason.COMMAND_ID_MISSING)
        digest = command_digest(command, frame)
        for _ in range(TRIES):
            try:
                decision = self._decide(command, frame, digest)
                if dry_run:
                    return Outcome(tuple(decision.entries), tuple(decision.warnings))
                return self._write(decision, frame.command_id, digest)
            except Conflict:
                known = self._known(frame.command_id, digest)
                if known is not None:
                    return known
                self._reader.refresh()
            except Rejected:
                # A repeat is answered with its first result even when a new one is refused now.
                known = self._known(frame.command_id, digest)
                if known is not None:
                    return known
                raise
        raise Busy(f"command {frame.command_id} met other writers {TRIES} times in a row")

    def record(self, entries: Sequence[Entry[Any]]) -> None:
        """Write the entries of one command as they are, undecided: they were decided elsewhere.

        Each must follow what its stream holds here.
        """
        first = entries[0]
        self.log.append(entries, command_id=first.command_id, digest=first.command_digest)
        self._reader.took(entries)

    def version(self, kind: StreamKind[Any], key: str) -> int:
        """How many events a stream has."""
        return self._reader.state(kind, kind.stream(key))[1]

    def advance(self, to: date) -> list[Outcome]:
        """Close and open day after day until `to` is open; a first day opens directly."""
        outcomes = []
        while self.day != to:
            day, last = self.day, self._last_closed()
            if day is not None:
                if day > to:
                    raise Rejected(Reason.DAY_ALREADY_CLOSED, day=to)
                outcomes.append(self._system(Close(day=day), f"day-{day}-close"))
            else:
                following = last + timedelta(days=1) if last else to
                outcomes.append(self._system(Open(day=following), f"day-{following}-open"))
        return outcomes

    def close_day(self) -> Outcome:
        """Close the open day."""
        day = self.day
        if day is None:
            raise Rejected(Reason.BOOKING_DATE_NOT_OPEN)
        return self._system(Close(day=day), f"day-{day}-close")

    def _last_closed(self) -> date | None:
        state = self.state(BUSINESS_DAY, DAY)
        return state.closed_day if state else None

    def _system(self, command: Any, command_id: str) -> Outcome:
        frame = Frame(actor=SYSTEM, command_id=command_id, channel="system")
        return self.execute(command, frame)

    def _known(self, command_id: str, digest: str) -> Outcome | None:
        row = self.log.command(command_id)
        if row is None:
            return None
        if row.digest != digest:
            raise Rejected(Reason.IDEMPOTENCY_KEY_REUSED, command_id=command_id)
        entries = tuple(self.log.entries(row.first - 1, row.last))
        return Outcome(entries, duplicate=True)

    def _decide(self, command: Any, frame: Frame, digest: str) -> Decision:
        handler = _handlers()[type(command)]
        decision = Decision(self._reader, frame, digest)
        check_role(handler, decision)
        if not isinstance(command, Open):
            # Reading the open day puts it into the read set: nothing books after the close.
            _ = decision.day if not isinstance(command, Close) else None
        handler.run(decision, command)
        return decision

    def _write(self, decision: Decision, command_id: str, digest: str) -> Outcome:
        warnings = tuple(decision.warnings)
        if not decision.entries:
            return self._known(command_id, digest) or Outcome((), warnings)
        positions = self.log.append(
            decision.entries,
            read=decision.read_set,
            last=decision.read_to,
            command_id=command_id,
            digest=digest,
        )
        stored = tuple(
            changed(entry, position=position)
            for entry, position in zip(decision.entries, positions, strict=True)
        )
        self._reader.wrote(stored, decision.written)
        if self.after_close is not None and isinstance(stored[-1].event, DayClosed):
            self.after_close()
        return Outcome(stored, warnings)


@cache
def _handlers() -> Mapping[type[Any], Handler]:
    """The table of handlers, imported when the first command comes: reading needs none of it."""
    from bankcore.operations.table import HANDLERS  # noqa: PLC0415

    return HANDLERS
