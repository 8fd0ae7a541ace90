"""What the benchmarks share: rates side by side in one run, tables, and the page they go to.

Absolute rates drift from machine to machine and from hour to hour; only the ratios of figures
taken in turns in one run are worth keeping. Nothing here is asserted by a test.
"""

from __future__ import annotations

import os
import platform
import re
import sqlite3
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from statistics import median
from time import perf_counter

PAGE = Path(__file__).parents[1] / "docs" / "benchmarks.md"
HEADING = """# Benchmarks

Rates of one run, taken in turns, medians; compare the ratios. Run them again with
`python bench/store.py`, `cold.py`, `reads.py`, `questions.py`, `journals.py`, `memory.py`,
`long_account.py` and `schedules.py` (in `bench/`); each writes its own part of this page.
"""


def timed(work: Callable[[], object]) -> float:
    """Seconds that a piece of work takes."""
    start = perf_counter()
    work()
    return perf_counter() - start


def in_turns(works: Mapping[str, Callable[[], float]], rounds: int) -> dict[str, float]:
    """The median rate of each work; they take turns, so that drift hits all alike."""
    seen: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(rounds):
        for name, work in works.items():
            seen[name].append(work())
    return {name: median(rates) for name, rates in seen.items()}


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def ratios(title: str, rates: dict[str, float], aim: str = "") -> str:
    """A section: each rate, and its ratio to the first one."""
    base = next(iter(rates.values()))
    rows = [[name, f"{rate:,.0f}", f"{rate / base:.2f}"] for name, rate in rates.items()]
    below = f"\n{aim}\n" if aim else ""
    return f"### {title}\n\n{table(['', 'a second', 'ratio'], rows)}\n{below}"


def machine() -> str:
    """On what the figures were taken, without naming the machine."""
    return (
        f"{date.today().isoformat()}, {os.cpu_count()} cores, {platform.system()}, "  # noqa: DTZ011  # a benchmark is of today
        f"CPython {platform.python_version()}, SQLite {sqlite3.sqlite_version}"
    )


def write_part(name: str, title: str, text: str) -> None:
    """Replace one benchmark's part of the page, and show it."""
    page = PAGE.read_text("utf-8") if PAGE.exists() else HEADING
    begin, end = f"<!-- {name} -->", f"<!-- end of {name} -->"
    part = f"{begin}\n## {title}\n\n{machine()}\n\n{text}\n{end}\n"
    found = re.search(f"{begin}.*?{end}\n", page, re.DOTALL)
    page = page.replace(found[0], part) if found else f"{page}\n{part}"
    PAGE.write_text(page, "utf-8")
    sys.stdout.write(part)


def remove(path: Path) -> None:
    """Remove a database with what stands beside it."""
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
