"""The whole of the faults: kills, failing and full disks, a crowd; writes docs/reliability.md.

`python bench/faults.py` takes about twenty minutes; a small part of it runs with the tests.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from time import perf_counter

from common import machine

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from helpers import faults  # found by the line above
from postgres_server import running_server  # found by the line above

PAGE = Path(__file__).parents[1] / "docs" / "reliability.md"
KILLS, DISKS, PAYERS, READERS, TRANSFERS = 1_000, 400, 8, 2, 1_000
HEADING = """# Reliability

What a bank file and a PostgreSQL log survive, as it came out when `python bench/faults.py` last
ran. Each row is a whole run in which everything held; one failure would have ended it without a
page. Small parts of each run with the tests (`tests/store/test_faults.py`).

What must hold: no acknowledged command is lost, none is stored in half, the chain follows link by
link, and the next open needs no repair. A command of which nobody was told may be stored; asking
again under its id answers what became of it (GEN-07).
"""


def row(what: str, tally: faults.Tally, began: float) -> str:
    """One line of the table."""
    refused = ", ".join(f"{n} × {why}" for why, n in sorted(tally.refused.items())) or "-"
    seconds = perf_counter() - began
    return f"| {what} | {tally.rounds:,} | {tally.acknowledged:,} | {refused} | {seconds:,.0f} |\n"


def main() -> None:
    """Run everything and write the page."""
    rows = []
    with tempfile.TemporaryDirectory(prefix="faults-") as name:
        folder = Path(name)
        began = perf_counter()
        tally = faults.kills(str(folder / "kills.db"), KILLS)
        rows.append(row("`kill -9` at a random instant, SQLite", tally, began))
        if faults.can_inject():
            began = perf_counter()
            tally = faults.disk_faults(folder, DISKS)
            what = "EIO or ENOSPC in a write or sync of SQLite, once or for good (`strace`)"
            rows.append(row(what, tally, began))
        if faults.can_mount(folder / "try"):
            began = perf_counter()
            rows.append(row("a disk of 1 MB that fills", faults.full_disk(folder / "small"), began))
        began = perf_counter()
        size = f"{PAYERS} writers, {READERS} readers, {TRANSFERS:,} transfers each"
        tally = faults.a_crowd(str(folder / "crowd.db"), PAYERS, READERS, TRANSFERS)
        rows.append(row(f"{size}, SQLite", tally, began))
        with running_server() as address:
            began = perf_counter()
            tally = faults.a_crowd(f"{address}&schema=crowd", PAYERS, READERS, TRANSFERS)
            rows.append(row(f"{size}, PostgreSQL", tally, began))
    head = "| what | rounds | acknowledged | refused, by answer | s |\n"
    lines = "".join([head, "| --- | --- | --- | --- | --- |\n", *rows])
    PAGE.write_text(f"{HEADING}\n{machine()}\n\n{lines}", "utf-8")


if __name__ == "__main__":
    main()
