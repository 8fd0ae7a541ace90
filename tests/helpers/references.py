"""Where the references lie that nobody here wrote: missing is a failure in CI, a skip elsewhere."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from bankcore.conformance.cases import FOLDER_VARIABLE, Case, oracle_folder, read_cases

BESIDE = Path(__file__).resolve().parents[3]


def examples(*files: str) -> list[Case]:
    """The rulebook's worked examples in the files named, or in all; none if there is no folder."""
    folder = oracle_folder(BESIDE)
    if folder is None:
        return []
    beside = folder / "rules" / "examples"
    found = [beside / name for name in files] or sorted(beside.glob("*.json"))
    return [case for file in found for case in read_cases(file)]


def need_references() -> Path:
    """The folder that holds `oracles/` and `rules/`."""
    folder = oracle_folder(BESIDE)
    if folder is None:
        sentence = f"no references beside the repository and none named by {FOLDER_VARIABLE}"
        assert not os.environ.get("CI"), f"{sentence}; they must run in CI"
        pytest.skip(sentence)
    return folder
