"""Parts unfold into what was posted, sentences say it plainly, the page is whole by itself."""

from __future__ import annotations

import json
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest

from bankcore import cli
from bankcore.aggregates.loan import commands_running as loan
from bankcore.audit import ask
from bankcore.audit.explain.page import page
from bankcore.audit.explain.spoken import spoken
from bankcore.projections.window import Window
from bankcore.values.errors import BadInput
from bankcore.values.money import yuan
from helpers.bank_file import write_bank
from loan_desk import day, lent
from spec import bank


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "bank.db"
    write_bank(path)
    return path


def test_cash_and_interest_unfold_into_where_they_came_from() -> None:
    desk = bank("2026-03-02", opening="36000.00")
    desk.advance("2026-03-22")
    found = ask.explain(desk.bank, "balance", "A1", depth=2)
    assert found.adds_up
    # 36,000 x 19 days at 0.05 % over 360: 0.95, which had been owed since settlement.
    inside = {p.label_en: {i.label_en: i.amount for i in p.parts} for p in found.parts}
    assert inside == {
        "Funds deposited": {"cash in vault and tills": 36000_00},
        "Interest paid": {"interest payable (settled, not yet paid)": 95},
    }


def test_a_debited_instalment_unfolds_into_principal_and_interest() -> None:
    # 12,000.00 at 4.35 % over 12 months: 43.50 of the first 1,023.72 are interest (LN-10).
    desk = lent(opening="20000.00")
    desk.advance("2026-02-13")
    found = ask.explain(desk.bank, "balance", "A1", depth=2)
    debit = next(part for part in found.parts if part.amount == -1023_72)
    assert sorted(inner.amount for inner in debit.parts) == [-980_22, -43_50]
    assert found.adds_up


def test_a_ledger_line_unfolds_into_its_counterparts() -> None:
    desk = bank("2026-03-02", opening="100.00")
    found = ask.explain(desk.bank, "ledger", "1001", depth=2)
    assert [[inner.inputs for inner in part.parts] for part in found.parts] == [
        [{"account": "2011.01"}]
    ]
    with pytest.raises(BadInput, match="no ledger account '1009'"):
        ask.explain(desk.bank, "ledger", "1009")


def test_days_do_not_unfold() -> None:
    desk = lent()
    found = ask.explain(desk.bank, "days-past-due", "L1", depth=2)
    assert found == ask.explain(desk.bank, "days-past-due", "L1")


def test_the_next_instalment_is_principal_and_interest() -> None:
    desk = lent()
    found = ask.explain(desk.bank, "instalment", "L1")
    said = {part.label_en: part.amount for part in found.parts}
    assert said == {"Principal": 980_22, "Interest": 43_50}
    assert found.value == 1023_72


def test_the_saving_of_a_quoted_prepayment_is_what_is_not_paid() -> None:
    desk = lent(opening="20000.00")
    desk.do(loan.GivePrepaymentNotice(loan="L1", amount=yuan("12000.00"), on=day("2026-01-27")))
    desk.advance("2026-01-27")
    quote = loan.QuotePrepayment(loan="L1", amount=yuan("12000.00"), on=day("2026-01-27"))
    desk.do(quote)
    found = ask.explain(desk.bank, "prepayment-saving", "L1")
    # Twelve payments of 1,023.72 (the last one less a few fen) less 12,000.00 are the interest to
    # come; 15 days of 12,000.00 at 4.35 % are 21.75.
    now, to_day = found.parts
    assert to_day.label_en == "Interest to the day"
    assert to_day.amount == -21_75
    assert found.value == now.amount - 21_75
    assert abs(now.amount - (12 * 1023_72 - 12000_00)) <= 12


def test_a_customer_hears_dates_reasons_and_amounts() -> None:
    desk = bank("2026-03-02", opening="36000.00")
    desk.advance("2026-03-22")
    entries = {entry.id: entry for entry in desk.entries()}
    found = ask.explain(desk.bank, "balance", "A1")
    assert spoken(found, entries, "en") == [
        "2026-03-02 36,000.00 deposited: CNY 36,000.00",
        "2026-03-21 interest of 0.95 paid: CNY 0.95",
        "Together: CNY 36,000.95",
    ]
    settled = ask.explain(desk.bank, "settled-interest", "A1")
    first, whole = spoken(settled, entries, "zh")
    assert "2026-03-02 至 2026-03-21(不含),每天余额之和 684000 元,年利率 0.05%" in first
    assert whole == "合计:0.95 元"
    accrued = ask.explain(desk.bank, "accrued-interest", "A1", Window(date(2026, 3, 21), None))
    assert spoken(accrued, entries, "en")[-1].startswith("Together: CNY 0.0")
    none = ask.explain(desk.bank, "fees", "A1")
    assert spoken(none, entries, "en") == ["It is CNY 0.00."]


class Whole(HTMLParser):
    """Notes what a page would fetch or run."""

    def __init__(self) -> None:
        super().__init__()
        self.outside: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.outside += [tag] if tag in {"script", "link", "img", "iframe"} else []
        self.outside += [name for name, _ in attrs if name in {"src", "href"}]


def test_the_page_is_whole_by_itself_and_escapes_what_people_wrote() -> None:
    desk = bank("2026-03-02", opening="100.00")
    found = ask.explain(desk.bank, "balance", "A1", depth=2)
    text = page(found, "<b>&", "zh")
    reader = Whole()
    reader.feed(text)
    assert reader.outside == []
    assert "&lt;b&gt;&amp;" in text
    assert "各项相加正好相符" in text


def test_the_command_writes_the_page_once_and_says_it_to_a_customer(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    new = file.with_name("why.html")
    words = ["explain", str(file), "balance", "A1", "--lang", "en"]
    assert not cli.run([*words, "--html", str(new)])
    assert "as of: all; known at: all" in new.read_text("utf-8")
    assert cli.run([*words, "--html", str(new)]) == 2
    assert "it exists already" in capsys.readouterr().err
    assert not cli.run([*words, "--for", "customer"])
    assert capsys.readouterr().out.splitlines()[-1] == "Together: CNY 14,347.06"
    assert not cli.run([*words, "--depth", "2", "--json"])
    told = json.loads(capsys.readouterr().out)
    assert [inner["amount"] for inner in told["parts"][0]["parts"]] == ["1234567"]


def test_of_two_things_with_one_key_the_one_that_has_the_figure_is_meant() -> None:
    desk = lent()
    assert ask.explain(desk.bank, "instalment", "L1").subject == "loan-L1"
