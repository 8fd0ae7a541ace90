"""Bringing a log in from its JSON lines (导入): the rows as they were, heads checked on the way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import cast

from bankcore.store.chain import LinkedRow
from bankcore.store.codec import decode
from bankcore.store.lines import from_lines
from bankcore.store.log import open_log
from bankcore.store.recording import CommandRow, Reads
from bankcore.values.errors import BadInput


def import_lines(path: Path, target: str) -> int:
    """Make a new log of exported lines and answer how many events it holds.

    Everything is read and checked before the log is made, so a broken file leaves nothing.
    """
    if not path.is_file():
        raise BadInput("there is no such file", place=str(path))
    with path.open(encoding="utf-8") as lines:
        rows = list(from_lines(lines, str(path)))
    commands = list(command_rows(rows))
    with open_log(target, create=True) as log:
        if log.head()[0]:
            raise BadInput("already holds a log", place=target, remedy="name a new one")
        cast("Reads", log.application.recorder).insert_linked(rows, commands)
    return len(rows)


def command_rows(rows: Sequence[LinkedRow]) -> Iterable[CommandRow]:
    """The command index of rows, from the envelopes alone."""
    spans: dict[str, CommandRow] = {}
    for row in _decoded(rows):
        position, command_id, digest = row
        known = spans.get(command_id)
        first = known.first if known else position
        spans[command_id] = CommandRow(command_id, digest, first, position)
    return spans.values()


def _decoded(rows: Sequence[LinkedRow]) -> Iterator[tuple[int, str, str]]:
    for position, stream, version, name, state, _ in rows:
        entry = decode(position, stream, version, name, state)
        if entry.command_id:
            yield position, entry.command_id, entry.command_digest
