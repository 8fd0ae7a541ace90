"""Holding a log against checkpoints (外部见证) while its rows pass by."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from bankcore.audit.checks import Fault
from bankcore.audit.proof.checkpoints import Checkpoint, parse
from bankcore.audit.proof.keys import PublicKey
from bankcore.audit.proof.merkle import Frontier
from bankcore.audit.proof.notes import notes_of
from bankcore.audit.proof.sealing import leaf_of
from bankcore.store.chain import LinkedRow
from bankcore.values.errors import BadInput


class Seal(NamedTuple):
    """A checkpoint and whether the key that was asked for signed it; None: no key was given."""

    checkpoint: Checkpoint
    signed: bool | None


def read_seals(path: Path, key: PublicKey | None) -> list[Seal]:
    """The checkpoints of a file, held against a key; a file without any is bad input."""
    if not path.is_file():
        raise BadInput("there is no such file", place=str(path))
    notes = list(notes_of(path.read_text("utf-8"), str(path)))
    if not notes:
        raise BadInput("holds no checkpoint", place=str(path))
    return [
        Seal(parse(note.text, str(path)), None if key is None else note.signed_by(key))
        for note in notes
    ]


@dataclass(slots=True)
class Witness:
    """Checkpoints by size, and the tree so far; `sealed` is the longest that fits.

    Without checkpoints no tree is grown.
    """

    seals: dict[int, list[Seal]]
    tree: Frontier = field(default_factory=Frontier)
    sealed: int = 0

    @classmethod
    def of(cls, seals: Sequence[Seal]) -> Witness:
        """The witness of seals in any order."""
        by_size: dict[int, list[Seal]] = {}
        for seal in seals:
            by_size.setdefault(seal.checkpoint.tree.size, []).append(seal)
        return cls(by_size)

    def unsigned(self) -> Iterator[Fault]:
        """Checkpoints that the key did not sign: they count for nothing."""
        for size, seals in sorted(self.seals.items()):
            if any(seal.signed is False for seal in seals):
                problem = f"the checkpoint of {size} events is not signed by the key"
                yield Fault("signature", size, "", problem)

    def take(self, row: LinkedRow) -> Iterator[Fault]:
        """Grow the tree by a row and compare where a checkpoint was made."""
        if not self.seals:
            return
        self.tree.add(leaf_of(row))
        good = [s for s in self.seals.get(self.tree.size, ()) if s.signed is not False]
        if not good:
            return
        if any(seal.checkpoint.tree.root != self.tree.root() for seal in good):
            day = good[0].checkpoint.line("day")
            problem = f"the first {self.tree.size} events are not those sealed on {day}"
            kind = f"rewritten: something after position {self.sealed}, with new hashes"
            yield Fault("root", row[0], f"{row[1]}@{row[2]}", problem, kind)
        else:
            self.sealed = self.tree.size

    def cut(self, events: int) -> Iterator[Fault]:
        """Checkpoints of more events than there are."""
        for size, seals in sorted(self.seals.items()):
            if size > events and any(seal.signed is not False for seal in seals):
                problem = f"{size} events were sealed, {events} are here"
                yield Fault("cut", events, "", problem, "cut: the tail is gone")
