"""Which findings a report shows (选取与抽样): filters, and a sample that anybody can draw again.

A sample orders findings by a digest of the seed and of what each one is, and takes the first. It
needs no generator of random numbers, so any program draws the same one, and a finding that comes
later pushes out at most one of those drawn before.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from bankcore.audit.findings.finding import Rule
from bankcore.audit.findings.told import Told
from bankcore.values.errors import BadInput


@dataclass(frozen=True, slots=True)
class Selection:
    """What is asked for; what is empty does not restrict. Days are those of the findings."""

    sections: tuple[str, ...] = ()
    severities: tuple[str, ...] = ()
    person: str | None = None
    customer: str | None = None
    start: date | None = None
    until: date | None = None

    def takes(self, told: Told) -> bool:
        """True when a finding is among those asked for."""
        found = told.finding
        return (
            (not self.sections or any(within(found.section, s) for s in self.sections))
            and (not self.severities or found.severity.value in self.severities)
            and (self.person is None or found.responsible == self.person)
            and (self.customer is None or self.customer in told.customers)
            and (self.start is None or found.on >= self.start)
            and (self.until is None or found.on <= self.until)
        )


@dataclass(frozen=True, slots=True)
class Sample:
    """How many to draw, and by which seed."""

    size: int
    seed: str


@dataclass(frozen=True, slots=True)
class Selected:
    """What a report shows: the findings, how many the log has and how many were selected."""

    findings: tuple[Told, ...]
    all: int
    selected: int
    sample: Sample | None = None


def within(sections: str, asked: str) -> bool:
    """True when one of the sections of a finding is the one asked for or lies in it."""
    return any(s == asked or s.startswith((f"{asked}.", f"{asked} ")) for s in listed(sections))


def listed(sections: str) -> list[str]:
    """The sections of a finding one by one."""
    return [section.strip() for section in sections.split(",")]


def check_sections(asked: Iterable[str], rules: Iterable[Rule]) -> None:
    """Refuse a section that no finding has: a typing error would look like a clean bank."""
    known = {section for rule in rules for section in listed(rule.section)}
    for section in asked:
        if not any(within(one, section) for one in known):
            chapters = sorted({one.split(".")[0] for one in known}, key=int)
            remedy = f"chapters with findings: {', '.join(chapters)}"
            raise BadInput(f"no finding has section {section!r}", place="--section", remedy=remedy)


def select(told: Sequence[Told], selection: Selection, sample: Sample | None = None) -> Selected:
    """The findings asked for, or a sample of them, in the order in which they became true."""
    chosen = [one for one in told if selection.takes(one)]
    shown = chosen
    if sample is not None:
        drawn = sorted(range(len(chosen)), key=lambda i: _lot(sample.seed, chosen[i]))
        shown = [chosen[i] for i in sorted(drawn[: sample.size])]
    return Selected(tuple(shown), len(told), len(chosen), sample)


def _lot(seed: str, told: Told) -> bytes:
    found = told.finding
    return sha256(f"{seed}\n{found.id}\n{found.key}\n{found.trigger}".encode()).digest()
