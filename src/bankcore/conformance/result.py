"""What a conformance run gives: one result a case, one summary a kind."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum


class Status(StrEnum):
    """How a case ended; a case that cannot be read is failed, never a crash."""

    PASSED = "passed"
    FAILED = "failed"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class CaseResult:
    """One case: inputs, the rows expected and computed side by side, and the first difference.

    `difference` says in one line why a case failed or was skipped; empty when it passed.
    """

    kind: str
    case: str
    status: Status
    difference: str = ""
    inputs: Mapping[str, object] | None = None
    rows: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Summary:
    """Counts of one kind; `reasons` has a line for each case that is not passed."""

    kind: str
    cases: int
    passed: int
    failed: int
    skipped: int
    reasons: tuple[str, ...]


def compared(
    kind: str,
    case: str,
    inputs: Mapping[str, object],
    pairs: Iterable[tuple[str, str, bool]],
) -> CaseResult:
    """A result from `(expected, computed, equal)` rows; the first unequal one is named."""
    rows = tuple(pairs)
    wrong = next((n for n, (_, _, equal) in enumerate(rows, 1) if not equal), None)
    shown = tuple((expected, computed) for expected, computed, _ in rows)
    if wrong is None:
        return CaseResult(kind, case, Status.PASSED, "", inputs, shown)
    expected, computed, _ = rows[wrong - 1]
    line = f"row {wrong}: expected {expected}, computed {computed}"
    return CaseResult(kind, case, Status.FAILED, line, inputs, shown)


def summarise(results: Iterable[CaseResult]) -> list[Summary]:
    """One summary a kind, kinds in the order in which they first occur."""
    by_kind: dict[str, list[CaseResult]] = {}
    for result in results:
        by_kind.setdefault(result.kind, []).append(result)
    return [_summary(kind, found) for kind, found in by_kind.items()]


def _summary(kind: str, results: list[CaseResult]) -> Summary:
    def count(status: Status) -> int:
        return sum(r.status is status for r in results)

    reasons = tuple(f"{r.case}: {r.difference}" for r in results if r.status is not Status.PASSED)
    return Summary(
        kind,
        len(results),
        count(Status.PASSED),
        count(Status.FAILED),
        count(Status.SKIPPED),
        reasons,
    )
