"""What both recorders share: the save they are asked for and the reads the log needs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple, Protocol

from eventsourcing.persistence import IntegrityError, StoredEvent

from bankcore.store.chain import LinkedRow
from bankcore.store.codec import Row


class StaleStream(IntegrityError):  # noqa: N818  # an outcome of a race
    """A stream has another version than the decision read."""


class CommandRow(NamedTuple):
    """A command as the log keeps it: digest of its body, positions of its first and last event.

    In the terms of a save the positions count from 0 within the save.
    """

    id: str
    digest: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Terms:
    """Under which terms a save is taken: streams that must stand still, commands, bulk path.

    `read` maps streams the decision read but does not write to the version it saw; `last` is the
    position that must still be the log's last, where the decision rests on the whole log.
    """

    read: Mapping[str, int] = field(default_factory=dict)
    commands: Sequence[CommandRow] = ()
    bulk: bool = False
    last: int | None = None

    def check_last(self, found: int) -> None:
        """Raise `StaleStream` when events came since the whole log was read."""
        if self.last is not None and found != self.last:
            raise StaleStream(f"the log ends at {found}, not {self.last}")


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

    def commands_named(self, ids: Sequence[str]) -> list[CommandRow]:
        """The commands of these ids that are there, in any order."""

    def command_reach(self, until: int) -> tuple[int, int]:
        """How many commands begin up to a position, and where the last of all begins."""

    def streams(self, prefix: str) -> list[str]:
        """The stream ids that begin with a prefix, in byte order."""

    def insert_linked(self, rows: Iterable[LinkedRow], commands: Sequence[CommandRow]) -> None:
        """Copy rows and commands unchanged into an empty log, in one transaction."""

    @property
    def file(self) -> str | None:
        """The name by which another connection can attach the database; None where none can."""

    def take_prefix(self, file: str, until: int) -> bool:
        """Copy rows and commands up to a position inside the database; False where it can't."""

    def close(self) -> None:
        """Close what the recorder itself has open."""

    def insert_rows(self, rows: Sequence[Row], terms: Terms) -> Sequence[int]:
        """Append under the write lock: check, number, chain, insert; the new positions."""


def rows_of(events: Iterable[StoredEvent]) -> list[Row]:
    """The rows of the library's stored events, whose ids are texts here."""
    return [(str(e.originator_id), e.originator_version, e.topic, e.state) for e in events]


def expected(rows: Iterable[Row], read: Mapping[str, int]) -> dict[str, int]:
    """Stream -> version that must be stored for a save to go through.

    That is the version before its first new event, versions being contiguous, and for streams
    the decision only read the version it saw.
    """
    first: dict[str, int] = {}
    last: dict[str, int] = {}
    for stream, version, _name, _state in rows:
        before = last.get(stream)
        if before is None:
            before = first[stream] = version - 1
        assert version == before + 1 > 0, f"{stream}@{version} does not follow {before}"
        last[stream] = version
    for stream, version in read.items():
        if first.setdefault(stream, version) != version:
            raise StaleStream(f"{stream} was read at {version}, decided on at {first[stream]}")
    return first


def command_rows(commands: Iterable[CommandRow], base: int) -> list[tuple[str, str, int, int]]:
    """The command rows of a save whose first event gets position `base + 1`."""
    base += 1
    return [(name, digest, base + first, base + last) for name, digest, first, last in commands]
