"""Reading scripts (读取剧本): a TOML text becomes a `Script`, or a sentence with its place.

Every problem is `BadInput` with `file:line: field`. `load` takes a path or the id of a script of
the library; the id may also be its code (`S02`).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

from pydantic import ValidationError

from bankcore.scenarios.binding import bad_input
from bankcore.scenarios.places import Path as KeyPath
from bankcore.scenarios.places import line_at, lines_of
from bankcore.scenarios.script import Script
from bankcore.values.errors import BadInput
from bankcore.values.reading import unknown_id

SUFFIX: Final = ".toml"
LARGEST: Final = 2_000_000  # bytes: a script is written by a person
_AT: Final = re.compile(r"\s*\(at line (\d+), column \d+\)")


@dataclass(frozen=True, slots=True)
class Source:
    """A script with the place it came from; `place` names the line of a key path."""

    script: Script
    name: str
    lines: dict[KeyPath, int] = field(default_factory=dict, repr=False)

    def place(self, *path: str | int) -> str:
        """`file:line: step.3.with`, for messages."""
        dotted = ".".join(str(part) for part in path)
        return f"{self.name}:{line_at(self.lines, path)}: {dotted}"


def parse(text: str, name: str) -> Source:
    """Read a script from its text; `name` is what messages call the file."""
    lines = lines_of(text)
    raw = _toml(text, name)
    try:
        return Source(Script.model_validate(raw), name, lines)
    except ValidationError as wrong:
        raise _placed(wrong, name, lines) from None


def _toml(text: str, name: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as wrong:
        said = str(wrong)
        found = _AT.search(said)
        line = found.group(1) if found else str(text.count("\n") + 1)
        problem, place = f"is no TOML: {_AT.sub('', said)}", f"{name}:{line}"
        raise BadInput(problem, place=place, remedy="see `bankcore scenario show`") from None


def _placed(wrong: ValidationError, name: str, lines: dict[KeyPath, int]) -> BadInput:
    errors = wrong.errors(include_url=False)
    first = next((e for e in errors if e["type"] == "extra_forbidden"), errors[0])
    place = f"{name}:{line_at(lines, first['loc'])}"
    return bad_input(wrong, place, _known(first["loc"]))


def _known(loc: KeyPath) -> list[str]:
    """The keys that would be right where an unknown one stands."""
    model: Any = Script
    for part in loc[:-1]:
        if isinstance(part, int):
            continue
        found = _fields(model).get(part)
        if found is None:
            return []
        inner = getattr(found, "__args__", None) or [found]
        model = inner[0]
    return list(_fields(model))


def _fields(model: Any) -> dict[str, Any]:
    found = getattr(model, "model_fields", {})
    return {part.alias or key: part.annotation for key, part in found.items()}


def read(path: str) -> Source:
    """Read a script file."""
    place = Path(path)
    try:
        size = place.stat().st_size
        if size > LARGEST:
            raise BadInput(f"is too large for a script ({size:,} bytes)", place=path)
        return parse(place.read_text("utf-8"), path)
    except UnicodeDecodeError:
        raise BadInput("is no UTF-8 text", place=path, remedy="a script is a TOML file") from None
    except OSError as wrong:
        missing = isinstance(wrong, FileNotFoundError)
        problem = "there is no such script" if missing else f"cannot be read ({wrong.strerror})"
        raise BadInput(problem, place=path, remedy="see `bankcore scenario list`") from None


@cache
def library() -> dict[str, Source]:
    """The scripts that come with the package, by id, in the order of their ids."""
    return {source.script.id: source for source in sorted(_shipped(), key=lambda s: s.script.id)}


def _shipped() -> Iterator[Source]:
    for file in files("bankcore.scenarios").joinpath("library").iterdir():
        if file.name.endswith(SUFFIX):
            source = parse(file.read_text("utf-8"), file.name)
            assert f"{source.script.id}{SUFFIX}" == file.name, f"{file.name} has another id"
            yield source


def load(given: str) -> Source:
    """A script by path (it ends in `.toml` or has a slash), or by id or code from the library."""
    if given.endswith(SUFFIX) or "/" in given:
        return read(given)
    known = library()
    codes = {source.script.code: source for source in known.values() if source.script.code}
    found = known.get(given) or codes.get(given.upper())
    if found is None:
        raise unknown_id("script", given, known)
    return found
