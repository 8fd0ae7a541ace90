"""Binding (命令绑定): names and values that people write become commands, and commands texts again.

A command is declared once, as a frozen class (values/declare.py). Here its pydantic model is made
from the class: scripts, `bankcore do` and the published JSON Schema read fields through it.
`bind` raises `BadInput` that names the field and the remedy; it never guesses.
"""

from __future__ import annotations

import typing
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from difflib import get_close_matches
from enum import StrEnum
from fractions import Fraction
from functools import cache
from typing import Any, Final

from pydantic import BaseModel, ConfigDict, ValidationError, create_model

from bankcore.operations.table import HANDLERS
from bankcore.scenarios.fields import field_type
from bankcore.values.declare import COMMANDS
from bankcore.values.errors import BadInput
from bankcore.values.money import CNY, Money
from bankcore.values.rates import AnnualRate, exact_text

_CONFIG: Final = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)


@cache
def command_classes() -> Mapping[str, type[Any]]:
    """Wire name -> class of every command that the bank knows, in the order of the alphabet."""
    known = {info.wire_name: cls for cls, info in COMMANDS.items() if cls in HANDLERS}
    return dict(sorted(known.items()))


def command_class(wire_name: str, place: str = "") -> type[Any]:
    """The class of a wire name, else `BadInput` with the nearest known names."""
    known = command_classes()
    if wire_name in known:
        return known[wire_name]
    raise BadInput(f"no command {wire_name!r}", place=place, remedy=_nearest(wire_name, [*known]))


def _nearest(given: str, known: list[str]) -> str:
    verb = given.rpartition(".")[2]
    near = get_close_matches(given, known, 3, 0.6)
    near += [name for name in known if name.endswith(f".{verb}") and name not in near]
    stream = [name for name in known if name.startswith(f"{given.partition('.')[0]}.")]
    if near:
        return f"did you mean {' or '.join(near[:3])}?"
    return f"known: {', '.join((stream or known)[:8])} …"


def model_of(cls: type[Any]) -> type[BaseModel]:
    """The pydantic model of a command or record class: same fields, same defaults, no others."""
    return _MODELS.get(cls) or _MODELS.setdefault(cls, _made(cls))


_MODELS: Final[dict[type[Any], type[BaseModel]]] = {}


def _made(cls: type[Any]) -> type[BaseModel]:
    hints = typing.get_type_hints(cls, include_extras=True)
    made: dict[str, Any] = {}
    for part in fields(cls):
        kind = field_type(hints[part.name], model_of)
        made[part.name] = (kind, ... if part.default is MISSING else part.default)
    doc = (cls.__doc__ or cls.__name__).strip()
    model: type[BaseModel] = create_model(cls.__name__, __config__=_CONFIG, __doc__=doc, **made)
    return model


def bind(wire_name: str, given: Mapping[str, object], place: str = "") -> Any:
    """The command of a wire name with its fields; `place` goes before the field in a message.

    >>> bind("deposit_account.deposit", {"account": "A1", "amount": "200"}).amount
    Money(minor=20000, currency='CNY')
    """
    cls = command_class(wire_name, place)
    try:
        return _built(cls, model_of(cls).model_validate(dict(given)))
    except ValidationError as wrong:
        raise bad_input(wrong, place or wire_name, [f.name for f in fields(cls)]) from None


def _built(cls: type[Any], model: BaseModel) -> Any:
    """The dataclass of a validated model, records inside included."""
    hints = typing.get_type_hints(cls)
    values = {p.name: _value(hints[p.name], getattr(model, p.name)) for p in fields(cls)}
    return cls(**values)


def _value(hint: Any, value: Any) -> Any:
    if isinstance(value, BaseModel):
        return _built(_record_in(hint, type(value)), value)
    if isinstance(value, tuple):
        return tuple(_value(hint, part) for part in value)
    return value


def _record_in(hint: Any, model: type[BaseModel]) -> type[Any]:
    """The record class, somewhere in an annotation, from which a model was made."""
    if isinstance(hint, type) and is_dataclass(hint) and model_of(hint) is model:
        return hint
    inner = (_record_in(arm, model) for arm in typing.get_args(hint) if arm is not Ellipsis)
    return next((found for found in inner if found is not type(None)), type(None))


def bad_input(wrong: ValidationError, place: str, known: list[str]) -> BadInput:
    """The first error of a validation as one sentence with place and remedy.

    A strange field comes first: a misspelt one is also a missing one.
    """
    errors = wrong.errors(include_url=False)
    first = next((e for e in errors if e["type"] == "extra_forbidden"), errors[0])
    where = ".".join(str(part) for part in first["loc"])
    spot = f"{place}: {where}" if place and where else place or where
    context = first.get("ctx", {})
    match first["type"]:
        case "missing":
            return BadInput("is missing", place=spot, remedy="add it")
        case "extra_forbidden":
            near = get_close_matches(where.rpartition(".")[2], known, 3, 0.5)
            hint = f"did you mean {' or '.join(near)}?" if near else f"known: {', '.join(known)}"
            return BadInput("is no field here", place=spot, remedy=hint)
        case "field":
            return BadInput(str(context["problem"]), place=spot, remedy=str(context["remedy"]))
        case _:
            return BadInput(first["msg"].removeprefix("Value error, "), place=spot)


def unbind(command: Any) -> tuple[str, dict[str, object]]:
    """The wire name and the fields of a command as a script would write them; defaults left out.

    `bind(*unbind(command)) == command` for every command.
    """
    given = {
        part.name: plain_field(getattr(command, part.name))
        for part in fields(command)
        if getattr(command, part.name) != part.default
    }
    return COMMANDS[type(command)].wire_name, given


def plain_field(value: object) -> object:
    """A field value as TOML or JSON has it: money and rates as text, dates as dates."""
    match value:
        case StrEnum():
            return value.value
        case bool() | int() | str() | date():
            return value
        case Money() | AnnualRate():
            currency = value.currency if isinstance(value, Money) else CNY
            return str(value) if currency == CNY else f"{value} {currency}"
        case Fraction():
            return exact_text(value)
        case Mapping():
            return {str(key): plain_field(part) for key, part in value.items()}
        case tuple():
            return [plain_field(part) for part in value]
        case _:
            return _plain_record(value)


def _plain_record(record: object) -> dict[str, object]:
    assert is_dataclass(record), f"no form at the edge for {type(record).__name__}"
    shown = ((part, getattr(record, part.name)) for part in fields(record))
    return {p.name: plain_field(v) for p, v in shown if v is not None and v != p.default}


def command_schema(wire_name: str) -> dict[str, Any]:
    """The JSON Schema of a command's fields."""
    return model_of(command_class(wire_name)).model_json_schema()


__all__ = ["bad_input", "bind", "command_class", "command_classes", "command_schema", "unbind"]
