"""Writers that run as processes of their own: `python writers.py ROLE TARGET …`."""

from __future__ import annotations

import os
import sys

from bankcore.store.log import Log, open_log
from bankcore.values.errors import Busy, Conflict, DiskRefused
from samples import deposit

LIMIT = 200
"""What the customer may draw over all loans; each draw is 1."""

SOME = 12
"""Commands that `write_some` gives."""


def drawn(log: Log, prefix: str) -> dict[str, int]:
    """Stream -> number of draws, over all streams of a prefix."""
    return {name: len(log.stream(name)) for name in log.streams(prefix)}


def at_the_line() -> None:
    """Say that this process is ready and wait for the start: else the first one races alone."""
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()


def race_by_guard(log: Log, me: str) -> int:
    """Draw on an own loan and on the customer's guard stream in one save, up to the limit."""
    at_the_line()
    stale = 0
    while True:
        used, own = len(log.stream("exposure-1")), len(log.stream(f"loan-{me}"))
        if used >= LIMIT:
            return stale
        try:
            log.append([deposit(f"loan-{me}", own + 1), deposit("exposure-1", used + 1)])
        except Conflict:
            stale += 1


def race_by_read_set(log: Log, me: str) -> int:
    """Draw on an own loan if the others', which are only read, still stand where they stood."""
    at_the_line()
    stale = 0
    names = [f"loan-{n}" for n in range(4)]
    while True:
        seen = {name: len(log.stream(name)) for name in names}
        if sum(seen.values()) >= LIMIT:
            return stale
        own = seen.pop(f"loan-{me}")
        try:
            log.append([deposit(f"loan-{me}", own + 1)], read=seen)
        except Conflict:
            stale += 1


def write_for_ever(log: Log, me: str) -> int:
    """Append commands of two events and say each number once it is acknowledged."""
    version = len(log.stream(f"a-{me}"))
    while True:
        version += 1
        command = f"c-{me}-{version}"
        entries = [deposit(f"a-{me}", version, command=command), deposit(f"b-{me}", version)]
        log.append(entries, command_id=command, digest="d")
        sys.stdout.write(f"{version}\n")
        sys.stdout.flush()


def write_some(log: Log, me: str) -> int:
    """Append commands of two events; say each number once it is acknowledged, or what refused it.

    A refused command is given again under its id, as a person would.
    """
    done = len(log.stream(f"a-{me}"))
    for _ in range(SOME):
        version = done + 1
        command = f"c-{me}-{version}"
        entries = [deposit(f"a-{me}", version, command=command), deposit(f"b-{me}", version)]
        try:
            if log.command(command) is None:
                log.append(entries, command_id=command, digest="d")
        except (DiskRefused, Busy, Conflict) as no:
            sys.stdout.write(f"no {type(no).__name__}\n")
        else:
            done = version
            sys.stdout.write(f"{version}\n")
        sys.stdout.flush()
    return done


def breed(target: str) -> None:
    """For each line read, fork a writer that writes for ever; say its pid, and when it is gone.

    Forking one process that has all modules loaded is much faster than starting many.
    """
    for _ in sys.stdin:
        pid = os.fork()
        if pid == 0:
            with open_log(target) as log:
                write_for_ever(log, "1")
        sys.stdout.write(f"pid {pid}\n")
        sys.stdout.flush()
        os.waitpid(pid, 0)
        sys.stdout.write("gone\n")
        sys.stdout.flush()


ROLES = {
    "guard": race_by_guard,
    "read": race_by_read_set,
    "write": write_for_ever,
    "some": write_some,
}

if __name__ == "__main__" and sys.argv[1] == "breed":
    breed(sys.argv[2])
elif __name__ == "__main__":
    with open_log(sys.argv[2]) as opened:
        sys.stdout.write(f"{ROLES[sys.argv[1]](opened, sys.argv[3])}\n")
