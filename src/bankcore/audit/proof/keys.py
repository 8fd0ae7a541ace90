"""Ed25519 keys as C2SP notes write them (签名密钥): one line of text each.

`NAME+IIIIIIII+BASE64` is a public key, `PRIVATE+KEY+NAME+IIIIIIII+BASE64` a private one. The id is
the first four bytes of SHA-256(NAME ‖ LF ‖ 0x01 ‖ public key), and BASE64 holds 0x01 and 32 bytes.
Signing and checking need the package `cryptography`, which the extra `proof` installs.
"""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from binascii import Error as NoBase64
from dataclasses import dataclass
from hashlib import sha256
from importlib import import_module
from typing import Any, Final

from bankcore.values.errors import BadInput

ED25519: Final = b"\x01"
"""The signature type in key ids and key bytes."""

_NAME: Final = re.compile(r"[^\s+]+")
_PRIVATE: Final = "PRIVATE+KEY+"


@dataclass(frozen=True, slots=True)
class PublicKey:
    """A key that checks signatures: its name, which is public, and 32 bytes."""

    name: str
    raw: bytes

    @property
    def key_id(self) -> bytes:
        """Four bytes that say which key a signature line is by."""
        return sha256(self.name.encode() + b"\n" + ED25519 + self.raw).digest()[:4]

    def __str__(self) -> str:
        """The line that is handed to whoever has to check."""
        return _line(self, self.raw)

    @classmethod
    def parse(cls, text: str, place: str = "") -> PublicKey:
        """Read the line of a public key; anything else is bad input."""
        name, key_id, raw = _fields(text.strip(), place)
        return _matching(cls(name, raw), key_id, place)

    def signed(self, signature: bytes, message: bytes) -> bool:
        """Whether a signature of 64 bytes over a message is by this key."""
        ed25519, invalid = _ed25519()
        try:
            ed25519.Ed25519PublicKey.from_public_bytes(self.raw).verify(signature, message)
        except invalid:
            return False
        return True


@dataclass(frozen=True, slots=True, repr=False)
class PrivateKey:
    """A key that signs; whoever has it can seal any log under its name."""

    public: PublicKey
    seed: bytes

    def line(self) -> str:
        """The line of the key file, which nobody else may read."""
        return _PRIVATE + _line(self.public, self.seed)

    @classmethod
    def of(cls, name: str, seed: bytes) -> PrivateKey:
        """The key of a name and 32 secret bytes; the name is one word without `+`."""
        if not _NAME.fullmatch(name):
            remedy = "one word without +, like bank.example/main"
            raise BadInput(f"{name!r} is no name of a key", remedy=remedy)
        ed25519, _ = _ed25519()
        own = ed25519.Ed25519PrivateKey.from_private_bytes(seed)
        return cls(PublicKey(name, own.public_key().public_bytes_raw()), seed)

    @classmethod
    def parse(cls, text: str, place: str = "") -> PrivateKey:
        """Read the line of a key file; anything else is bad input, which never quotes it."""
        line = text.strip()
        if not line.startswith(_PRIVATE):
            raise BadInput("holds no private key", place=place, remedy="see `bankcore keygen`")
        name, key_id, seed = _fields(line.removeprefix(_PRIVATE), place)
        made = cls.of(name, seed)
        _matching(made.public, key_id, place)
        return made

    def sign(self, message: bytes) -> bytes:
        """The signature over a message, 64 bytes; the same message always gives the same ones."""
        ed25519, _ = _ed25519()
        own = ed25519.Ed25519PrivateKey.from_private_bytes(self.seed)
        return bytes(own.sign(message))


def _line(key: PublicKey, raw: bytes) -> str:
    return f"{key.name}+{key.key_id.hex()}+{b64encode(ED25519 + raw).decode()}"


def _fields(line: str, place: str) -> tuple[str, str, bytes]:
    # Base64 may hold a plus itself, so the name and the id are split off from the front.
    parts = line.split("+", 2)
    try:
        raw = b64decode(parts[2], validate=True) if len(parts) == 3 else b""
    except NoBase64:
        raw = b""
    if len(raw) != 33 or raw[:1] != ED25519 or not _NAME.fullmatch(parts[0]):
        raise BadInput("is no Ed25519 key", place=place, remedy="one line NAME+ID+BASE64")
    return parts[0], parts[1], raw[1:]


def _matching(key: PublicKey, key_id: str, place: str) -> PublicKey:
    if key.key_id.hex() != key_id:
        raise BadInput(f"the id {key_id!r} is not that of the key", place=place)
    return key


def _ed25519() -> tuple[Any, type[BaseException]]:
    """The signature module and its refusal; asked for only by whoever seals or checks a seal."""
    try:
        module = import_module("cryptography.hazmat.primitives.asymmetric.ed25519")
        refusal = import_module("cryptography.exceptions").InvalidSignature
    except ModuleNotFoundError:
        remedy = "pip install 'bankcore[proof]'"
        raise BadInput("signatures need the package cryptography", remedy=remedy) from None
    return module, refusal
