"""The rulebook's own worked examples, by rule id: cases of `rules/examples/*.json`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bankcore.conformance.cases import Case, run_case
from bankcore.conformance.result import CaseResult, Status
from bankcore.conformance.rulebook import ADAPTERS


def example_results(data: Sequence[Mapping[str, Any]]) -> Iterator[CaseResult]:
    """One case an example; the kind is `rulebook FAMILY`, a rule without adapter is skipped."""
    for nr, raw in enumerate(data, 1):
        try:
            case = Case(raw["rule"], raw["case"], raw["inputs"], raw["expected"], "")
        except (KeyError, TypeError) as fault:
            label = f"example {nr}"
            yield CaseResult("rulebook", label, Status.FAILED, f"malformed case: {fault}")
            continue
        yield _result(case)


def _result(case: Case) -> CaseResult:
    kind, label = f"rulebook {case.rule.split('-')[0]}", f"{case.rule} {case.name}"
    adapter = ADAPTERS.get(case.rule)
    if adapter is None:
        reason = f"{case.rule} is not computed yet"
        return CaseResult(kind, label, Status.SKIPPED, reason, case.inputs)
    try:
        outcome = run_case(adapter, case)
    except (KeyError, TypeError, ValueError, AssertionError) as fault:
        problem = f"inputs not understood: {type(fault).__name__} {fault}"
        return CaseResult(kind, label, Status.FAILED, problem, case.inputs)
    status = Status.PASSED if outcome.agrees else Status.FAILED
    keys = sorted({*case.expected, *outcome.got})
    rows = tuple(
        (f"{k} {case.expected.get(k, '-')}", f"{k} {outcome.got.get(k, '-')}") for k in keys
    )
    return CaseResult(kind, label, status, "; ".join(outcome.differences[:1]), case.inputs, rows)
