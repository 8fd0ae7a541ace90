"""One command being decided: what was read of the bank, and what is emitted.

A `Decision` is the unit of work that every operation receives. It reads folded states through a
`Reader` and notes their versions as the read set; `emit` adds events to any streams and shows
them to later steps of the same decision. It does no I/O: the store supplies the reader and
writes `entries` afterwards, all in one transaction or not at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol, TypeVar

from bankcore.aggregates.business_day import BUSINESS_DAY
from bankcore.products.catalogue import Catalogue
from bankcore.values.entry import Entry
from bankcore.values.reasons import Reason, Rejected
from bankcore.values.roles import Actor
from bankcore.values.streams import Due, StreamKind

S = TypeVar("S")


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """How a command is given: by whom, over which channel, under which id, as of when.

    `value_date` earlier than the open day asks for back-value (倒起息) and then needs `ground`,
    `approval` (teller, supervisor, branch, head_office) and `approver`, GEN-05.
    """

    actor: Actor
    command_id: str
    channel: str = "counter"
    at: str | None = None
    value_date: date | None = None
    ground: str | None = None
    approval: str = "teller"
    approver: str | None = None
    late_entry: bool = False


class Books(Protocol):
    """Running totals of the ledger and its sub-ledgers, for tie-out and the day's digest."""

    def breaks(self) -> Mapping[str, int]:
        """Control account -> control minus sub-ledger in minor units, where it is not zero."""

    def trial_balance(self) -> Mapping[str, int]:
        """Account -> Σ debit − Σ credit in minor units, zero accounts left out."""

    def emitted(self, kind: StreamKind[Any], entry: Entry[Any], state: Any) -> None:
        """Take an entry of the running decision, and the state it left, into the totals."""


class Reader(Protocol):
    """What a decision can read; the store implements it, and so does the test kit in memory."""

    def state(self, kind: StreamKind[S], stream: str) -> tuple[S | None, int]:
        """The folded state and version of a stream; (None, 0) when there is none."""

    def history(self, stream: str) -> Sequence[Entry[Any]]:
        """All entries of a stream in order."""

    def due(self, on: date, step: int) -> Iterable[Due]:
        """Agenda items of a day and step over all stored streams."""

    def books(self) -> Books:
        """A copy of the running totals that the decision may carry forward."""

    def head(self) -> tuple[int, str]:
        """Position and chain head (hex) of the last stored event."""

    def catalogue(self) -> Catalogue:
        """The shipped catalogue with the rows adopted in the log."""


@dataclass(slots=True)
class _Seen:
    kind: StreamKind[Any]
    state: Any
    version: int
    stored: int


@dataclass(slots=True)
class Decision:
    """The unit of work of one command; see the module docstring.

    `read_to` is the last position of the log once agenda or books, which rest on every stream,
    were asked for: the decision then holds only while nothing follows that position.
    """

    reader: Reader
    frame: Frame
    digest: str = ""
    entries: list[Entry[Any]] = field(default_factory=list)
    warnings: list[Rejected] = field(default_factory=list)
    read_to: int | None = None
    _seen: dict[str, _Seen] = field(default_factory=dict)
    _books: Books | None = None
    _day: date | None = None

    @property
    def day(self) -> date:
        """The open business day (记账日); refuses `booking_date_not_open` when none is open."""
        if self._day is None:
            state = self.load(BUSINESS_DAY, "business-day")
            if state is None or state.open_day is None:
                raise Rejected(Reason.BOOKING_DATE_NOT_OPEN)
            self._day = state.open_day
        return self._day

    @property
    def value_date(self) -> date:
        """The value date asked for, or the open day."""
        return self.frame.value_date or self.day

    @property
    def catalogue(self) -> Catalogue:
        """Dated parameters as known today."""
        return self.reader.catalogue()

    @property
    def read_set(self) -> dict[str, int]:
        """Streams that were read but not written, with the version that was seen."""
        written = {entry.stream for entry in self.entries}
        return {s: seen.stored for s, seen in self._seen.items() if s not in written}

    @property
    def written(self) -> dict[str, tuple[Any, int]]:
        """State and version of each stream that this decision wrote to, as it left them."""
        written = {entry.stream for entry in self.entries}
        return {s: (self._seen[s].state, self._seen[s].version) for s in written}

    def load(self, kind: StreamKind[S], key: str) -> S | None:
        """The state of a stream including what this decision emitted; None when there is none."""
        state: S | None = self._look(kind, kind.stream(key)).state
        return state

    def need(self, kind: StreamKind[S], key: str) -> S:
        """The state of a stream that must exist, else `stream_not_found`."""
        state = self.load(kind, key)
        if state is None:
            raise Rejected(Reason.STREAM_NOT_FOUND, stream=kind.stream(key))
        return state

    def history(self, kind: StreamKind[Any], key: str) -> list[Entry[Any]]:
        """All entries of a stream, those of this decision included."""
        stream = kind.stream(key)
        self._look(kind, stream)
        mine = [entry for entry in self.entries if entry.stream == stream]
        return [*self.reader.history(stream), *mine]

    def emit(
        self,
        kind: StreamKind[Any],
        key: str,
        event: Any,
        *,
        value_date: date | None = None,
        caused_by: str | None = None,
    ) -> Entry[Any]:
        """Add an event to a stream; it is booked today and valued on `value_date` or today."""
        stream = kind.stream(key)
        seen = self._look(kind, stream)
        day = self._day or self.day
        entry = Entry(
            stream=stream,
            version=seen.version + 1,
            event=event,
            booking_date=day,
            value_date=value_date or day,
            actor=self.frame.actor,
            channel=self.frame.channel,
            command_id=self.frame.command_id,
            command_digest=self.digest,
            at=self.frame.at,
            caused_by=caused_by,
            late_entry=self.frame.late_entry,
        )
        seen.version, seen.state = entry.version, kind.evolve(seen.state, entry)
        self.entries.append(entry)
        if self._books is not None:
            self._books.emitted(kind, entry, seen.state)
        return entry

    def warn(self, reason: Reason, **facts: object) -> None:
        """Note what the bank would have refused but a person may decide (警示)."""
        self.warnings.append(Rejected(reason, **facts))

    def begin_day(self, day: date) -> None:
        """Book this decision on a day that it opens itself (business_day.open alone)."""
        self._day = day

    def books(self) -> Books:
        """Ledger totals including what this decision emitted; asked for at close of day."""
        self._read_all()
        self._books = self.reader.books()
        for entry in self.entries:
            # Only the last state of a stream counts for its sub-ledger, so the order of earlier
            # ones does not matter.
            seen = self._seen[entry.stream]
            self._books.emitted(seen.kind, entry, seen.state)
        return self._books

    def due(self, on: date, step: int) -> list[Due]:
        """Agenda items of a step: stored streams, corrected by what this decision emitted."""
        self._read_all()
        touched = {entry.stream for entry in self.entries}
        items = [due for due in self.reader.due(on, step) if due.stream not in touched]
        for stream in sorted(touched):
            seen = self._seen[stream]
            items += [d for d in seen.kind.agenda(stream, seen.state) if d.is_due(on, step)]
        return items

    def still_due(self, due: Due) -> bool:
        """True while the item stands on the agenda of its stream as this decision left it."""
        seen = self._seen.get(due.stream)
        return seen is None or due in seen.kind.agenda(due.stream, seen.state)

    def _read_all(self) -> None:
        if self.read_to is None:
            self.read_to = self.reader.head()[0]

    def _look(self, kind: StreamKind[Any], stream: str) -> _Seen:
        seen = self._seen.get(stream)
        if seen is None:
            state, version = self.reader.state(kind, stream)
            seen = self._seen[stream] = _Seen(kind, state, version, version)
        return seen
