"""Addresses of PostgreSQL databases: checked by one connection, made into settings."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from typing import Any, Final

import psycopg
from psycopg.conninfo import make_conninfo

from bankcore.store.address_postgres import COMMANDS_TABLE, EVENTS_TABLE, read_address, shown
from bankcore.store.targets import Opening
from bankcore.values.errors import BadInput

_PG: Final = "bankcore.store.recorder_postgres:PgFactory"


def settings(target: str, how: Opening) -> dict[str, str]:
    """The library's settings for an address; `BadInput` when no log can be opened there."""
    info, schema = read_address(target)
    _check_database(info, schema, how, place=shown(target))
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
