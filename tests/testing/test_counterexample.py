"""A difference shrinks, is written as a script, and the script fails in the same place."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from bankcore.aggregates.deposit_account import commands as account
from bankcore.aggregates.deposit_account import interest as pricing
from bankcore.operations import deposit_accounts
from bankcore.rules.deposits.demand import demand_interest
from bankcore.scenarios.check import check
from bankcore.scenarios.runner import RunResult, run_scripts
from bankcore.scenarios.source import load
from bankcore.testing import counterexample
from bankcore.testing.life import Difference, Life, Pair
from bankcore.testing.machine import LifeMachine
from bankcore.values.money import Money

SMALL = settings(
    max_examples=80,
    stateful_step_count=8,
    derandomize=True,
    deadline=None,
    database=None,
    phases=(Phase.generate, Phase.shrink),
    suppress_health_check=list(HealthCheck),
    report_multiple_bugs=False,
)


def found(folder: Path) -> Path:
    """Play lives until they differ; the script of the smallest one."""

    class ShortLives(LifeMachine):
        """Lives that are written into the folder of the test."""

    ShortLives.folder = folder
    with pytest.raises(Difference) as difference:
        run_state_machine_as_test(ShortLives, settings=SMALL)
    path = folder / "shortlives.toml"
    assert f"replay it: bankcore run {path}" in difference.value.__notes__
    return path


def replayed(path: Path) -> RunResult:
    return run_scripts([check(load(str(path)))])[0]


def test_a_guard_that_is_off_leaves_a_script_that_fails_where_it_was_needed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(deposit_accounts, "check_amount", lambda _: None)
        patch.setattr(deposit_accounts, "check_debit", lambda *_: None)
        path = found(tmp_path)
        broken = replayed(path)
        assert not broken.ok
        assert "refused" in path.read_text(encoding="utf-8")
        assert "refused" in str(broken.failures[0]) or "found done" in str(broken.failures[0])
    assert replayed(path).ok, "the bank that is whole plays the script as the model expects"


def test_a_formula_that_is_wrong_leaves_a_script_with_the_figures_that_are_right(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    right = demand_interest

    with monkeypatch.context() as patch:
        patch.setattr(
            pricing,
            "demand_interest",
            lambda opening, moves, start, end, *rest: right(
                opening, moves, start, end.replace(day=end.day - 1), *rest
            ),
        )
        path = found(tmp_path)
        assert not replayed(path).ok
    assert replayed(path).ok


def test_a_script_says_what_the_model_expects_at_the_pair_of_dates(tmp_path: Path) -> None:
    life = Life(date(2026, 1, 5))
    life.give(account.Deposit(account="A9", amount=Money(1)))
    difference = Difference("made up")
    difference.pair = Pair(date(2026, 1, 5), date(2026, 1, 5))
    path = counterexample.write(life, difference, tmp_path, "made-up")
    assert path.read_text(encoding="utf-8").startswith("# made up\n")
    assert replayed(path).ok
    life.close()


def test_the_plugin_writes_into_the_folder_that_is_named(tmp_path: Path) -> None:
    (tmp_path / "test_broken.py").write_text(
        "from hypothesis import Phase, settings\n"
        "from bankcore.operations import deposit_accounts\n"
        "from bankcore.testing.machine import LifeMachine\n"
        "deposit_accounts.check_debit = lambda *_: None\n"
        "LifeMachine.TestCase.settings = settings(max_examples=60, stateful_step_count=20,\n"
        "    derandomize=True, deadline=None, database=None, phases=[Phase.generate])\n"
        "TestLives = LifeMachine.TestCase\n",
        encoding="utf-8",
    )
    folder = tmp_path / "found here"
    command = [sys.executable, "-m", "pytest", "-q", "-p", "bankcore.testing.plugin"]
    command += ["-p", "no:cacheprovider", f"--counterexamples={folder}", "test_broken.py"]
    ran = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert ran.returncode == 1, ran.stdout + ran.stderr
    assert "bankcore run" in ran.stdout
    assert replayed(folder / "lifemachine.toml").ok, "here the bank is whole"
