"""Old stored forms: how a body written under an earlier event version is read today.

Stored bytes are never rewritten. Each old name maps to the name of the next version and a
function from the old body to the next one; a name two versions old takes two steps. What is
shown is always the current class.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, NamedTuple

Body = dict[str, Any]


class Upcast(NamedTuple):
    """One step: the next stored name, and the next body (a new dict, fields in its order)."""

    to: str
    body: Callable[[Body], Body]


def _funds_deposited_1(body: Body) -> Body:
    """Version 1 chose no accounts; every deposit then was demand money, paid in as cash."""
    return {**body, "gl": {"deposit": "2011.01", "source": "1001"}}


UPCASTS: Final[dict[str, Upcast]] = {
    "deposit_account.FundsDeposited.1": Upcast(
        "deposit_account.FundsDeposited.2", _funds_deposited_1
    ),
}


def upcast(name: str, body: Body) -> tuple[str, Body]:
    """The current name and body of a stored one; a name that was never replaced stays."""
    while name in UPCASTS:
        name, change = UPCASTS[name]
        body = change(body)
    return name, body
