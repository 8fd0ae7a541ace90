"""Adapters of channels: PAY-02 and PAY-07 … PAY-11, parameters from the case where it has them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Any, Final

from bankcore.conformance.cases import Adapter
from bankcore.conformance.read import Inputs, day, maybe_money, money, verdict
from bankcore.operations.payments.channel_policies import fraud_terms, password_terms
from bankcore.products.catalogue import shipped
from bankcore.rules.payments import bills as billing
from bankcore.rules.payments.card_payments import (
    Binding,
    CardPayment,
    PaymentTerms,
    Settled,
    capture,
    check_binding,
    refund,
    void,
)
from bankcore.rules.payments.credentials import Person, check_password, check_pin
from bankcore.rules.payments.fraud_risk import FraudFacts, fraud_risk
from bankcore.rules.payments.points_payment import MallOrder, PointsTerms, cash_due
from bankcore.rules.payments.points_payment import refund as give_points_back
from bankcore.rules.payments.second_factor import (
    ChannelLimits,
    ChannelTransfer,
    CodeInput,
    CodeTerms,
    FactorLimit,
    OneTimeCode,
    check_limits,
    confirmation_needed,
    enter_code,
)
from bankcore.rules.payments.sessions import Lock, Session, SessionTerms
from bankcore.values.reasons import Reason, Rejected


def _ok(reason: Reason | None) -> str:
    return "ok" if reason is None else reason.value


def card_payment(inputs: Inputs) -> Mapping[str, Any]:
    """PAY-02: the life of a payment, or a binding."""
    if inputs["op"] == "bind":
        names = ("holder_equal", "id_equal", "account_equal", "phone_equal", "code_ok")
        binding = Binding(
            **{name: inputs[name] for name in (*names, "already_bound", "bound_count")}
        )
        return verdict(lambda: check_binding(binding, inputs["max_bound"]))
    payment = CardPayment(money(inputs["authorised"]), day(inputs["authorised_on"]))
    terms = PaymentTerms(inputs["lapse_days"], inputs["refund_days"])
    results = []
    for command in inputs["commands"]:
        payment, refused = _settle(payment, command, terms)
        results.append(_ok(refused))
    figures = {name: str(getattr(payment, name)) for name in ("captured", "refunded", "held")}
    return {"results": results, **figures}


def _settle(payment: CardPayment, command: Inputs, terms: PaymentTerms) -> Settled:
    if command["cmd"] == "void":
        return void(payment)
    act = capture if command["cmd"] == "capture" else refund
    return act(payment, day(command["date"]), money(command["amount"]), terms)


def access(inputs: Inputs) -> Mapping[str, Any]:
    """PAY-07: lockout, session, password, payment password."""
    match inputs["op"]:
        case "lock":
            return {"results": _attempts(inputs)}
        case "session":
            return {"results": _actions(inputs)}
        case "pin":
            found = verdict(lambda: check_pin(inputs["pin"], day(inputs["birth"])))
            return {"ok": found["allowed"], "reason": found["reason"]}
    person = Person(inputs["user"], day(inputs["birth"]), inputs["last"])
    terms = password_terms(shipped(), day(inputs["date"]))
    found = verdict(lambda: check_password(inputs["password"], person, terms))
    reason = found["reason"]
    bare = None if reason is None else reason.removeprefix("password_")
    return {"ok": found["allowed"], "reason": bare}


def _attempts(inputs: Inputs) -> list[str]:
    lock, results = Lock(), []
    for attempt in inputs["attempts"]:
        lock, result = lock.after(attempt, inputs["max"])
        results.append(result.value)
    return results


def _actions(inputs: Inputs) -> list[bool]:
    login = datetime.fromisoformat(inputs["login"])
    idle, absolute = inputs["idle_minutes"], inputs["absolute_minutes"]
    terms = SessionTerms(timedelta(minutes=idle), timedelta(minutes=absolute))
    session, results = Session(login, login), []
    for at in inputs["actions"]:
        session = session.act(datetime.fromisoformat(at), terms)
        results.append(not session.ended)
    return results


def second_factor(inputs: Inputs) -> Mapping[str, Any]:
    """PAY-08: limits, or one code."""
    if inputs["op"] == "code":
        return {"results": _tries(inputs)}
    limits = ChannelLimits(
        by_factor={
            name: FactorLimit(money(row["single"]), money(row["day"]))
            for name, row in inputs["limits"].items()
        },
        own_single=maybe_money(inputs["own_single"]),
        own_day=maybe_money(inputs["own_day"]),
        max_count=inputs["max_count"],
        large_threshold=money(inputs["large_threshold"]),
    )
    transfer = ChannelTransfer(
        amount=money(inputs["amount"]),
        day_total=money(inputs["day_total"]),
        day_count=inputs["day_count"],
        factor=inputs["factor"],
        large_confirmed=inputs["large_confirmed"],
    )
    needed = confirmation_needed(transfer, limits)
    return {**verdict(lambda: check_limits(transfer, limits)), "confirm_needed": needed}


def _tries(inputs: Inputs) -> list[str]:
    code = OneTimeCode(
        issued_at=inputs["issued_at"], payee=inputs["payee"], amount=money(inputs["amount"])
    )
    terms, results = CodeTerms(inputs["lifetime"], inputs["max_wrong"]), []
    for each in inputs["tries"]:
        given = CodeInput(each["at"], each["payee"], money(each["amount"]), each["right"])
        code, refused = enter_code(code, given, terms)
        results.append("pass" if refused is None else refused.value)
    return results


def fraud(inputs: Inputs) -> Mapping[str, Any]:
    """PAY-09."""
    terms = replace(
        fraud_terms(shipped(), day(inputs["date"])),
        first_time=money(inputs["threshold"]),
        first_time_elderly=money(inputs["threshold_elderly"]),
    )
    facts = FraudFacts(
        amount=money(inputs["amount"]),
        available=money(inputs["available"]),
        amount_last_24h=money(inputs["amount_last_24h"]),
        inflow_2h=money(inputs["inflow_2h"]),
        age=inputs["age"],
        first_time=inputs["first_time"],
        listed=inputs["listed"],
        coached=inputs["coached"],
        remote=inputs["remote"],
        hour=inputs["hour"],
        new_payees_60m=inputs["new_payees_60m"],
    )
    found = fraud_risk(facts, terms)
    return {
        "score": found.score,
        "flags": list(found.flags),
        "action": found.action.value,
        "hold_hours": found.hold_hours,
    }


def bills(inputs: Inputs) -> Mapping[str, Any]:
    """PAY-10: bills, or where a customer is told."""
    if inputs["op"] == "notify":
        told = billing.channels(
            enrolled=inputs["enrolled"],
            sms_service=inputs["sms_service"],
            amount=money(inputs["amount"]) if inputs["kind"] == "money" else None,
            least=money(inputs["threshold"]),
        )
        return {"channels": told}
    state, results = billing.Bills(money(inputs["balance"])), []
    for command in inputs["commands"]:
        try:
            state = _bill(state, command)
            results.append("ok")
        except Rejected as no:
            results.append(no.reason.value)
    return {
        "results": results,
        "balance": str(state.balance),
        "states": [
            {"biller": biller, "bill": bill, "state": each.state.value}
            for (biller, bill), each in state.bills.items()
        ],
        "notifications": state.notifications,
    }


def _bill(state: billing.Bills, command: Inputs) -> billing.Bills:
    key = (command["biller"], command["bill"])
    if command["cmd"] == "pay":
        return billing.pay(state, key, money(command["amount"]))
    act = billing.confirm if command["cmd"] == "confirm" else billing.give_back
    return act(state, key)


def points(inputs: Inputs) -> Mapping[str, Any]:
    """PAY-11: paying, or refunds in a row."""
    if inputs["op"] == "refund":
        order = MallOrder(money(inputs["price"]), money(inputs["cash"]), inputs["points"])
        return {"results": _refunds(order, inputs["refunds"])}
    share = Fraction(inputs["max_share"])
    terms = PointsTerms(inputs["step"], inputs["points_per_yuan"], share)
    try:
        cash = cash_due(money(inputs["price"]), inputs["points"], inputs["usable"], terms)
    except Rejected as no:
        return {"allowed": False, "reason": no.reason.value, "cash": "0.00"}
    return {"allowed": True, "reason": None, "cash": str(cash)}


def _refunds(order: MallOrder, values: list[str]) -> list[Mapping[str, Any]]:
    results: list[Mapping[str, Any]] = []
    for value in values:
        try:
            made = give_points_back(order, money(value))
        except Rejected:
            results.append({"points": 0, "cash": "0.00"})
            continue
        order = made.order
        results.append({"points": made.points, "cash": str(made.cash)})
    return results


ADAPTERS: Final[dict[str, Adapter]] = {
    "PAY-02": card_payment,
    "PAY-07": access,
    "PAY-08": second_factor,
    "PAY-09": fraud,
    "PAY-10": bills,
    "PAY-11": points,
}
