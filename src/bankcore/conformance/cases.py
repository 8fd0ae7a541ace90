"""Cases of the rulebook: reading example files, running an adapter, comparing to the fen.

An example file is a JSON list of `{rule, case, inputs, expected, note}`. Amounts are strings in
yuan, rates strings in percent, fractions `a/b`. A refusal answers `{"reason": code}`.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any, Final

from bankcore.values.errors import BadInput
from bankcore.values.reasons import Reason, Rejected

Adapter = Callable[[Mapping[str, Any]], Mapping[str, Any]]
FOLDER_VARIABLE: Final = "BANKCORE_ORACLES"


@dataclass(frozen=True, slots=True)
class Case:
    """One worked example: rule id, name, inputs, the answer that the rulebook gives."""

    rule: str
    name: str
    inputs: Mapping[str, Any]
    expected: Mapping[str, Any]
    note: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an adapter answered and which keys differ from the rulebook (empty: it agrees)."""

    case: Case
    got: Mapping[str, Any]
    differences: tuple[str, ...]

    @property
    def agrees(self) -> bool:
        """True when every expected key has its expected value."""
        return not self.differences


def oracle_folder(beside: Path) -> Path | None:
    """The folder that holds `rules/examples`: the environment's, else `shared` beside the repo."""
    named = os.environ.get(FOLDER_VARIABLE)
    folder = Path(named) if named else beside / "shared"
    return folder if (folder / "rules" / "examples").is_dir() else None


def read_cases(file: Path) -> list[Case]:
    """All cases of an example file, in its order."""
    try:
        raw = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, json.JSONDecodeError) as fault:
        raise BadInput(str(fault), place=str(file)) from None
    return [Case(c["rule"], c["case"], c["inputs"], c["expected"], c.get("note", "")) for c in raw]


def run_case(adapter: Adapter, case: Case) -> Outcome:
    """Run one case; a refusal of the rule becomes `{"reason": code}`."""
    try:
        got = adapter(case.inputs)
    except Rejected as no:
        got = {"reason": no.reason.value}
    return Outcome(case, got, tuple(_differences(case.expected, got)))


def _differences(expected: Mapping[str, Any], got: Mapping[str, Any]) -> list[str]:
    keys = [k for k in expected if k not in got or not same(expected[k], got[k])]
    extra = [k for k in got if k not in expected]
    return [f"{k}: expected {expected.get(k)!r}, got {got.get(k)!r}" for k in keys] + [
        f"{k}: not expected, got {got[k]!r}" for k in extra
    ]


def same(expected: Any, got: Any) -> bool:
    """Equal as the rulebook writes it: reasons by meaning, numbers by value, the rest exactly."""
    if isinstance(expected, Mapping) and isinstance(got, Mapping):
        return expected.keys() == got.keys() and all(same(expected[k], got[k]) for k in expected)
    if _is_list(expected) and _is_list(got):
        return len(expected) == len(got) and all(map(same, expected, got))
    if isinstance(expected, str) and isinstance(got, str):
        return expected == got or _same_text(expected, got)
    return type(expected) is type(got) and bool(expected == got)


def _is_list(value: Any) -> bool:
    return isinstance(value, Sequence) and not isinstance(value, str)


def _same_text(expected: str, got: str) -> bool:
    """Two spellings of one number (`3.10`, `31/10`) or of one reason (an alias)."""
    for read in (Fraction, Reason.of):
        try:
            return read(expected) == read(got)
        except (ValueError, ZeroDivisionError):
            continue
    return False
