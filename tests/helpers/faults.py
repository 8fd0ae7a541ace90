"""Faults on purpose (故障注入): kills, failing disks, full disks, crowds.

Small numbers run at each push, large ones by `python bench/faults.py`.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from random import Random
from shutil import which

import msgpack

import crowd
import writers
from bankcore.aggregates.deposit_account import ACCOUNT
from bankcore.audit.verify import verify
from bankcore.store.bank import Bank
from bankcore.store.log import Log, open_log

WRITERS, CROWD = Path(writers.__file__), Path(crowd.__file__)
SYSCALLS = ("pwrite64", "fdatasync")
ERRORS = ("EIO", "ENOSPC")


@dataclass(slots=True)
class Tally:
    """How often what happened."""

    rounds: int = 0
    acknowledged: int = 0
    refused: Counter[str] = field(default_factory=Counter)


def broken_links(log: Log) -> list[int]:
    """Positions whose number or head does not follow from the row before."""
    broken, last, head = [], 0, bytes(32)
    for position, stream, version, name, state, stored in log.rows():
        head = sha256(head + msgpack.packb([stream, version, name, state])).digest()
        if stored != head or position != last + 1:
            broken.append(position)
        last, head = position, stored
    return broken


def check_whole(target: str, acknowledged: int, open_answers: int = 1) -> int:
    """Nothing acknowledged is lost, no command is half stored, the chain holds; what is stored.

    `open_answers` is how many commands may be stored of which nobody was told.
    """
    with open_log(target) as log:
        one, two = len(log.stream("a-1")), len(log.stream("b-1"))
        assert one == two, "half a command was stored"
        assert acknowledged <= one <= acknowledged + open_answers
        assert one == 0 or log.command(f"c-1-{one}") is not None
        assert log.command(f"c-1-{one + 1}") is None
        assert broken_links(log) == []
        return one


def kills(target: str, count: int, seed: int = 1) -> Tally:
    """Kill a writer `count` times, after a random number of acknowledged commands."""
    chance, tally = Random(seed), Tally()
    open_log(target, create=True).close()
    with subprocess.Popen(
        [sys.executable, WRITERS, "breed", target],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as breeder:
        for _ in range(count):
            acknowledged = _killed_after(breeder, chance.randint(1, 6))
            tally.acknowledged = check_whole(target, acknowledged)
            tally.rounds += 1
    return tally


def _killed_after(breeder: subprocess.Popen[str], count: int) -> int:
    assert breeder.stdin is not None
    assert breeder.stdout is not None
    breeder.stdin.write("next\n")
    breeder.stdin.flush()
    pid, said, killed = 0, [0], False
    for line in breeder.stdout:
        if line == "gone\n":
            break
        if line.startswith("pid "):
            pid = int(line.removeprefix("pid "))
        else:
            said.append(int(line))
        if pid and len(said) > count and not killed:
            os.kill(pid, signal.SIGKILL)
            killed = True
    assert killed, "the writer ended by itself"
    return said[-1]


def can_inject() -> bool:
    """Whether this machine has strace and lets it trace."""
    if which("strace") is None:
        return False
    tried = subprocess.run(["strace", "-o", os.devnull, "true"], capture_output=True, check=False)
    return tried.returncode == 0


def disk_faults(folder: Path, count: int, seed: int = 1) -> Tally:
    """`count` writers, each of whose disk fails once or from then on, somewhere."""
    chance, tally = Random(seed), Tally()
    for number in range(count):
        target = str(folder / f"disk{number}.db")
        open_log(target, create=True).close()
        call, error = SYSCALLS[number % 2], ERRORS[number // 2 % 2]
        for_good = "+" if number % 5 == 4 else ""
        when = f"{chance.randint(1, 60 if call == 'pwrite64' else 14)}{for_good}"
        said = _faulty(target, f"{call}:error={error}:when={when}")
        done = [int(line) for line in said if line.isdecimal()]
        refused = [line.removeprefix("no ") for line in said if line.startswith("no ")]
        tally.refused.update(refused)
        tally.acknowledged += check_whole(target, done[-1] if done else 0, min(len(refused), 1))
        tally.rounds += 1
        for left in folder.glob(f"disk{number}.db*"):
            left.unlink()
    return tally


def _faulty(target: str, fault: str) -> list[str]:
    """What a writer says whose system calls fail; it must end by itself, without a traceback."""
    traced = fault.partition(":")[0]
    words = ["strace", "-f", "-qq", "--seccomp-bpf", "-o", os.devnull]
    words += ["-e", f"trace={traced}", "-e", f"inject={fault}"]
    done = subprocess.run(
        [*words, sys.executable, WRITERS, "some", target, "1"],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    # The disk may fail while the log is opened: then the writer says so and gives nothing.
    told = ("DiskRefused", "Busy", "BadInput", "DamagedLog")
    last = done.stderr.strip().rpartition("\n")[2]
    assert done.returncode == 0 or any(name in last for name in told), done.stderr
    return done.stdout.splitlines()[:-1] if done.returncode == 0 else done.stdout.splitlines()


@contextmanager
def small_disk(folder: Path, size: str) -> Iterator[Path]:
    """A file system of a size; needs root."""
    folder.mkdir(exist_ok=True)
    mount = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)]
    subprocess.run(mount, check=True, capture_output=True)
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def can_mount(folder: Path) -> bool:
    """Whether this process may mount a small disk."""
    try:
        with small_disk(folder, "64k"):
            return True
    except (OSError, subprocess.CalledProcessError):
        return False


def full_disk(folder: Path) -> Tally:
    """Write until the disk is full, make room, write on."""
    tally = Tally()
    with small_disk(folder, "1m") as disk:
        target = str(disk / "bank.db")
        ballast = disk / "ballast"
        open_log(target, create=True).close()
        ballast.write_bytes(bytes(500_000))
        while not tally.refused:
            said = _some(target)
            done = [int(line) for line in said if line.isdecimal()]
            tally.refused.update(x.removeprefix("no ") for x in said if x.startswith("no "))
            tally.acknowledged = check_whole(target, max([tally.acknowledged, *done]))
            tally.rounds += 1
        ballast.unlink()
        before = tally.acknowledged
        done = [int(line) for line in _some(target) if line.isdecimal()]
        tally.acknowledged = check_whole(target, done[-1], 0)
        assert tally.acknowledged >= before + writers.SOME
    return tally


def _some(target: str) -> list[str]:
    words = [sys.executable, str(WRITERS), "some", target, "1"]
    done = subprocess.run(words, capture_output=True, text=True, check=True, timeout=120)
    return done.stdout.splitlines()[:-1]


def a_crowd(target: str, payers: int, readers: int, transfers: int) -> Tally:
    """Payers and readers at once: money is never lost nor made, each answer is kept."""
    crowd.set_up(target)
    whole = crowd.ACCOUNTS * 1000_00
    at_work = [_sent("pay", target, n, transfers) for n in range(payers)]
    looking = [_sent("read", target, n, 12) for n in range(readers)]
    answers = [line for child in at_work for line in _heard(child)]
    assert {line for child in looking for line in _heard(child)} == {str(whole)}
    tally = Tally(rounds=payers * transfers)
    done = [line.split()[2] for line in answers if line.startswith("done")]
    tally.acknowledged = len(done)
    tally.refused.update(line for line in answers if not line.startswith("done"))
    with Bank.open(target) as bank:
        _check_transfers(bank, whole, done)
    return tally


def _check_transfers(bank: Bank, whole: int, done: Sequence[str]) -> None:
    entries = list(bank.entries())
    executed = [
        entry.stream.removeprefix("transfer-")
        for entry in entries
        if type(entry.event).__name__ == "TransferSettled"
    ]
    assert sorted(executed) == sorted(done), "an answer and the log differ"
    states = [bank.state(ACCOUNT, f"A{n}") for n in range(crowd.ACCOUNTS)]
    assert sum(state.balance.minor for state in states if state is not None) == whole
    assert all(state is not None and state.balance.minor >= 0 for state in states)
    assert verify(bank.log).ok


def _sent(role: str, target: str, me: int, count: int) -> subprocess.Popen[str]:
    words = [sys.executable, str(CROWD), role, target, str(me), str(count)]
    return subprocess.Popen(words, stdout=subprocess.PIPE, text=True)


def _heard(child: subprocess.Popen[str]) -> list[str]:
    said, _ = child.communicate(timeout=3_600)
    assert child.returncode == 0
    return said.splitlines()
