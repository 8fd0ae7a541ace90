"""Marks (评分): an audit of the bank's log, decision 4 of the rulebook.

The mark is the sum of the rubric weights that the log earned, less the findings of the trainee
that no lost criterion already pays for, less hints; an F caps it at 40, an undone F at 70; never
below 0; one decimal. Without a rubric it is 100 less the findings, with the same caps.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final

from bankcore.aggregates.training_session.events import HintTaken
from bankcore.audit.findings.finding import Finding, Severity
from bankcore.audit.findings.report import findings_of
from bankcore.products.catalogue import Catalogue
from bankcore.scenarios.conditions import evidence, holds
from bankcore.scenarios.script import Criterion, Script
from bankcore.values.entry import Entry

FULL: Final = 100
PASS: Final = Fraction(60)
CAP: Final = Fraction(40)
CAP_UNDONE: Final = Fraction(70)


@dataclass(frozen=True, slots=True)
class Mark:
    """One criterion with what the log gave for it: the ids of the events that earned it."""

    criterion: Criterion
    earned: bool
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Grade:
    """The result of a play; `deducted` are the findings that cost something of their own."""

    score: Fraction
    max: int
    marks: tuple[Mark, ...]
    findings: tuple[Finding, ...]
    deducted: tuple[Finding, ...]
    hints: int
    cap: Fraction | None

    @property
    def passed(self) -> bool:
        """True from 60 marks up."""
        return self.score >= PASS


def grade(
    script: Script,
    entries: Sequence[Entry[Any]],
    catalogue: Catalogue,
    hints: Sequence[HintTaken] = (),
) -> Grade:
    """Grade a finished play from the bank's log and the hints that were taken."""
    marks = tuple(_mark(criterion, entries) for criterion in script.rubric)
    found = trainees(script, findings_of(entries, catalogue))
    lost = {code for mark in marks if not mark.earned for code in mark.criterion.covers}
    deducted = tuple(f for f in found if f.id not in lost)
    earned = sum(mark.criterion.weight for mark in marks if mark.earned)
    cost = _hint_cost(hints)
    points = Fraction(earned if marks else FULL)
    points -= sum((f.deduction for f in deducted), Fraction(0)) + cost
    cap = _cap(found)
    score = max(Fraction(0), points if cap is None else min(points, cap))
    return Grade(one_decimal(score), FULL, marks, tuple(found), deducted, cost, cap)


def trainees(script: Script, found: Sequence[Finding]) -> list[Finding]:
    """The findings of the trainee; those of colleagues are in the audit report only."""
    trainee = script.trainee()
    return [f for f in found if f.responsible == trainee]


def _mark(criterion: Criterion, entries: Sequence[Entry[Any]]) -> Mark:
    earned = holds(criterion.earned, entries)
    shown = [
        entry.id
        for condition in criterion.earned
        if condition.event
        for entry in evidence(condition, entries)
    ]
    return Mark(criterion, earned, tuple(dict.fromkeys(shown)) if earned else ())


def _hint_cost(hints: Sequence[HintTaken]) -> int:
    dearest: dict[str, int] = {}
    for taken in hints:
        dearest[taken.point] = max(dearest.get(taken.point, 0), taken.cost)
    return sum(dearest.values())


def _cap(found: Sequence[Finding]) -> Fraction | None:
    fatal = [f for f in found if f.severity is Severity.FATAL]
    if not fatal:
        return None
    return CAP_UNDONE if all(f.undone for f in fatal) else CAP


def one_decimal(score: Fraction) -> Fraction:
    """Half up to one decimal."""
    tenths = score * 10 + Fraction(1, 2)
    return Fraction(tenths.numerator // tenths.denominator, 10)
