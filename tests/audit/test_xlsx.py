"""The workbook: another program reads the ledger's totals exactly, and nothing runs."""

from __future__ import annotations

import re
import sys
import zipfile
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import openpyxl
import pytest

from bankcore.aggregates.deposit_account import commands as c
from bankcore.audit.exports import xlsx
from bankcore.audit.exports.folder import Seen
from bankcore.audit.exports.pack import export, seen_by
from bankcore.audit.exports.table import Kind, Table, own
from bankcore.audit.exports.tables import tables
from bankcore.projections.trial_balance import trial_balance
from bankcore.projections.window import EVERYTHING, Window
from bankcore.values.errors import BadInput
from bankcore.values.money import Money, yuan
from spec import TELLER, Desk, bank

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
WINDOWS = [EVERYTHING, Window(date(2026, 3, 20)), Window(date(2026, 2, 10), date(2026, 3, 31))]


@pytest.fixture(scope="module")
def lived() -> Desk:
    desk = bank("2026-01-05", opening="12345.67")
    desk.advance("2026-02-10")
    desk.do(c.Withdraw(account="A1", amount=yuan("345.67")), TELLER)
    desk.advance("2026-04-01")
    return desk


def written(desk: Desk, folder: Path, window: Window = EVERYTHING) -> Path:
    (path,) = export(desk.bank, "xlsx", folder / "tables.xlsx", window)
    return path


def sheets(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Sheet -> rows under the header, as openpyxl reads them."""
    book = openpyxl.load_workbook(path)
    return {sheet.title: list(sheet.iter_rows(min_row=2, values_only=True)) for sheet in book}


def raw_numbers(path: Path, sheet: int, column: str) -> list[str]:
    """The text of the number cells of one column, as it stands in the file."""
    with zipfile.ZipFile(path) as archive:
        root = ET.fromstring(archive.read(f"xl/worksheets/sheet{sheet}.xml"))
    cells = (x for x in root.iter(f"{MAIN}c") if re.fullmatch(rf"{column}\d+", x.attrib["r"]))
    return [x.findtext(f"{MAIN}v", "") for x in cells if x.get("t") != "inlineStr"]


@pytest.mark.parametrize("window", WINDOWS, ids=str)
def test_another_program_has_the_ledgers_totals(
    lived: Desk, tmp_path: Path, window: Window
) -> None:
    path = written(lived, tmp_path, window)
    ours = {a: Decimal(n) / 100 for a, n in trial_balance(lived.entries(), window).items()}
    told = raw_numbers(path, 2, "G")  # Trial_Balance, Amount_Ending
    assert all(re.fullmatch(r"-?\d+\.\d\d", text) for text in told)
    accounts = [row[0] for row in sheets(path)["Trial_Balance"]]
    ending = dict(zip(accounts, map(Decimal, told), strict=True))
    assert {account: sum_ for account, sum_ in ending.items() if sum_} == ours


def test_every_sheet_holds_the_rows_of_its_table(lived: Desk, tmp_path: Path) -> None:
    path = written(lived, tmp_path)
    read = sheets(path)
    for table in tables(seen_by(lived.bank, EVERYTHING), date(2026, 4, 1), "en"):
        ours = [tuple(plain(cell) for cell in row) for row in table.rows()]
        assert [tuple(plain(cell) for cell in row) for row in read[table.name]] == ours
    assert set(read) - {t.name for t in tables(lambda: iter(()), date(2026, 4, 1), "en")} == {
        "Data_Dictionary",
        "Control_Totals",
    }


def plain(cell: Any) -> Any:
    """A cell of either side in one shape; an empty text and an empty cell are one."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, Money):
        return Decimal(str(cell))
    if isinstance(cell, float):
        return Decimal(str(cell)).quantize(Decimal("0.01"))
    return "" if cell is None else cell


def test_control_totals_tie_debit_to_credit_and_count_rows(lived: Desk, tmp_path: Path) -> None:
    read = sheets(written(lived, tmp_path))
    totals = {(row[0] or "", row[1]): row for row in read["Control_Totals"]}
    assert totals["", "log_head"][2] == lived.bank.log.digest()
    for name, rows in read.items():
        if name != "Control_Totals":
            assert totals[name, "rows"][3] == len(rows)
    debit, credit = totals["GL_Detail", "Amount D"][4], totals["GL_Detail", "Amount C"][4]
    assert debit == credit > 0


def test_the_same_bank_gives_the_same_bytes(lived: Desk, tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    one, other = written(lived, tmp_path / "a"), written(lived, tmp_path / "b")
    assert one.read_bytes() == other.read_bytes()


def odd(monkeypatch: pytest.MonkeyPatch, rows: list[tuple[Any, ...]]) -> None:
    """A bank whose only table holds these rows."""
    columns = (own("Text", Kind.TEXT, "", ""), own("Amount", Kind.MONEY, "", ""))
    table = Table("Odd", columns, lambda: iter(rows))
    monkeypatch.setattr(xlsx, "tables", lambda *_: (table,))


def book(folder: Path) -> Path:
    (path,) = xlsx.write_workbook(
        folder / "odd.xlsx", Seen(lambda: iter(()), date(2026, 4, 1), "", EVERYTHING)
    )
    return path


def test_no_text_is_a_formula_a_number_or_a_link(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = ["=1+1", "{=SUM(A1)}", "+1", "-1", "@SUM(1)", "\t=1", "12.50", "http://a.b", "银行", ""]
    odd(monkeypatch, [(text, Money(0)) for text in texts])
    path = book(tmp_path)
    read = openpyxl.load_workbook(path)["Odd"]
    shown = list(read.iter_rows(min_row=2, max_col=1))
    assert [cell.value or "" for (cell,) in shown] == texts
    assert all(cell.data_type in {"s", "inlineStr", "n"} for (cell,) in shown)
    with zipfile.ZipFile(path) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml")
        assert b"<f>" not in sheet
        assert b"hyperlink" not in sheet


def test_amounts_are_exact_up_to_what_a_spreadsheet_keeps(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # 0.1 + 0.2 and fifteen digits: as text they are what they were as fen.
    fen = [30, -1, 799_999_999_999_999, 100_000_000_000_001]
    odd(monkeypatch, [("x", Money(minor)) for minor in fen])
    assert raw_numbers(book(tmp_path), 1, "B") == [
        "0.30", "-0.01", "7999999999999.99", "1000000000000.01"]  # fmt: skip


@pytest.mark.parametrize(
    ("row", "says"),
    [
        (("x", Money(10**15)), "more digits than a spreadsheet keeps"),
        (("x" * 40_000, Money(0)), "Odd row 1: Text is too long for a cell"),
    ],
)
def test_what_a_sheet_cannot_hold_is_refused_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, row: tuple[Any, ...], says: str
) -> None:
    odd(monkeypatch, [row])
    with pytest.raises(BadInput, match=says):
        book(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_more_rows_than_a_sheet_holds_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(xlsx, "_ROWS", 3)
    odd(monkeypatch, [("x", Money(1))] * 3)
    with pytest.raises(BadInput, match="Odd has more rows than a sheet"):
        book(tmp_path)


def test_without_the_extra_one_sentence_says_what_to_install(
    lived: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    with pytest.raises(BadInput) as no:
        written(lived, tmp_path)
    assert str(no.value) == "--to: xlsx needs the package XlsxWriter; install bankcore[xlsx]"
    assert list(tmp_path.iterdir()) == []
