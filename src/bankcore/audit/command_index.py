"""Checking the index of commands (指令索引): it must be what the envelopes say (GEN-07).

It decides what a repeated command is answered. A command's events stand side by side, so its row
is compared when its run of events ends, and nothing of it is kept: as many rows as runs, each
like its run, is the whole index. Only where that fails is the log read again to name each fault.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from bankcore.audit.checks import Fault
from bankcore.store.log import Log
from bankcore.store.recording import CommandRow
from bankcore.values.entry import Entry

TOGETHER: Final = 500
"""Runs that are looked up at once."""


@dataclass(slots=True)
class CommandIndex:
    """The index held against the entries as they pass by."""

    log: Log
    runs: int = 0
    differs: bool = False
    waiting: dict[str, CommandRow] = field(default_factory=dict)

    def take(self, entry: Entry[Any]) -> None:
        """Take the next entry; the commands before it are compared in bunches."""
        name, at = entry.command_id, entry.position
        known = self.waiting.get(name)
        if known is None:
            if len(self.waiting) >= TOGETHER:
                self._compare()
            self.runs += 1
        first = known.first if known else at
        self.waiting[name] = CommandRow(name, entry.command_digest, first, at)

    def faults(self, events: int) -> Iterator[Fault]:
        """Each command whose row is not as the envelopes of so many events say.

        What other writers added since the last event was read is theirs; what points behind the
        head of the log shows that its tail was cut.
        """
        self._compare()
        rows, last = self.log.command_reach(events)
        # The head is read after the index: a writer may add to both meanwhile.
        if self.differs or rows != self.runs or last > self.log.head()[0]:
            yield from _named(self.log, events)

    def _compare(self) -> None:
        found = {row.id: row for row in self.log.commands_named(list(self.waiting))}
        self.differs = self.differs or found != self.waiting
        self.waiting.clear()


def _named(log: Log, events: int) -> Iterator[Fault]:
    """The same with everything in memory, fault by fault in the order of ids."""
    spans: dict[str, CommandRow] = {}
    for entry in log.entries(0, events):
        known = spans.get(entry.command_id)
        first = known.first if known else entry.position
        spans[entry.command_id] = CommandRow(
            entry.command_id, entry.command_digest, first, entry.position
        )
    stored = log.commands()
    head = log.head()[0]
    index = {row.id: row for row in stored if not events < row.first <= head}
    for command_id in sorted(spans.keys() | index.keys()):
        if spans.get(command_id) != index.get(command_id):
            span = spans.get(command_id) or index[command_id]
            problem = f"the index of command {command_id} differs from the envelopes"
            yield Fault("commands", span.first, "", problem, _cut(span, head))


def _cut(span: CommandRow, head: int) -> str:
    return "cut: it points behind the end of the log" if span.last > head else ""
