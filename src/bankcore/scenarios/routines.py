"""Routines (例行步骤): what many scripts do in the same way, written once in `routines.toml`.

`do = "routine.open_account"` in a step stands for a list of ordinary acts; nothing else of the
format knows of it. Unknown names and missing fields are `BadInput` with the place of the step.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any, Final

from pydantic import Field

from bankcore.scenarios.parts import Act, Fields, Strict
from bankcore.values.errors import BadInput
from bankcore.values.reading import known_id

PREFIX: Final = "routine."


class RoutineAct(Act):
    """One act of a routine; `each` names the list whose items it is repeated for."""

    each: str = ""


class Routine(Strict):
    """A routine: what it is, its defaults and its acts."""

    zh: str
    en: str
    defaults: Fields = Field(default={})
    act: tuple[RoutineAct, ...] = Field(min_length=1)


@cache
def routines() -> Mapping[str, Routine]:
    """Every routine by name."""
    text = files("bankcore.scenarios").joinpath("routines.toml").read_text("utf-8")
    tables = tomllib.loads(text, parse_float=Decimal)
    return {name: Routine.model_validate(table) for name, table in tables.items()}


def expand(act: Act, place: str) -> tuple[Act, ...]:
    """The acts of a routine with its fields filled in; any other act is itself alone."""
    if not act.do.startswith(PREFIX):
        return (act,)
    name = known_id("routine", act.do.removeprefix(PREFIX), routines(), place)
    routine = routines()[name]
    given = {**routine.defaults, **act.with_}
    return tuple(_acts(routine, act, given, place))


def expanded(acts: Iterable[Act], place: str) -> tuple[Act, ...]:
    """Several acts, each expanded."""
    return tuple(one for act in acts for one in expand(act, place))


def _acts(routine: Routine, step: Act, given: Mapping[str, Any], place: str) -> Iterator[Act]:
    frame = step.model_dump(include=_FRAME)
    for act in routine.act:
        for item in given[act.each] if act.each else ("",):
            fields = {**given, "item": item}
            filled = _filled(act.with_, fields, place)
            who = _fill(act.as_, fields, place)
            yield Act.model_validate({**frame, "do": act.do, "as": who, "with": filled})


_FRAME: Final = {"at", "channel", "value_date", "ground", "approval", "approver", "late_entry"}


def _filled(given: Mapping[str, Any], fields: Mapping[str, Any], place: str) -> dict[str, Any]:
    made = {key: _fill(value, fields, place) for key, value in given.items()}
    return {key: value for key, value in made.items() if value != ""}


def _fill(value: Any, fields: Mapping[str, Any], place: str) -> Any:
    if isinstance(value, Mapping):
        return _filled(value, fields, place)
    if not isinstance(value, str) or not value.startswith("{"):
        return value
    name = value.strip("{}")
    if name not in fields:
        raise BadInput(f"the routine needs {name!r}", place=place, remedy="add it to with")
    return fields[name]
