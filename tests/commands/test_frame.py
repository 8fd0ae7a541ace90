"""The frame: help without weight, exit codes, sentences for people and for programs."""

from __future__ import annotations

import json
import shlex
import subprocess
import sys

import click
import pytest
from click.testing import CliRunner

from bankcore import __version__, cli
from bankcore.commands import failures
from bankcore.commands.registry import COMMANDS
from bankcore.values.errors import BadInput, Busy, DamagedLog
from bankcore.values.reasons import Reason, Rejected

HEAVY = ("pydantic", "eventsourcing", "sqlite3", "psycopg", "msgpack", "hypothesis")


def python(code: str) -> str:
    return subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout


def test_help_loads_neither_pydantic_nor_the_store() -> None:
    loaded = python(
        "import sys; from bankcore import cli; cli.run(['--help']); print(*sys.modules)"
    ).split()
    assert "click" in loaded
    assert [name for name in HEAVY if name in loaded] == []
    assert [name for name in loaded if name.startswith("bankcore.store")] == []


def test_help_lists_every_command_with_one_line() -> None:
    shown = CliRunner().invoke(cli.cli, ["--help"], env={"LC_ALL": "C"}).output
    assert [line.split()[0] for line in shown.split("Commands:\n")[1].splitlines()] == list(
        COMMANDS
    )


def test_help_speaks_chinese_in_a_chinese_locale() -> None:
    shown = CliRunner().invoke(cli.cli, ["--help"], env={"LC_ALL": "zh_CN.UTF-8"}).output
    assert "账户对账单" in shown


def test_the_version_is_the_packages() -> None:
    assert CliRunner().invoke(cli.cli, ["--version"]).output.split()[-1] == __version__


def test_an_unknown_command_is_bad_input_and_is_answered_with_the_nearest(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert cli.run(["staement"]) == 2
    assert "did you mean statement?" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("error", "code", "sentence"),
    [
        (Rejected(Reason.KYC_NONE, customer="C1"), 1, "kyc_none, AML-05] (customer C1)"),
        (BadInput("no such day", place="--as-of", remedy="write 2026-02-28"), 2, "--as-of: no"),
        (click.UsageError("no such option"), 2, "no such option"),
        (DamagedLog("hash differs", position=7, event_id="account-1@2"), 5, "position 7"),
        (Busy("locked"), 6, "nothing was written"),
    ],
)
def test_each_kind_of_failure_has_its_exit_code_and_one_sentence(
    error: Exception, code: int, sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert failures.report(error, ["--lang", "en"]) == code
    printed = capsys.readouterr().err
    assert sentence in printed
    assert printed.count("\n") == 1


def test_a_failure_with_json_is_one_object(capsys: pytest.CaptureFixture[str]) -> None:
    assert failures.report(Rejected(Reason.KYC_NONE, customer="C1"), ["--json"]) == 1
    said = json.loads(capsys.readouterr().err)
    assert said["error"] == "refused"
    assert said["reason"] == "kyc_none"
    assert said["facts"] == {"customer": "C1"}


def test_a_refusal_speaks_the_language_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    failures.report(Rejected(Reason.KYC_NONE), ["do", "--lang=zh"])
    assert "客户身份从未核实" in capsys.readouterr().err


def test_a_bug_keeps_its_traceback() -> None:
    with pytest.raises(ZeroDivisionError):
        failures.report(ZeroDivisionError(), [])


@pytest.mark.parametrize("lines", [1, 100_000])
def test_a_reader_that_goes_away_is_no_error(lines: int) -> None:
    code = (
        "import click, sys; from bankcore import cli\n"
        "@cli.cli.command()\n"
        f"def talk(): [click.echo('x' * 80) for _ in range({lines})]\n"
        "from bankcore.commands import registry\n"
        "registry.load = lambda name: talk\n"
        "sys.exit(cli.run(['doctor']))\n"
    )
    shell = f"{sys.executable} -c {shlex.quote(code)} | true; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", shell], capture_output=True, text=True, check=False)
    assert (done.stderr, done.stdout) == ("", "0\n")


def test_a_sentence_stays_on_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    failures.report(BadInput("cannot be opened (no\n\tserver)"), [])
    assert capsys.readouterr().err == "bankcore: cannot be opened (no server)\n"


def test_the_shell_can_complete_commands() -> None:
    env = {"_BANKCORE_COMPLETE": "bash_complete", "COMP_WORDS": "bankcore sta", "COMP_CWORD": "1"}
    code = "from bankcore.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True
    )
    assert done.stdout == "plain,statement\n"


def test_an_interrupted_command_says_so_and_leaves_one(capsys: pytest.CaptureFixture[str]) -> None:
    def interrupted(**_: object) -> None:
        raise KeyboardInterrupt

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cli.cli, "main", interrupted)
        assert cli.run([]) == 1
    assert "nothing half-written" in capsys.readouterr().err


@pytest.mark.parametrize("words", [[], ["rules"]])
def test_who_names_no_command_sees_which_there_are(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.run(words) == 2
    assert "Commands:\n" in capsys.readouterr().err
