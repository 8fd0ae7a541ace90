"""Addresses of PostgreSQL databases: read, checked by one connection, made into settings."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from typing import Any, Final
from urllib.parse import parse_qsl, urlencode, urlsplit

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from bankcore.store.recorder_postgres import COMMANDS_TABLE, EVENTS_TABLE
from bankcore.store.targets import Opening
from bankcore.values.errors import BadInput

_PG: Final = "bankcore.store.recorder_postgres:PgFactory"


def settings(target: str, how: Opening) -> dict[str, str]:
    """The library's settings for an address; `BadInput` when no log can be opened there."""
    parts = urlsplit(target)
    query = dict(parse_qsl(parts.query))
    schema = query.pop("schema", "public")
    try:
        info = conninfo_to_dict(parts._replace(query=urlencode(query)).geturl())
    except psycopg.ProgrammingError as reason:
        problem = f"is no PostgreSQL address ({reason})".strip()
        raise BadInput(problem, place=_shown(target)) from reason
    if not info.get("user") or not info.get("dbname"):
        raise BadInput(
            "user and database must be named",
            place=_shown(target),
            remedy="write postgresql://USER@HOST/DATABASE",
        )
    # What the address leaves open is stated as empty: libpq would ask the process environment.
    info = {"host": "localhost", "port": "5432", "hostaddr": "", "options": "", **info}
    _check_database(info, schema, how, place=_shown(target))
    own = {key: str(info.pop(key, "")) for key in ("dbname", "host", "port", "user")}
    password = str(info.pop("password", "") or "")
    return {
        "PERSISTENCE_MODULE": _PG,
        "POSTGRES_DBNAME": own["dbname"],
        "POSTGRES_HOST": own["host"],
        "POSTGRES_PORT": own["port"],
        "POSTGRES_USER": own["user"],
        # The library insists on a password even where the server asks for none.
        "POSTGRES_PASSWORD": password or "none",
        "POSTGRES_SCHEMA": schema,
        "POSTGRES_POOL_SIZE": "1",
        "POSTGRES_LOCK_TIMEOUT": str(how.wait),
        "POSTGRES_CONNECT_TIMEOUT": str(max(how.wait, 2)),
        "CONNINFO": make_conninfo("", **{key: str(value) for key, value in info.items()}),
    }


def _check_database(info: Mapping[str, Any], schema: str, how: Opening, *, place: str) -> None:
    """Connect once by hand: the library's pool would only say that time is up."""
    found = "SELECT to_regclass(%s) IS NOT NULL AND to_regclass(%s) IS NOT NULL"
    tables = [f'"{schema}".{table}' for table in (EVENTS_TABLE, COMMANDS_TABLE)]
    timed = {"connect_timeout": max(how.wait, 2), **info}
    try:
        with closing(psycopg.connect(**timed)) as connection:
            row = connection.execute(found, tables).fetchone()
    except psycopg.Error as reason:
        raise BadInput(f"can't be opened ({reason})", place=place) from reason
    if not how.create and row != (True,):
        raise BadInput("there is no log in this database", place=place, remedy="create one first")


def _shown(target: str) -> str:
    """The target without its password."""
    parts = urlsplit(target)
    host = parts.netloc.rpartition("@")[2]
    user = f"{parts.username}@" if parts.username else ""
    return parts._replace(netloc=user + host).geturl()
