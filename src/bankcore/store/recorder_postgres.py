"""The recorder for PostgreSQL, on the library's.

The same save as in SQLite, in a plain transaction under the table lock: no pipeline (it hangs on
large saves over a unix socket), no hidden retry (a lost reply to COMMIT would look like somebody
else's events), no database function (it takes no lock). Positions are given under the lock, so
there are no gaps and both backends end with the same position and head.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, NamedTuple

from eventsourcing.persistence import StoredEvent
from eventsourcing.postgres import (
    PostgresApplicationRecorder,
    PostgresDatastore,
    PostgresFactory,
)
from eventsourcing.utils import Environment, EnvType
from psycopg import Cursor
from psycopg.conninfo import conninfo_to_dict
from psycopg.rows import DictRow, tuple_row
from psycopg.sql import SQL, Composed, Identifier

from bankcore.store.address_postgres import COMMANDS_TABLE
from bankcore.store.binary_copy import event_blocks
from bankcore.store.chain import EMPTY, LinkedRow, linked
from bankcore.store.codec import Row
from bankcore.store.questions import Questions
from bankcore.store.recording import (
    PLAIN,
    CommandRow,
    StaleStream,
    Terms,
    command_rows,
    expected,
    rows_of,
)

_CREATE: Final = (
    "CREATE SCHEMA IF NOT EXISTS {schema}",
    """CREATE TABLE IF NOT EXISTS {events} (
        notification_id bigint PRIMARY KEY,
        originator_id text COLLATE "C" NOT NULL,
        originator_version bigint NOT NULL CHECK (originator_version > 0),
        topic text NOT NULL,
        state bytea NOT NULL,
        head bytea NOT NULL,
        UNIQUE (originator_id, originator_version))""",
    """CREATE TABLE IF NOT EXISTS {commands} (
        id text COLLATE "C" PRIMARY KEY,
        digest text NOT NULL,
        first bigint NOT NULL,
        last bigint NOT NULL)""",
)
_CHECK: Final = """
    WITH last AS (
        SELECT notification_id, head FROM {events} ORDER BY notification_id DESC LIMIT 1),
    moved AS (
        SELECT * FROM (
            SELECT stream, version, (SELECT COALESCE(MAX(originator_version), 0) FROM {events}
                                     WHERE originator_id = stream) AS found
            FROM (SELECT key AS stream, value::bigint AS version
                  FROM json_each_text(%s::json)) AS asked) AS each
        WHERE found <> version LIMIT 1)
    SELECT stream, found, version, COALESCE(notification_id, 0), COALESCE(head, '')
    FROM (SELECT 1) AS one LEFT JOIN last ON true LEFT JOIN moved ON true"""
_INSERT: Final = """
    WITH kept AS (
        INSERT INTO {commands} (id, digest, first, last)
        SELECT * FROM unnest(%s::text[], %s::text[], %s::bigint[], %s::bigint[]))
    INSERT INTO {events} (notification_id, originator_id, originator_version, topic, state, head)
    SELECT * FROM unnest(%s::bigint[], %s::text[], %s::bigint[], %s::text[], %s::bytea[],
                         %s::bytea[])"""
_COPY_EVENTS: Final = """COPY {events}
    (notification_id, originator_id, originator_version, topic, state, head)
    FROM STDIN (FORMAT BINARY)"""
_EVENT_TYPES: Final = ("int8", "text", "int8", "text", "bytea", "bytea")
_COPY_COMMANDS: Final = "COPY {commands} (id, digest, first, last) FROM STDIN (FORMAT BINARY)"
_COMMAND_TYPES: Final = ("text", "text", "int8", "int8")
_LOCK_NUMBER: Final = 20260105
"""Names the advisory lock under which tables are made; any fixed number serves."""


class _Written(NamedTuple):
    """What the last bulk save of this process left.

    As long as the head is still that one, nobody has written since, and the streams need not be
    looked up again for the next save.
    """

    head: bytes
    versions: dict[str, int]


class PgRecorder(Questions, PostgresApplicationRecorder):
    """Events, heads and commands in one PostgreSQL schema."""

    position = "notification_id"

    def __init__(
        self, datastore: PostgresDatastore, *, events_table_name: str = "stored_events"
    ) -> None:
        """Replace the library's statements: its table, type and function are not used."""
        super().__init__(datastore, events_table_name=events_table_name)
        self._made: dict[str, bytes] = {}
        self._written: _Written | None = None
        self.sql_create_statements = [self._composed(text) for text in _CREATE]
        # Both statements in one round trip; there are no parameters, so that is allowed.
        wait = int(datastore.lock_timeout)
        self._locking = self.sql(
            f"SET LOCAL lock_timeout = '{wait}s'; LOCK TABLE {{events}} IN EXCLUSIVE MODE"
        )

    def sql(self, text: str) -> bytes:
        """A statement with the names of this log's schema and tables filled in, made once."""
        made = self._made.get(text)
        if made is None:
            made = self._made[text] = self._composed(text).as_bytes()
        return made

    def _composed(self, text: str) -> Composed:
        schema = self.datastore.schema
        return SQL(text).format(
            schema=Identifier(schema),
            events=Identifier(schema, self.events_table_name),
            commands=Identifier(schema, COMMANDS_TABLE),
        )

    def _create_table(self, curs: Cursor[DictRow]) -> None:
        # Two processes that create at once would deadlock or fail without this lock.
        curs.execute("SELECT pg_advisory_xact_lock(%s)", (_LOCK_NUMBER,))
        super()._create_table(curs)

    def insert_events(self, stored_events: Sequence[StoredEvent], **_: Any) -> Sequence[int]:
        """The library's own door to the same save."""
        return self.insert_rows(rows_of(stored_events), PLAIN)

    def insert_rows(self, rows: Sequence[Row], terms: Terms) -> Sequence[int]:
        """Append under the table lock: check, number, chain, insert; the new positions."""
        if not rows:
            return []
        streams = expected(rows, terms.read)
        with self.datastore.transaction(commit=True) as curs:
            self._lock(curs)
            last, head = self._checked(curs, streams)
            terms.check_last(last)
            chained = list(linked(last, head, rows))
            self._write(curs, chained, command_rows(terms.commands, last), bulk=terms.bulk)
        self._written = (
            _Written(chained[-1][5], dict(row[:2] for row in rows)) if terms.bulk else None
        )
        return range(last + 1, last + 1 + len(rows))

    def _lock(self, curs: Cursor[Any]) -> None:
        """Keep other writers out until the end of the transaction; readers go on."""
        curs.execute(self._locking)
        curs.row_factory = tuple_row

    def _checked(self, curs: Cursor[Any], versions: Mapping[str, int]) -> tuple[int, bytes]:
        """Last position and head, if every stream stands where it must; mostly one round trip."""
        written = self._written
        if written is None:
            return self._asked(curs, versions)
        unknown = {name: v for name, v in versions.items() if name not in written.versions}
        last, head = self._asked(curs, unknown)
        if head != written.head:
            return self._asked(curs, versions)
        for stream, found in written.versions.items():
            if versions.get(stream, found) != found:
                raise StaleStream(f"{stream} is at version {found}, not {versions[stream]}")
        return last, head

    def _asked(self, curs: Cursor[Any], versions: Mapping[str, int]) -> tuple[int, bytes]:
        # As one text: many streams in arrays take longer to send than to look up.
        asked = (json.dumps(versions),)
        row = curs.execute(self.sql(_CHECK), asked, prepare=True, binary=True).fetchone()
        assert row is not None, "a row is made even of an empty log"
        stream, found, version, last, head = row
        if stream is not None:
            raise StaleStream(f"{stream} is at version {found}, not {version}")
        return last, bytes(head) or EMPTY

    def _write(
        self,
        curs: Cursor[Any],
        rows: Iterable[LinkedRow],
        commands: Sequence[tuple[str, str, int, int]],
        *,
        bulk: bool,
    ) -> None:
        if bulk:
            self._copy(curs, rows, commands)
        else:
            events = [list(column) for column in zip(*rows, strict=True)]
            kept = [list(column) for column in zip(*commands, strict=True)] or [[], [], [], []]
            curs.execute(self.sql(_INSERT), (*kept, *events), prepare=True)

    def _copy(
        self,
        curs: Cursor[Any],
        rows: Iterable[LinkedRow],
        commands: Sequence[tuple[str, str, int, int]],
    ) -> None:
        with curs.copy(self.sql(_COPY_EVENTS)) as out:
            for block in event_blocks(rows):
                out.write(block)
        if not commands:
            return
        with curs.copy(self.sql(_COPY_COMMANDS)) as out:
            out.set_types(_COMMAND_TYPES)
            for command in commands:
                out.write_row(command)

    file = None

    def take_prefix(self, file: str, until: int) -> bool:  # noqa: ARG002  # the other's signature
        """A server can't reach into a file: the rows go through this process."""
        return False

    def insert_linked(self, rows: Iterable[LinkedRow], commands: Sequence[CommandRow]) -> None:
        """Append rows that already have position and head; the caller vouches for both."""
        with self.datastore.transaction(commit=True) as curs:
            self._lock(curs)
            self._write(curs, rows, commands, bulk=True)

    def page(self, after: int, until: int) -> list[LinkedRow]:
        """The rows of positions `(after, until]`, by binary COPY, twice as fast as a cursor."""
        text = (
            f"COPY (SELECT {self.columns}, head FROM {{events}} WHERE notification_id > {after:d}"  # noqa: S608  # integers only
        )
        text += f" AND notification_id <= {until:d} ORDER BY 1) TO STDOUT (FORMAT BINARY)"
        with self.datastore.cursor() as curs, curs.copy(self._composed(text)) as out:
            out.set_types(_EVENT_TYPES)
            return list(out.rows())

    def _select(self, text: str, values: tuple[Any, ...]) -> list[Any]:
        with self.datastore.get_connection() as conn, conn.cursor(row_factory=tuple_row) as curs:
            return curs.execute(self.sql(text), values, prepare=True, binary=True).fetchall()

    def close(self) -> None:
        """Nothing of its own is open; the pool is the factory's to close."""


class PgFactory(PostgresFactory):
    """Builds the recorder; `CONNINFO` carries what the target says beyond the library's keys."""

    application_recorder_class = PgRecorder

    def __init__(self, env: Environment | EnvType | None) -> None:
        """Add connection options before anything has been opened.

        What the target leaves open is stated as empty, so that PGHOSTADDR and PGOPTIONS of the
        process environment, or a service file, can't lead elsewhere.
        """
        super().__init__(env)
        kwargs = self.datastore.pool.kwargs
        assert isinstance(kwargs, dict), "the library passes connection arguments as a dict"
        kwargs.update(conninfo_to_dict(self.env.get("CONNINFO", "")))
        # A plan made while the table was small would scan it for ever; every query has an index.
        options = [str(kwargs.get("options") or ""), "-c enable_seqscan=off"]
        if self.env.get("DURABLE", "y") != "y":
            options.append("-c synchronous_commit=off")
        kwargs["options"] = " ".join(options).strip()
