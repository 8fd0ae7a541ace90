"""State of an incoming transfer: credited, waiting in suspense, or resolved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import assert_never

from bankcore.aggregates.incoming_transfer import events as e
from bankcore.rules import account_choice as choose
from bankcore.values.changing import changed
from bankcore.values.entry import Entry
from bankcore.values.money import ZERO, Money


@dataclass(frozen=True, slots=True)
class Incoming:
    """One delivery of a rail; `suspense` is what stands on 2241.01."""

    state: str = "received"
    amount: Money = ZERO
    payee_name: str = ""
    suspense: Money = ZERO
    booked_by: str = ""


def evolve(state: Incoming | None, entry: Entry[e.IncomingEvent]) -> Incoming:
    """Fold one event; total."""
    incoming = state or Incoming()
    match entry.event:
        case e.IncomingTransferCredited(amount=amount):
            return changed(incoming, state="credited", amount=amount)
        case e.IncomingTransferUnmatched(amount=amount, payee_name=name):
            return changed(
                incoming,
                state="unmatched",
                amount=amount,
                payee_name=name,
                suspense=amount,
                booked_by=entry.actor.id,
            )
        case e.UnmatchedCreditResolved():
            return changed(incoming, state="resolved", suspense=ZERO)
        case _:
            assert_never(entry.event)


def subledger(incoming: Incoming) -> Mapping[str, int]:
    """Credits that fit nobody stand on 2241.01 (GL-04)."""
    return {choose.SUSPENSE: -incoming.suspense.minor}
