"""The application of the eventsourcing library that stores the log.

Its mapper is our codec and its recorder ours, so the library's own `save`, `events` and
`repository` work on the same rows as `Log`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from eventsourcing.application import Application
from eventsourcing.domain import DomainEventProtocol
from eventsourcing.persistence import Mapper, StoredEvent
from eventsourcing.utils import Environment, EnvType

from bankcore.store.codec import decode, encode
from bankcore.values.entry import Entry


@dataclass(frozen=True, slots=True)
class Recorded:
    """An entry as the library sees it: an event with the place in its stream."""

    originator_id: str
    originator_version: int
    entry: Entry[Any]


class CodecMapper(Mapper[str]):
    """The library's door to the codec; nothing of its topics, transcoders or ciphers is used."""

    def to_stored_event(self, domain_event: DomainEventProtocol[str]) -> StoredEvent:
        """The stored event of a `Recorded`; anything else is a bug."""
        assert isinstance(domain_event, Recorded), f"{domain_event!r} is not a recorded entry"
        return StoredEvent(*encode(domain_event.entry))

    def to_domain_event(self, stored_event: StoredEvent) -> DomainEventProtocol[str]:
        """The `Recorded` of a stored event; its entry's position is 0, for it is not told here."""
        stream, version = str(stored_event.originator_id), stored_event.originator_version
        entry = decode(0, stream, version, stored_event.topic, stored_event.state)
        made: DomainEventProtocol[str] = Recorded(stream, version, entry)
        return made


class LogApplication(Application[str]):
    """The store of one log. The name is part of PostgreSQL table names, so it is fixed."""

    name = "bank"

    def construct_env(self, name: str, env: EnvType | None = None) -> Environment:
        """What the caller says, and nothing of `os.environ`: no variable can redirect the store."""
        return Environment(name, {"ORIGINATOR_ID_TYPE": "text", **(env or {})})

    def construct_mapper(self) -> Mapper[str]:
        """The codec as the library's mapper."""
        return CodecMapper(transcoder=self.construct_transcoder())
