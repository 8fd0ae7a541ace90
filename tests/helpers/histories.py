"""Least histories of findings, as entries: a line is `day who stream Event field=value …`."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable
from dataclasses import fields, is_dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, get_args, get_origin

from pydantic import TypeAdapter

from bankcore.audit.findings.finding import Finding
from bankcore.audit.findings.report import all_findings
from bankcore.audit.findings.trail import trail_of
from bankcore.products.catalogue import shipped
from bankcore.scenarios.binding import model_of
from bankcore.scenarios.fields import field_type
from bankcore.values.declare import EVENTS
from bankcore.values.entry import Entry
from bankcore.values.money import Money
from bankcore.values.roles import Actor, Role
from samples import bare, choice, fixed, hints, is_map

HISTORIES: dict[str, dict[str, str]] = tomllib.loads(
    Path(__file__).parents[1].joinpath("audit/findings/histories.toml").read_text("utf-8")
)
BY_NAME = {info.name: cls for cls, info in EVENTS.items()}


def neutral(hint: Any) -> Any:
    """A value that says nothing: zero, empty, no; else the fixed sample."""
    hint = bare(hint)
    empty: dict[Any, Any] = {str: "", Money: Money(0), bool: False, int: 0, date: date(2026, 1, 1)}
    if hint in empty:
        return empty[hint]
    if choice(hint) is not None:
        return None
    if is_map(hint):
        return {}
    if get_origin(hint) is tuple:
        return () if get_args(hint)[1:] == (...,) else fixed(hint)
    return fixed(hint)


def read(hint: Any, text: str, before: Any) -> Any:
    """A field as written in a history; a record is the neutral one with some fields changed."""
    inner = bare(hint)
    if isinstance(inner, type) and is_dataclass(inner) and text.startswith("{"):
        given = json.loads(text)
        parts = {name: read(hints(inner)[name], str(part), None) for name, part in given.items()}
        return replace(before, **parts)
    value = json.loads(text) if text.startswith("{") else text
    return TypeAdapter(field_type(hint, model_of)).validate_python(value)


def event_of(name: str, given: dict[str, str]) -> Any:
    cls = BY_NAME[name]
    known = hints(cls)
    values = {field.name: neutral(known[field.name]) for field in fields(cls)}
    values |= {key: read(known[key], text, values[key]) for key, text in given.items()}
    return cls(**values)


def entries_of(history: str) -> list[Entry[Any]]:
    made: list[Entry[Any]] = []
    for position, line in enumerate(history.strip().splitlines(), 1):
        day, who, *rest = line.split(maxsplit=3)
        if who == "close":
            stream, event = "business-day", event_of("DayClosed", {"day": day})
            who = "system:system"
        else:
            stream, (name, *words) = rest[0], rest[1].split()
            event = event_of(name, dict(word.split("=", 1) for word in words))
        person, _, role = who.partition(":")
        on = date.fromisoformat(day)
        made.append(
            Entry(
                stream=stream,
                version=1 + sum(e.stream == stream for e in made),
                event=event,
                booking_date=on,
                value_date=on,
                actor=Actor(person, Role(role) if role else Role.SCRIPT),
                channel="",
                command_id=str(position),
                position=position,
            )
        )
    return made


def found(entries: Iterable[Entry[Any]], code: str) -> list[Finding]:
    return [f for f in all_findings(trail_of(entries, shipped())) if f.id == code]
