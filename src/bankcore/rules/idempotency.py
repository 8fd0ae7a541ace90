"""Repeated commands (幂等): the same id with the same body has one effect, GEN-07."""

from __future__ import annotations

from bankcore.values.reasons import Reason, Rejected


def is_repeat(command_id: str, digest: str, booked_digest: str | None) -> bool:
    """True when the command was booked before and its first result is the answer.

    `booked_digest` is the digest stored with the id, None when the id is new; a refused command
    stores nothing, so its retry is decided anew. Refuses `command_id_missing` and, for another
    body under a used id, `idempotency_key_reused`.
    """
    if not command_id:
        raise Rejected(Reason.COMMAND_ID_MISSING)
    if booked_digest is None:
        return False
    if booked_digest != digest:
        raise Rejected(Reason.IDEMPOTENCY_KEY_REUSED, command_id=command_id)
    return True
