"""Commands of incoming transfers."""

from __future__ import annotations

from bankcore.rules.payments.routing import Rail
from bankcore.values.declare import Personal, command
from bankcore.values.money import Money


@command("incoming_transfer.receive", "来账", "Receive a transfer")
class Receive:
    """Money arrives from clearing; `incoming` is the rail's reference, so none is booked twice."""

    incoming: str
    payee_account: str
    payee_name: Personal
    amount: Money
    rail: Rail = Rail.BEPS
    payer_name: Personal = ""


@command("incoming_transfer.resolve", "销账", "Resolve an unmatched credit")
class Resolve:
    """Pay a waiting credit to the account whose holder it was meant for."""

    incoming: str
    target: str
