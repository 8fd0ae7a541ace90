"""Events of money that comes in from another bank (来账): the storage contract."""

from __future__ import annotations

from bankcore.rules.payments.routing import Rail
from bankcore.values.declare import Gl, Personal, event
from bankcore.values.money import Money

S = "incoming_transfer"


@event(
    S,
    "来账入账",
    "Incoming transfer credited",
    rows="P6",
    actus="PR",
    say_zh="经 {rail} 来账 {amount} 入账",
    say_en="{amount} came in by {rail}",
)
class IncomingTransferCredited:
    """Account and name fit: the payee is credited (来账入账)."""

    rail: Rail
    payee: str
    payer_name: Personal
    amount: Money
    gl: Gl


@event(
    S,
    "来账挂账",
    "Incoming transfer unmatched",
    rows="P8",
    say_zh="来账 {amount} 挂账({reason})",
    say_en="{amount} came in and waits ({reason})",
)
class IncomingTransferUnmatched:
    """It fits nobody and waits in suspense (来账挂账)."""

    rail: Rail
    payee_name: Personal
    payee_account: str
    amount: Money
    reason: str
    gl: Gl


@event(
    S,
    "挂账销账",
    "Unmatched credit resolved",
    rows="P9",
    say_zh="挂账 {amount} 销账至 {target}",
    say_en="{amount} of suspense paid to {target}",
)
class UnmatchedCreditResolved:
    """It is found whose it is (挂账销账)."""

    target: str
    amount: Money
    gl: Gl


IncomingEvent = IncomingTransferCredited | IncomingTransferUnmatched | UnmatchedCreditResolved
