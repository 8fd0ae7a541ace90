"""PAY-05 Arrival options and cancelling (到账方式与撤销)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from bankcore.rules.payments.fees import Channel
from bankcore.rules.payments.routing import Arrival
from bankcore.values.reasons import Reason, Rejected


@dataclass(frozen=True, slots=True)
class DelayTerms:
    """Minutes from acceptance to execution by option, and those of a machine to another person."""

    by_option: Mapping[Arrival, int]
    atm: int


@dataclass(frozen=True, slots=True)
class Execution:
    """The option that is used in the end, and the moment of execution."""

    option: Arrival
    executes_at: datetime


def execution(
    accepted: datetime, option: Arrival, channel: Channel, terms: DelayTerms, *, own_account: bool
) -> Execution:
    """When a transfer is executed; at a machine to another person 24 hours, whatever was asked."""
    if channel is Channel.ATM and not own_account:
        return Execution(Arrival.NEXT_DAY, accepted + timedelta(minutes=terms.atm))
    return Execution(option, accepted + timedelta(minutes=terms.by_option[option]))


def check_cancel(accepted: datetime, planned: Execution, at: datetime) -> None:
    """Refuse `realtime_not_cancellable` and, from the moment of execution on, `cancel_too_late`."""
    if planned.executes_at == accepted:
        raise Rejected(Reason.REALTIME_NOT_CANCELLABLE)
    if at >= planned.executes_at:
        raise Rejected(Reason.CANCEL_TOO_LATE, executes_at=planned.executes_at.isoformat())
