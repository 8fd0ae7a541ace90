"""The findings report: filters, a sample that anybody can draw again, a page for a browser."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from dataclasses import replace
from datetime import date
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from bankcore import cli
from bankcore.aggregates.deposit_account import commands as c
from bankcore.audit.findings.finding import Compared, Finding, Severity
from bankcore.audit.findings.page import page
from bankcore.audit.findings.report import findings_of
from bankcore.audit.findings.selection import Sample, Selection, select, within
from bankcore.audit.findings.told import Evidence, Told, told_findings
from bankcore.store.bank import Bank
from bankcore.values.errors import BadInput
from bankcore.values.money import yuan
from spec import TELLER, Desk, known_customer, open_account

DAY = date(2026, 3, 5)
BROWSER = shutil.which("chromium") or shutil.which("google-chrome")


def told(nr: int = 1, **changes: Any) -> Told:
    """A finding made up for a report."""
    trigger = f"interaction-i{nr}@3"
    found = Finding(
        id="F-X-01",
        key=f"interaction-i{nr}",
        severity=Severity.HIGH,
        section="4.4.2, 7.3.4",
        rule="LN-29",
        zh="预警无措施",
        en="Warning without action",
        trigger=trigger,
        cited=(),
        missing=(),
        responsible="rm",
        on=DAY,
        undone=False,
    )
    event = Evidence("trigger", trigger, DAY, DAY, "rm", "说了", "said")
    whole = Told(replace(found, **changes.pop("finding", {})), (event,), (), ("C1",))
    return replace(whole, **changes)


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two customers pay in large cash without due diligence, on two days."""
    path = tmp_path_factory.mktemp("bank") / "bank.db"
    with Bank.open(str(path), create=True) as bank:
        bank.advance(date(2026, 3, 2))
        desk = Desk(bank)
        for customer, account in (("C1", "A1"), ("C2", "A2")):
            known_customer(desk, customer)
            open_account(desk, account, customer, "demand", "500.00")
        for day, account in (("2026-03-03", "A1"), ("2026-03-09", "A2")):
            desk.advance(day)
            desk.do(c.Deposit(account=account, amount=yuan("90000.00")), TELLER)
        desk.advance("2026-03-10")
    return path


def asked(*args: object) -> Result:
    words = ["findings", *map(str, args)]
    return CliRunner().invoke(cli.cli, words, env={"LC_ALL": "C"})


def found(*args: object) -> list[tuple[str, list[str]]]:
    """Id and customers of the findings that the command answers."""
    result = asked(*args, "--json")
    assert result.exit_code == 0, result.exception
    return [(f["id"], f["customers"]) for f in json.loads(result.stdout)]


BOTH = [("F-KYC-08", ["C1"]), ("F-KYC-08", ["C2"])]


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ((), BOTH),
        (("--section", "8"), BOTH),
        (("--section", "8.2.2"), BOTH),
        (("--section", "8.2.2", "--section", "4.1"), BOTH),
        (("--section", "4.1"), []),
        (("--severity", "M"), BOTH),
        (("--severity", "F", "--severity", "H"), []),
        (("--person", "teller"), BOTH),
        (("--person", "rm"), []),
        (("--customer", "C2"), BOTH[1:]),
        (("--customer", "customer-C2"), BOTH[1:]),
        (("--from", "2026-03-04"), BOTH[1:]),
        (("--until", "2026-03-03"), BOTH[:1]),
        (("--known-at", "2026-03-08"), BOTH[:1]),
        (("--sample", "9", "--seed", "x"), BOTH),
    ],
)
def test_the_command_selects(
    log: Path, options: tuple[str, ...], expected: list[tuple[str, list[str]]]
) -> None:
    assert found(log, *options) == expected


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (("--section", "99"), "no finding has section '99'; chapters with findings: 0, 1, 2"),
        (("--customer", "C9"), "no customer 'C9' in this log; did you mean customer-C"),
        (("--seed", "7"), "--seed: a seed draws nothing alone; add --sample N"),
        (("--from", "2026-03-09", "--until", "2026-03-03"), "--from: 2026-03-09 is after"),
    ],
)
def test_what_cannot_be_selected_is_bad_input(
    log: Path, options: tuple[str, ...], says: str
) -> None:
    result = asked(log, *options)
    assert isinstance(result.exception, BadInput)
    assert says in str(result.exception)


def test_each_finding_is_told_with_its_events_dates_and_what_is_missing(log: Path) -> None:
    shown = asked(log, "--customer", "C1", "--lang", "en").stdout
    assert "as of every day, known at the end of the log" in shown
    assert "2 found, 1 selected" in shown
    assert "2026-03-03 teller, customer C1" in shown
    assert "missing: " in shown
    assert re.search(r"2026-03-03 account-A1@\d+: 90,000.00 deposited", shown)


def test_a_sample_prints_its_seed_which_is_the_logs_own_if_none_is_given(log: Path) -> None:
    with Bank.open(str(log)) as bank:
        head = bank.log.digest()[:16]
    assert "sample of 1 out of 2, seed 7" in asked(log, "--sample", 1, "--seed", 7).stdout
    told_ = asked(log, "--sample", 1, "--json")
    assert len(json.loads(told_.stdout)) == 1
    assert f"sample of 1 out of 2, seed {head}" in told_.stderr
    assert asked(log, "--sample", 1).stdout == asked(log, "--sample", 1, "--seed", head).stdout


def test_the_report_has_the_findings_of_the_grader(log: Path) -> None:
    with Bank.open(str(log)) as bank:
        entries, catalogue = list(bank.entries()), bank.catalogue
    assert [t.finding for t in told_findings(entries, catalogue)] == findings_of(entries, catalogue)


@pytest.mark.parametrize(
    ("section", "inside"),
    [("4", True), ("4.4", True), ("4.4.2", True), ("7.3.4", True), ("4.4.2.1", False),
     ("44", False), ("4.", False), ("3", False), ("7.3.4 x", False)],
)  # fmt: skip
def test_a_chapter_includes_its_sections_and_nothing_else(section: str, *, inside: bool) -> None:
    assert within("4.4.2, 7.3.4", section) is inside


POPULATION = [told(nr) for nr in range(40)]


@given(st.integers(1, 45), st.text(max_size=9), st.permutations(range(40)))
def test_a_sample_depends_on_seed_and_findings_alone(
    size: int, seed: str, order: list[int]
) -> None:
    drawn = select(POPULATION, Selection(), Sample(size, seed)).findings
    assert len(drawn) == min(size, 40)
    assert list(drawn) == [one for one in POPULATION if one in drawn]
    other = select([POPULATION[i] for i in order], Selection(), Sample(size, seed)).findings
    assert set(other) == set(drawn)
    fewer = select(POPULATION[:39], Selection(), Sample(size, seed)).findings
    assert len(set(drawn) - set(fewer)) <= 1


def test_a_sample_can_be_drawn_by_any_other_program() -> None:
    """By the rule as it is written: the smallest SHA-256 of seed, id, key and trigger, by lines."""
    texts = [f"7\nF-X-01\ninteraction-i{nr}\ninteraction-i{nr}@3" for nr in range(40)]
    lots = sorted(range(40), key=lambda nr: sha256(texts[nr].encode()).hexdigest())
    drawn = select(POPULATION, Selection(), Sample(5, "7")).findings
    assert {t.finding.key for t in drawn} == {f"interaction-i{nr}" for nr in lots[:5]}


class Reader(HTMLParser):
    """What a page loads, runs and says."""

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self.tags: list[str] = []
        self.outside: list[str] = []
        self.cards: list[dict[str, str | None]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep tags, links to elsewhere and the data of cards."""
        self.tags.append(tag)
        given_ = dict(attrs)
        self.outside += [str(v) for k, v in attrs if k in {"src", "href", "action", "style"}]
        if tag == "article":
            self.cards.append(given_)


EVIL = "\"><script>alert(1)</script><img src=x onerror=alert(1)>'$facts&amp;"


def read(text: str) -> Reader:
    reader = Reader()
    reader.feed(text)
    return reader


def of(*findings: Told) -> str:
    return page(select(findings, Selection()), [("条件", "selection")])


def test_the_page_loads_nothing_and_escapes_everything() -> None:
    event = replace(told().events[0], zh=EVIL, en=EVIL, actor=EVIL, event=EVIL)
    evil = told(
        events=(event,), customers=(EVIL,), missing=((EVIL, EVIL),),
        finding={"responsible": EVIL, "en": EVIL, "zh": EVIL, "rule": EVIL,
                 "compared": (Compared(EVIL, EVIL, EVIL, EVIL),)},
    )  # fmt: skip
    shown = told(finding={"compared": (Compared("报数", "quoted", "1.00", "2.00"),)})
    assert "quoted" in of(shown)
    assert "1.00 / 2.00" in of(shown)
    reader, plain = read(of(evil)), read(of(shown))
    assert reader.outside == []
    assert [t for t in reader.tags if t in {"script", "img", "link"}] == ["script"]
    assert set(reader.tags) == set(plain.tags)
    assert reader.cards[0]["data-person"] == EVIL
    assert reader.cards[0]["data-customers"] == EVIL


def test_the_page_has_both_languages_and_the_numbers(log: Path, tmp_path: Path) -> None:
    path = tmp_path / "findings.html"
    assert asked(log, "--html", path, "--lang", "zh", "--severity", "M").stdout == f"{path}\n"
    text = path.read_text("utf-8")
    assert '<html lang="zh">' in text
    for words in ("审计发现", "Findings", "全部 2，选取 2", "2 found, 2 selected", "severity M"):
        assert words in text
    assert [card["data-customers"] for card in read(text).cards] == ["C1", "C2"]
    again = asked(log, "--html", path)
    assert isinstance(again.exception, BadInput)


def test_a_page_without_findings_is_a_page() -> None:
    assert "<article" not in of()


SET: dict[str, str] = {
    "": "",
    "section=7": 'const to = form.elements.section; to.append(new Option("7")); to.value = "7";',
    "section=9.1": 'form.elements.section.value = "9.1";',
    "person=boss": 'form.elements.person.value = "boss";',
    "customer=C2": 'form.elements.customer.value = "C2";',
    "severity=L": 'for (const box of form.elements.severity) box.checked = box.value === "L";',
    "from": 'form.elements.from.value = "2026-03-06";',
    "until": 'form.elements.until.value = "2026-03-05";',
    "text": 'form.elements.text.value = "WARNING";',
}
SHOWN = {
    "": [1, 2, 3], "section=7": [1, 2], "section=9.1": [3], "person=boss": [3],
    "customer=C2": [2], "severity=L": [2], "from": [3], "until": [1, 2], "text": [1, 2],
}  # fmt: skip


@pytest.mark.skipif(BROWSER is None, reason="no browser is installed")
@pytest.mark.parametrize("filters", SET)
def test_a_browser_without_network_filters(filters: str, tmp_path: Path) -> None:
    assert BROWSER is not None
    third = {
        "section": "9.1",
        "responsible": "boss",
        "on": date(2026, 3, 6),
        "en": "Late",
        "zh": "迟",
    }
    low = {"severity": Severity.LOW}
    text = of(told(1), told(2, customers=("C1", "C2"), finding=low), told(3, finding=third))
    path = tmp_path / "page.html"
    path.write_text(text.replace("apply();\n</script>", f"{SET[filters]}\napply();\n</script>"))
    command = [BROWSER, "--headless", "--no-sandbox", "--disable-gpu",
        "--disable-background-networking", f"--user-data-dir={tmp_path}", "--dump-dom",
        path.as_uri()]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)
    cards = read(done.stdout).cards
    visible = [nr for nr, card in enumerate(cards, 1) if "hidden" not in card]
    assert visible == SHOWN[filters]
    assert f'<span id="shown">{len(visible)}</span> / 3' in done.stdout
