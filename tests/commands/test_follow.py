"""`bankcore replay --follow`: what other processes book is told as it comes."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bankcore import cli
from helpers.bank_file import write_bank

# A process started in the background may ignore Ctrl-C; this one listens.
MAIN = """
import signal, sys
from bankcore.cli import main
signal.signal(signal.SIGINT, signal.default_int_handler)
main(sys.argv[1:])
"""


@contextmanager
def following(*words: str) -> Iterator[subprocess.Popen[str]]:
    """A process that follows; it is gone afterwards, whatever happened."""
    with subprocess.Popen(
        [sys.executable, "-c", MAIN, *words], stdout=subprocess.PIPE, text=True
    ) as child:
        try:
            yield child
        finally:
            child.kill()


def test_replay_that_follows_tells_what_another_process_books(tmp_path: Path) -> None:
    file = tmp_path / "bank.db"
    write_bank(file)
    words = ["replay", str(file), "--only", "A2", "--follow", "--lang", "en", "--speed", "1000"]
    with following(*words) as child:
        assert child.stdout is not None
        seen = next(line for line in child.stdout if "withdrawn" in line)
        assert "120.50" in seen
        give = ["do", str(file), "deposit_account.deposit", "account=A2", "amount=31.00"]
        assert not cli.run(give)
        line = next(line for line in child.stdout if "31.00" in line)
        assert line.startswith("2026-04-01 account-A2@")
        child.send_signal(signal.SIGINT)
        assert child.wait(20) == 0
