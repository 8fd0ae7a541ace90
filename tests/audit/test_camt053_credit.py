"""Loans and cards as camt.053: valid, the entries add up, the balances are what is owed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from bankcore.aggregates.card_line import CARD
from bankcore.aggregates.loan import LOAN
from bankcore.audit.exports.camt_codes import code_of
from bankcore.audit.exports.pack import Statements, export_statements
from bankcore.projections.states import fold_states
from bankcore.projections.window import EVERYTHING, Window
from bankcore.scenarios.runner import run_scripts
from bankcore.scenarios.source import library
from bankcore.store.bank import Bank
from bankcore.values.declare import EVENTS
from helpers.statements import NS, balances_of, schema
from loan_desk import lent

LIVES = ("loan-late-and-cured", "loan-written-off", "card-full-amount-interest",
         "returned-student-first-card", "life-renovation-year")  # fmt: skip
# All control accounts of a loan and a card (GL-04) but the allowance, which is the bank's own fear,
# and the unused limit, which nobody owes.
NOT_OWED = {"1304.01", "1304.02", "8201"}


@pytest.fixture(scope="module")
def bank(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bank]:
    path = tmp_path_factory.mktemp("lives") / "bank.db"
    assert all(r.ok for r in run_scripts([library()[name] for name in LIVES], str(path)))
    with Bank.open(str(path)) as found:
        yield found


def owed(bank: Bank, window: Window) -> dict[str, Decimal]:
    """What each loan and card owes by its sub-ledger accounts, as the holder sees it."""
    found: dict[str, Decimal] = {}
    for stream, state in fold_states(bank.entries(), window).by_stream.items():
        for kind in (LOAN, CARD):
            if stream.startswith(kind.prefix):
                held = {a: m for a, m in kind.subledger(state).items() if a not in NOT_OWED}
                found[stream] = -Decimal(sum(held.values())) / 100
    return found


def credit(text: str) -> dict[str, tuple[Decimal, Decimal]]:
    prefixes = (LOAN.prefix, CARD.prefix)
    return {key: told for key, told in balances_of(text).items() if key.startswith(prefixes)}


def test_every_loan_and_card_has_what_it_owes_on_every_day(bank: Bank, tmp_path: Path) -> None:
    entries = list(bank.entries())
    first, last = entries[0].booking_date, entries[-1].booking_date
    step, seen = (last - first) / 5, set()
    for nr in range(5):
        start, until = first + step * nr + timedelta(days=nr), first + step * (nr + 1)
        (path,) = export_statements(
            bank, tmp_path / f"{nr}.xml", EVERYTHING, Statements(start, until)
        )
        text = path.read_text("utf-8")
        schema().validate(text)
        opening = owed(bank, Window(known_at=start - timedelta(days=1)))
        closing = owed(bank, Window(known_at=until))
        for key, told in credit(text).items():
            assert told == (opening.get(key, Decimal(0)), closing[key])
            seen.add(key)
        assert {key for key, sum_ in closing.items() if sum_} <= set(credit(text))
    assert {key.split("-")[0] for key in seen} == {"loan", "card"}


def test_entries_of_a_card_and_a_loan_carry_their_codes(bank: Bank, tmp_path: Path) -> None:
    (path,) = export_statements(bank, tmp_path / "all.xml", EVERYTHING, Statements())
    codes = {
        (x.findtext("c:BkTxCd/c:Prtry/c:Cd", "", NS),
         "-".join(x.findtext(f"c:BkTxCd/c:Domn/{p}", "", NS)
                  for p in ("c:Cd", "c:Fmly/c:Cd", "c:Fmly/c:SubFmlyCd")))
        for x in ET.fromstring(path.read_text("utf-8")).iterfind(".//c:Ntry", NS)
    }  # fmt: skip
    assert {
        ("CardTransactionPosted", "PMNT-CCRD-POSC"),
        ("CardInterestBilled", "ACMT-MDOP-INTR"),
        ("CardPaymentReceived", "PMNT-RCDT-OTHR"),
        ("LoanDisbursed", "LDAS-CSLN-DDWN"),
        ("InstalmentFellDue", "LDAS-CSLN-INTR"),
        ("PenaltyInterestCharged", "LDAS-CSLN-CHRG"),
        ("LoanRepaymentReceived", "LDAS-CSLN-PPAY"),
    } <= codes


def test_a_loan_alone_to_the_fen(tmp_path: Path) -> None:
    # 12,000.00 lent; the first instalment of 1,023.72 has 43.50 interest and 980.22 principal.
    desk = lent(opening="20000.00")
    desk.advance("2026-02-14")
    asked = Statements(until=date(2026, 2, 13), account="loan-L1")
    (path,) = export_statements(desk.bank, tmp_path / "l.xml", EVERYTHING, asked)
    text = path.read_text("utf-8")
    schema().validate(text)
    assert balances_of(text) == {"loan-L1": (Decimal(0), Decimal("-11019.78"))}
    sizes = [x.findtext("c:Amt", "", NS) for x in ET.fromstring(text).iterfind(".//c:Ntry", NS)]
    assert sizes == ["12000.00", "43.50", "1023.72"]


@pytest.mark.parametrize("kind", ["loan", "card_line"])
def test_whatever_may_move_a_loan_or_card_has_a_code(kind: str) -> None:
    for cls, info in EVENTS.items():
        if info.stream == kind:
            event = object.__new__(cls)
            for side in (True, False):
                assert [len(part) for part in code_of(event, credit=side)] == [4, 4, 4]
    if kind == "loan":
        drawn = object.__new__(next(c for c, i in EVENTS.items() if i.name == "LoanDisbursed"))
        assert code_of(drawn, "mortgage", credit=False) == ("LDAS", "MGLN", "DDWN")
