"""What a finding is (发现), and how a predicate is declared.

A predicate yields hits; the registry makes findings of them: at most one per id and key, lighter
ones hidden by the heavier that cover them, undone ones marked. See `docs/concepts/grading.md`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from functools import cache
from importlib.resources import files
from typing import Any, Final

from bankcore.audit.findings.trail import Trail
from bankcore.values.entry import Entry


class Severity(StrEnum):
    """How heavy (严重程度): F fatal, H high, M medium, L low."""

    FATAL = "F"
    HIGH = "H"
    MEDIUM = "M"
    LOW = "L"


DEDUCTION: Final = {
    Severity.FATAL: Fraction(0),  # an F does not deduct, it caps
    Severity.HIGH: Fraction(15),
    Severity.MEDIUM: Fraction(8),
    Severity.LOW: Fraction(3),
}


@dataclass(frozen=True, slots=True)
class Hit:
    """One time that a predicate held: trigger, its key, what it read and what was missing.

    `on` is the day of a missed deadline, else None; `undo` the entry that undid it in time;
    `who` is responsible where that is not the actor of the trigger; `attempt` says that the bank
    refused it, which counts half.
    """

    trigger: Entry[Any]
    key: str
    cited: tuple[Entry[Any], ...] = ()
    missing: tuple[str, ...] = ()
    on: date | None = None
    undo: Entry[Any] | None = None
    who: str = ""
    attempt: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """A finding as the catalogue describes it: severity, handbook section, rule, titles, undo."""

    id: str
    severity: Severity
    section: str
    rule: str
    zh: str
    en: str
    undo: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding with its evidence; `undone` counts half, `on` is when it became true."""

    id: str
    key: str
    severity: Severity
    section: str
    rule: str
    zh: str
    en: str
    trigger: str
    cited: tuple[str, ...]
    missing: tuple[str, ...]
    responsible: str
    on: date
    undone: bool

    @property
    def deduction(self) -> Fraction:
        """What it takes off a mark: by severity, half when undone."""
        return DEDUCTION[self.severity] / (2 if self.undone else 1)


Predicate = Callable[[Trail], Iterator[Hit]]
PREDICATES: Final[dict[str, Predicate]] = {}
"""The registry: id -> predicate, in the order of declaration."""


def finding(code: str) -> Callable[[Predicate], Predicate]:
    """Declare a predicate under its id of `findings.toml`; a second one of an id is a bug."""

    def declare(predicate: Predicate) -> Predicate:
        assert code not in PREDICATES, f"{code} is declared twice"
        PREDICATES[code] = predicate
        return predicate

    return declare


@cache
def described() -> Mapping[str, Rule]:
    """The catalogue of findings by id, from `findings.toml`."""
    text = files("bankcore.audit.findings").joinpath("findings.toml").read_text("utf-8")
    tables = tomllib.loads(text)
    return {
        code: Rule(id=code, severity=Severity(row.pop("severity")), **{"undo": "none", **row})
        for code, row in tables.items()
    }


def made(rule: Rule, hit: Hit) -> Finding:
    """The finding of a hit."""
    return Finding(
        id=rule.id,
        key=hit.key,
        severity=rule.severity,
        section=rule.section,
        rule=rule.rule,
        zh=rule.zh,
        en=rule.en,
        trigger=hit.trigger.id,
        cited=tuple(entry.id for entry in hit.cited),
        missing=hit.missing,
        responsible=hit.who or hit.trigger.actor.id,
        on=hit.on or hit.trigger.booking_date,
        undone=hit.undo is not None or hit.attempt,
    )
