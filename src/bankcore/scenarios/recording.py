"""Recording (录制): what was really played becomes a script that `bankcore run` plays again.

A record has the id, pins and staff of its script and one step an act, under the label that the
act had: command ids are the same, and so is the log, event by event and head by head.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from bankcore.scenarios.parts import Act, Pin, Staff
from bankcore.scenarios.script import Script


@dataclass(frozen=True, slots=True)
class Played:
    """One act as it was given: day, filled-in fields, label, what refused it, log before it."""

    on: date
    act: Act
    label: str
    refused: str
    position: int


def record(script: Script, played: Iterable[Played], last: date, findings: str) -> str:
    """The text of the script of a play that ended on a day with these findings of the trainee."""
    parts = [*_head(script, last), *(_pin(pin) for pin in script.pin)]
    parts += [_staff(person) for person in script.staff]
    parts += [_person(person.id, person.name.zh, person.name.en) for person in script.cast]
    parts += [_step(one) for one in played]
    if script.trainee():
        expect = {"what": "findings", "of": script.trainee(), "is": findings}
        parts.append(_table("expect", expect))
    return "\n".join(parts)


def _head(script: Script, last: date) -> Iterator[str]:
    words = {"zh": f"{script.title.zh}(录制)", "en": f"{script.title.en} (recorded)"}
    yield "\n".join(
        [
            f"id = {toml(script.id)}",
            'kind = "training"',
            f"title = {toml(words)}",
            f"story = {toml({'zh': script.story.zh, 'en': script.story.en})}",
            f"start = {script.start}",
            f"end = {last}\n",
        ]
    )


def _pin(pin: Pin) -> str:
    return _table("pin", pin.model_dump())


def _staff(person: Staff) -> str:
    told: dict[str, Any] = {
        "id": person.id,
        "name": {"zh": person.name.zh, "en": person.name.en},
        "role": person.role.value,
        "education": person.education.value,
        "trainee": person.trainee,
    }
    return _table("staff", told | ({} if person.grade is None else {"grade": person.grade}))


def _person(who: str, zh: str, en: str) -> str:
    name = {"zh": zh, "en": en}
    return _table("cast", {"id": who, "name": name, "about": name})


def _step(one: Played) -> str:
    act = one.act
    told: dict[str, Any] = {"on": one.on, "id": one.label, "do": act.do, "as": act.as_}
    told |= {"with": dict(act.with_)} if act.with_ else {}
    how = act.model_dump(
        include={"at", "channel", "value_date", "ground", "approval", "approver", "late_entry"},
        exclude_defaults=True,
    )
    told |= how | ({"refused": one.refused} if one.refused else {})
    return _table("step", told)


def _table(name: str, fields: Mapping[str, Any]) -> str:
    lines = [f"{key} = {toml(value)}" for key, value in fields.items()]
    return "\n".join([f"[[{name}]]", *lines]) + "\n"


def toml(value: Any) -> str:
    """A plain value in TOML: dates bare, numbers exact, texts quoted, tables and lists in line."""
    match value:
        case Mapping():
            inner = ", ".join(f"{key} = {toml(part)}" for key, part in value.items())
            return f"{{ {inner} }}"
        case list() | tuple():
            return f"[{', '.join(toml(part) for part in value)}]"
        case date():
            return value.isoformat()
        case bool() | int():
            return json.dumps(value)
        case _:
            return json.dumps(str(value), ensure_ascii=False)
