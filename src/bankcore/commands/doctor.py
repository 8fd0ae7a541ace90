"""`bankcore doctor`: is the installation sound, and can a log be read?"""

from __future__ import annotations

import platform
import sqlite3
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import Final

import click

from bankcore import __version__
from bankcore.audit.verify import verify
from bankcore.commands.failures import REFUSED
from bankcore.commands.options import LogCommand, View, view
from bankcore.commands.output import show_json, show_pairs
from bankcore.operations.table import HANDLERS
from bankcore.products.catalogue import shipped
from bankcore.products.reason_texts import reason_texts
from bankcore.store.log import open_log
from bankcore.values.declare import COMMANDS, EVENTS
from bankcore.values.errors import BadInput, Busy, DamagedLog

PACKAGES: Final = ("click", "eventsourcing", "msgpack", "psycopg", "pydantic", "hypothesis")
SQLITE: Final = (3, 24)  # upserts, which the library's recorders use


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at: what it is, whether it is sound, and what was found."""

    id: str
    ok: bool
    found: str


@click.command(cls=LogCommand)
@view(dates=False, optional=True)
def doctor(view: View) -> int:
    """Check the installation, and LOG if one is named (自检).

    Example: bankcore doctor bank.db
    """
    checks = [check() for check in INSTALLATION]
    if view.log:
        checks += _log(view.log)
    if view.json:
        show_json(checks)
    else:
        mark = {True: view.words("好", "ok"), False: view.words("坏", "BAD")}
        show_pairs((f"{mark[check.ok]}  {check.id}", check.found) for check in checks)
    return 0 if all(check.ok for check in checks) else REFUSED


def _python() -> Check:
    return Check("python", sys.version_info >= (3, 11), platform.python_version())


def _packages() -> Check:
    found = [(name, _version(name)) for name in PACKAGES]
    shown = ", ".join(f"{name} {installed or 'missing'}" for name, installed in found)
    return Check("packages", all(installed for _, installed in found), shown)


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def _sqlite() -> Check:
    return Check("sqlite", sqlite3.sqlite_version_info >= SQLITE, sqlite3.sqlite_version)


def _catalogue() -> Check:
    params = list(shipped().params())
    return Check("catalogue", all(p.rows for p in params), f"{len(params)} parameters")


def _texts() -> Check:
    texts = reason_texts()
    missing = [reason.value for reason, text in texts.items() if not (text.zh and text.en)]
    found = f"{len(texts)} reasons" + (f", without text: {', '.join(missing)}" if missing else "")
    return Check("refusals", not missing, found)


def _commands() -> Check:
    missing = [info.wire_name for cls, info in COMMANDS.items() if cls not in HANDLERS]
    found = f"bankcore {__version__}: {len(COMMANDS)} commands, {len(EVENTS)} events"
    return Check(
        "commands",
        not missing,
        found + (f"; without handler: {len(missing)}, first {missing[0]}" if missing else ""),
    )


INSTALLATION: Final[tuple[Callable[[], Check], ...]] = (
    _python,
    _packages,
    _sqlite,
    _catalogue,
    _texts,
    _commands,
)


def _log(target: str) -> Iterator[Check]:
    try:
        with open_log(target) as log:
            position, head = log.head()
            yield Check("log", ok=True, found=f"{position:,} events, head {head.hex()}")
            verdict = verify(log)
    except (BadInput, Busy, DamagedLog) as problem:
        yield Check("log", ok=False, found=str(problem))
        return
    first = verdict.faults[0] if verdict.faults else None
    yield Check("verified", verdict.ok, f"{first.position}: {first.problem}" if first else "whole")
