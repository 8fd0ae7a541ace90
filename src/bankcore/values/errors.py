"""The kinds of failure beside a refusal: bad input, a damaged log, a busy store.

A refusal by the bank is `reasons.Rejected`; a bug is an `assert`. Nothing else is raised on
purpose, and the command line turns each kind into its exit code.
"""

from __future__ import annotations


class BadInput(Exception):  # noqa: N818  # reads as what it is: input, not an error of ours
    """Input that cannot be understood: what is wrong, where, and what would be right (exit 2)."""

    def __init__(self, problem: str, *, place: str = "", remedy: str = "") -> None:
        """Keep the three parts; `str()` joins them into one sentence."""
        super().__init__(problem)
        self.problem = problem
        self.place = place
        self.remedy = remedy

    def __str__(self) -> str:
        """One sentence: `place: problem; remedy`."""
        where = f"{self.place}: " if self.place else ""
        then = f"; {self.remedy}" if self.remedy else ""
        return f"{where}{self.problem}{then}"


class DamagedLog(Exception):  # noqa: N818  # a state of the log
    """The log was altered, cut or cannot be read as what it says it is (exit 5)."""

    def __init__(self, problem: str, *, position: int | None = None, event_id: str = "") -> None:
        """Name the first wrong event by position and id where known."""
        super().__init__(problem)
        self.problem = problem
        self.position = position
        self.event_id = event_id


class Conflict(Exception):  # noqa: N818  # an outcome of a race
    """A stale stream: what the decision read has moved on; decide again."""


class Busy(Exception):  # noqa: N818  # an outcome of a race
    """The store stayed locked or in conflict after all retries; nothing was written (exit 6)."""


class DiskRefused(Exception):  # noqa: N818  # an outcome of a disk
    """The disk failed or is full; whether the save was stored shows later (exit 6)."""
