"""State of a transfer: who pays whom, how far it is, what stands in clearing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import assert_never

from bankcore.aggregates.transfer import events as e
from bankcore.rules import account_choice as choose
from bankcore.rules.payments.fees import Channel
from bankcore.rules.payments.routing import Arrival, Rail
from bankcore.rules.payments.transfer_life import TransferState, next_state
from bankcore.values.changing import changed
from bankcore.values.entry import Entry
from bankcore.values.money import ZERO, Money
from bankcore.values.streams import Due

SCHEDULED = 220


@dataclass(frozen=True, slots=True)
class Transfer:
    """One transfer; times are local, `outgoing` is what stands on 2241.02."""

    state: TransferState = TransferState.REQUESTED
    customer: str = ""
    payer: str = ""
    payee_name: str = ""
    payee_account: str = ""
    payee_bank: str = ""
    amount: Money = ZERO
    fee: Money = ZERO
    option: Arrival = Arrival.REALTIME
    channel: Channel = Channel.COUNTER
    own_account: bool = False
    accepted_at: datetime | None = None
    executes_at: datetime | None = None
    held_until: datetime | None = None
    hold_reason: str = ""
    held_by: str = ""
    rail: Rail | None = None
    sent_at: datetime | None = None
    debited_on: date | None = None
    sent: bool = False
    outgoing: Money = ZERO

    @property
    def same_bank(self) -> bool:
        """True when payer and payee bank here."""
        return self.payee_bank == "own"


def evolve(state: Transfer | None, entry: Entry[e.TransferEvent]) -> Transfer:
    """Fold one event; total."""
    transfer, event = state or Transfer(), entry.event
    match event:
        case e.TransferRequested():
            return Transfer(
                customer=event.customer,
                payer=event.payer,
                payee_name=event.payee_name,
                payee_account=event.payee_account,
                payee_bank=event.payee_bank,
                amount=event.amount,
                option=event.option,
                channel=event.channel,
                own_account=event.own_account,
            )
        case e.TransferConfirmed():
            return changed(
                transfer,
                state=TransferState.CONFIRMED,
                fee=event.fee,
                option=event.option,
                accepted_at=datetime.fromisoformat(event.accepted_at),
                executes_at=datetime.fromisoformat(event.executes_at),
            )
        case e.TransferHeld(until=until, reason=reason):
            return changed(
                transfer,
                state=TransferState.HELD,
                held_until=datetime.fromisoformat(until),
                hold_reason=reason,
                held_by=entry.actor.id,
            )
        case e.TransferHoldReleased():
            return changed(transfer, state=TransferState.CONFIRMED, held_until=None)
        case e.ReceiptGiven():
            return transfer
        case _:
            return _moved(transfer, event, entry.value_date)


MoveEvent = (
    e.TransferRouted
    | e.TransferSent
    | e.TransferSettled
    | e.TransferReturned
    | e.TransferCancelled
    | e.TransferRefused
)


def _moved(transfer: Transfer, event: MoveEvent, on: date) -> Transfer:
    match event:
        case e.TransferRouted(rail=rail, amount=amount, sent_at=sent_at):
            return changed(
                transfer,
                state=TransferState.ROUTED,
                rail=rail,
                sent_at=datetime.fromisoformat(sent_at),
                debited_on=on,
                outgoing=ZERO if rail is Rail.INTRA else amount,
            )
        case e.TransferSent():
            return changed(transfer, sent=True, outgoing=ZERO)
        case e.TransferSettled():
            return changed(transfer, state=TransferState.SETTLED)
        case e.TransferReturned():
            return changed(transfer, state=TransferState.RETURNED)
        case e.TransferCancelled():
            return changed(transfer, state=TransferState.CANCELLED)
        case e.TransferRefused():
            return changed(transfer, state=TransferState.REFUSED)
        case _:
            assert_never(event)


def agenda(stream: str, transfer: Transfer) -> Iterable[Due]:
    """Execution of a delayed transfer, and sending over a rail that opens later (step 220)."""
    if transfer.state is TransferState.CONFIRMED and transfer.executes_at is not None:
        day = transfer.executes_at.date()
        yield Due(on=day, step=SCHEDULED, kind="transfer_execute", stream=stream)
    if transfer.outgoing and transfer.sent_at is not None:
        day = transfer.sent_at.date()
        yield Due(on=day, step=SCHEDULED, kind="transfer_send", stream=stream)


def subledger(transfer: Transfer) -> Mapping[str, int]:
    """Payments taken and not yet sent stand on 2241.02 (GL-04)."""
    return {choose.OUTGOING: -transfer.outgoing.minor}


def check_next(transfer: Transfer, command: str) -> TransferState:
    """The state after a command, else `illegal_transition` (PAY-03)."""
    return next_state(transfer.state, command)
