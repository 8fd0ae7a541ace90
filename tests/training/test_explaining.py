"""The grade of a play, explained from its folder: criteria, findings, hints, cap, rounding."""

from __future__ import annotations

import json
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import pytest

from bankcore import cli
from bankcore.audit.explain.explanation import Part
from bankcore.scenarios.source import library, load
from bankcore.training.debrief import graded
from bankcore.training.explaining import explain_grade
from bankcore.training.filed import explain_filed
from bankcore.training.policies import play_out, policy_of, reference
from bankcore.training.session import start
from bankcore.values.errors import BadInput

CASE = "early-withdrawal-quote"
PLAYABLE = sorted(name for name, source in library().items() if source.script.point)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A play with a dear hint that went wrong, then right from its first point."""
    place = tmp_path_factory.mktemp("plays") / "kept"
    sitting = start(load(CASE), folder=str(place))
    point = sitting.next_point()
    assert point is not None
    sitting.hint(1)
    sitting.skip()
    play_out(sitting, policy_of("idle", 1))
    sitting.rewind(point.id)
    play_out(sitting, reference)
    sitting.close()
    return place


def all_parts(parts: tuple[Part, ...]) -> Iterator[Part]:
    for part in parts:
        yield part
        yield from all_parts(part.parts)


@pytest.mark.parametrize("case", PLAYABLE)
@pytest.mark.parametrize("policy", ["idle", "random"])
def test_what_a_play_lost_adds_up_too(case: str, policy: str) -> None:
    sitting = start(load(case), seed=7)
    play_out(sitting, policy_of(policy, 7))
    bank = sitting.play.stage.bank
    found = explain_grade(sitting.source.script, list(bank.entries()), bank.catalogue)
    assert found.adds_up
    assert found.value == graded(sitting, 1).score
    known = {entry.id for entry in bank.entries()}
    assert {part.event_id for part in all_parts(found.parts)} <= known | {""}
    sitting.close()


def test_a_hint_costs_in_every_attempt_after_it(folder: Path) -> None:
    first, last = explain_filed(folder, f"{CASE}#1"), explain_filed(folder, CASE)
    cost = load(CASE).script.point[0].hint[0].cost
    for found in (first, last):
        (hint,) = (part for part in found.parts if part.label_en == "Hint taken")
        assert hint.amount == -cost
        assert hint.event_id.startswith(f"session-{CASE}@")
        assert found.adds_up
    # The reference earns all 100 marks; only the hint is lost (docs/concepts/grading.md).
    assert last.value == 100 - cost
    assert first.value < last.value


def test_the_command_says_it_in_full(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["explain", str(folder), "grade", f"{CASE}#1", "--lang", "en"]
    assert not cli.run([*words, "--depth", "9", "--json"])
    told = json.loads(capsys.readouterr().out)
    assert told["adds_up"]
    assert told["unit"] == "marks"
    lost = [part for part in told["parts"] if part["inputs"].get("weight")]
    assert sum(Fraction(str(part["inputs"]["weight"])) for part in lost) == 100
    assert all(part["parts"] for part in lost)
    page = folder.with_suffix(".html")
    assert not cli.run([*words, "--html", str(page), "--depth", "9"])
    assert "Condition not met" in page.read_text("utf-8")
    assert cli.run([*words, "--for", "customer"]) == 2
    assert "grade is not for customers" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("figure", "subject", "sentence"),
    [
        ("balance", CASE, "a folder has no 'balance'"),
        ("grade", "no-such-case", "no-such-case"),
        ("grade", "minimum-payment-myth", "was not played here"),
        ("grade", f"{CASE}#3", "no attempt '3'"),
        ("grade", f"{CASE}#x", "no attempt 'x'"),
    ],
)
def test_what_is_not_there_is_said(
    folder: Path, capsys: pytest.CaptureFixture[str], figure: str, subject: str, sentence: str
) -> None:
    assert cli.run(["explain", str(folder), figure, subject]) == 2
    said = capsys.readouterr().err
    assert sentence in said
    assert "Traceback" not in said


def test_an_unknown_finding_is_bad_input(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    log = str(folder / "attempt-1.db")
    assert cli.run(["explain", log, "finding", "F-KYC-99"]) == 2
    assert cli.run(["explain", log, "finding", "F-COLL-01"]) == 2
    assert "no finding F-COLL-01 at these dates" in capsys.readouterr().err
    with pytest.raises(BadInput, match="no-such"):
        explain_filed(folder, "no-such")


def test_without_a_rubric_a_play_begins_with_full_marks_and_findings_take_them_off() -> None:
    sitting = start(load(CASE))
    play_out(sitting, policy_of("*,1,1,1,*,*,*", 1))
    bank = sitting.play.stage.bank
    script = sitting.source.script.model_copy(update={"rubric": ()})
    found = explain_grade(script, list(bank.entries()), bank.catalogue)
    assert found.parts[0].amount == 100
    taken = [part for part in found.parts if "finding" in part.inputs]
    assert taken
    assert all(part.amount < 0 or part.inputs["severity"] == "F" for part in taken)
    assert found.adds_up
    assert found.value == 100 + sum(part.amount for part in found.parts[1:])
    sitting.close()
