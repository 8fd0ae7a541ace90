"""What both recorders share: the save they are asked for and the reads the log needs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Protocol

from eventsourcing.persistence import IntegrityError, StoredEvent

from bankcore.store.chain import LinkedRow
from bankcore.store.codec import Row


class StaleStream(IntegrityError):  # noqa: N818  # an outcome of a race
    """A stream has another version than the decision read."""


@dataclass(frozen=True, slots=True)
class CommandSpan:
    """A command of a save: its events are `first … last`, counted from 0 within the save."""

    id: str
    digest: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class CommandRow:
    """A command as the log keeps it: digest of its body, positions of its first and last event."""

    id: str
    digest: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Terms:
    """Under which terms a save is taken: streams that must stand still, commands, bulk path.

    `read` maps streams the decision read but does not write to the version it saw.
    """

    read: Mapping[str, int] = field(default_factory=dict)
    commands: Sequence[CommandSpan] = ()
    bulk: bool = False


PLAIN: Final = Terms()


class Reads(Protocol):
    """The reads a log needs of its recorder; rows come with their heads, in log order."""

    def page(self, after: int, until: int) -> list[LinkedRow]:
        """The rows of positions `(after, until]`."""

    def stream_rows(self, stream: str, after: int) -> list[tuple[int, str, int, str, bytes]]:
        """The rows of one stream with versions above `after`, positions first, no heads."""

    def head(self) -> tuple[int, bytes]:
        """Last position and head; `(0, 32 zero bytes)` of an empty log."""

    def command(self, command_id: str) -> CommandRow | None:
        """The command of an id, if the log has it."""

    def commands(self, until: int) -> list[CommandRow]:
        """Every command that has an event up to a position, by first position."""

    def streams(self, prefix: str) -> list[str]:
        """The stream ids that begin with a prefix, in byte order."""

    def insert_linked(self, rows: Sequence[LinkedRow], commands: Sequence[CommandRow]) -> None:
        """Copy rows and commands unchanged into an empty log, in one transaction."""

    def close(self) -> None:
        """Close what the recorder itself has open."""

    def insert_events(
        self, stored_events: Sequence[StoredEvent], *, terms: Terms = ...
    ) -> Sequence[int] | None:
        """Append under the write lock: check, number, chain, insert; the new positions."""


def rows_of(events: Iterable[StoredEvent]) -> Iterable[Row]:
    """The rows of the library's stored events."""
    return ((str(e.originator_id), e.originator_version, e.topic, e.state) for e in events)


def first_versions(events: Iterable[StoredEvent]) -> dict[str, int]:
    """Stream -> version its first new event needs to find stored; versions must be contiguous."""
    found: dict[str, int] = {}
    last: dict[str, int] = {}
    for event in events:
        stream, version = str(event.originator_id), event.originator_version
        if stream in last:
            assert version == last[stream] + 1, f"{stream}@{version} follows {last[stream]}"
        else:
            assert version > 0, f"{stream}@{version}: versions count from 1"
            found[stream] = version - 1
        last[stream] = version
    return found


def command_rows(spans: Iterable[CommandSpan], base: int) -> list[CommandRow]:
    """The command rows of a save whose first event got position `base + 1`."""
    return [CommandRow(s.id, s.digest, base + 1 + s.first, base + 1 + s.last) for s in spans]
