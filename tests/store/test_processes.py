"""Several processes on one log: limits hold, and what was acknowledged survives a kill."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

import writers
from bankcore.store.log import open_log
from bankcore.values.errors import Conflict
from helpers.faults import broken_links
from samples import deposit

WRITERS = Path(writers.__file__)


def start(role: str, target: str, me: str, told: int = subprocess.DEVNULL) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, WRITERS, role, target, me],
        stdin=told,
        stdout=subprocess.PIPE,
        text=True,
    )


@pytest.mark.parametrize("role", ["guard", "read"])
def test_four_racing_processes_never_pass_a_limit(shared_target: str, role: str) -> None:
    open_log(shared_target, create=True).close()
    children = [start(role, shared_target, str(n), subprocess.PIPE) for n in range(4)]
    for child in children:
        assert child.stdout is not None
        assert child.stdout.readline() == "ready\n"
    for child in children:
        assert child.stdin is not None
        child.stdin.write("go\n")
        child.stdin.flush()
    stale = [int(child.communicate(timeout=120)[0]) for child in children]
    with open_log(shared_target) as log:
        loans = writers.drawn(log, "loan-")
        assert sum(loans.values()) == writers.LIMIT
        assert broken_links(log) == []
    assert [child.returncode for child in children] == [0] * 4
    assert sum(stale) > 0, "no two of them ever met: the race was none"


def test_no_acknowledged_event_is_lost_when_the_connection_dies(postgres: str) -> None:
    target = f"{postgres}&schema=killed"
    open_log(target, create=True).close()
    for _ in range(5):
        child = start("write", target, "1")
        assert child.stdout is not None
        with closing(child.stdout) as lines:
            acknowledged = [int(lines.readline()) for _ in range(3)][-1]
            os.kill(child.pid, signal.SIGKILL)
            rest = lines.read().split()
        child.wait()
        acknowledged = int(rest[-1]) if rest else acknowledged
        with open_log(target) as log:
            log.append([deposit("wait", len(log.stream("wait")) + 1)])
            one, two = len(log.stream("a-1")), len(log.stream("b-1"))
            assert one == two
            assert acknowledged <= one <= acknowledged + 1
            assert broken_links(log) == []


def test_a_second_writer_that_saves_first_makes_the_other_decide_again(
    shared_target: str,
) -> None:
    with open_log(shared_target, create=True) as one, open_log(shared_target) as two:
        one.append([deposit("a-1", 1)])
        two.append([deposit("a-1", 2)], command_id="c-2", digest="d")
        with pytest.raises(Conflict):
            one.append([deposit("a-1", 2)], command_id="c-3", digest="d")
        known = one.command("c-2")
        assert known is not None
        assert known.last == 2
        assert one.append([deposit("a-1", 3)], command_id="c-3", digest="d") == [3]
        assert one.head() == two.head()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")
def test_a_store_opened_before_a_fork_is_not_used_after_it(tmp_path: Path) -> None:
    with open_log(str(tmp_path / "bank.db"), create=True) as log:
        child = os.fork()
        if child == 0:
            try:
                log.append([deposit("a-1", 1)])
            except AssertionError:
                os._exit(7)
            os._exit(0)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 7
        assert log.head()[0] == 0
