"""Explaining findings (发现): what each takes off a mark, down to its events, values and rows.

The figure `finding` of `F-CALC-01` is what all findings of that id take off, one part a finding;
`F-CALC-01:KEY` is one of them. A fatal one takes off nothing: it caps the mark, and says so.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Final

from bankcore.audit.explain.evidence import Evidence
from bankcore.audit.explain.explanation import Explanation, Ground, Part
from bankcore.audit.explain.grounds import clauses, row
from bankcore.audit.findings.finding import DEDUCTION, Finding, Severity
from bankcore.audit.findings.report import findings_of, rules
from bankcore.products.catalogue import Catalogue
from bankcore.values.errors import BadInput
from bankcore.values.rates import exact_text
from bankcore.values.reading import known_id

FINDING: Final = "finding"
MARKS: Final = "marks"
_CAP: Final = {True: "70", False: "40"}  # undone or not, docs/concepts/grading.md


def finding(evidence: Evidence, subject: str) -> Explanation:
    """What the findings of an id, or the one with a key, take off; unknown ones are bad input."""
    code, _, key = subject.partition(":")
    known_id("finding", code, rules())
    every = findings_of(evidence.entries, evidence.catalogue)
    found = [f for f in every if f.id == code and key in ("", f.key)]
    if not found:
        near = [f"{f.id}:{f.key}" for f in every if f.id == code] or sorted({f.id for f in every})
        remedy = f"found: {', '.join(near[:8])}" if near else "nothing was found in this log"
        raise BadInput(f"no finding {subject} at these dates", remedy=remedy)
    parts = tuple(of_finding(f, evidence.catalogue) for f in found)
    value = sum((part.amount for part in parts), Fraction(0))
    return Explanation(FINDING, subject, value, exact_text(value), MARKS, parts)


def of_finding(found: Finding, catalogue: Catalogue, sign: int = 1) -> Part:
    """One finding as a part: what it takes off, made of its trigger and of what undid it."""
    amount = sign * found.deduction
    inputs: dict[str, object] = {
        "finding": found.id,
        "key": found.key,
        "severity": found.severity.value,
        "handbook": found.section,
        "responsible": found.responsible,
        "on": found.on,
    }
    if found.missing:
        inputs["missing"] = ", ".join(found.missing)
    if found.severity is Severity.FATAL:
        inputs["caps_the_mark_at"] = _CAP[found.undone]
    inputs |= {held.en: held.said for held in found.compared}
    return Part(
        found.trigger,
        found.rule or found.section,
        found.zh,
        found.en,
        amount,
        amount,
        inputs=inputs,
        parts=tuple(_inside(found, sign)),
        grounds=tuple(_grounds(found, catalogue)),
    )


def _inside(found: Finding, sign: int) -> Iterator[Part]:
    """The trigger with the whole deduction, what it cites, and the half that undoing gives back."""
    severity = sign * DEDUCTION[found.severity]
    level = {"severity": found.severity.value}
    yield Part(found.trigger, "", "触发事件", "Trigger", severity, severity, inputs=level)
    for event in found.cited:
        yield Part(event, "", "引用事件", "Cited", Fraction(0), Fraction(0))
    if found.undone:
        half = sign * found.deduction - severity
        zh, en = ("已纠正,减半", "Undone, half") if found.undo else ("被拒,减半", "Refused, half")
        yield Part(found.undo or found.trigger, "", zh, en, half, half)


def _grounds(found: Finding, catalogue: Catalogue) -> Iterator[Ground]:
    named = " ".join(dict.fromkeys([found.rule, *(held.rule for held in found.compared)]))
    yield from clauses(named)
    for held in found.compared:
        if held.param and held.on is not None:
            yield row(catalogue, held.param, held.on)
