"""`bankcore watch` and `who`, as they are typed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bankcore import cli
from helpers.bank_file import write_bank


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "bank.db"
    write_bank(path)
    return path


def test_invariants_of_a_file_are_watched_and_a_broken_one_is_named(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    checks = tmp_path / "checks.txt"
    checks.write_text("# always\nbalance(*) >= 0.00\n\nbalance(A2) > 400  # not after February\n")
    assert cli.run(["watch", str(file), "--checks", str(checks), "--lang", "en", "--json"]) == 1
    found = json.loads(capsys.readouterr().out)
    assert [(row["invariant"], row["figure"]) for row in found] == [
        ("balance(A2) > 400", "0.00"),
        ("balance(A2) > 400", "379.50"),
    ]
    assert cli.run(["watch", str(file), "--check", "balance(*) >= 0.00", "--lang", "en"]) == 0
    assert capsys.readouterr().out == "1 always hold\n"


def test_who_changed_a_balance_is_told_line_by_line(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.run(["who", str(file), "balance", "A2", "--lang", "en"]) in {0, None}
    said = capsys.readouterr().out
    assert "500.00 -> 379.50  teller (teller_cash)" in said
    assert cli.run(["who", str(file), "balance", "A2", "--json"]) in {0, None}
    rows = json.loads(capsys.readouterr().out)
    assert [(row["before"], row["after"]) for row in rows] == [
        (None, "0.00"),
        ("0.00", "500.00"),
        ("500.00", "379.50"),
    ]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["watch"], "nothing to watch; give --check"),
        (["watch", "--checks", "nowhere.txt"], "nowhere.txt: cannot be read"),
        (["who", "balance", "A9"], "no stream 'A9' in this log"),
        (["watch", "--check", "balance(A9) > 0"], "no stream 'A9' in this log"),
        (["who", "ledger", "2241.04"], "nothing ever moved ledger of 2241.04"),
    ],
)
def test_bad_input_is_one_sentence(
    file: Path, words: list[str], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.run([words[0], str(file), *words[1:]]) == 2
    assert sentence in capsys.readouterr().err
