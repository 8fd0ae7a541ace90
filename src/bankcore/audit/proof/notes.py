"""Signed notes (签名文书) in the form of C2SP signed-note: text, an empty line, signature lines.

A signature line is `— NAME BASE64`, the bytes being the key id and the signature over the text
with its last line end. Lines by unknown keys are left alone: others may sign the same text.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from binascii import Error as NoBase64
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from bankcore.audit.proof.keys import PrivateKey, PublicKey
from bankcore.values.errors import BadInput

_DASH: Final = "— "  # an em dash and a space begin every signature line


@dataclass(frozen=True, slots=True)
class Note:
    """A text that ends with a line end, and its signatures: `(key name, key id ‖ signature)`."""

    text: str
    signatures: tuple[tuple[str, bytes], ...]

    def __str__(self) -> str:
        """The note as it is kept."""
        lines = (f"{_DASH}{name} {b64encode(raw).decode()}\n" for name, raw in self.signatures)
        return f"{self.text}\n{''.join(lines)}"

    def signed_by(self, key: PublicKey) -> bool:
        """Whether the key signed this text."""
        return any(
            name == key.name and raw[:4] == key.key_id and key.signed(raw[4:], self.text.encode())
            for name, raw in self.signatures
        )


def sign(text: str, key: PrivateKey) -> Note:
    """The note of a text under one key; the text ends with a line end."""
    assert text.endswith("\n"), "the text of a note ends with a line end"
    return Note(text, ((key.public.name, key.public.key_id + key.sign(text.encode())),))


def notes_of(text: str, place: str = "") -> Iterator[Note]:
    """The notes of a file that holds one after another, an empty line between them.

    The texts themselves have no empty lines, as checkpoints and seals of packs have none.
    """
    parts = [part for part in text.split("\n\n") if part.strip()]
    if len(parts) % 2:
        raise BadInput("a text has no signature", place=place, remedy="signed notes are needed")
    for nr, (body, lines) in enumerate(zip(parts[::2], parts[1::2], strict=True), 1):
        signatures = (_signature(line, f"{place} note {nr}") for line in lines.strip().split("\n"))
        yield Note(body.lstrip("\n") + "\n", tuple(signatures))


def _signature(line: str, place: str) -> tuple[str, bytes]:
    name, _, coded = line.removeprefix(_DASH).partition(" ")
    try:
        raw = b64decode(coded, validate=True)
    except NoBase64:
        raw = b""
    if not line.startswith(_DASH) or not name or len(raw) < 5:
        raise BadInput("a signature line is `— NAME BASE64`", place=place)
    return name, raw
