"""Checking scripts (剧本检查): what the model alone cannot see, each with its place.

Commands are bound, actors known, dates in order, references answered, events and findings real,
decision points complete, rubric weights 100. The first problem is raised as `BadInput`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, Final

from bankcore.scenarios.actors import actors_of
from bankcore.scenarios.binding import bind
from bankcore.scenarios.figures import check_what
from bankcore.scenarios.parts import Act, Condition
from bankcore.scenarios.routines import expand
from bankcore.scenarios.script import Point
from bankcore.scenarios.source import Source
from bankcore.values.declare import EVENTS
from bankcore.values.errors import BadInput
from bankcore.values.reading import known_id, unknown_id
from bankcore.values.reasons import Reason

PLACEHOLDER: Final = "$"
ANSWER: Final = "$answer"
BEGINS: Final = {
    "customer.register": "customer",
    "customer.register_prospect": "customer",
    "deposit_account.apply": "account",
    "time_deposit.open": "deposit",
    "loan.open_application": "loan",
    "card_line.submit": "card",
    "complaint.register": "complaint",
    "interaction.open": "interaction",
    "transfer.request": "transfer",
    "incoming_transfer.receive": "incoming",
}
"""The commands that begin a stream, and the field by which every other refers to it."""

ALSO: Final = {"payer": "account"}
"""Fields of another name that refer to such a stream."""

Located = tuple[Act, tuple[str | int, ...]]
Spot = tuple[str | int, ...]


def check(source: Source) -> Source:
    """Raise the first problem of a script; give it back when there is none."""
    _check_dates(source)
    _check_ids(source)
    begun = {name: set[str]() for name in BEGINS.values()}
    named = _labels(source)
    for act, path in acts_of(source):
        _check_act(source, act, path)
        _check_placeholders(source, act, path, named)
        _check_reference(source, act, path, begun)
        named.add(act.id)
    for index, expect in enumerate(source.script.expect):
        check_what(expect, source.place("expect", index))
    for condition, path in _conditions(source):
        _check_condition(source, condition, path)
    for index, point in enumerate(source.script.point):
        _check_point(source, point, index)
    _check_rubric(source)
    return source


def acts_of(source: Source) -> Iterator[Located]:
    """Every act of a script with its key path: steps, then points, then consequences."""
    script = source.script
    for index, step in enumerate(script.step):
        if step.do:
            for act in expand(step, source.place("step", index)):
                yield act, ("step", index)
    for index, point in enumerate(script.point):
        yield from _point_acts(source, point, index)
    for index, later in enumerate(script.consequence):
        yield from _numbered(source, later.do, ("consequence", index, "do"))


def _point_acts(source: Source, point: Point, index: int) -> Iterator[Located]:
    for place, option in enumerate(point.option):
        yield from _numbered(source, option.do, ("point", index, "option", place, "do"))
    for place, figure in enumerate(point.figure):
        yield from _numbered(source, figure.do, ("point", index, "figure", place, "do"))


def _numbered(source: Source, acts: Sequence[Act], path: Spot) -> Iterator[Located]:
    for number, written in enumerate(acts):
        for act in expand(written, source.place(*path, number)):
            yield act, (*path, number)


def _check_act(source: Source, act: Act, path: Spot) -> None:
    given = {k: "1" if v == ANSWER else v for k, v in act.with_.items()}
    bind(act.do, given, source.place(*path, "with"))
    known = actors_of(source.script)
    if ":" not in act.as_:
        known_id("actor", act.as_, known, source.place(*path, "as"))
    if act.refused:
        known_id("reason", act.refused, [r.value for r in Reason], source.place(*path, "refused"))


def _labels(source: Source) -> set[str]:
    """Labels under which steps are known: their ids, and `step-3` for those without one."""
    steps = source.script.step
    return {step.id or f"step-{number}" for number, step in enumerate(steps, 1)}


def _check_placeholders(source: Source, act: Act, path: Spot, named: set[str]) -> None:
    """`$id` must stand for an act of the script, `$id.Event` for an event that exists."""
    events = [info.name for info in EVENTS.values()]
    for name, value in act.with_.items():
        if not isinstance(value, str) or not value.startswith(PLACEHOLDER) or value == ANSWER:
            continue
        label, _, event = value.removeprefix(PLACEHOLDER).partition(".")
        place = source.place(*path, "with", name)
        if label not in named:
            raise unknown_id("act", label, named, place)
        if event:
            known_id("event", event, events, place)


def _check_reference(source: Source, act: Act, path: Spot, begun: dict[str, set[str]]) -> None:
    """A step that refers to nobody: no earlier act begins that customer, account or contract."""
    begins = BEGINS.get(act.do)
    for field, value in act.with_.items():
        name = ALSO.get(field, field)
        if name not in begun or not isinstance(value, str) or value.startswith(PLACEHOLDER):
            continue
        if name == begins:
            begun[name].add(value)
        elif value not in begun[name] and not act.refused:
            raise unknown_id(name, value, begun[name], source.place(*path, "with", field))


def _check_dates(source: Source) -> None:
    script, last = source.script, source.script.start
    for index, step in enumerate(script.step):
        if step.on is None:
            continue
        if step.on < last:
            place = source.place("step", index, "on")
            raise BadInput(f"{step.on} is before {last}", place=place, remedy="steps go forward")
        last = step.on
    for index, point in enumerate(script.point):
        _check_day(source, point.on, ("point", index, "on"))
    for index, later in enumerate(script.consequence):
        _check_day(source, later.on, ("consequence", index, "on"))


def _check_day(source: Source, day: date, path: Spot) -> None:
    script = source.script
    if day < script.start or (script.end is not None and day > script.end):
        remedy = f"a day from {script.start} to {script.end or 'the end'}"
        raise BadInput(f"{day} is outside the script", place=source.place(*path), remedy=remedy)


def _check_ids(source: Source) -> None:
    script = source.script
    seen: set[str] = set()
    named: list[tuple[str, Spot]] = [
        (point.id, ("point", index, "id")) for index, point in enumerate(script.point)
    ]
    named += [(x.id, ("step", index, "id")) for index, x in enumerate(script.step) if x.id]
    named += [(act.id, p) for act, p in acts_of(source) if act.id and p[0] != "step"]
    for name, path in named:
        if name in seen:
            raise BadInput(f"{name!r} names two things", place=source.place(*path), remedy="rename")
        seen.add(name)
    points = [point.id for point in script.point]
    late: list[tuple[str, Spot]] = [
        (x.after, ("step", index, "after")) for index, x in enumerate(script.step)
    ]
    late += [(x.after, ("consequence", i, "after")) for i, x in enumerate(script.consequence)]
    for after, spot in late:
        if after:
            known_id("point", after, points, source.place(*spot))


def _conditions(source: Source) -> Iterator[tuple[Condition, Spot]]:
    script = source.script
    lists: list[tuple[Sequence[Condition], Spot]] = []
    lists += [(step.when, ("step", i, "when")) for i, step in enumerate(script.step)]
    lists += [(point.when, ("point", i, "when")) for i, point in enumerate(script.point)]
    lists += [(x.when, ("consequence", i, "when")) for i, x in enumerate(script.consequence)]
    lists += [(x.earned, ("rubric", i, "earned")) for i, x in enumerate(script.rubric)]
    for i, person in enumerate(script.cast):
        for j, fact in enumerate(person.hidden):
            lists.append((fact.revealed, ("cast", i, "hidden", j, "revealed")))
    for conditions, path in lists:
        for number, condition in enumerate(conditions):
            yield condition, (*path, number)


def _check_condition(source: Source, condition: Condition, path: Spot) -> None:
    place = source.place(*path)
    if bool(condition.event) == bool(condition.absent):
        raise BadInput("names no event, or two", place=place, remedy="give `event` or `absent`")
    known: dict[str, type[Any]] = {info.name: cls for cls, info in EVENTS.items()}
    facts = {str(act.with_["fact"]) for act, _ in acts_of(source) if "fact" in act.with_}
    for name in (condition.event or condition.absent).split("|"):
        if name in facts:
            continue
        known_id("event", name, [*known, *facts], place)
        for dotted in condition.has:
            known_id("field", dotted.split(".")[0], known[name].__dataclass_fields__, place)


def _check_point(source: Source, point: Point, index: int) -> None:
    place = source.place("point", index)
    if not point.option and not point.figure:
        raise BadInput("has neither options nor figures", place=place, remedy="add one")
    references = [option.id for option in point.option if option.reference]
    if point.option and len(references) != 1:
        raise BadInput("needs exactly one reference option", place=place, remedy="mark one")
    letters = [option.id for option in point.option]
    if len(set(letters)) != len(letters):
        raise BadInput("has two options of one id", place=place, remedy="rename one")


def _check_rubric(source: Source) -> None:
    weights = sum(criterion.weight for criterion in source.script.rubric)
    if source.script.rubric and weights != 100:
        place = source.place("rubric")
        raise BadInput(f"the weights add up to {weights}", place=place, remedy="make them 100")
