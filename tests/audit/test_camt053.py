"""Statements as camt.053: the published schema accepts them, and their balances are the bank's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

from bankcore import cli
from bankcore.aggregates.deposit_account import ACCOUNT
from bankcore.aggregates.deposit_account import commands as c
from bankcore.aggregates.deposit_account import events as e
from bankcore.audit.ask import booked_balances
from bankcore.audit.exports.camt053 import Question, camt053
from bankcore.audit.exports.camt_codes import code_of
from bankcore.audit.exports.pack import Statements, export_statements
from bankcore.audit.exports.periods import Period, account_periods
from bankcore.projections.account_statement import statement
from bankcore.projections.fast_balances import BOOKED
from bankcore.projections.states import fold_states
from bankcore.projections.window import EVERYTHING, Window
from bankcore.store.bank import Bank
from bankcore.values.entry import Entry
from bankcore.values.errors import BadInput
from bankcore.values.money import Money, yuan
from helpers.bank_file import write_bank
from helpers.statements import NS, balances_of, schema
from samples import entries
from spec import Desk, bank

MARCH = Statements(date(2026, 3, 1), date(2026, 3, 31))
DAYS = st.dates(date(2026, 1, 1), date(2026, 1, 20))
HEAD = "ab" * 32


def banks_own(made: Sequence[Entry[Any]], window: Window) -> dict[str, Decimal]:
    """What the bank itself answers for its deposit accounts at a pair of dates."""
    states = fold_states(made, window)
    return {key: Decimal(str(a.balance)) for key, a in states.of(ACCOUNT)}


def known(window: Window, day: date) -> Window:
    """The same question, asked with what was known on a day."""
    return Window(window.as_of, min(day, window.known_at or day))


@pytest.fixture
def lived() -> Desk:
    desk = bank("2026-03-02", opening="12345.67")
    desk.advance("2026-03-21")
    desk.do(c.Withdraw(account="A1", amount=yuan("345.67")))
    desk.advance("2026-04-02")
    return desk


def file_of(desk: Desk, folder: Path, asked: Statements, window: Window = EVERYTHING) -> str:
    (path,) = export_statements(desk.bank, folder / "statements.xml", window, asked)
    return path.read_text("utf-8")


def test_the_published_schema_accepts_a_statement(lived: Desk, tmp_path: Path) -> None:
    text = file_of(lived, tmp_path, MARCH)
    schema().validate(text)
    # Opened with 12,345.67; 19 days on 12,345 whole yuan at 0.05 % are 0.33; 345.67 taken out.
    assert balances_of(text) == {"account-A1": (Decimal(0), Decimal("12000.33"))}


def test_the_schema_would_refuse_a_statement_without_its_closing_date(
    lived: Desk, tmp_path: Path
) -> None:
    text = file_of(lived, tmp_path, MARCH).replace("<ToDtTm>2026-03-31T23:59:59</ToDtTm>", "", 1)
    assert not schema().is_valid(text)


def test_another_program_reads_balances_dates_and_references(lived: Desk, tmp_path: Path) -> None:
    reader = pytest.importorskip("camt053.parse.statement_parser")
    told = reader.parse_statement(file_of(lived, tmp_path, MARCH))
    lines = list(statement(lived.entries(), "A1"))
    assert [x.account_servicer_ref for x in told.entries] == [x.event_id for x in lines]
    assert [x.value_date for x in told.entries] == [x.value_date.isoformat() for x in lines]
    assert {b.type_code: b.amount for b in told.balances} == {"OPBD": "0.00", "CLBD": "12000.33"}


def test_an_entry_has_both_dates_a_code_and_the_event(lived: Desk, tmp_path: Path) -> None:
    root = ET.fromstring(file_of(lived, tmp_path, MARCH))
    first, *_, taken = root.findall(".//c:Ntry", NS)
    path = "c:BkTxCd/c:Domn/c:Fmly/c:SubFmlyCd"
    assert (first.findtext(path, "", NS), taken.findtext(path, "", NS)) == ("CDPT", "CWDL")
    assert taken.findtext("c:BookgDt/c:Dt", "", NS) == "2026-03-21"
    assert taken.findtext("c:ValDt/c:Dt", "", NS) == "2026-03-21"
    event = lived.outcomes[-1].entries[0].id
    assert taken.findtext("c:AcctSvcrRef", "", NS) == event
    assert taken.findtext("c:BkTxCd/c:Prtry/c:Cd", "", NS) == "FundsWithdrawn"


def test_the_opening_balance_is_the_closing_one_of_the_day_before(
    lived: Desk, tmp_path: Path
) -> None:
    cuts = [date(2026, 3, d) for d in (2, 10, 21, 31)]
    carried = Decimal(0)
    for nr, (start, following) in enumerate(pairwise(cuts)):
        folder = tmp_path / str(nr)
        folder.mkdir()
        asked = Statements(start, following - timedelta(days=1))
        opening, closing = balances_of(file_of(lived, folder, asked))["account-A1"]
        assert opening == carried
        carried = closing


MOVES = [e.AccountApplied, e.AccountTypeChosen, e.DepositAccountOpened, *BOOKED]


def in_yuan(event: Any) -> Any:
    """The event with its amounts in the bank's currency and of a size that the message holds."""
    amounts = {f.name: getattr(event, f.name) for f in fields(event)}
    plain = {
        name: Money(value.minor % (2 * 10**13) - 10**13)
        for name, value in amounts.items()
        if isinstance(value, Money)
    }
    return replace(event, **plain)


@st.composite
def histories(draw: st.DrawFn) -> list[Entry[Any]]:
    """Entries of a few deposit accounts on any booking and value dates, texts of any kind."""
    made = []
    versions: dict[str, int] = {}
    for place, entry in enumerate(draw(st.lists(entries(MOVES), max_size=12)), 1):
        stream = draw(st.sampled_from(["account-1", "account-2", "account-" + "长" * 40]))
        versions[stream] = versions.get(stream, 0) + 1
        made.append(
            replace(
                entry,
                event=in_yuan(entry.event),
                stream=stream,
                version=versions[stream],
                position=place,
                booking_date=draw(DAYS),
                value_date=draw(DAYS),
            )
        )
    return made


@given(histories(), DAYS, DAYS, st.none() | DAYS, st.none() | DAYS)
@settings(max_examples=60, deadline=None)
def test_balances_are_the_banks_own_for_any_dates_and_the_schema_accepts_them(
    made: list[Entry[Any]], one: date, other: date, as_of: date | None, known_at: date | None
) -> None:
    period, window = Period(min(one, other), max(one, other)), Window(as_of, known_at)
    found = account_periods(made, period, window)
    opening = banks_own(made, known(window, period.start - timedelta(days=1)))
    closing = banks_own(made, known(window, period.until))
    assert {x.account for x in found} >= {key for key, sum_ in closing.items() if sum_}
    for x in found:
        assert Decimal(str(x.opening)) == opening.get(x.account, 0)
        assert Decimal(str(x.closing)) == closing[x.account]
    if found:
        text = "".join(camt053(found, Question(HEAD, period, window)))
        schema().validate(text)
        told = list(balances_of(text).values())
        assert told == [(Decimal(str(x.opening)), Decimal(str(x.closing))) for x in found]


@pytest.mark.parametrize("kind", BOOKED, ids=lambda kind: kind.__name__)
def test_whatever_moves_an_account_has_a_code(kind: type[Any]) -> None:
    event = object.__new__(kind)
    for credit in (True, False):
        assert [len(part) for part in code_of(event, credit=credit)] == [4, 4, 4]


def test_the_same_question_gives_the_same_bytes(lived: Desk, tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    first = file_of(lived, tmp_path / "a", MARCH)
    assert first == file_of(lived, tmp_path / "b", MARCH)
    assert "Customer C1" not in first  # no personal data


@pytest.mark.parametrize(
    ("asked", "window", "says"),
    [
        (Statements(until=date(2026, 5, 1)), EVERYTHING, "2026-05-01 is not known by 2026-04-02"),
        (Statements(until=date(2026, 4, 1)), Window(known_at=date(2026, 3, 9)), "not known by"),
        (Statements(date(2026, 4, 2), date(2026, 4, 1)), EVERYTHING, "is after"),
        (Statements(account="A9"), EVERYTHING, "no account 'A9' in this log"),
        (Statements(until=date(2026, 3, 1)), EVERYTHING, "no account was open"),
    ],
)
def test_what_cannot_be_stated_is_bad_input(
    lived: Desk, tmp_path: Path, asked: Statements, window: Window, says: str
) -> None:
    with pytest.raises(BadInput, match=says):
        file_of(lived, tmp_path, asked, window)
    assert list(tmp_path.iterdir()) == []


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample bank; no test writes to it."""
    path = tmp_path_factory.mktemp("bank") / "bank.db"
    write_bank(path)
    return path


def asked(*args: object) -> Result:
    return CliRunner().invoke(cli.cli, ["export", *map(str, args)], env={"LC_ALL": "C"})


@pytest.mark.parametrize(
    "dates",
    [
        (),
        ("--as-of", "2026-02-10"),
        ("--known-at", "2026-02-09"),
        ("--as-of", "2026-01-31", "--known-at", "2026-03-21"),
    ],
)
def test_the_command_states_what_the_command_balances_says(
    log: Path, tmp_path: Path, dates: tuple[str, ...]
) -> None:
    path = tmp_path / "all.xml"
    assert asked(log, "--to", "camt053", "-o", path, *dates).exit_code == 0
    text = path.read_text("utf-8")
    schema().validate(text)
    said = {dates[i]: date.fromisoformat(dates[i + 1]) for i in range(0, len(dates), 2)}
    with Bank.open(str(log)) as open_bank:
        window = Window(said.get("--as-of"), said.get("--known-at"))
        own = {row.account: Decimal(str(row.booked)) for row in booked_balances(open_bank, window)}
    told = {key: closing for key, (_, closing) in balances_of(text).items()}
    assert {key: closing for key, closing in told.items() if key.startswith(ACCOUNT.prefix)} == own


def test_one_account_alone(log: Path, tmp_path: Path) -> None:
    path = tmp_path / "one.xml"
    done = asked(log, "--to", "camt053", "--account", "A2", "--from", "2026-02-01", "-o", path)
    assert done.exit_code == 0
    told = balances_of(path.read_text("utf-8"))
    assert told["account-A2"][0] == Decimal("500.00")
    assert list(told) == ["account-A2"]


def test_a_period_is_only_for_statements(log: Path, tmp_path: Path) -> None:
    done = asked(log, "--to", "csv", "--from", "2026-02-01", "-o", tmp_path / "pack")
    assert isinstance(done.exception, BadInput)
    assert str(done.exception).startswith("--from: a csv export is always of the whole book")
