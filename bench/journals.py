"""From cold bytes to balances, against plain-text accounting programs on our exported journal."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Callable
from functools import partial
from itertools import islice
from pathlib import Path
from shutil import which

from common import in_turns, ratios, timed, write_part
from workload import entries

from bankcore.audit.exports.journals import hledger as hledger_journal
from bankcore.store.fast import fold_balances
from bankcore.store.log import open_log

BATCH = 50_000
SIZES = ((50_000, 3), (1_000_000, 1))
AIM = "Aims: 5 times `ledger`, 20 times `hledger`."


def against(folder: Path, events: int, rounds: int) -> str:
    """The table of a log of so many events; programs that are not installed are left out."""
    path, text = str(folder / f"{events}.db"), folder / f"{events}.journal"
    with open_log(path, create=True, durable=False) as log:
        stream = entries(events)
        while batch := list(islice(stream, BATCH)):
            log.append_bulk(batch)
        with text.open("w") as out:
            out.writelines(hledger_journal(log.entries()))

    def ours() -> float:
        with open_log(path) as log:
            return events / timed(lambda: fold_balances(log))

    def theirs(*words: str) -> float:
        run = partial(subprocess.run, words, check=True, stdout=subprocess.DEVNULL)
        return events / timed(run)

    works: dict[str, Callable[[], float]] = {"all balances (`fold_balances`)": ours}
    for program in ("ledger", "hledger"):
        if which(program):
            works[program] = partial(theirs, program, "-f", str(text), "balance")
    title = f"{events:,} events, from cold to balances, a second"
    return ratios(title, in_turns(works, rounds), AIM)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        parts = [against(Path(name), events, rounds) for events, rounds in SIZES]
    write_part("journals", "Against plain-text accounting", "\n".join(parts))
