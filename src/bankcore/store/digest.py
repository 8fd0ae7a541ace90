"""The digest of a command's body (指令摘要): what makes a repeated command id harmless, GEN-07.

All fields of the command and the target count, with the value date asked for; actor session,
channel and retries do not. Amounts are canonical minor units, so "100" and "100.00" are one body.
"""

from __future__ import annotations

from dataclasses import fields
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
    body = [f"{name}={getattr(command, name)!r}" for name in names]
    asked = frame.value_date.isoformat() if frame.value_date else ""
    text = "\n".join([COMMANDS[type(command)].wire_name, *body, asked])
    return sha256(text.encode()).hexdigest()[:16]
