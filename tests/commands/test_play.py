"""run, scenario, train and findings at the command line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from bankcore.cli import cli, run
from bankcore.scenarios.script import script_schema

QUICK = "demand-account-quarter"


def called(*args: str, given: str = "") -> Result:
    return CliRunner().invoke(cli, list(args), input=given, catch_exceptions=False)


def answered(*args: str) -> Any:
    return json.loads(called(*args, "--json").stdout)


def test_run_prints_one_json_object_a_line() -> None:
    done = called("run", QUICK, "held-frozen-and-closed", "--json")
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert [line["id"] for line in lines] == [QUICK, "held-frozen-and-closed"]
    assert all({"id", "ok", "digest", "events"} <= set(line) for line in lines)
    assert all(line["ok"] for line in lines)


def test_run_writes_a_bank_that_others_read(tmp_path: Path) -> None:
    log = str(tmp_path / "bank.db")
    assert run(["run", QUICK, "--log", log]) == 0
    assert run(["verify", log]) == 0
    assert run(["run", QUICK, "--log", log]) == 2


def test_run_says_what_did_not_come_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(
        'id = "mine"\ntitle = { zh = "我", en = "mine" }\nstory = { zh = "我", en = "mine" }\n'
        'start = 2026-01-05\n[[expect]]\nwhat = "ledger"\nof = "1001"\nis = 5\n',
        "utf-8",
    )
    assert run(["run", str(file)]) == 1
    assert "expected ledger 1001 = 5, found 0.00" in capsys.readouterr().err
    file.write_text("id = \n", "utf-8")
    assert run(["run", str(file), "--log", str(tmp_path / "bank.db")]) == 2
    assert not (tmp_path / "bank.db").exists()
    assert run(["run"]) == 2
    assert run(["run", "nothing-like-it"]) == 2


def test_scenarios_are_listed_shown_and_checked() -> None:
    listed = answered("scenario", "list")
    assert len(listed) >= 14
    assert {"id", "kind", "title"} <= set(listed[0])
    assert QUICK in called("scenario", "list").stdout
    shown = called("scenario", "show", "s02", "--lang", "en").stdout
    assert "What does breaking the deposit cost?" in shown
    assert "certificate of 200,000" in shown
    assert "brother" not in shown  # a hidden fact
    assert answered("scenario", "show", "s02")["code"] == "S02"
    assert called("scenario", "check", QUICK, "--lang", "en").stdout == f"{QUICK}.toml: ok\n"
    assert answered("scenario", "check", QUICK) == [{"id": QUICK, "ok": True}]
    assert json.loads(called("scenario", "schema").stdout) == script_schema()


def test_findings_are_listed_and_found(tmp_path: Path) -> None:
    listed = answered("findings", "--list")
    assert len(listed) >= 25
    assert {"id", "severity", "section", "rule", "title"} <= set(listed[0])
    assert "F-AUTH-10" in called("findings", "--list").stdout
    folder = tmp_path / "play"
    called("train", "s08", "--policy", "A,*,*,A,*,*", "--save", str(folder))
    log = str(folder / "attempt-1.db")
    assert {f["id"] for f in answered("findings", log, "--of", "rm")} == {"F-DISC-21", "F-SUIT-18"}
    assert answered("findings", log, "--of", "rm", "--known-at", "2026-04-22") == []
    shown = called("findings", log, "--of", "rm", "--lang", "zh").stdout
    assert "称最低还款免息" in shown
    assert "没有发现" in called("findings", log, "--of", "nobody", "--lang", "zh").stdout
    assert run(["findings"]) == 2


def test_train_prints_one_object_with_the_grade() -> None:
    played = answered("train", "s08", "--policy", "reference")
    assert played["grade"] == {
        "score": 100.0,
        "max": 100,
        "passed": True,
        "hints": 0,
        "cap": None,
    }
    assert answered("train", "s08", "--policy", "idle")["grade"]["passed"] is False
    first = answered("train", "s08", "--policy", "random", "--seed", "3")
    assert answered("train", "s08", "--policy", "random", "--seed", "3") == first


def test_train_goes_back_and_compares_both_attempts() -> None:
    played = answered("train", "s08", "--policy", "A,*,*,*,*,*", "--retry", "D1=reference")
    assert (played["first_grade"]["score"], played["grade"]["score"]) == (60.0, 100.0)
    assert played["compared"] == [{"point": "D1", "first": "A", "last": "B"}]
    assert len(set(played["attempts"])) == 2


def test_train_lists_its_cases() -> None:
    codes = {case["code"] for case in answered("train", "--list")}
    assert {"S02", "S05", "S08", "S11"} <= codes
    assert all("id" in case for case in answered("train", "--list"))
    assert "early-withdrawal-quote" in called("train", "--list").stdout
    assert run(["train"]) == 2
    assert run(["train", QUICK]) == 2


def test_train_asks_a_person_shows_the_room_and_debriefs() -> None:
    first = [
        "?",
        "do nonsense",
        "do customer.register",
        "z",
        "a",
        "x",
        "300",
        "18.25",
        "c",
        "45",
        "b",
    ]
    again = ["D1", "b", "300", "18.25", "c", "45", "b"]
    given = "\n".join([*first, *again, "", ""])
    shown = called("train", "s08", "--lang", "en", given=given).stdout
    for part in (
        "Not overdue, but interest runs on every item",
        "hint (-2): Two things: overdue, interest",
        "no command 'nonsense'",
        "Great, 1,200 then.",
        "… On 25 April Tao pays 3,000.",
        "go back to which point",
        "first attempt: 58.0",
        "98.0/100 passed",
        "✓ D1",
        "CC-03, handbook 7.2.2",
    ):
        assert part in shown, part


def test_an_exam_has_no_hints_no_way_back_and_its_own_order() -> None:
    given = "?" + "\n" * 9
    shown = called("train", "s08", "--mode", "exam", "--lang", "zh", given=given).stdout
    assert "回到哪一步" not in shown
    assert "提示" not in shown
    assert "0.0/100 未通过" in shown
    assert "没有处理" in shown
