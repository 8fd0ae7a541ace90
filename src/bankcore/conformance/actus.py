"""ACTUS contract tests: terms to events with payoff and state, abs 1e-8, exact date and order.

Format of `oracles/README.md` section 1. The literals mix numbers and text; all are normalised.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from bankcore.conformance.actus_enhancement import enhancement_case
from bankcore.conformance.actus_rows import Computed, side_by_side
from bankcore.conformance.actus_terms import observed_of, terms_of, time
from bankcore.conformance.result import CaseResult, Status, compared
from bankcore.rules.actus.engine import BANK_TYPES, run
from bankcore.rules.actus.state import Row

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
    computed = [_row(row) for row in run(terms, observed_of(case), to)]
    pairs = side_by_side(case["results"], computed, FIELDS)
    return compared(label, name, case["terms"], pairs)


def _row(row: Row) -> Computed:
    state = row.state
    values = (row.payoff, state.notional, state.rate, state.accrued)
    return Computed(row.at, row.kind, dict(zip(FIELDS, values, strict=True)))
