"""Asking a million events: the index against DuckDB, and whole commands."""

from __future__ import annotations

import contextlib
import io
import os
import subprocess
import sys
import tempfile
from datetime import date, timedelta
from functools import partial
from itertools import islice
from pathlib import Path
from random import Random
from statistics import median

import duckdb
from common import in_turns, ratios, table, timed, write_part
from workload import START, entries

from bankcore.audit.index.building import update
from bankcore.audit.index.reading import Index
from bankcore.projections.postings import journal
from bankcore.projections.window import Window
from bankcore.store.log import Log, open_log

EVENTS, BATCH, MORE, ASKED, ROUNDS, SMALL = 1_000_000, 50_000, 1_000, 60, 3, 50_000
LAST = START + timedelta(days=EVENTS // 2_000)


def fill(log: Log, stream: object, count: int) -> None:
    """Append so many entries of a stream of them, by the bulk path."""
    left = count
    while left:
        batch = list(islice(stream, min(BATCH, left)))  # type: ignore[call-overload]
        log.append_bulk(batch)
        left -= len(batch)


def windows() -> list[Window]:
    """Random pairs of dates, the same in every run."""
    chance = Random(7)  # noqa: S311  # a reproducible choice, no secret
    span = (LAST - START).days

    def day() -> date:
        return START + timedelta(days=chance.randint(1, span))

    return [Window(day(), day()) for _ in range(ASKED)]


def duck(folder: Path, log: Log) -> duckdb.DuckDBPyConnection:
    """The same legs and movements as columns in DuckDB."""
    c = duckdb.connect(str(folder / "columns.duckdb"))
    c.execute("CREATE TABLE leg (account VARCHAR, booking DATE, value DATE, minor BIGINT)")
    csv = folder / "legs.csv"
    with csv.open("w") as out:
        for leg in journal(log.entries()):
            out.write(f"{leg.account},{leg.booking_date},{leg.value_date},{leg.minor}\n")
    c.execute(f"COPY leg FROM '{csv}'")
    csv.unlink()
    return c


TOTALS = "SELECT account, SUM(minor) FROM leg WHERE booking <= ? AND value <= ? GROUP BY account"


def by_duck(c: duckdb.DuckDBPyConnection) -> float:
    """Trial balances a second."""

    def ask() -> None:
        for window in windows():
            c.execute(TOTALS, (window.known_at, window.as_of)).fetchall()

    return ASKED / timed(ask)


def by_index(path: str) -> float:
    """The same from the index."""
    index = Index.fresh(path)
    assert index is not None

    def ask() -> None:
        for window in windows():
            index.trial_balance(window)

    with index:
        return ASKED / timed(ask)


def same(c: duckdb.DuckDBPyConnection, path: str) -> None:
    """Both answer alike; a figure is worth nothing otherwise."""
    index = Index.fresh(path)
    assert index is not None
    with index:
        for window in windows():
            found = c.execute(TOTALS, (window.known_at, window.as_of)).fetchall()
            assert index.trial_balance(window) == {a: int(m) for a, m in sorted(found) if m}


def command(*words: str) -> float:
    """Seconds of a whole command, the median of five."""
    bankcore = str(Path(sys.executable).with_name("bankcore"))
    # As installed: with the bytecode of an earlier run, even where this process keeps none.
    kept = {key: v for key, v in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    line = [bankcore, *words]
    run = partial(subprocess.run, line, check=True, stdout=subprocess.DEVNULL, env=kept)
    run()
    return median(timed(run) for _ in range(5))


def main() -> None:
    """Fill, index, ask in turns, write the tables."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = str(folder / "bank.db")
        stream = entries(EVENTS + MORE)
        with open_log(path, create=True, durable=False) as log:
            fill(log, stream, EVENTS)
            built = timed(lambda: update(log, path))
            columns = duck(folder, log)
            same(columns, path)
        asked = in_turns(
            {
                "DuckDB, a scan of the legs": partial(by_duck, columns),
                "index": partial(by_index, path),
            },
            ROUNDS,
        )
        columns.close()
        commands = [
            ("bankcore ledger --as-of --known-at",
             command("ledger", path, "--as-of", "2026-06-30", "--known-at", "2026-12-31")),
            ("bankcore statement of one account", command("statement", path, "account-000042")),
            ("bankcore balances of 10,000 accounts", command("balances", path)),
            ("bankcore balances --as-of --known-at",
             command("balances", path, "--as-of", "2026-06-30", "--known-at", "2026-12-31")),
            ("bankcore balances --json", command("balances", path, "--json")),
        ]  # fmt: skip
        with open_log(path) as log:
            fill(log, stream, MORE)
            caught_up = timed(lambda: update(log, path))
        size = os.path.getsize(f"{path}.index") / 1e6  # noqa: PTH202  # beside a name in text
    note = (
        f"{EVENTS:,} events over 10,000 accounts. The index was written in {built:,.0f} s"
        f" ({size:,.0f} MB); {MORE:,} more events were brought up in {caught_up:,.2f} s."
        " Aims: half of DuckDB's rate, 200 ms a command.\n"
    )
    rows = [[what, f"{seconds * 1000:,.0f}"] for what, seconds in commands]
    text = "\n".join(
        [
            note,
            ratios("Trial balances at random pairs of dates, a second", asked),
            "### Whole commands with an index\n",
            table(["", "ms"], rows),
        ]
    )
    write_part("questions", "Asking a million events", text)


if __name__ == "__main__":
    with contextlib.redirect_stderr(io.StringIO()):
        main()
