"""The reference gets full marks, each planted mistake costs exactly its marks, idle fails."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import cache

import pytest

from bankcore.scenarios.check import check
from bankcore.scenarios.script import Figure, Option, Point
from bankcore.scenarios.source import library, load
from bankcore.training.debrief import graded
from bankcore.training.policies import decide, idle, play_out, policy_of, reference
from bankcore.training.session import Sitting, start

CASES = [source.script.id for source in library().values() if source.script.point]


@cache
def played(case: str) -> Sitting:
    sitting = start(check(load(case)))
    play_out(sitting, reference)
    return sitting


def again_from(case: str, point: str) -> Sitting:
    """A second attempt from a point of the reference play, which stays as it was."""
    first = played(case)
    log = first.log.copy_prefix(":memory:", first.log.head()[0])
    sitting = Sitting(first.source, log, None, [first.plays[0]])
    sitting.rewind(point)
    return sitting


def shown(sitting: Sitting, attempt: int) -> set[str]:
    return {decision.point for decision in sitting.decisions(attempt)}


@cache
def road_to(case: str, point: str) -> tuple[str, str] | None:
    """The first wrong option that leads to a point; None when the reference shows it."""
    if point in shown(played(case), 1):
        return None
    for earlier in load(case).script.point:
        for option in earlier.option if earlier.id in shown(played(case), 1) else ():
            sitting = again_from(case, earlier.id)
            play_with(sitting, {earlier.id: option.id})
            if point in shown(sitting, 2):
                return earlier.id, option.id
    raise AssertionError(f"nothing leads to {point}")


def play_with(sitting: Sitting, wrong: dict[str, str]) -> tuple[Fraction, set[str]]:
    """Play on with the wrong choices named and the reference otherwise: costs and findings."""
    costs, fires = Fraction(0), set[str]()
    while (asked := sitting.next_point()) is not None:
        if asked.id not in wrong:
            decide(sitting, asked, reference)
            continue
        for figure in asked.figure:
            slip = figure.key == wrong[asked.id]
            sitting.quote(figure, figure.wrong[0].value if slip else figure.is_)
            costs += Fraction(figure.costs) if slip else 0
        if asked.option:
            option = next((o for o in asked.option if o.id == wrong[asked.id]), asked.reference())
            assert option is not None
            sitting.choose(option.id)
            costs += Fraction(option.costs)
            fires |= set(option.fires)
    return costs, fires


def mistakes(point: Point) -> Iterator[Figure | Option]:
    yield from (figure for figure in point.figure if figure.wrong)
    yield from (option for option in point.option if not option.reference)


def planted() -> Iterator[tuple[str, str, str]]:
    for case in CASES:
        for point in load(case).script.point:
            for wrong in mistakes(point):
                yield case, point.id, wrong.key if isinstance(wrong, Figure) else wrong.id


@pytest.mark.parametrize("case", CASES)
def test_the_reference_gets_full_marks(case: str) -> None:
    grade = graded(played(case), 1)
    assert [mark.criterion.id for mark in grade.marks if not mark.earned] == []
    assert [f.id for f in grade.findings] == []
    assert grade.score == grade.max == 100
    assert grade.passed


@pytest.mark.parametrize("case", CASES)
def test_every_reference_point_appears(case: str) -> None:
    # A point that asks how to undo a mistake is not shown to somebody who made none.
    always = {point.id for point in load(case).script.point if not point.when}
    assert always <= shown(played(case), 1)


@pytest.mark.parametrize("case", CASES)
def test_doing_nothing_fails(case: str) -> None:
    sitting = start(check(load(case)))
    play_out(sitting, idle)
    assert not graded(sitting, 1).passed


@pytest.mark.parametrize(("case", "point", "wrong"), list(planted()))
def test_a_planted_mistake_costs_exactly_its_marks(case: str, point: str, wrong: str) -> None:
    road = road_to(case, point)
    sitting = again_from(case, road[0] if road else point)
    costs, fires = play_with(sitting, {point: wrong} | (dict([road]) if road else {}))
    grade = graded(sitting, 2)
    assert grade.score == 100 - costs, [f.id for f in grade.findings]
    assert fires <= {f.id for f in grade.findings}


@pytest.mark.parametrize("case", CASES)
def test_chance_plays_the_same_from_the_same_seed(case: str) -> None:
    digests = []
    for _ in range(2):
        sitting = start(check(load(case)), seed=7)
        play_out(sitting, policy_of("random", 7))
        digests.append(sitting.play.stage.bank.log.digest())
    assert digests[0] == digests[1]
