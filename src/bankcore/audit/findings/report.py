"""The findings report (发现报告): every predicate over a log, by the rules of evaluation.

The list is a pure function of the log: any batch split or replay gives the same one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from bankcore.audit.findings.finding import PREDICATES, Finding, Rule, described, made
from bankcore.audit.findings.predicates import MODULES
from bankcore.audit.findings.trail import Trail, trail_of
from bankcore.products.catalogue import Catalogue
from bankcore.values.entry import Entry

COVERING: Final[Mapping[str, tuple[str, ...]]] = {
    "F-KYC-02": ("F-KYC-03",),
    "F-AUTH-09": ("F-AUTH-10",),
    "F-AUTH-11": ("F-AUTH-26",),
    "F-DISB-01": ("F-DISB-02",),
    "F-USE-02": ("F-DISB-02",),
    "F-CALC-07": ("F-CALC-01",),
}
"""The heavier finding hides the lighter for the same trigger or key (evaluation rule 8)."""


def rules() -> Mapping[str, Rule]:
    """Every finding that can be found, by id, in the order of ids."""
    assert MODULES, "importing the modules declares the predicates"
    return {code: described()[code] for code in sorted(PREDICATES)}


def findings_of(entries: Iterable[Entry[Any]], catalogue: Catalogue) -> list[Finding]:
    """All findings of a log in the order in which they became true, lighter ones hidden."""
    return covered(all_findings(trail_of(entries, catalogue)))


def all_findings(trail: Trail) -> list[Finding]:
    """The same before covering: at most one per id and key, the first one that stands."""
    found: dict[tuple[str, str], Finding] = {}
    for rule in rules().values():
        for hit in PREDICATES[rule.id](trail):
            new = made(rule, hit)
            known = found.get((new.id, new.key))
            if known is None or (known.undone and not new.undone):
                found[(new.id, new.key)] = new
    return sorted(found.values(), key=lambda f: (f.on, f.id, f.key))


def covered(found: list[Finding]) -> list[Finding]:
    """Leave out what a heavier finding of the same trigger or key covers."""
    hidden = {
        (light, mark)
        for heavy in found
        for light in COVERING.get(heavy.id, ())
        for mark in (heavy.key, heavy.trigger)
    }
    return [f for f in found if (f.id, f.key) not in hidden and (f.id, f.trigger) not in hidden]
