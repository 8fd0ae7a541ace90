"""Sealing a log (封存): a signed checkpoint of what it is now, appended to a file beside it.

The file is the witness: it lies outside the log, and a copy of it outside the bank. Before it
signs again, a sealer proves that the log still begins with everything that it sealed before.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import msgpack

from bankcore.audit.proof.checkpoints import Checkpoint, parse
from bankcore.audit.proof.digests import catalogue_files, digest_of, rule_files
from bankcore.audit.proof.keys import PrivateKey
from bankcore.audit.proof.merkle import Frontier, Head, leaf_hash
from bankcore.audit.proof.notes import Note, notes_of, sign
from bankcore.store.chain import LinkedRow
from bankcore.store.log import Log
from bankcore.values.errors import BadInput, DamagedLog

_pack: Final[Any] = msgpack.Packer().pack
_CLOSE: Final = "business_day.DayClosed."


def leaf_of(row: LinkedRow) -> bytes:
    """The leaf hash of a row: over the bytes that the chain hashes after the previous head."""
    return leaf_hash(_pack(row[1:5]))


def leaves_of(log: Log, until: int | None = None) -> list[bytes]:
    """The leaf hashes of a log up to a position: what proofs are made of, 32 bytes an event."""
    return [leaf_of(row) for row in log.rows(0, until)]


def beside(target: str) -> Path:
    """Where the checkpoints of a log lie unless told otherwise: beside its file."""
    if "://" in target:
        raise BadInput("a database has no file beside it", remedy="name one with -o FILE")
    return Path(f"{target}.checkpoints")


def kept(path: Path) -> list[Note]:
    """The notes of a checkpoint file in their order; none when it does not exist yet."""
    if not path.exists():
        return []
    return list(notes_of(path.read_text("utf-8"), str(path)))


def check_witnessed(tree: Frontier, row: LinkedRow, seals: Iterable[Checkpoint]) -> None:
    """The tree that a row completed must be the one that was sealed at this size."""
    for seal in seals:
        if seal.tree.size == tree.size and seal.tree.root != tree.root():
            problem = f"the first {tree.size} events are not those sealed on {seal.line('day')}"
            raise DamagedLog(problem, position=row[0], event_id=f"{row[1]}@{row[2]}")


@dataclass(slots=True)
class Sealer:
    """Seals one log with one key into one file; costs what is new since its last seal."""

    log: Log
    key: PrivateKey
    path: Path
    tree: Frontier = field(default_factory=Frontier)
    last: LinkedRow | None = None
    checked: set[Note] = field(default_factory=set)

    def seal(self, *, each_close: bool = False) -> Checkpoint:
        """Sign what the log is now and append it; what is sealed already is not sealed again.

        `each_close` also signs what it was after each close of day since the last checkpoint.
        `DamagedLog` when the log does not begin with what was sealed before, `BadInput` when it
        is empty or the file was signed by another key: nothing is written then.
        """
        before = self._sealed_before()
        made = self._catch_up({seal.tree.size: [seal] for seal in before}, each_close=each_close)
        if self.last is None:
            raise BadInput("an empty log has nothing to seal")
        if before and before[-1].tree.size > self.tree.size:
            problem = f"its tail was cut: {before[-1].tree.size} events were sealed"
            raise DamagedLog(problem, position=self.tree.size)
        if not made or made[-1].tree.size < self.tree.size:
            made.append(self._checkpoint(self.last))
        known = {seal.text() for seal in before[-1:]}
        last = before[-1].tree.size if before else 0
        new = [seal for seal in made if seal.tree.size >= last and seal.text() not in known]
        self._append([sign(seal.text(), self.key) for seal in new])
        return made[-1]

    def _sealed_before(self) -> list[Checkpoint]:
        notes = kept(self.path)
        for note in notes:
            if note not in self.checked and not note.signed_by(self.key.public):
                problem = f"holds a checkpoint that {self.key.public.name} did not sign"
                raise BadInput(problem, place=str(self.path), remedy="seal into another file")
        self.checked.update(notes)
        return [parse(note.text, str(self.path)) for note in notes]

    def _catch_up(
        self, sealed: dict[int, list[Checkpoint]], *, each_close: bool
    ) -> list[Checkpoint]:
        """Grow the tree to the end of the log; the checkpoints of the closes passed, if asked."""
        passed = []
        for row in self.log.rows(self.tree.size):
            self.tree.add(leaf_of(row))
            self.last = row
            check_witnessed(self.tree, row, sealed.get(self.tree.size, ()))
            if each_close and row[3].startswith(_CLOSE):
                passed.append(self._checkpoint(row))
        return passed

    def _checkpoint(self, last: LinkedRow) -> Checkpoint:
        tree = Head(self.tree.size, self.tree.root())
        return Checkpoint(self.key.public.name, tree, _circumstances(last))

    def _append(self, notes: Iterable[Note]) -> None:
        with self.path.open("a", encoding="utf-8") as out:
            out.writelines(f"{note}\n" for note in notes)
            out.flush()
            os.fsync(out.fileno())


def _circumstances(last: LinkedRow) -> tuple[tuple[str, str], ...]:
    envelope, _ = msgpack.unpackb(last[4])
    return (
        ("head", last[5].hex()),
        ("day", envelope["on"]),
        ("catalogue", digest_of(catalogue_files())),
        ("rules", digest_of(rule_files())),
    )
