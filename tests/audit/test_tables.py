"""Audit tables: DuckDB reads CSV and Parquet to the ledger's totals, and nothing runs in a cell."""

from __future__ import annotations

import json
import sys
from datetime import date
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bankcore.aggregates.deposit_account import commands as c
from bankcore.audit.exports.csv_text import as_csv, defused
from bankcore.audit.exports.pack import export, seen_by
from bankcore.audit.exports.table import Kind
from bankcore.audit.exports.tables import tables
from bankcore.projections.balances import balances
from bankcore.projections.postings import journal
from bankcore.projections.states import fold_states
from bankcore.projections.trial_balance import trial_balance
from bankcore.projections.window import EVERYTHING, Window
from bankcore.values.errors import BadInput
from bankcore.values.money import yuan
from spec import TELLER, Desk, bank, known_customer, open_account

TABLES = {
    "Chart_Of_Accounts",
    "Customer_Accounts",
    "Data_Dictionary",
    "Event_Index",
    "GL_Detail",
    "Trial_Balance",
    "User_Listing",
}
WINDOWS = [
    EVERYTHING,
    Window(date(2026, 3, 20)),
    Window(None, date(2026, 3, 21)),
    Window(date(2026, 2, 10), date(2026, 3, 31)),
]


@pytest.fixture(scope="module")
def lived() -> Desk:
    """A bank of two customers with a late fact."""
    desk = bank("2026-01-05", opening="12345.67")
    known_customer(desk, "C2")
    open_account(desk, "A2", "C2", "demand", "500.00")
    desk.advance("2026-02-10")
    desk.do(c.Withdraw(account="A1", amount=yuan("345.67")), TELLER)
    desk.advance("2026-03-25")
    late = {"value_date": date(2026, 2, 20), "ground": "late_information", "approval": "branch"}
    desk.do(c.Deposit(account="A1", amount=yuan("800.00")), TELLER, approver="boss", **late)
    desk.advance("2026-04-01")
    return desk


@pytest.fixture(params=["csv", "parquet"])
def form(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def written(desk: Desk, folder: Path, form: str, window: Window = EVERYTHING) -> Path:
    export(desk.bank, form, folder / "pack", window)
    return folder / "pack"


def asked(pack: Path, form: str, table: str, query: str) -> list[tuple[Any, ...]]:
    """What DuckDB answers; in CSV every column is text and cast in the query, never a float."""
    path = pack / f"{table}.{form}"
    source = f"read_csv('{path}', all_varchar=true)" if form == "csv" else f"'{path}'"
    return fetched(query.format(source))


def fetched(query: str) -> list[tuple[Any, ...]]:
    found = duckdb.sql(query)
    assert found is not None
    return list(found.fetchall())


SIGNED = (
    "select GL_Account_Number, sum(case Amount_Credit_Debit_Indicator when 'D' then 1 else -1 end"
    " * cast(Amount as decimal(30, 2))) from {} group by 1 order by 1"
)


@pytest.mark.parametrize("window", WINDOWS, ids=str)
def test_duckdb_has_the_ledgers_totals(
    lived: Desk, tmp_path: Path, form: str, window: Window
) -> None:
    pack = written(lived, tmp_path, form, window)
    ours = {a: Decimal(n) / 100 for a, n in trial_balance(lived.entries(), window).items()}
    detail = {a: n for a, n in asked(pack, form, "GL_Detail", SIGNED) if n}
    ending = "select GL_Account_Number, cast(Amount_Ending as decimal(30, 2)) from {}"
    trial = {a: n for a, n in asked(pack, form, "Trial_Balance", ending) if n}
    assert detail == trial == ours


@pytest.mark.parametrize("window", WINDOWS, ids=str)
def test_the_month_rolls_forward_from_beginning_to_ending(
    lived: Desk, tmp_path: Path, form: str, window: Window
) -> None:
    pack = written(lived, tmp_path, form, window)
    query = "select * from (" + SIGNED.replace("{}", "{{}} where Period = '{}'") + ")"
    for account, month, beginning, ending in asked(
        pack,
        form,
        "Trial_Balance",
        "select GL_Account_Number, Period, cast(Amount_Beginning as decimal(30, 2)),"
        " cast(Amount_Ending as decimal(30, 2)) from {}",
    ):
        moved = dict(asked(pack, form, "GL_Detail", query.format(month)))
        assert beginning + moved.get(account, 0) == ending


def test_customer_accounts_are_the_banks_balances(lived: Desk, tmp_path: Path, form: str) -> None:
    pack = written(lived, tmp_path, form)
    query = "select Account_ID, cast(Booked as decimal(30, 2)) from {} order by 1"
    ours = [(x.account, Decimal(str(x.booked))) for x in balances(fold_states(lived.entries()))]
    assert asked(pack, form, "Customer_Accounts", query) == sorted(ours)


def test_every_event_and_every_user_is_in_the_index(lived: Desk, tmp_path: Path, form: str) -> None:
    pack = written(lived, tmp_path, form)
    ids = [key for (key,) in asked(pack, form, "Event_Index", "select Event_ID from {}")]
    assert ids == [entry.id for entry in lived.entries()]
    unknown = f"select Entered_By from {{}} where Entered_By not in (select User_ID from '{pack}/User_Listing.{form}')"  # noqa: E501
    assert asked(pack, form, "GL_Detail", unknown) == []


def test_parquet_holds_exact_decimals_and_dates(lived: Desk, tmp_path: Path) -> None:
    pack = written(lived, tmp_path, "parquet")
    types = {
        name: kind
        for name, kind, *_ in asked(pack, "parquet", "GL_Detail", "describe select * from {}")
    }
    assert types["Amount"] == "DECIMAL(38,2)"
    assert types["Effective_Date"] == "DATE"
    assert types["Journal_ID_Line_Number"] == "BIGINT"
    for path in pack.glob("*.parquet"):
        described = asked(pack, "parquet", path.stem, "describe select * from {}")
        assert not {row[1] for row in described} & {"DOUBLE", "FLOAT"}


def test_the_manifest_ties_files_rows_and_sums(lived: Desk, tmp_path: Path, form: str) -> None:
    pack = written(lived, tmp_path, form, Window(None, date(2026, 3, 31)))
    told = json.loads((pack / "manifest.json").read_text("utf-8"))
    assert set(told["tables"]) == TABLES
    assert told["sha256"] == {
        f"{name}.{form}": sha256((pack / f"{name}.{form}").read_bytes()).hexdigest()
        for name in sorted(TABLES)
    }
    for name, control in told["tables"].items():
        assert asked(pack, form, name, "select count(*) from {}") == [(control["rows"],)]
    seen = Window(None, date(2026, 3, 31)).filter(lived.entries())
    debit = sum(leg.minor for leg in journal(seen) if leg.minor > 0)
    assert Decimal(told["total_debit"]) == Decimal(told["total_credit"]) == Decimal(debit) / 100
    assert told["log_head"] == lived.bank.log.digest()
    assert (told["as_of"], told["known_at"]) == (None, "2026-03-31")


def test_the_dictionary_explains_every_column_of_every_table(
    lived: Desk, tmp_path: Path, form: str
) -> None:
    pack = written(lived, tmp_path, form)
    query = "select \"Table\", \"Column\" from {} where Meaning_en <> '' and Meaning_zh <> ''"
    explained = set(asked(pack, form, "Data_Dictionary", query))
    there = {
        (name, row[0])
        for name in TABLES
        for row in asked(pack, form, name, "describe select * from {}")
    }
    assert explained == there


def test_the_columns_of_the_standard_are_named_as_it_names_them(lived: Desk) -> None:
    """From the general ledger standard of July 2015: keys and amounts of its four files."""
    made = tables(seen_by(lived.bank, EVERYTHING), date(2026, 4, 1), "en")
    named = {t.name: {x.name for x in t.columns if x.standard} for t in made}
    assert named["GL_Detail"] >= {"Journal_ID", "Journal_ID_Line_Number", "Business_Unit_Code",
        "JE_Header_Description", "JE_Line_Description", "Source", "Effective_Date", "Fiscal_Year",
        "Period", "GL_Account_Number", "Amount", "Amount_Credit_Debit_Indicator",
        "Amount_Currency", "Entered_By"}  # fmt: skip
    assert named["Trial_Balance"] >= {"GL_Account_Number", "Business_Unit_Code", "Fiscal_Year",
        "Period", "Balance_As_Of_Date", "Amount_Beginning", "Amount_Ending", "Amount_Currency"}  # fmt: skip  # noqa: E501
    assert named["Chart_Of_Accounts"] >= {"GL_Account_Number", "GL_Account_Name",
        "GL_Account_Description", "Account_Type", "Business_Unit_Code"}  # fmt: skip
    assert named["User_Listing"] == {"User_ID", "Role_Responsibility"}


def test_no_cell_of_any_table_is_a_float(lived: Desk) -> None:
    kinds = {Kind.TEXT: str, Kind.DATE: date, Kind.WHOLE: int, Kind.FLAG: bool}
    for table in tables(seen_by(lived.bank, EVERYTHING), date(2026, 4, 1), "zh"):
        for row in table.rows():
            for column, cell in zip(table.columns, row, strict=True):
                assert column.kind is Kind.MONEY or isinstance(cell, kinds[column.kind])


def test_the_same_bank_gives_the_same_bytes(lived: Desk, tmp_path: Path, form: str) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    one, other = written(lived, tmp_path / "a", form), written(lived, tmp_path / "b", form)
    assert [p.read_bytes() for p in sorted(one.iterdir())] == [
        p.read_bytes() for p in sorted(other.iterdir())
    ]


@pytest.mark.parametrize("sign", list("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20"))
def test_cells_that_would_run_as_formulas_are_defused(sign: str) -> None:
    assert defused(f"{sign}1+1") == f"'{sign}1+1"


@pytest.mark.parametrize("number", ["-12.50", "12.50", "0", "-7"])
def test_numbers_stay_numbers(number: str) -> None:
    assert defused(number) == number


@given(st.text())
def test_no_text_begins_like_a_formula_unless_it_is_a_number(text: str) -> None:
    shown = defused(text)
    assert shown.removeprefix("'") == text.removeprefix("'") or shown == "'" + text
    if shown.startswith(("=", "+", "-", "@", "\t", "\r")):
        assert Decimal(shown).is_finite()


def test_a_program_reads_back_what_was_meant(tmp_path: Path) -> None:
    cells = ['a "quoted", cell', "two\nlines", "=SUM(A1)", "-12.50", "银行"]
    path = tmp_path / "x.csv"
    path.write_text("".join(as_csv(list("abcde"), [cells])), encoding="utf-8", newline="")
    (row,) = fetched(f"from read_csv('{path}', header=true, all_varchar=true)")
    assert list(row) == ['a "quoted", cell', "two\nlines", "'=SUM(A1)", "-12.50", "银行"]


def test_without_the_extra_one_sentence_says_what_to_install(
    lived: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(BadInput) as no:
        export(lived.bank, "parquet", tmp_path / "pack", EVERYTHING)
    assert str(no.value) == "--to: Parquet needs the package pyarrow; install bankcore[parquet]"
    assert list(tmp_path.iterdir()) == []
