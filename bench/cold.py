"""Reading a whole log: from cold bytes to all balances, against a bare scan with unpacking."""

from __future__ import annotations

import resource
import sqlite3
import subprocess
import sys
import tempfile
from functools import partial
from itertools import islice
from pathlib import Path

import msgpack
from common import in_turns, table, timed, write_part
from workload import entries

from bankcore.store.chain import link
from bankcore.store.fast import fold_balances
from bankcore.store.log import open_log

EVENTS, BATCH, ROUNDS = 1_000_000, 50_000, 3


def fill(path: str) -> float:
    """Write the log; commands a second."""
    with open_log(path, create=True, durable=False) as log:
        stream = entries(EVENTS)

        def write() -> None:
            while batch := list(islice(stream, BATCH)):
                log.append_bulk(batch)

        return EVENTS / timed(write)


def raw(path: str) -> None:
    """A bare scan: five columns, every state unpacked, nothing kept."""
    c = sqlite3.connect(path)
    sql = "SELECT rowid, originator_id, originator_version, topic, state FROM stored_events"
    for row in c.execute(f"{sql} ORDER BY rowid"):
        msgpack.unpackb(row[4])
    c.close()


def balances(path: str) -> None:
    """All balances, from the bytes."""
    with open_log(path) as log:
        fold_balances(log)


def whole_entries(path: str) -> None:
    """Every event decoded into its entry."""
    with open_log(path) as log:
        for _ in log.entries():
            pass


def chain(path: str) -> None:
    """Every head computed again and compared."""
    with open_log(path) as log:
        head = bytes(32)
        for row in log.rows():
            head = link(head, row[1:5])
            assert head == row[5]


WORKS = {
    "raw scan + unpack": raw,
    "all balances (`fold_balances`)": balances,
    "every event decoded (`Log.entries`)": whole_entries,
    "chain re-hashed": chain,
}


def measured(name: str, path: str) -> tuple[float, float]:
    """Events a second and peak memory in MB, in a process of its own."""
    run = subprocess.run(  # this very file
        [sys.executable, __file__, name, path], check=True, capture_output=True, text=True
    )
    seconds, memory = run.stdout.split()
    return EVENTS / float(seconds), float(memory)


def main() -> None:
    """Fill a log, read it in every way in turns, write the table."""
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "bank.db")
        written = fill(path)
        size = Path(path).stat().st_size / 1e6
        memory: dict[str, float] = {}

        def rate(name: str) -> float:
            found, memory[name] = measured(name, path)
            return found

        rates = in_turns({name: partial(rate, name) for name in WORKS}, ROUNDS)
    base = rates["raw scan + unpack"]
    rows = [
        [name, f"{found:,.0f}", f"{found / base:.2f}", f"{memory[name]:,.0f}"]
        for name, found in rates.items()
    ]
    text = table(["", "events a second", "ratio", "peak MB"], rows)
    note = (
        f"{EVENTS:,} events over 10,000 accounts, {size:,.0f} MB, written at {written:,.0f} a"
        " second (not durable, in saves of 50,000). Aims: balances 0.5 of the scan, 300 MB.\n"
    )
    write_part("cold", "Reading a whole log", f"{note}\n{text}\n")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        took = timed(lambda: WORKS[sys.argv[1]](sys.argv[2]))
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        sys.stdout.write(f"{took} {peak}\n")
    else:
        main()
