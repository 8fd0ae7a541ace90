"""ACTUS contract tests: terms to events with payoff and state, abs 1e-8, exact date and order.

Format of `oracles/README.md` section 1. The literals mix numbers and text; all are normalised.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any, Final

from bankcore.conformance.actus_enhancement import enhancement_case
from bankcore.conformance.actus_terms import number, observed_of, terms_of, time
from bankcore.conformance.result import CaseResult, Status, compared
from bankcore.rules.actus.engine import BANK_TYPES, run
from bankcore.rules.actus.state import Row

TOLERANCE: Final = Fraction(1, 10**8)
ENHANCEMENTS: Final = frozenset({"CEG", "CEC"})
FIELDS: Final = ("payoff", "notionalPrincipal", "nominalInterestRate", "accruedInterest")
Data = Mapping[str, Any]


def actus_results(data: Data) -> Iterator[CaseResult]:
    """One case a contract; types that are not the bank's are skipped by name."""
    for name, case in data.items():
        kind = str(case["terms"].get("contractType", "?"))
        label = f"ACTUS {kind}"
        if kind not in BANK_TYPES and kind not in ENHANCEMENTS:
            reason = f"contract type {kind} is not one of the bank's"
            yield CaseResult(label, name, Status.SKIPPED, reason)
            continue
        try:
            yield _case(label, name, case)
        except (KeyError, ValueError, AssertionError) as fault:
            yield CaseResult(label, name, Status.FAILED, f"terms not understood: {fault}")


def _case(label: str, name: str, case: Data) -> CaseResult:
    if case["terms"]["contractType"] in ENHANCEMENTS:
        return enhancement_case(label, name, case, observed_of(case))
    terms = terms_of(case["terms"])
    to = time(case["to"]) if case.get("to") else None
    computed = run(terms, observed_of(case), to)
    expected = case["results"]
    pairs = []
    for index in range(max(len(expected), len(computed))):
        wanted = expected[index] if index < len(expected) else None
        got = computed[index] if index < len(computed) else None
        pairs.append((_line(wanted), _shown(got), _equal(wanted, got)))
    return compared(label, name, case["terms"], pairs)


def _values(row: Row) -> tuple[Fraction, ...]:
    state = row.state
    return (row.payoff, state.notional, state.rate, state.accrued)


def _equal(wanted: Data | None, got: Row | None) -> bool:
    if wanted is None or got is None:
        return False
    if (time(wanted["eventDate"]), wanted["eventType"]) != (got.at, got.kind):
        return False
    pairs = zip(FIELDS, _values(got), strict=True)
    return all(abs(number(wanted[f]) - v) <= TOLERANCE for f, v in pairs if f in wanted)


def _line(wanted: Data | None) -> str:
    if wanted is None:
        return "-"
    figures = " ".join(str(wanted.get(field, "")).strip() for field in FIELDS)
    return f"{time(wanted['eventDate']):%Y-%m-%dT%H:%M:%S} {wanted['eventType']} {figures}"


def _shown(got: Row | None) -> str:
    if got is None:
        return "-"
    figures = " ".join(f"{value.numerator / value.denominator:.12g}" for value in _values(got))
    return f"{got.at:%Y-%m-%dT%H:%M:%S} {got.kind} {figures}"
