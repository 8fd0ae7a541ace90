"""The digest of a command's body (指令摘要): what makes a repeated command id harmless, GEN-07.

All fields of the command and the target count, with the value date asked for; actor session,
channel and retries do not. Amounts are canonical minor units, so "100" and "100.00" are one body.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from datetime import date
from hashlib import sha256
from typing import Any, Final

from bankcore.operations.decision import Frame
from bankcore.values.declare import COMMANDS

_NAMES: Final[dict[type[Any], tuple[str, ...]]] = {}
"""The fields of the command classes that came by, in order."""


def command_digest(command: Any, frame: Frame) -> str:
    """Sixteen hex digits of SHA-256 over the command's wire name and fields."""
    cls = type(command)
    names = _NAMES.get(cls) or _NAMES.setdefault(cls, tuple(f.name for f in fields(cls)))
    body = [line(name, getattr(command, name)) for name in names]
    return digest_of(COMMANDS[cls].wire_name, body, frame.value_date)


def line(name: str, value: object) -> str:
    """A field as the digest has it."""
    return f"{name}={value!r}"


def digest_of(wire_name: str, body: Sequence[str], value_date: date | None) -> str:
    """The digest of a command given by its lines, one a field in order."""
    asked = value_date.isoformat() if value_date else ""
    return sha256("\n".join([wire_name, *body, asked]).encode()).hexdigest()[:16]
