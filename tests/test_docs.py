"""The reference pages cannot lie: they are generated, and every name is in them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

from bankcore.audit.rule_index import rule_index
from bankcore.commands.reference import pages
from bankcore.commands.registry import COMMANDS as CLI_COMMANDS
from bankcore.products.catalogue import shipped
from bankcore.products.reason_texts import reason_texts
from bankcore.products.rulebook import rulebook
from bankcore.values.declare import COMMANDS, EVENTS

REFERENCE: Final = Path(__file__).parents[1] / "docs" / "reference"


@pytest.fixture(scope="module")
def made() -> dict[str, str]:
    """The pages as the declarations say they should be."""
    return pages()


def test_the_pages_in_the_tree_are_those_generated_and_the_first_page_runs_as_it_says() -> None:
    build = REFERENCE.parent / "build.py"
    done = subprocess.run(
        [sys.executable, str(build), "--check"], capture_output=True, text=True, check=False
    )
    assert done.stdout == "", "run `python docs/build.py`"
    assert done.returncode == 0, done.stderr


def test_every_event_command_reason_rule_and_parameter_has_its_line(made: dict[str, str]) -> None:
    names = {
        "events.md": [f"`{info.name}`" for info in EVENTS.values()],
        "commands.md": [f"`{info.wire_name}`" for info in COMMANDS.values()],
        "reasons.md": [f"`{reason.value}`" for reason in reason_texts()],
        "rules.md": [f"| {rule} |" for rule in rulebook()],
        "catalogue.md": [f"`{param.id}`" for param in shipped().params()],
        "cli.md": [f"## bankcore {name}\n" for name in CLI_COMMANDS],
    }
    missing = [n for page, wanted in names.items() for n in wanted if n not in made[page]]
    assert missing == []


def test_every_reason_has_both_texts_and_a_rule_of_the_rulebook() -> None:
    texts = reason_texts()
    assert [r.value for r, t in texts.items() if not (t.zh and t.en)] == []
    assert [r.value for r, t in texts.items() if t.rule not in rulebook()] == []


def test_every_rule_that_code_or_refusals_cite_is_in_the_rulebook() -> None:
    assert set(rule_index()) == set(rulebook())


def test_every_command_has_help_with_an_example(made: dict[str, str]) -> None:
    parts = made["cli.md"].split("## bankcore ")[1:]
    assert [part.split("\n")[0] for part in parts if "Example: bankcore " not in part] == []


def test_links_between_pages_lead_somewhere() -> None:
    root = REFERENCE.parents[1]
    pages_in_tree = [*root.glob("*.md"), *(root / "docs").rglob("*.md")]
    broken = [
        f"{page.relative_to(root)}: {target}"
        for page in pages_in_tree
        for target in _links(page.read_text("utf-8"))
        if not (page.parent / target).exists()
    ]
    assert broken == []


def _links(text: str) -> list[str]:
    """Relative links of a page, without anchors."""
    found = [part.split(")")[0].split("#")[0] for part in text.split("](")[1:]]
    return [link for link in found if link and "://" not in link]
