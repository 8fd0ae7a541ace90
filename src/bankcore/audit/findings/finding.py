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
from bankcore.values.money import Money


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
class Compared:
    """Two values that a predicate held against each other (比较): what was found and its bound.

    `param` names the dated row that the bound was read from, `on` the day on which it counted;
    `rule` the clause where it is another than that of the finding.
    """

    zh: str
    en: str
    found: str
    bound: str = ""
    param: str = ""
    on: date | None = None
    rule: str = ""

    @property
    def said(self) -> str:
        """What was found and, where there is one, the bound: `600,000.00 / 500,000.00`."""
        return f"{self.found} / {self.bound}" if self.bound else self.found


def against_row(
    words: tuple[str, str], found: Money, limit: Money, row: tuple[str, date]
) -> Compared:
    """An amount against the limit of a row (id, day); `words` name the comparison in zh and en."""
    return Compared(*words, found.grouped(), limit.grouped(), *row)


@dataclass(frozen=True, slots=True)
class Hit:
    """One time that a predicate held: trigger, its key, what it read and what was missing.

    `on` is the day of a missed deadline, else None; `undo` the entry that undid it in time;
    `who` is responsible where that is not the actor of the trigger; `attempt` says that the bank
    refused it, which counts half; `compared` are the values that decided.
    """

    trigger: Entry[Any]
    key: str
    cited: tuple[Entry[Any], ...] = ()
    missing: tuple[str, ...] = ()
    on: date | None = None
    undo: Entry[Any] | None = None
    who: str = ""
    attempt: bool = False
    compared: tuple[Compared, ...] = ()


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
    """One finding with its evidence; `undone` counts half, `on` is when it became true.

    `undo` is the event that undid it; an attempt that the bank refused is undone without one.
    """

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
    undo: str = ""
    compared: tuple[Compared, ...] = ()

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
        undo=hit.undo.id if hit.undo else "",
        compared=(*hit.compared, *_deadline(hit)),
    )


def _deadline(hit: Hit) -> Iterator[Compared]:
    """A missed deadline: the day on which it was done after all against the last day for it."""
    if hit.on is not None:
        done = hit.undo.booking_date.isoformat() if hit.undo else ""
        yield Compared("完成日与期限", "done against the last day", done or "—", str(hit.on))
