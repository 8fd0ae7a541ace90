"""Exports: another program reads our journal and agrees, a log comes back byte for byte."""

from __future__ import annotations

import json
import shutil
import subprocess
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from bankcore.aggregates.deposit_account import commands as c
from bankcore.audit.exports.journals import beancount, hledger
from bankcore.audit.exports.pack import export
from bankcore.audit.verify import verify
from bankcore.projections.trial_balance import trial_balance
from bankcore.projections.window import EVERYTHING, Window
from bankcore.store.bank import Bank
from bankcore.store.transfer import import_lines
from bankcore.values.errors import BadInput, DamagedLog
from bankcore.values.money import yuan
from spec import Desk, bank


@pytest.fixture
def lived() -> Desk:
    desk = bank("2026-03-02", opening="12345.67")
    desk.advance("2026-03-21")
    desk.do(c.Withdraw(account="A1", amount=yuan("345.67")))
    return desk


WINDOWS = [
    EVERYTHING,
    Window(date(2026, 3, 10)),
    Window(None, date(2026, 3, 20)),
    Window(date(2026, 3, 21), date(2026, 3, 21)),
]


@pytest.mark.parametrize("window", WINDOWS, ids=str)
def test_beancount_reads_the_journal_and_has_our_balances(lived: Desk, window: Window) -> None:
    loader = pytest.importorskip("beancount.loader")
    realization = pytest.importorskip("beancount.core.realization")
    text = "".join(beancount(window.filter(lived.entries())))
    read, errors, _ = loader.load_string(text)
    assert not errors
    tree = realization.realize(read)
    for account, minor in trial_balance(lived.entries(), window).items():
        name = next(n for n in _names(read) if n.endswith("A" + account.replace(".", "-")))
        position = realization.get(tree, name).balance.get_currency_units("CNY")
        assert position.number == Decimal(minor) / 100, account


def _names(entries: list[object]) -> list[str]:
    return [e.account for e in entries if hasattr(e, "account")]


@pytest.mark.skipif(shutil.which("hledger") is None, reason="hledger is not installed")
@pytest.mark.parametrize("window", WINDOWS, ids=str)
def test_hledger_reads_the_journal_and_has_our_balances(
    lived: Desk, tmp_path: Path, window: Window
) -> None:
    path = tmp_path / "bank.journal"
    path.write_text("".join(hledger(window.filter(lived.entries()))), encoding="utf-8")
    command = ["hledger", "-f", str(path), "balance", "--flat", "-N", "-O", "csv", "--no-elide"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    balances = {
        line.split('","')[0].strip('"').split(":")[-1]: line.split('","')[1].strip('"')
        for line in done.stdout.splitlines()[1:]
    }
    for account, minor in trial_balance(lived.entries(), window).items():
        shown = balances[account].replace("CNY", "").replace(",", "").strip()
        assert Decimal(shown) == Decimal(minor) / 100


def test_a_log_comes_back_byte_for_byte_and_verifies(lived: Desk, tmp_path: Path) -> None:
    (path,) = export(lived.bank, "jsonl", tmp_path / "bank.jsonl", EVERYTHING)
    target = str(tmp_path / "copy.db")
    assert import_lines(path, target) == len(lived.entries())
    with Bank.open(target) as copy:
        assert list(copy.log.rows()) == list(lived.bank.log.rows())
        assert verify(copy.log).ok


def test_an_altered_line_is_named_and_leaves_nothing(lived: Desk, tmp_path: Path) -> None:
    (path,) = export(lived.bank, "jsonl", tmp_path / "bank.jsonl", EVERYTHING)
    lines = path.read_text(encoding="utf-8").splitlines()
    raw = json.loads(lines[5])
    raw["stream"] = "account-OTHER"
    lines[5] = json.dumps(raw)
    path.write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(DamagedLog, match="line 6"):
        import_lines(path, str(tmp_path / "copy.db"))
    assert not (tmp_path / "copy.db").exists()


@pytest.mark.parametrize("form", ["hledger", "csv", "parquet"])
def test_what_exists_is_never_overwritten(lived: Desk, tmp_path: Path, form: str) -> None:
    export(lived.bank, form, tmp_path / "book", EVERYTHING)
    with pytest.raises(BadInput, match="exists already"):
        export(lived.bank, form, tmp_path / "book", EVERYTHING)


@pytest.mark.parametrize("form", ["jsonl", "csv", "camt053"])
def test_a_place_that_is_not_there_is_bad_input(lived: Desk, tmp_path: Path, form: str) -> None:
    with pytest.raises(BadInput, match="it cannot be written"):
        export(lived.bank, form, tmp_path / "nowhere" / "book", EVERYTHING)


def test_what_a_killed_export_left_is_replaced(lived: Desk, tmp_path: Path) -> None:
    (tmp_path / "book.part").mkdir()
    export(lived.bank, "csv", tmp_path / "book", EVERYTHING)
    assert [path.name for path in tmp_path.iterdir()] == ["book"]
