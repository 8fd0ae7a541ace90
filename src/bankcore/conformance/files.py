"""Finding reference files under a folder and knowing their format by what is in them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from bankcore.conformance import (
    actus,
    examples,
    fineract,
    fineract_payoffs,
    quant,
    savings,
    worked,
)
from bankcore.conformance.result import CaseResult, Status
from bankcore.values.errors import BadInput
from bankcore.values.reasons import Rejected

WRONG_AT_SOURCE: Final = ("known deviation", "same as", "rounded to an integer")
"""How `case_notes.json` says that a case is wrong where it comes from."""
Reader = Callable[[Any, Path], Iterator[CaseResult]]


@dataclass(frozen=True, slots=True)
class Format:
    """A file format: how it is recognised and read; more than one reader may take a file."""

    name: str
    fits: Callable[[Any], bool]
    read: Reader


def _has(*keys: str) -> Callable[[Any], bool]:
    return lambda data: isinstance(data, Mapping) and all(key in data for key in keys)


def _schedules(data: Any, path: Path) -> Iterator[CaseResult]:
    """Schedules name calendars that stand in `calendars.json` beside them."""
    beside = path.with_name("calendars.json")
    known = quant.calendars_of(json.loads(beside.read_text("utf-8"))) if beside.is_file() else {}
    yield from quant.schedule_results(data, known)


def _first_has(data: Any, key: str, *keys: str) -> bool:
    """True for `{key: [row, …]}` whose first row has all the keys."""
    rows = data.get(key) if isinstance(data, Mapping) else None
    return bool(rows) and isinstance(rows, list) and all(k in rows[0] for k in keys)


def _is_savings(data: Any) -> bool:
    """Cases whose inputs compound interest on an account or a fixed deposit."""
    cases = data.get("cases") if isinstance(data, Mapping) else None
    if not isinstance(cases, list) or not cases or "inputs" not in cases[0]:
        return False
    inputs = cases[0]["inputs"]
    return "compounding" in inputs or "compounding_every_months" in inputs


def _is_actus(data: Any) -> bool:
    """A mapping of case ids to cases with terms and results."""
    first = next(iter(data.values()), None) if isinstance(data, Mapping) else None
    return isinstance(first, Mapping) and "terms" in first and "results" in first


def _actus(data: Any, path: Path) -> Iterator[CaseResult]:
    """Cases that `case_notes.json` beside them calls wrong at the source are skipped with it."""
    beside = path.with_name("case_notes.json")
    notes = json.loads(beside.read_text("utf-8")) if beside.is_file() else {}
    for result in actus.actus_results(data):
        note = notes.get(result.case, "")
        doubtful = any(word in note for word in WRONG_AT_SOURCE)
        if result.status is Status.FAILED and doubtful:
            yield replace(result, status=Status.SKIPPED, difference=f"wrong at its source: {note}")
        else:
            yield result


def _is_examples(data: Any) -> bool:
    """A list of cases with rule, inputs and expected."""
    first = data[0] if isinstance(data, list) and data else None
    return isinstance(first, Mapping) and {"rule", "inputs", "expected"} <= first.keys()


FORMATS: Final[tuple[Format, ...]] = (
    Format("day counts", lambda d: _first_has(d, "rows", "d1", "d2", "values"),
           lambda d, _: quant.day_count_results(d)),
    Format("schedules", lambda d: _first_has(d, "cases", "effective", "tenor", "rule"),
           _schedules),
    Format("annuity", _has("annuity"), lambda d, _: quant.annuity_results(d)),
    Format("XIRR", _has("xirr"), lambda d, _: quant.xirr_results(d)),
    Format("effective rates", _has("effective_annual_rate"),
           lambda d, _: quant.effective_rate_results(d)),
    Format("ACTUS", _is_actus, _actus),
    Format("Fineract schedules", lambda d: _first_has(d, "cases", "category", "rows_complete"),
           lambda d, _: fineract.schedule_results(d)),
    Format("Fineract payoffs", _has("payoff_cases"),
           lambda d, _: fineract_payoffs.payoff_results(d)),
    Format("worked", lambda d: _first_has(d, "cases", "topic", "verdict"),
           lambda d, _: worked.worked_results(d)),
    Format("rulebook", _is_examples, lambda d, _: examples.example_results(d)),
    Format("Fineract savings", _is_savings, lambda d, _: savings.savings_results(d)),
    Format("calendars", _has("calendars"), lambda d, _: quant.calendar_results(d)),
)  # fmt: skip


def run_folder(folder: Path, kind: str | None = None) -> Iterator[CaseResult]:
    """Run every reference file below a folder, in order of path; other files are left alone."""
    if not folder.is_dir():
        raise BadInput(f"{folder} is no folder", remedy="name the folder of reference files")
    for path in sorted(folder.rglob("*.json")):
        data = json.loads(path.read_text(encoding="utf-8"))
        for form in FORMATS:
            if form.fits(data) and (kind is None or form.name == kind):
                yield from _guarded(form, data, path)


def _guarded(form: Format, data: Any, path: Path) -> Iterator[CaseResult]:
    """Results of a file; a case that cannot be read ends the file with one failed case."""
    try:
        yield from form.read(data, path)
    except (KeyError, TypeError, ValueError, IndexError, Rejected) as fault:
        problem = f"{type(fault).__name__} {fault}"
        yield CaseResult(form.name, path.name, Status.FAILED, f"cannot be read: {problem}")
