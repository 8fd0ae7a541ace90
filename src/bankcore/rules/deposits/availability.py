"""Holds, freezes and sleeping accounts (止付、冻结、睡眠户): what may move, DEP-22, DEP-23."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from bankcore.values.dates import add_months
from bankcore.values.money import ZERO, Money, total
from bankcore.values.reasons import Reason, Rejected


class FreezeKind(StrEnum):
    """What stops money on an account (冻结种类), DEP-22; a hold is the bank's own and no freeze."""

    AMOUNT_FREEZE = "amount_freeze"
    DEBIT_FREEZE = "debit_freeze"
    FULL_FREEZE = "full_freeze"
    EMERGENCY_STOP = "emergency_stop"
    LOSS_REPORT = "loss_report"


FULL_FREEZE: Final = FreezeKind.FULL_FREEZE
AMOUNT_KINDS: Final = frozenset({"hold", FreezeKind.AMOUNT_FREEZE})
BLOCKING_KINDS: Final = frozenset(FreezeKind) - AMOUNT_KINDS


@dataclass(frozen=True, slots=True)
class Restriction:
    """A hold, freeze, stop or loss report, active while from ≤ day < until (None: open)."""

    kind: str
    amount: Money | None
    since: date
    until: date | None

    def active(self, on: date) -> bool:
        """True on the days it counts; on the until day it is over."""
        return self.since <= on and (self.until is None or on < self.until)


@dataclass(frozen=True, slots=True)
class Availability:
    """What the customer can use; `caught` is the part of the balance under amount restrictions."""

    available: Money
    debit_allowed: bool
    credit_allowed: bool
    caught: Money
    blocked: bool


def availability(balance: Money, on: date, restrictions: Sequence[Restriction]) -> Availability:
    """The available balance of a day, DEP-22: 0 ≤ available ≤ balance.

    A blocking kind makes it nothing; a full freeze refuses credits too. A freeze above the
    balance catches money that arrives later.
    """
    active = [r for r in restrictions if r.active(on)]
    kinds = {r.kind for r in active}
    held = total([r.amount for r in active if r.kind in AMOUNT_KINDS and r.amount is not None])
    blocked = bool(kinds & BLOCKING_KINDS)
    available = ZERO if blocked else max(balance - held, ZERO)
    return Availability(
        available, available > ZERO, FULL_FREEZE not in kinds, min(balance, held), blocked
    )


def check_debit(amount: Money, found: Availability) -> None:
    """Refuse `account_frozen` and `insufficient_available_balance`, in that order."""
    if found.blocked:
        raise Rejected(Reason.ACCOUNT_FROZEN)
    if amount > found.available:
        raise Rejected(Reason.INSUFFICIENT_AVAILABLE_BALANCE, available=found.available)


def check_credit(found: Availability) -> None:
    """Refuse `credit_not_allowed` under a full freeze."""
    if not found.credit_allowed:
        raise Rejected(Reason.CREDIT_NOT_ALLOWED)


@dataclass(frozen=True, slots=True)
class DormancyLimits:
    """Months without activity: of a new account, of a dormant one; and the balance below which."""

    new_months: int
    dormant_months: int
    dormant_below: Money


def activity_state(
    opened_on: date,
    last_activity_on: date | None,
    balance: Money,
    on: date,
    limits: DormancyLimits,
) -> str:
    """`dormant`, `restricted_new` or `normal` on a day, DEP-23; exactly on the day counts.

    Activity is what the customer does himself; the opening deposit, interest, fees, tax and
    corrections are none. Dormant takes precedence.
    """
    quiet_since = last_activity_on or opened_on
    asleep = on >= add_months(quiet_since, limits.dormant_months)
    if asleep and balance < limits.dormant_below:
        return "dormant"
    if last_activity_on is None and on >= add_months(opened_on, limits.new_months):
        return "restricted_new"
    return "normal"


def check_activity(state: str, *, remote: bool) -> None:
    """Refuse a debit of a sleeping account: `account_dormant`, or `channel_suspended` (remote)."""
    if state == "dormant":
        raise Rejected(Reason.ACCOUNT_DORMANT)
    if state == "restricted_new" and remote:
        raise Rejected(Reason.CHANNEL_SUSPENDED)
