"""Adapters of payments: PAY-01 and PAY-03 … PAY-06 under the catalogue of the day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final

from bankcore.conformance.cases import Adapter
from bankcore.conformance.read import Inputs, day, verdict
from bankcore.operations.payments.policies import (
    class_limits,
    delay_terms,
    fee_terms,
    rail_terms,
)
from bankcore.products.catalogue import shipped
from bankcore.rules.payments.account_classes import Movement, check_class
from bankcore.rules.payments.arrival import check_cancel, execution
from bankcore.rules.payments.fees import Channel, transfer_fee
from bankcore.rules.payments.names import names_match, returned
from bankcore.rules.payments.routing import Arrival, Order, route
from bankcore.rules.payments.transfer_life import TransferState, next_state
from bankcore.values.money import yuan
from bankcore.values.reasons import Rejected


def account_class(inputs: Inputs) -> Mapping[str, Any]:
    """PAY-01: may this money move?"""
    names = ("amount", "day_total", "year_total", "balance")
    movement = Movement(
        account_class=inputs["class"],
        direction=inputs["direction"],
        kind=inputs["kind"],
        bound=inputs["bound"],
        face_to_face=inputs["face_to_face"],
        non_bound_enabled=inputs["non_bound_enabled"],
        **{name: yuan(inputs[name]) for name in names},
    )
    limits = class_limits(shipped(), inputs["class"], day(inputs["date"]))
    return verdict(lambda: check_class(movement, limits))


def transfer(inputs: Inputs) -> Mapping[str, Any]:
    """PAY-03: the state machine, or the route."""
    if inputs["op"] == "machine":
        return {"states": _states(inputs["commands"])}
    at = datetime.fromisoformat(inputs["at"])
    order = Order(
        same_bank=inputs["same_bank"],
        option=Arrival(inputs["option"]),
        amount=yuan(inputs["amount"]),
        at=at,
    )
    holidays = {day(d) for d in inputs["holidays"]}
    working = {day(d) for d in inputs["working_weekends"]}

    def is_working_day(day: date) -> bool:
        return day in working or (day.weekday() < 5 and day not in holidays)

    found = route(order, rail_terms(shipped(), at.date()), is_working_day)
    return {"rail": found.rail.value, "sent_at": found.sent_at.isoformat(timespec="minutes")}


def _states(commands: list[str]) -> list[str]:
    state: TransferState | None = None
    states = []
    for command in commands:
        try:
            state = next_state(state, command)
            states.append(state.value)
        except Rejected as no:
            states.append(no.reason.value)
    return states


def fee(inputs: Inputs) -> Mapping[str, Any]:
    """PAY-04: the fee of a transfer."""
    channel = Channel(inputs["channel"])
    terms = fee_terms(shipped(), channel, day(inputs["date"]))
    try:
        found = transfer_fee(channel, yuan(inputs["amount"]), terms, same_bank=inputs["same_bank"])
    except Rejected as no:
        return {"allowed": False, "reason": no.reason.value, "fee": "0.00"}
    return {"allowed": True, "reason": None, "fee": str(found.amount)}


def arrival(inputs: Inputs) -> Mapping[str, Any]:
    """PAY-05: when a transfer is executed, and whether it can still be cancelled."""
    accepted = datetime.fromisoformat(inputs["accepted_at"])
    planned = execution(
        accepted,
        Arrival(inputs["option"]),
        Channel(inputs["channel"]),
        delay_terms(shipped(), accepted.date()),
        own_account=inputs["own_account"],
    )
    allowed, reason = None, None
    if inputs["cancel_at"] is not None:
        try:
            check_cancel(accepted, planned, datetime.fromisoformat(inputs["cancel_at"]))
            allowed = True
        except Rejected as no:
            allowed, reason = False, no.reason.value
    return {
        "option_used": planned.option.value,
        "executes_at": planned.executes_at.isoformat(timespec="minutes"),
        "cancel_allowed": allowed,
        "reason": reason,
    }


def names(inputs: Inputs) -> Mapping[str, Any]:
    """PAY-06: do names match, and what does a return restore."""
    if inputs["op"] == "match":
        return {"match": names_match(inputs["a"], inputs["b"])}
    back = returned(
        day(inputs["debited_on"]),
        yuan(inputs["balance"]),
        yuan(inputs["amount"]),
        yuan(inputs["fee"]),
    )
    return {"balance": str(back.balance), "value_date": back.value_date.isoformat()}


ADAPTERS: Final[dict[str, Adapter]] = {
    "PAY-01": account_class,
    "PAY-03": transfer,
    "PAY-04": fee,
    "PAY-05": arrival,
    "PAY-06": names,
}
