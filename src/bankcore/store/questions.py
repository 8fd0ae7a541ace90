"""What both databases are asked, in one wording: names in braces, values as `%s`."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Any, ClassVar

from bankcore.store.chain import EMPTY
from bankcore.store.recording import CommandRow


class Questions(ABC):
    """The reading half of a recorder; a backend fills in the names and runs the statement."""

    position: ClassVar[str]
    """The column that holds an event's position in the log."""

    @property
    def columns(self) -> str:
        """The columns of a row of the log, without its head."""
        return f"{self.position}, originator_id, originator_version, topic, state"

    @abstractmethod
    def _select(self, text: str, values: tuple[Any, ...]) -> list[Any]:
        """All rows as plain tuples; `{events}` and `{commands}` stand for the tables."""

    def stream_rows(self, stream: str, after: int) -> list[tuple[int, str, int, str, bytes]]:
        """The rows of one stream with versions above `after`, by version."""
        text = f"SELECT {self.columns} FROM {{events}} WHERE originator_id = %s"  # noqa: S608  # constants only
        where = "AND originator_version > %s ORDER BY originator_version"
        return self._select(f"{text} {where}", (stream, after))

    def head(self) -> tuple[int, bytes]:
        """Last position and head."""
        text = f"SELECT {self.position}, head FROM {{events}} ORDER BY {self.position} DESC LIMIT 1"  # noqa: S608  # constants only
        found = self._select(text, ())
        return found[0] if found else (0, EMPTY)

    def command(self, command_id: str) -> CommandRow | None:
        """The command of an id."""
        text = "SELECT id, digest, first, last FROM {commands} WHERE id = %s"
        found = self._select(text, (command_id,))
        return CommandRow(*found[0]) if found else None

    def commands(self, until: int) -> list[CommandRow]:
        """Every command that has an event up to a position, by first position."""
        text = "SELECT id, digest, first, last FROM {commands} WHERE first <= %s ORDER BY first"
        return [CommandRow(*row) for row in self._select(text, (until,))]

    def commands_named(self, ids: Sequence[str]) -> list[CommandRow]:
        """The commands of these ids that are there, in any order."""
        if not ids:
            return []
        marks = ", ".join(["%s"] * len(ids))
        text = f"SELECT id, digest, first, last FROM {{commands}} WHERE id IN ({marks})"  # noqa: S608  # marks only
        return [CommandRow(*row) for row in self._select(text, tuple(ids))]

    def command_reach(self, until: int) -> tuple[int, int]:
        """How many commands begin up to a position, and where the last of all begins."""
        text = "SELECT COUNT(CASE WHEN first <= %s THEN 1 END), COALESCE(MAX(first), 0)"
        count, last = self._select(f"{text} FROM {{commands}}", (until,))[0]
        return count, last

    def streams(self, prefix: str) -> list[str]:
        """The stream ids that begin with a prefix, in byte order."""
        text = "SELECT originator_id FROM {events} WHERE originator_version = 1"
        where = "AND originator_id >= %s AND originator_id < %s ORDER BY originator_id"
        return [row[0] for row in self._select(f"{text} {where}", (prefix, f"{prefix}\U0010ffff"))]
