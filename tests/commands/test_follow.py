"""`bankcore replay --follow`: what other processes book is told as it comes."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

from bankcore import cli
from helpers.bank_file import write_bank

MAIN = "import sys; from bankcore.cli import main; main(sys.argv[1:])"


def test_replay_that_follows_tells_what_another_process_books(tmp_path: Path) -> None:
    file = tmp_path / "bank.db"
    write_bank(file)
    words = [sys.executable, "-c", MAIN, "replay", str(file), "--only", "A2", "--follow"]
    with subprocess.Popen(
        [*words, "--lang", "en", "--speed", "1000"], stdout=subprocess.PIPE, text=True
    ) as following:
        assert following.stdout is not None
        seen = next(line for line in following.stdout if "withdrawn" in line)
        assert "120.50" in seen
        give = ["do", str(file), "deposit_account.deposit", "account=A2", "amount=31.00"]
        assert cli.run(give) == 0
        line = next(line for line in following.stdout if "31.00" in line)
        assert line.startswith("2026-04-01 account-A2@")
        following.send_signal(signal.SIGINT)
        assert following.wait(20) == 0
