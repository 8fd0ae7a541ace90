"""Checkpoints (检查点) in the form of C2SP tlog-checkpoint: what a log was, in a few lines.

    bank.example/main
    1234
    <root of the Merkle tree over events 1 to 1234, base64>
    head <head of the chain, hexadecimal>
    day 2026-03-31
    catalogue <digest of the shipped catalogue files>
    rules <digest of the rules' code and titles>

The origin is the name of the key. `day` is the booking date of the last event. The last four lines
are extension lines; a reader that does not know them leaves them alone.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from binascii import Error as NoBase64
from dataclasses import dataclass

from bankcore.audit.proof.merkle import Head
from bankcore.values.errors import BadInput


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """Size and root of a log's tree, and what else was true then: `(word, value)` lines."""

    origin: str
    tree: Head
    also: tuple[tuple[str, str], ...] = ()

    def text(self) -> str:
        """The text that is signed."""
        root = b64encode(self.tree.root).decode()
        lines = [self.origin, str(self.tree.size), root]
        return "\n".join([*lines, *(f"{word} {value}" for word, value in self.also)]) + "\n"

    def line(self, word: str) -> str:
        """The value of an extension line; empty where there is none."""
        return dict(self.also).get(word, "")


def parse(text: str, place: str = "") -> Checkpoint:
    """Read the text of a checkpoint; anything else is bad input."""
    lines = text.removesuffix("\n").split("\n")
    try:
        root = b64decode(lines[2], validate=True) if len(lines) > 2 else b""
    except NoBase64:
        root = b""
    if len(root) != 32 or not lines[0] or not _is_size(lines[1]):
        raise BadInput("is no checkpoint", place=place, remedy="origin, size, root, each a line")
    also = tuple((word, value) for word, _, value in (line.partition(" ") for line in lines[3:]))
    return Checkpoint(lines[0], Head(int(lines[1]), root), also)


def _is_size(text: str) -> bool:
    """A decimal number without leading zeros, as the form asks for."""
    return text.isascii() and text.isdigit() and str(int(text)) == text
