"""The tour: a bank file is made, three lives are played, and its books are shown and proven."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bankcore import cli
from bankcore.commands.output import width
from bankcore.values.errors import BadInput


@pytest.fixture(scope="module")
def toured(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Result]:
    """One tour in Chinese, into a new file."""
    file = tmp_path_factory.mktemp("tour") / "bank.db"
    return file, CliRunner().invoke(cli.cli, ["tour", str(file), "--lang", "zh"])


def test_the_tour_shows_statement_ledger_interest_risk_and_one_explanation(
    toured: tuple[Path, Result],
) -> None:
    file, result = toured
    assert result.exit_code == 0, result.output
    assert file.exists()
    shown = result.stdout
    for title in ("对账单", "试算平衡表", "应计利息", "风险状态", "一个数字从何而来", "证明"):
        assert title in shown
    assert "各项相加正好相符" in shown
    assert "全部相符" in shown


def test_the_tables_of_the_tour_keep_to_eighty_columns(toured: tuple[Path, Result]) -> None:
    books = toured[1].stdout.split("对账单")[1].split("接下来")[0]
    assert [line for line in books.splitlines() if width(line) > 80] == []


def test_the_commands_that_it_proposes_work(toured: tuple[Path, Result]) -> None:
    proposed = toured[1].stdout.split("接下来可以试")[1].strip().splitlines()
    for line in proposed:
        words = line.split()[1:]
        if words[0] == "train":
            words += ["--policy", "reference"]
        assert CliRunner().invoke(cli.cli, words).exit_code == 0, line


def test_the_tour_overwrites_nothing(toured: tuple[Path, Result]) -> None:
    with pytest.raises(BadInput, match=r"is there already; name a new file"):
        CliRunner().invoke(cli.cli, ["tour", str(toured[0])], catch_exceptions=False)
