"""Every product rule of deposits, loans and cards has a script of the library that plays it."""

from __future__ import annotations

from bankcore.scenarios.source import library

RULES = (
    *(f"DEP-{number:02}" for number in range(1, 25)),
    *(f"LN-{number}" for number in range(10, 32)),
    *(f"CC-{number:02}" for number in range(1, 16)),
)


def test_every_product_rule_is_played_by_a_script() -> None:
    listed = {rule for source in library().values() for rule in source.script.rules}
    assert [rule for rule in RULES if rule not in listed] == []


def test_every_script_that_lists_rules_expects_something() -> None:
    for source in library().values():
        assert not source.script.rules or source.script.expect, source.script.id
