"""The debrief (复盘): point by point what was expected, what you did, why it matters, what instead.

Both attempts lie side by side. Everything is read from the session's log, the bank's log and the
script; nothing is stored.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bankcore.audit.findings.finding import Finding
from bankcore.scenarios.parts import Words
from bankcore.scenarios.script import Lesson, Option, Point
from bankcore.training.figures import near
from bankcore.training.grading import Grade, Mark, grade
from bankcore.training.session import SKIP, Sitting, compare


@dataclass(frozen=True, slots=True)
class Review:
    """One point of the debrief; `instead` is empty where the decision was right."""

    point: str
    situation: Words
    did: tuple[Words, ...]
    right: bool
    expected: Words
    why: Words
    rule: str
    section: str
    instead: Words | None
    later: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Debrief:
    """The whole debrief of the last attempt, with the grade of the first beside it."""

    grade: Grade
    first: Grade | None
    reviews: tuple[Review, ...]
    findings: tuple[Finding, ...]
    lost: tuple[Mark, ...]
    lessons: tuple[Lesson, ...]
    changed: tuple[tuple[str, str, str], ...]


def graded(sitting: Sitting, attempt: int) -> Grade:
    """The grade of an attempt, from its own log; hints of all attempts before it count."""
    bank = sitting.plays[attempt - 1].stage.bank
    hints = [hint for hint in sitting.state.hints if hint.attempt <= attempt]
    return grade(sitting.source.script, list(bank.entries()), bank.catalogue, hints)


def debrief(sitting: Sitting) -> Debrief:
    """Debrief the last attempt."""
    last = len(sitting.plays)
    result = graded(sitting, last)
    return Debrief(
        grade=result,
        first=graded(sitting, 1) if last > 1 else None,
        reviews=tuple(_reviews(sitting, last)),
        findings=result.findings,
        lost=tuple(mark for mark in result.marks if not mark.earned),
        lessons=sitting.source.script.debrief,
        changed=tuple(compare(sitting)),
    )


def _reviews(sitting: Sitting, attempt: int) -> Iterator[Review]:
    decisions = sitting.decisions(attempt)
    for point in sitting.source.script.point:
        taken = [(d.option, d.answer) for d in decisions if d.point == point.id]
        if taken:
            yield _review(point, taken)


def _review(point: Point, taken: Sequence[tuple[str, str]]) -> Review:
    options = {option.id: option for option in point.option}
    chosen = [options[letter] for letter, _ in taken if letter in options]
    right = _right(point, taken, chosen)
    return Review(
        point=point.id,
        situation=point.situation,
        did=tuple(_did(options, *word) for word in taken),
        right=right,
        expected=point.expected,
        why=point.why,
        rule=point.rule,
        section=point.section,
        instead=None if right else _instead(point),
        later=tuple(option.later for option in chosen if option.later is not None),
    )


def _right(point: Point, taken: Sequence[tuple[str, str]], chosen: Sequence[Option]) -> bool:
    quoted = dict(taken)
    figures = all(near(quoted.get(f.key, ""), f.is_, f.within) for f in point.figure)
    return figures and (not point.option or any(o.reference or o.acceptable for o in chosen))


def _did(options: dict[str, Option], letter: str, answer: str) -> Words:
    if letter == SKIP:
        return Words(zh="没有处理", en="nothing")
    if letter in options:
        return options[letter].say
    return Words(zh=answer, en=answer)


def _instead(point: Point) -> Words:
    reference = point.reference()
    if reference is not None:
        return reference.say
    right = ", ".join(f"{figure.key}: {figure.is_}" for figure in point.figure)
    return Words(zh=right, en=right)
