"""The rules by id (规则目录): title in zh and en, and the legal text where a rule rests on one."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule; an empty source means that it is this bank's own convention."""

    id: str
    zh: str
    en: str
    source: str


@cache
def rulebook() -> dict[str, Rule]:
    """All rules by id, in the order of the rulebook."""
    tables = tomllib.loads(files(__package__).joinpath("rulebook.toml").read_text("utf-8"))
    return {key: Rule(id=key, **table) for key, table in tables.items()}
