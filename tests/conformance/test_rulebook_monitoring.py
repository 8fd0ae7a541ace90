"""The rulebook's worked examples of monitoring patterns, each answered by the pure rule."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from bankcore.conformance.cases import Case, oracle_folder, read_cases, run_case
from bankcore.conformance.rulebook.monitoring import ADAPTERS

FOLDER = oracle_folder(Path(__file__).parents[3])
CASES = (
    []
    if FOLDER is None
    else [
        case
        for case in read_cases(FOLDER / "rules" / "examples" / "compliance-service.json")
        if case.rule in ADAPTERS
    ]
)


def test_the_worked_examples_are_there() -> None:
    if FOLDER is None and not os.environ.get("CI"):
        pytest.skip("no folder of worked examples beside the repository")
    assert {case.rule for case in CASES} == set(ADAPTERS)


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_the_rule_answers_as_the_rulebook(case: Case) -> None:
    outcome = run_case(ADAPTERS[case.rule], case)
    assert outcome.agrees, f"{case.note}: {'; '.join(outcome.differences)}"
