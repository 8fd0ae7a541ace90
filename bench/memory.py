"""Memory and processor time of every reading command, on a sound bank of a million events.

`python bench/memory.py [BANK]` builds the bank (`bigbank.py`, some minutes) unless it is given one
that was built before. The peak is that of the command's own process. `impact` decides every
command of a log again, so it has a bank of its own, of a twentieth of the events.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bigbank import build
from common import remove, table, write_part

from bankcore.store.log import open_log

EVENTS, FEW = 1_000_000, 50_000
AIM_READS, AIM_VERIFY = 300, 500
IMPACT = "deposit.rate.demand=0.10"
Words = tuple[str, ...]


def reads(bank: str, folder: Path) -> Iterator[tuple[str, Words]]:
    """Every read of the command line: what is shown of it, and its words."""
    dates = ("--as-of", "2026-03-31", "--known-at", "2026-04-10")
    for words in (
        ("balances",),
        ("statement", "A42"),
        ("interest",),
        ("interest", "A42"),
        ("ledger",),
        ("ledger", "--accrued"),
        ("risk",),
        ("customer", "C42"),
        ("findings",),
        ("explain", "balance", "A42"),
        ("explain", "accrued-interest", "A42"),
        ("explain", "deposit-insurance", "C42"),
    ):
        yield " ".join(words), (words[0], bank, *words[1:], *dates)
    for words in (
        ("timeline", "A42"),
        ("restate",),
        ("show", "account-A42@5"),
        ("bisect", "--check", "balance(A42) > 2000.00"),
        ("watch", "--check", "balance(*) >= 0.00"),
        ("who", "balance", "A42"),
        ("replay", "--only", "A42"),
        ("replay",),
        ("verify",),
    ):
        yield " ".join(words), (words[0], bank, *words[1:])
    for form in ("hledger", "csv", "jsonl"):
        yield f"export --to {form}", ("export", bank, "--to", form, "-o", str(folder / form))
    twin = str(folder / "twin.db")
    yield "branch --at 2026-04-01", ("branch", bank, "--at", "2026-04-01", "-o", twin)
    yield "diff with that branch", ("diff", bank, twin)


def measured(program: str, words: Words) -> tuple[float, float]:
    """Processor seconds and peak MB of a command; the answer goes nowhere."""
    silence = os.open(os.devnull, os.O_WRONLY)
    to_nowhere = [(os.POSIX_SPAWN_DUP2, silence, 1), (os.POSIX_SPAWN_DUP2, silence, 2)]
    child = os.posix_spawn(program, [program, *words], os.environ, file_actions=to_nowhere)
    _, status, usage = os.wait4(child, 0)
    os.close(silence)
    code = os.waitstatus_to_exitcode(status)
    assert code in {0, 1}, f"{' '.join(words)}: exit code {code}"
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def main(bank: str, folder: Path) -> None:
    """Run every command once, without an index, and write the table."""
    remove(Path(f"{bank}.index"))
    program = str(Path(sys.executable).with_name("bankcore"))
    rows = []
    small = str(folder / "small.db")
    decided = build(small, FEW, FEW // 100, FEW // 111)
    again = (f"impact --rate {IMPACT} ({decided:,} events)", ("impact", small, "--rate", IMPACT))
    for said, words in [*reads(bank, folder), again]:
        seconds, peak = measured(program, words)
        rows.append([f"`{said}`", f"{seconds:,.1f}", f"{peak:,.0f}"])
        sys.stderr.write(f"{rows[-1]}\n")
    with open_log(bank) as log:
        events = log.head()[0]
    note = (
        f"{events:,} events of 10,000 accounts, opened, used and closed day by day; the log"
        " verifies. No index stands beside it. Each command is a whole process, run once."
        f" Aims: {AIM_READS} MB for reads; `verify` 60 s and {AIM_VERIFY} MB.\n"
    )
    text = table(["command", "processor s", "peak MB"], rows)
    write_part("memory", "Reading commands without an index", f"{note}\n{text}\n")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        if len(sys.argv) > 1:
            main(sys.argv[1], Path(name))
        else:
            made = str(Path(name) / "bank.db")
            build(made, EVENTS)
            main(made, Path(name))
