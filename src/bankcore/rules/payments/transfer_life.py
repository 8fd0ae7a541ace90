"""PAY-03 The life of a transfer (转账流程): which command is possible in which state."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from bankcore.values.reasons import Reason, Rejected


class TransferState(StrEnum):
    """Where a transfer stands; settled, cancelled and returned are ends."""

    REQUESTED = "requested"
    CONFIRMED = "confirmed"
    HELD = "held"
    ROUTED = "routed"
    SETTLED = "settled"
    RETURNED = "returned"
    CANCELLED = "cancelled"
    REFUSED = "refused"


_NEXT: Final = {
    (None, "request"): TransferState.REQUESTED,
    (TransferState.REQUESTED, "confirm"): TransferState.CONFIRMED,
    (TransferState.REQUESTED, "abandon"): TransferState.CANCELLED,
    (TransferState.CONFIRMED, "hold"): TransferState.HELD,
    (TransferState.CONFIRMED, "route"): TransferState.ROUTED,
    (TransferState.CONFIRMED, "cancel"): TransferState.CANCELLED,
    (TransferState.HELD, "cancel"): TransferState.CANCELLED,
    (TransferState.HELD, "release"): TransferState.CONFIRMED,
    (TransferState.ROUTED, "settle"): TransferState.SETTLED,
    (TransferState.ROUTED, "return"): TransferState.RETURNED,
}


def next_state(state: TransferState | None, command: str) -> TransferState:
    """The state after a command; every other pair is `illegal_transition`."""
    following = _NEXT.get((state, command))
    if following is None:
        raise Rejected(Reason.ILLEGAL_TRANSITION, state=state or "none", command=command)
    return following
