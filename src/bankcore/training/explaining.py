"""Explaining the grade of a play (评分溯源): from the mark down to the events that made it.

A criterion is earned by all of its conditions together, so each carries an equal share of its
weight and each event an equal share of its condition's. What a criterion did not earn stands as
its weight less what the conditions that failed took away. Parts add up to the mark exactly.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

from bankcore.aggregates.training_session.events import HintTaken
from bankcore.audit.explain.explanation import Explanation, Part
from bankcore.audit.explain.finding import MARKS, of_finding
from bankcore.audit.findings.finding import Severity
from bankcore.products.catalogue import Catalogue
from bankcore.scenarios.conditions import evidence, holds
from bankcore.scenarios.parts import Condition
from bankcore.scenarios.script import Criterion, Script
from bankcore.training.grading import FULL, Grade, Mark, grade
from bankcore.values.entry import Entry
from bankcore.values.rates import exact_text

GRADE = "grade"
NONE = Fraction(0)
Entries = Sequence[Entry[Any]]


def explain_grade(
    script: Script,
    entries: Entries,
    catalogue: Catalogue,
    hints: Sequence[Entry[HintTaken]] = (),
) -> Explanation:
    """The grade of a play: marks by criterion, findings, hints, cap, floor and rounding."""
    result = grade(script, entries, catalogue, [taken.event for taken in hints])
    parts = [_mark(mark, entries) for mark in result.marks] or [_full()]
    parts += _findings(result, catalogue)
    parts += _hints(hints)
    parts += _limits(result, sum((part.amount for part in parts), NONE))
    return Explanation(
        GRADE, script.id, result.score, exact_text(result.score), MARKS, tuple(parts)
    )


def _full() -> Part:
    full = Fraction(FULL)
    return Part("", "", "无评分表,满分", "No rubric: full marks", full, full)


def _mark(mark: Mark, entries: Entries) -> Part:
    criterion = mark.criterion
    amount = Fraction(criterion.weight if mark.earned else 0)
    inside = _earned if mark.earned else _lost
    told: dict[str, object] = {"criterion": criterion.id, "weight": criterion.weight}
    if criterion.covers:
        told["pays_for"] = ", ".join(criterion.covers)
    found = Part("", "", criterion.title.zh, criterion.title.en, amount, amount, inputs=told)
    return replace(found, parts=tuple(inside(criterion, entries)))


def _earned(criterion: Criterion, entries: Entries) -> Iterator[Part]:
    share = Fraction(criterion.weight, len(criterion.earned))
    for condition in criterion.earned:
        shown = list(evidence(condition, entries)) if condition.event else []
        events = tuple(_event(entry, share / len(shown)) for entry in shown)
        yield _condition(condition, share, events, met=True)


def _lost(criterion: Criterion, entries: Entries) -> Iterator[Part]:
    weight = Fraction(criterion.weight)
    yield Part("", "", "可得", "To be earned", weight, weight)
    failed = [one for one in criterion.earned if not holds([one], entries)]
    share = -weight / len(failed)
    for condition in failed:
        shown = list(evidence(condition, entries))
        # What should be absent and is there lost it; what should be there and is not has no event.
        against = shown if condition.absent else []
        events = tuple(_event(entry, share / len(against)) for entry in against)
        yield _condition(condition, share, events, met=False)


def _condition(
    condition: Condition, amount: Fraction, parts: tuple[Part, ...], *, met: bool
) -> Part:
    told = {name: value for name, value in condition.model_dump().items() if value}
    if condition.least == 1:
        told.pop("least")
    zh, en = ("条件满足", "Condition met") if met else ("条件未满足", "Condition not met")
    return Part("", "", zh, en, amount, amount, inputs=told, parts=parts)


def _event(entry: Entry[Any], amount: Fraction) -> Part:
    told = {"booking_date": entry.booking_date, "actor": entry.actor.id}
    return Part(entry.id, "", "事件", "Event", amount, amount, inputs=told)


def _findings(result: Grade, catalogue: Catalogue) -> Iterator[Part]:
    """What the trainee's findings take off; nothing where a lost criterion pays for them."""
    for found in result.findings:
        part = of_finding(found, catalogue, -1)
        if found in result.deducted:
            yield part
        else:
            told = {**part.inputs, "paid_for_by": "a lost criterion"}
            yield replace(part, amount=NONE, exact=NONE, inputs=told, parts=())


def _hints(hints: Sequence[Entry[HintTaken]]) -> Iterator[Part]:
    """The dearest hint of each point costs; the first of equals stands for it."""
    for point in dict.fromkeys(taken.event.point for taken in hints):
        mine = [taken for taken in hints if taken.event.point == point]
        dearest = max(mine, key=lambda taken: taken.event.cost)
        cost = Fraction(-dearest.event.cost)
        told = {"point": point, "level": dearest.event.level}
        yield Part(dearest.id, "", "使用提示", "Hint taken", cost, cost, inputs=told)


def _limits(result: Grade, points: Fraction) -> Iterator[Part]:
    """Cap of a fatal finding, floor of zero, rounding to one decimal; each only where it acts."""
    capped = points if result.cap is None else min(points, result.cap)
    if capped != points:
        fatal = [f.trigger for f in result.findings if f.severity is Severity.FATAL]
        told = {"cap": result.cap, "because_of": ", ".join(fatal)}
        yield _limit(fatal[0], ("红线封顶", "Cap of a fatal finding"), capped - points, told)
    floored = max(NONE, capped)
    if floored != capped:
        yield _limit("", ("不低于零", "Never below zero"), floored - capped, {})
    if result.score != floored:
        yield _limit("", ("保留一位小数", "One decimal"), result.score - floored, {})


def _limit(event: str, words: tuple[str, str], amount: Fraction, told: dict[str, Any]) -> Part:
    return Part(event, "", *words, amount, amount, inputs=told)
