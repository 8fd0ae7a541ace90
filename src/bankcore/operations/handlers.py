"""The table of handlers: which function decides which command, and who may give it.

Each operations module declares its handlers in a dict `HANDLERS`; `operations/table.py` merges
them. A handler takes the running `Decision` and the command, emits events and returns nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bankcore.operations.decision import Decision
from bankcore.operations.staff import check_role_held
from bankcore.values.reasons import Reason, Rejected
from bankcore.values.roles import Role


@dataclass(frozen=True, slots=True)
class Handler:
    """How a command is decided; `roles` empty means that any role may give it."""

    run: Callable[[Decision, Any], None]
    roles: frozenset[Role] = frozenset()


def by(run: Callable[[Decision, Any], None], *roles: Role) -> Handler:
    """A handler for the roles named; `script`, the narrator of a scenario, may give any command."""
    return Handler(run, frozenset(roles))


def check_role(handler: Handler, decision: Decision) -> None:
    """Refuse `role_not_held` when the actor's role may not give the command, AUD-03.

    Somebody with a staff file must also hold that role today.
    """
    role = decision.frame.actor.role
    if handler.roles and role not in handler.roles and role is not Role.SCRIPT:
        raise Rejected(Reason.ROLE_NOT_HELD, role=role.value, needed=sorted(handler.roles))
    check_role_held(decision)
