"""The house's style, held by a test; beside each check stands a proof that it can fail."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import pytest

from helpers import tidy
from helpers.tidy import Source

ROOT: Final = Path(__file__).parents[1]
Check = Callable[[Source], Iterator[str]]
BINARY: Final = {".db", ".png", ".hex"}


def tracked(*patterns: str) -> list[Source]:
    """Tracked files that exist in the work tree."""
    listed = subprocess.run(
        ["git", "-C", str(ROOT), "ls-files", *patterns], capture_output=True, text=True, check=True
    ).stdout.splitlines()
    paths = [p for p in listed if (ROOT / p).is_file() and Path(p).suffix not in BINARY]
    return [Source(path, (ROOT / path).read_text("utf-8")) for path in paths]


@pytest.fixture(scope="module")
def python_files() -> list[Source]:
    """The package and the helpers of the tests."""
    return tracked("src/*.py", "tests/helpers/*.py")


PYTHON_CHECKS: Final[tuple[Check, ...]] = (
    tidy.long_file,
    tidy.long_functions,
    tidy.floats,
    tidy.rounding,
    tidy.clock_and_dice,
    tidy.undocumented,
    tidy.refusing_fold,
    tidy.blanket_except,
    tidy.leftovers,
)


@pytest.mark.parametrize("check", PYTHON_CHECKS, ids=lambda check: check.__name__)
def test_the_source_is_tidy(check: Check, python_files: list[Source]) -> None:
    assert [fault for source in python_files for fault in check(source)] == []


def test_exactly_one_function_rounds_to_money(python_files: list[Source]) -> None:
    assert [door.split(":")[0] for door in tidy.rounding_doors(python_files)] == [
        "src/bankcore/values/money.py"
    ]


def test_no_tracked_file_names_a_path_of_one_machine() -> None:
    assert [fault for source in tracked() for fault in tidy.machine_paths(source)] == []


WRONG: Final[dict[Check, tuple[str, str]]] = {
    tidy.long_file: ("src/bankcore/rules/x.py", "x = 1\n" * 301),
    tidy.long_functions: ("src/bankcore/rules/x.py", "def f():\n" + "    x = 1\n" * 40),
    tidy.floats: ("src/bankcore/values/x.py", "rate = 0.5\n"),
    tidy.rounding: ("src/bankcore/rules/x.py", "y = round(x)\n"),
    tidy.clock_and_dice: ("src/bankcore/operations/x.py", "day = date.today()\n"),
    tidy.undocumented: ("src/bankcore/rules/x.py", '"""Module."""\ndef f(): ...\n'),
    tidy.refusing_fold: ("src/bankcore/aggregates/x/state.py", "raise ValueError\n"),
    tidy.blanket_except: ("src/bankcore/store/x.py", "try:\n    f()\nexcept Exception:\n    g()\n"),
    tidy.leftovers: ("src/bankcore/store/x.py", "# TO" + "DO\n"),
    tidy.machine_paths: ("docs/start.md", "see /ro" + "ot/bank.db\n"),
}


@pytest.mark.parametrize("check", [*PYTHON_CHECKS, tidy.machine_paths], ids=lambda c: c.__name__)
def test_each_check_finds_what_it_is_for(check: Check) -> None:
    assert len(list(check(Source(*WRONG[check])))) == 1


@pytest.mark.parametrize(
    ("check", "text"),
    [
        (tidy.floats, "def f(x: float) -> None: ...\n"),
        (tidy.rounding, "y = x.quantize(z)\n"),
        (tidy.clock_and_dice, "from random import choice\n"),
        (tidy.clock_and_dice, "key = uuid4()\nkey = uuid.uuid4()\n"),
        (tidy.undocumented, "x = 1\n"),
        (tidy.undocumented, '"""M."""\nclass A:\n    """A."""\n    def f(self): ...\n'),
        (tidy.blanket_except, "try:\n    f()\nexcept:\n    g()\n"),
    ],
)
def test_checks_find_the_other_spellings_too(check: Check, text: str) -> None:
    assert len(list(check(Source("src/bankcore/rules/x.py", text)))) == 1


def test_what_cleans_up_and_raises_again_may_catch_everything() -> None:
    text = "try:\n    f()\nexcept BaseException:\n    undo()\n    raise\n"
    assert list(tidy.blanket_except(Source("src/bankcore/store/x.py", text))) == []


def test_only_the_test_kit_may_catch_every_bug_and_only_with_a_reason() -> None:
    text = "try:\n    f()\nexcept Exception:  # noqa: BLE001  # a bug is a finding\n    g()\n"
    bare = text.replace("  # a bug is a finding", "")
    assert list(tidy.blanket_except(Source("src/bankcore/testing/x.py", text))) == []
    assert len(list(tidy.blanket_except(Source("src/bankcore/testing/x.py", bare)))) == 1
    assert len(list(tidy.blanket_except(Source("src/bankcore/store/x.py", text)))) == 1


def test_two_rounding_doors_are_found() -> None:
    door = "def round_to_money(x): ...\n"
    assert len(tidy.rounding_doors([Source("a.py", door), Source("b.py", door)])) == 2


def test_what_is_right_passes() -> None:
    text = '"""Module."""\n\n\ndef half(x: int) -> int:\n    """Half of it."""\n    return x // 2\n'
    right = Source("src/bankcore/rules/x.py", text)
    assert [fault for check in PYTHON_CHECKS for fault in check(right)] == []
