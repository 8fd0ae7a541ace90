"""Customer files (客户档案): registration and identity."""

from __future__ import annotations

from typing import Final

from bankcore.aggregates.customer import CUSTOMER
from bankcore.aggregates.customer import decide as c
from bankcore.operations.decision import Decision
from bankcore.operations.handlers import Handler, by
from bankcore.values.roles import Role


def register(d: Decision, command: c.Register) -> None:
    """Open a customer file."""
    for event in c.decide_register(command, d.load(CUSTOMER, command.customer)):
        d.emit(CUSTOMER, command.customer, event)


def verify_identity(d: Decision, command: c.VerifyIdentity) -> None:
    """Check the original document."""
    for event in c.decide_verify(command, d.need(CUSTOMER, command.customer), d.day):
        d.emit(CUSTOMER, command.customer, event)


HANDLERS: Final[dict[type, Handler]] = {
    c.Register: by(register, Role.RM, Role.TELLER_CASH),
    c.VerifyIdentity: by(verify_identity, Role.RM, Role.TELLER_CASH),
}
