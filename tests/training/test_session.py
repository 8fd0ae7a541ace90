"""A session is events; going back forks the bank, and both attempts stay."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from bankcore.aggregates.training_session.events import (
    CommandRefused,
    DecisionTaken,
    PlayRewound,
    SessionEnded,
    SessionStarted,
)
from bankcore.audit.verify import verify
from bankcore.scenarios.check import check
from bankcore.scenarios.runner import run_script
from bankcore.scenarios.script import Script
from bankcore.scenarios.source import load, parse
from bankcore.store.bank import Bank
from bankcore.store.log import open_log
from bankcore.training.debrief import debrief, graded
from bankcore.training.figures import near
from bankcore.training.grading import grade, one_decimal
from bankcore.training.policies import decide, play_out, policy_of, reference
from bankcore.training.session import Sitting, compare, start
from bankcore.values.errors import BadInput

CASE = "minimum-payment-myth"


def begun(folder: str = "") -> Sitting:
    return start(check(load(CASE)), folder=folder)


def to_point(sitting: Sitting, point: str) -> None:
    """Play by the reference until a point is open."""
    while (asked := sitting.next_point()) is not None and asked.id != point:
        decide(sitting, asked, reference)


def test_a_reference_play_writes_the_log_of_a_run() -> None:
    sitting = begun()
    play_out(sitting, reference)
    assert sitting.play.stage.bank.log.digest() == run_script(load(CASE)).digest


def test_the_session_is_kept_as_events_beside_the_banks_log() -> None:
    sitting = begun()
    play_out(sitting, reference)
    kinds = [type(entry.event) for entry in sitting.log.entries()]
    assert kinds[0] is SessionStarted
    assert kinds[-1] is SessionEnded
    assert kinds[1:-1] == [DecisionTaken] * 6
    state = sitting.state
    assert (state.script, state.trainee, len(state.ended)) == (CASE, "rm", 1)
    assert state.ended[0].digest == sitting.play.stage.bank.log.digest()


def test_going_back_forks_the_bank_and_both_attempts_stay() -> None:
    sitting = begun()
    play_out(sitting, policy_of("A,300.00,18.25,A,54.00,A", 1))
    first = sitting.plays[0].stage.bank.log.digest()
    before = graded(sitting, 1)
    sitting.rewind("D4")
    play_out(sitting, reference)
    assert sitting.plays[0].stage.bank.log.digest() == first
    shared = sitting.state.rewinds[0].position
    heads = [list(play.stage.bank.log.rows(shared - 1, shared)) for play in sitting.plays]
    assert heads[0] == heads[1]
    assert list(compare(sitting)) == [
        ("D4", "A", "C"),
        ("D5M", "54.00 A", "-"),
        ("D5", "-", "45.00 B"),
    ]
    # The told, residual and autopay criteria: 40 stays lost, 35 come back.
    assert before.score == 25
    assert graded(sitting, 2).score == 60
    result = debrief(sitting)
    assert result.first is not None
    assert [review.point for review in result.reviews if not review.right] == ["D1"]
    assert all(verify(play.stage.bank.log).ok for play in sitting.plays)


@pytest.mark.parametrize("words", ["*,*,*,*,*", "54.00,15,A,55.50,A", "-"])
def test_a_recorded_play_is_a_script_that_gives_the_same_log(words: str) -> None:
    sitting = begun()
    to_point(sitting, "D1")
    sitting.give("deposit_account.withdraw account=s08-tao amount=9999")
    sitting.choose("A")
    play_out(sitting, policy_of(words, 1))
    sitting.rewind("D1")
    sitting.next_point()
    sitting.give("deposit_account.withdraw account=s08-tao amount=9998")
    sitting.choose("C")
    play_out(sitting, policy_of(words, 1))
    recorded = check(parse(sitting.record(), "recorded.toml"))
    result = run_script(recorded)
    assert [str(failure) for failure in result.failures] == []
    assert result.digest == sitting.play.stage.bank.log.digest()


def test_a_decision_can_be_taken_back_twice() -> None:
    sitting = begun()
    play_out(sitting, reference)
    for option in ("A", "B"):
        sitting.rewind("D4")
        to_point(sitting, "D4")
        sitting.choose(option)
        play_out(sitting, reference)
    scores = [graded(sitting, attempt).score for attempt in (1, 2, 3)]
    assert scores == [100, 70, 95]
    assert [type(e.event) for e in sitting.log.entries()].count(PlayRewound) == 2
    with pytest.raises(BadInput, match="no decision 'D9'"):
        sitting.rewind("D9")


def test_files_hold_everything_and_a_used_folder_is_left_alone(tmp_path: Path) -> None:
    folder = tmp_path / "play"
    sitting = begun(str(folder))
    play_out(sitting, reference)
    sitting.rewind("D4")
    play_out(sitting, reference)
    digests = [play.stage.bank.log.digest() for play in sitting.plays]
    sitting.close()
    for number, digest in enumerate(digests, 1):
        with Bank.open(str(folder / f"attempt-{number}.db")) as bank:
            assert bank.log.digest() == digest
    with open_log(str(folder / "session.db")) as log:
        assert len(list(log.entries())) == sitting_events(digests)
    with pytest.raises(BadInput, match="already holds something"):
        begun(str(folder))


def sitting_events(digests: list[str]) -> int:
    """Started, six decisions and the end; then the rewind, three decisions and an end again."""
    assert len(set(digests)) == 2
    return 8 + 5


def test_the_dearest_hint_of_a_point_counts_once() -> None:
    sitting = begun()
    to_point(sitting, "D1")
    assert [sitting.hint(level).cost for level in (1, 2)] == [2, 5]
    sitting.choose("b")
    to_point(sitting, "D4")
    sitting.hint(1)
    sitting.choose("C")
    play_out(sitting, reference)
    assert graded(sitting, 1).score == 93
    assert graded(sitting, 1).hints == 7
    with pytest.raises(BadInput, match="no hint 9"):
        sitting.hint(9)


def test_a_free_command_is_as_good_as_a_letter_and_a_refused_one_is_kept() -> None:
    sitting = begun()
    to_point(sitting, "D1")
    told = "interaction.explain interaction=s08 product=credit_card items="
    seen = sitting.give(f"{told}not_overdue,interest_on_all_from_posting")
    assert [type(entry.event).__name__ for entry in seen.booked] == ["ProductExplained"]
    again = sitting.give("deposit_account.withdraw account=s08-tao amount=9999")
    assert [no.reason.value for no in again.refused] == ["insufficient_available_balance"]
    play_out(sitting, reference)
    assert graded(sitting, 1).score == 100
    refused = [e.event for e in sitting.play.history if isinstance(e.event, CommandRefused)]
    assert [(r.person, r.command, r.subject) for r in refused] == [
        ("rm", "deposit_account.withdraw", "s08-tao")
    ]
    with pytest.raises(BadInput, match="no command"):
        sitting.play.give("nonsense.command")


def test_hidden_facts_are_known_only_when_revealed() -> None:
    sitting = begun()
    to_point(sitting, "D1")
    assert list(sitting.play.known()) == []
    sitting.choose("B")
    assert [fact.id for _, fact in sitting.play.known()] == ["H3"]


def test_an_option_that_is_not_there_is_named() -> None:
    sitting = begun()
    to_point(sitting, "D1")
    with pytest.raises(BadInput, match="no option 'Z'"):
        sitting.choose("Z")


def test_colleagues_findings_are_not_the_trainees() -> None:
    sitting = start(check(load("loan-split-in-two")))
    play_out(sitting, policy_of("905870.46,D,A", 1))
    result = graded(sitting, 1)
    assert {f.id for f in result.findings} == {"F-ALRT-12"}
    assert result.score == 35


def test_a_fatal_finding_caps_the_mark() -> None:
    sitting = start(check(load("loan-split-in-two")))
    play_out(sitting, policy_of("*,C,A,A", 1))
    result = graded(sitting, 1)
    assert result.score == result.cap == 40
    assert not result.passed


def test_without_a_rubric_findings_come_off_a_hundred() -> None:
    sitting = begun()
    play_out(sitting, policy_of("A,0,18.25,A,-,-", 1))
    script = sitting.source.script.model_copy(update={"rubric": ()})
    bank = sitting.play.stage.bank
    result = grade(Script.model_validate(script), list(bank.entries()), bank.catalogue)
    # F-DISC-21 and F-SUIT-18 at 15, F-CALC-01 at 8.
    assert result.score == 62


@pytest.mark.parametrize(
    ("answer", "right"),
    [
        ("300", True),
        ("300.01", True),
        ("300.02", False),
        ("1,000", False),
        ("x", False),
        ("", False),
    ],
)
def test_a_figure_is_right_within_its_tolerance(answer: str, *, right: bool) -> None:
    assert near(answer, "300.00", "0.01") is right


def test_marks_have_one_decimal_rounded_half_up() -> None:
    assert one_decimal(Fraction(625, 10)) == Fraction(625, 10)
    assert one_decimal(Fraction(1, 20)) == Fraction(1, 10)


def test_an_unknown_policy_is_a_list_and_an_empty_one_is_refused() -> None:
    with pytest.raises(BadInput, match="no policy"):
        policy_of("", 1)
    sitting = begun()
    play_out(sitting, policy_of("-", 1))
    assert graded(sitting, 1).score == 0
