"""Explaining time deposits: principal, interest settled or paid, accrued interest."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

from bankcore.aggregates.time_deposit import TIME_DEPOSIT, TimeDeposit
from bankcore.aggregates.time_deposit import events as e
from bankcore.aggregates.time_deposit.interest import interest_at_maturity, interest_when_paid
from bankcore.aggregates.time_deposit.state import evolve
from bankcore.audit.explain.evidence import Evidence
from bankcore.audit.explain.explanation import Explanation, Part
from bankcore.projections.accruals.time_deposit import accruals
from bankcore.values.declare import EVENTS
from bankcore.values.entry import Entry
from bankcore.values.errors import BadInput
from bankcore.values.money import ZERO, Money, total


def _entries(evidence: Evidence, subject: str) -> list[Entry[Any]]:
    found = evidence.of(TIME_DEPOSIT.stream(subject))
    if not found:
        raise BadInput(f"no time deposit {subject} at these dates")
    return found


def principal_change(event: Any) -> Money:
    """What an event does to the principal, signed; zero for events that leave it."""
    match event:
        case e.TimeDepositPlaced(amount=amount):
            return amount
        case e.TimeDepositRenewed(capitalised=joined):
            return joined
        case e.DrawnInterestClawedBack(clawback=clawback):
            return -clawback
        case e.TimeDepositEntryReversed(principal=change):
            return change
        case (
            e.NoticeDepositDrawn(principal=principal)
            | e.PrincipalDrawn(principal=principal)
            | e.TimeDepositPaidOut(principal=principal)
            | e.TimeDepositWithdrawnEarly(principal=principal)
        ):
            return -principal
        case _:
            return ZERO


def balance(evidence: Evidence, subject: str) -> Explanation:
    """Principal (本金): one part an event that moved it."""
    parts = [
        _part(entry, f"GL-02 {' '.join(EVENTS[type(entry.event)].rows)}", change, Fraction(0))
        for entry in _entries(evidence, subject)
        if (change := principal_change(entry.event))
    ]
    return _explanation("balance", subject, parts)


def settled_interest(evidence: Evidence, subject: str) -> Explanation:
    """Interest fixed by an event (利息): at maturity, early, overdue, drawn, taken back.

    Each part is derived again from the state before its event, so it shows rule, days and rate.
    """
    parts = []
    before: TimeDeposit | None = None
    for entry in _entries(evidence, subject):
        if before is not None:
            parts += _interest_part(before, entry)
        before = evolve(before, entry)
    return _explanation("settled-interest", subject, parts)


def _interest_part(before: TimeDeposit, entry: Entry[Any]) -> list[Part]:
    """The part of an event that fixes interest; what only pays it is left out."""
    event, on = entry.event, entry.value_date
    match event:
        case e.TimeDepositMatured(interest=interest, remainder=rest, demand_rate=rate):
            made = interest_at_maturity(before, rate, on)
        case e.TimeDepositPaidOut(other_interest=interest, remainder=rest, rate=rate):
            made = interest_when_paid(before, event.principal, on, rate)
        case e.TimeDepositWithdrawnEarly(interest=interest, remainder=rest, demand_rate=rate):
            made = interest_when_paid(before, event.principal, on, rate)
        case _:
            return _booked_part(entry)
    found = _part(entry, made.rule, interest, rest)
    days = made.inputs.get("days")
    counted = days if isinstance(days, int) else None
    return [replace(found, days=counted, inputs={**found.inputs, **made.inputs})]


def _booked_part(entry: Entry[Any]) -> list[Part]:
    """The part of an event whose interest is shown as it was booked."""
    match entry.event:
        case e.NoticeDepositDrawn(interest=interest, remainder=rest):
            return [_part(entry, "DEP-15", interest, rest)]
        case e.InterestDrawn(interest=interest):
            return [_part(entry, "DEP-13", interest, Fraction(0))]
        case e.DrawnInterestClawedBack(clawback=clawback):
            return [_part(entry, "DEP-13", -clawback, Fraction(0))]
        case e.TimeDepositInterestAdjusted(difference=difference):
            return [_part(entry, "GL-05", difference, Fraction(0))]
        case e.TimeDepositEntryReversed(amounts=amounts):
            fixed = total([m for name, m in amounts if name in {"interest", "other_interest"}])
            return [_part(entry, "GEN-05", -fixed, Fraction(0))] if fixed else []
        case _:
            return []


def accrued_interest(evidence: Evidence, subject: str) -> Explanation:
    """Accrued interest (应计利息) at the end of the day, as if the deposit went on."""
    deposit = evidence.state(TIME_DEPOSIT, subject)
    if deposit is None:
        raise BadInput(f"no time deposit {subject} at these dates")
    stream = TIME_DEPOSIT.stream(subject)
    parts = tuple(
        Part(stream, a.rule, "应计利息", "Interest accrued", a.exact, a.exact, inputs=a.inputs)
        for a in accruals(stream, deposit, evidence.on, evidence.catalogue)
    )
    value = sum((part.amount for part in parts), Fraction(0))
    return Explanation("accrued-interest", subject, value, f"{value / 100}", "fen", parts)


def _part(entry: Entry[Any], rule: str, change: Money, remainder: Fraction) -> Part:
    info, amount = EVENTS[type(entry.event)], Fraction(change.minor)
    names = ("rate", "demand_rate", "notice_rate", "grade", "nr", "cycle", "rest")
    inputs = {name: getattr(entry.event, name) for name in names if hasattr(entry.event, name)}
    inputs["value_date"] = entry.value_date
    return Part(entry.id, rule, info.zh, info.en, amount, amount + remainder, inputs=inputs)


def _explanation(figure: str, subject: str, parts: list[Part]) -> Explanation:
    value = sum((part.amount for part in parts), Fraction(0))
    shown = Money(int(value)).grouped()
    return Explanation(figure, subject, value, shown, "fen", tuple(parts))
