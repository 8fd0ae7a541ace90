"""Addresses of PostgreSQL databases: read, and asked for where their log ends."""

from __future__ import annotations

from contextlib import closing
from typing import Any, Final
from urllib.parse import parse_qsl, urlencode, urlsplit

import psycopg
from psycopg.conninfo import conninfo_to_dict
from psycopg.sql import SQL, Identifier

from bankcore.values.errors import BadInput

EVENTS_TABLE: Final = "bank_events"
"""What the library makes of the application's name."""

COMMANDS_TABLE: Final = "bank_commands"
_LAST: Final = "SELECT notification_id, head FROM {} ORDER BY notification_id DESC LIMIT 1"
_EMPTY: Final = bytes(32)


def read_address(target: str) -> tuple[dict[str, Any], str]:
    """The connection settings of an address and its schema; `BadInput` when it is none."""
    parts = urlsplit(target)
    query = dict(parse_qsl(parts.query))
    schema = query.pop("schema", "public")
    try:
        info = conninfo_to_dict(parts._replace(query=urlencode(query)).geturl())
    except psycopg.ProgrammingError as reason:
        problem = f"is no PostgreSQL address ({reason})".strip()
        raise BadInput(problem, place=shown(target)) from reason
    if not info.get("user") or not info.get("dbname"):
        raise BadInput(
            "user and database must be named",
            place=shown(target),
            remedy="write postgresql://USER@HOST/DATABASE",
        )
    # What the address leaves open is stated as empty: libpq would ask the process environment.
    return {"host": "localhost", "port": "5432", "hostaddr": "", "options": "", **info}, schema


def last_event(target: str) -> tuple[int, bytes]:
    """Position and head of the last event; `(0, 32 zero bytes)` where there is no log."""
    info, schema = read_address(target)
    try:
        with closing(psycopg.connect(**{"connect_timeout": 5, **info})) as connection:
            found = connection.execute(SQL(_LAST).format(Identifier(schema, EVENTS_TABLE)))
            row = found.fetchone()
    except psycopg.errors.UndefinedTable:
        return 0, _EMPTY
    except psycopg.Error as reason:
        raise BadInput(f"can't be opened ({reason})", place=shown(target)) from reason
    return (row[0], bytes(row[1])) if row else (0, _EMPTY)


def shown(target: str) -> str:
    """The address without its password."""
    parts = urlsplit(target)
    host = parts.netloc.rpartition("@")[2]
    user = f"{parts.username}@" if parts.username else ""
    return parts._replace(netloc=user + host).geturl()
