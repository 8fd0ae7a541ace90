"""The rulebook's worked examples, all files and all rules, each answered by the pure rule."""

from __future__ import annotations

import pytest

from bankcore.conformance.cases import Case, run_case
from bankcore.conformance.rulebook import ADAPTERS
from helpers.references import examples, need_references

CASES = examples()


def test_every_rule_with_examples_has_its_adapter_and_no_other() -> None:
    need_references()
    assert {case.rule for case in CASES} == set(ADAPTERS)


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_the_rule_answers_as_the_rulebook(case: Case) -> None:
    outcome = run_case(ADAPTERS[case.rule], case)
    assert outcome.agrees, f"{case.note}: {'; '.join(outcome.differences)}"
