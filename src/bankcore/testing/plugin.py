"""A pytest plugin: `-p bankcore.testing.plugin` with `--counterexamples FOLDER`.

Where a state machine of `bankcore.testing` finds a difference, the shrunk life is written into
the folder as a script; `bankcore run` replays it.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from bankcore.testing.player import Player


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option."""
    parser.getgroup("bankcore").addoption(
        "--counterexamples",
        metavar="FOLDER",
        default="counterexamples",
        help="where shrunk counterexamples are written as scenario scripts",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Tell the machines the folder."""
    Player.folder = Path(str(config.getoption("--counterexamples")))
