"""The log: entries in, entries out, in one order, chained; whatever holds it.

`open_log` opens a file, shared memory or a PostgreSQL database. Appending is atomic over any
number of streams and checks every expected version under the write lock. Raised on purpose:
`Conflict` (decide again), `Busy` (locked too long, nothing written), `DamagedLog`, `BadInput`.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from types import TracebackType
from typing import Any, Final, Self, cast

from bankcore.store.application import LogApplication
from bankcore.store.chain import LinkedRow
from bankcore.store.codec import decode, encode
from bankcore.store.failures import telling
from bankcore.store.recording import CommandRow, Reads, Terms
from bankcore.store.targets import Opening, environment
from bankcore.values.entry import Entry
from bankcore.values.errors import BadInput

PAGE: Final = 5_000
"""Rows fetched at once by a scan: large enough to be fast, small enough to stay in cache."""

BEHIND: Final = 2**62
"""A position behind every head."""


Watch = Callable[[Iterator[LinkedRow], int], Iterator[LinkedRow]]
"""Passes rows on and may tell how far a scan is, given how many rows there are."""


class Log:
    """One open log. Use it as a context manager, or close it; close it before a fork."""

    def __init__(self, application: LogApplication) -> None:
        """Wrap an application whose recorder is one of ours; `open_log` is the way in."""
        self.application = application
        self._recorder = cast("Reads", application.recorder)
        self._pid = os.getpid()
        self._closing = threading.Lock()
        self._open = True
        self.watch: Watch | None = None

    def append(
        self,
        entries: Sequence[Entry[Any]],
        *,
        read: Mapping[str, int] | None = None,
        command_id: str = "",
        digest: str = "",
        last: int | None = None,
    ) -> list[int]:
        """Store the entries of one command in one transaction; their positions, without gaps.

        Each stream's versions continue what is stored, `read` names streams that must still be
        at the version the decision saw, `last` the position at which the log must still end, and
        a command id is taken once; else `Conflict`.
        """
        named = (CommandRow(command_id, digest, 0, len(entries) - 1),) if command_id else ()
        return self._save(entries, Terms(read or {}, named, last=last))

    def append_bulk(
        self, entries: Sequence[Entry[Any]], *, read: Mapping[str, int] | None = None
    ) -> list[int]:
        """Store the entries of many commands in one transaction, by the fast path.

        Rows, bytes and commands (taken from the envelopes) are those that `append` would have
        written command by command.
        """
        return self._save(entries, Terms(read or {}, _commands(entries), bulk=True))

    def _save(self, entries: Sequence[Entry[Any]], terms: Terms) -> list[int]:
        assert os.getpid() == self._pid, "a store must not be used across a fork"
        rows = [encode(entry) for entry in entries]
        with telling():
            return list(self._recorder.insert_rows(rows, terms))

    def stream(self, stream_id: str, after: int = 0) -> list[Entry[Any]]:
        """The entries of one stream with versions above `after`; none for an unknown stream."""
        with telling():
            rows = self._recorder.stream_rows(stream_id, after)
        return [decode(*row) for row in rows]

    def entries(self, after: int = 0, until: int | None = None) -> Iterator[Entry[Any]]:
        """The entries of positions `(after, until]` in log order; up to the head seen at first."""
        for row in self.rows(after, until):
            yield decode(*row[:5])

    def rows(self, after: int = 0, until: int | None = None) -> Iterator[LinkedRow]:
        """The raw rows of positions `(after, until]` with their heads: the fast scan.

        `watch`, where one is set, sees each row pass and how many there will be.
        """
        last = self.head()[0] if until is None else until
        rows = self._scan(after, last)
        return rows if self.watch is None else self.watch(rows, last - after)

    def _scan(self, after: int, last: int) -> Iterator[LinkedRow]:
        for start in range(after, last, PAGE):
            with telling():
                page = self._recorder.page(start, min(start + PAGE, last))
            yield from page

    def head(self) -> tuple[int, bytes]:
        """Last position and head of the chain; `(0, 32 zero bytes)` of an empty log."""
        with telling():
            return self._recorder.head()

    def digest(self) -> str:
        """The head as hexadecimal: what is printed, kept elsewhere and compared."""
        return self.head()[1].hex()

    def command(self, command_id: str) -> CommandRow | None:
        """What is known of a command id: body digest, first and last position."""
        with telling():
            return self._recorder.command(command_id)

    def commands(self) -> list[CommandRow]:
        """The whole index of commands, also what points behind the head: an audit compares it."""
        with telling():
            return self._recorder.commands(BEHIND)

    def commands_named(self, ids: Sequence[str]) -> list[CommandRow]:
        """What is known of these command ids; at most some thousands at once."""
        with telling():
            return self._recorder.commands_named(ids)

    def command_reach(self, until: int) -> tuple[int, int]:
        """How many commands begin up to a position, and where the last of all begins."""
        with telling():
            return self._recorder.command_reach(until)

    def streams(self, prefix: str) -> list[str]:
        """The ids of the streams that begin with a prefix, in byte order."""
        with telling():
            return self._recorder.streams(prefix)

    def copy_prefix(self, target: str, until_position: int) -> Log:
        """A new log with the same rows and heads up to a position: the two share that head.

        The target must be empty (`BadInput` otherwise); the copy is returned open.
        """
        copy = open_log(target, create=True)
        if copy.head()[0]:
            copy.close()
            raise BadInput("already holds a log", place=target, remedy="name a new one")
        with telling():
            there, here = copy._recorder, self._recorder  # noqa: SLF001  # of its own class
            if here.file is None or not there.take_prefix(here.file, until_position):
                commands = [
                    row._replace(last=min(row.last, until_position))
                    for row in here.commands(until_position)
                ]
                there.insert_linked(self.rows(0, until_position), commands)
        return copy

    def close(self) -> None:
        """Close every connection; a second time does nothing."""
        with self._closing:
            if self._open:
                self._open = False
                self._recorder.close()
                self.application.close()

    def __enter__(self) -> Self:
        """The log itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close, whatever happened."""
        self.close()


def open_log(target: str, *, create: bool = False, durable: bool = True, wait: int = 5) -> Log:
    """Open the log at a path, `:memory:` or `postgresql://USER@HOST/DATABASE[?schema=NAME]`.

    Only `create` makes one (an existing one is opened). `durable=False` survives a crash of the
    process but may lose the last commands with the machine's power. `wait` is how many seconds
    to wait for another writer before `Busy`.
    """
    env = environment(target, Opening(create=create, durable=durable, wait=wait))
    with telling():
        application = LogApplication(env)
    return Log(application)


def _commands(entries: Sequence[Entry[Any]]) -> list[CommandRow]:
    """Each run of entries with one command id, by place in the save."""
    starts = [
        n
        for n, entry in enumerate(entries)
        if n == 0 or entry.command_id != entries[n - 1].command_id
    ]
    ends = [*starts[1:], len(entries)] if entries else []
    return [
        CommandRow(entries[start].command_id, entries[start].command_digest, start, end - 1)
        for start, end in zip(starts, ends, strict=True)
        if entries[start].command_id
    ]
