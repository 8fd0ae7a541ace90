"""The page about the log format is enough to read a log: its own program does."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from bankcore.store.codec import ENVELOPE
from bankcore.store.log import open_log
from bankcore.store.upcasts import UPCASTS
from samples import deposit

PAGE = (Path(__file__).parents[2] / "docs" / "reference" / "log-format.md").read_text("utf-8")


def test_the_program_on_the_page_reads_a_log(tmp_path: Path) -> None:
    with open_log(str(tmp_path / "bank.db"), create=True) as log:
        log.append([deposit("account-A1", 1, 1234), deposit("account-A1", 2)])
    (program,) = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    run = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert "1 account-A1@1 deposit_account.FundsDeposited.2 2026-01-05" in run.stdout
    assert "'amount': 1234" in run.stdout


def test_the_page_names_the_envelope_keys_in_their_order() -> None:
    assert tuple(re.findall(r"^\| `(\w+)` \|", PAGE, re.MULTILINE)) == ENVELOPE


def test_the_page_names_every_old_version() -> None:
    assert set(re.findall(r"`(\w+\.\w+\.\d+)` \| `", PAGE)) == set(UPCASTS)
