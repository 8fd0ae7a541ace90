"""The timeline (时间线): what a script has for each day, in one order.

Steps come in the order of the file; a step without a date belongs to the day of the one before.
Decision points of a day follow its steps, and what is marked `after` a point follows that point.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from bankcore.scenarios.parts import Act, Conditions
from bankcore.scenarios.routines import expand
from bankcore.scenarios.script import Consequence, Point, Script


@dataclass(frozen=True, slots=True)
class Doing:
    """Acts to be done: by a step or a consequence, under a label that is unique in the script."""

    label: str
    acts: tuple[Act, ...]
    when: Conditions = ()
    later: Consequence | None = None


@dataclass(frozen=True, slots=True)
class Moment:
    """One thing on a day: a step, a consequence or a decision point; `path` is its place."""

    on: date
    path: tuple[str | int, ...]
    what: Doing | Point
    after: str = ""


def timeline(script: Script) -> list[Moment]:
    """All moments in the order in which they are played."""
    early: list[Moment] = []
    late: list[Moment] = []
    for moment in (*_steps(script), *_consequences(script)):
        (late if moment.after else early).append(moment)
    points = [Moment(point.on, ("point", n), point) for n, point in enumerate(script.point)]
    ordered = sorted(early, key=lambda m: m.on)
    ordered = sorted([*ordered, *points], key=lambda m: m.on)
    for moment in reversed(late):
        ordered.insert(_behind(ordered, moment), moment)
    return ordered


def _behind(ordered: list[Moment], late: Moment) -> int:
    """Right behind its point; on a later day before everything else of that day."""
    points = {m.what.id: n for n, m in enumerate(ordered) if isinstance(m.what, Point)}
    at = points[late.after]
    if ordered[at].on == late.on:
        return at + 1
    return next((n for n, m in enumerate(ordered) if m.on >= late.on and n > at), len(ordered))


def _steps(script: Script) -> Iterator[Moment]:
    day = script.start
    for number, step in enumerate(script.step):
        day = step.on or day
        acts = expand(step, f"step.{number}") if step.do else ()
        doing = Doing(step.id or f"step-{number + 1}", acts, step.when)
        yield Moment(day, ("step", number), doing, step.after)


def _consequences(script: Script) -> Iterator[Moment]:
    for number, later in enumerate(script.consequence):
        acts = tuple(act for one in later.do for act in expand(one, later.id))
        doing = Doing(later.id, acts, later.when, later)
        yield Moment(later.on, ("consequence", number), doing, later.after)
