"""Long scans of a log can be watched: rows pass unchanged, and the watcher knows how many come."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from bankcore.commands.bank import opened, opened_log
from bankcore.commands.options import View
from bankcore.store.chain import LinkedRow
from helpers.bank_file import write_bank


def test_a_watched_log_passes_the_same_rows(tmp_path: Path) -> None:
    path = tmp_path / "bank.db"
    write_bank(path)
    seen: list[int] = []

    def watch(rows: Iterator[LinkedRow], total: int) -> Iterator[LinkedRow]:
        seen.append(total)
        return rows

    with opened_log(View(log=str(path))) as log:
        assert log.watch is not None
        log.watch = None
        plain = list(log.rows(3, 9))
        log.watch = watch
        assert list(log.rows(3, 9)) == plain
        assert len(list(log.rows())) == log.head()[0]
    assert seen == [6, seen[1]]


def test_a_bank_opened_for_a_command_is_watched(tmp_path: Path) -> None:
    path = tmp_path / "bank.db"
    write_bank(path)
    with opened(View(log=str(path))) as bank:
        assert bank.log.watch is not None
        assert len(list(bank.entries())) == bank.log.head()[0]
