"""Explaining complaints: the redress to the last fen, and the days late."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from typing import Any

from bankcore.aggregates.complaint import COMPLAINT, Complaint
from bankcore.aggregates.complaint import decision_events as m
from bankcore.aggregates.complaint.kinds import RedressBasis, RedressKind
from bankcore.audit.explain.evidence import Evidence
from bankcore.audit.explain.explanation import Explanation, Part
from bankcore.rules.complaints.redress import (
    Flow,
    Missold,
    WrongItem,
    redress_missold,
    redress_wrong_amount,
)
from bankcore.values.entry import Entry
from bankcore.values.errors import BadInput
from bankcore.values.money import Money

CMP7 = "CMP-07"


def redress(evidence: Evidence, subject: str) -> Explanation:
    """Redress (应赔金额): what went wrong item by item, the time value, and what rounding left."""
    found = [x for x in evidence.of(COMPLAINT.stream(subject)) if _is_money(x)]
    if not found:
        raise BadInput(f"no redress was decided for {subject}", remedy="see `bankcore replay`")
    entry = found[-1]
    basis: RedressBasis = entry.event.basis
    parts = _missold(entry, basis) if basis.kind is RedressKind.MISSOLD else _wrong(entry, basis)
    amount: Money = entry.event.amount
    return Explanation(
        "redress", subject, Fraction(amount.minor), amount.grouped(), "fen", tuple(parts)
    )


def _is_money(entry: Entry[Any]) -> bool:
    return isinstance(entry.event, m.ComplaintDecided) and entry.event.basis is not None


def _wrong(entry: Entry[Any], basis: RedressBasis) -> Iterator[Part]:
    items = [WrongItem(i.on, i.charged, i.right) for i in basis.items]
    computed = redress_wrong_amount(items, basis.sign, basis.redress_date, basis.rate)
    net = 0
    for item in items:
        delta = basis.sign * (item.charged.minor - item.right.minor)
        net += delta
        exact = Fraction(delta)
        inputs = {"on": item.on, "charged": item.charged, "right": item.right}
        yield Part(entry.id, CMP7, "差额", "Difference", exact, exact, inputs=inputs)
    if net < 0:
        kept = Fraction(-net)
        yield Part(entry.id, CMP7, "不向客户追收", "Not taken back from the customer", kept, kept)
    value = computed.time_value
    yield Part(
        entry.id,
        CMP7,
        "资金占用",
        "Time value",
        Fraction(value.amount.minor),
        value.exact,
        inputs={"rate": basis.rate, "redress_date": basis.redress_date, "basis": "365"},
    )


def _missold(entry: Entry[Any], basis: RedressBasis) -> Iterator[Part]:
    given = Missold(
        tuple(Flow(f.on, f.amount) for f in basis.paid_in),
        tuple(Flow(f.on, f.amount) for f in basis.received),
        basis.value_now,
        basis.customer_share_pct,
    )
    result = redress_missold(given, basis.redress_date, basis.rate)
    loss = result.should_have.exact - result.has.exact
    rate: dict[str, object] = {"rate": basis.rate, "redress_date": basis.redress_date}
    steps: tuple[tuple[str, str, Fraction, dict[str, object]], ...] = (
        ("应有", "Should have", result.should_have.exact, rate),
        ("现有", "Has", -result.has.exact, {"value_now": basis.value_now}),
        ("不向客户追收", "Not taken back from the customer", max(Fraction(0), -loss), {}),
        (
            "客户自担",
            "Borne by the customer",
            result.redress.exact - max(Fraction(0), loss),
            {"percent": basis.customer_share_pct},
        ),
    )
    for zh, en, exact, inputs in steps:
        if exact:
            yield Part(entry.id, CMP7, zh, en, exact, exact, inputs=inputs)
    left = result.redress.remainder
    if left:
        yield Part(entry.id, "GEN-01", "舍入", "Rounding", -left, Fraction(0))


def late_days(evidence: Evidence, subject: str) -> Explanation:
    """Days late (逾期天数): days since the clock began, less those allowed and those excluded."""
    complaint = evidence.state(COMPLAINT, subject)
    if complaint is None:
        raise BadInput(f"no complaint {subject} at these dates", remedy="see `bankcore customer`")
    clock = complaint.clock(evidence.on)
    stream = COMPLAINT.stream(subject)
    parts = list(_day_parts(stream, complaint, evidence))
    late = Fraction(clock.late_days)
    over = sum((part.amount for part in parts), Fraction(0))
    if over != late:
        # A clock that has not run out is not negative: nothing is late yet.
        parts.append(Part(stream, "CMP-04", "尚未到期", "Not due yet", late - over, late - over))
    return Explanation("late-days", subject, late, str(late), "days", tuple(parts))


def days_left(evidence: Evidence, subject: str) -> Explanation:
    """Days left to reply (剩余天数), CMP-04; negative when late."""
    complaint = evidence.state(COMPLAINT, subject)
    if complaint is None:
        raise BadInput(f"no complaint {subject} at these dates", remedy="see `bankcore customer`")
    gone = _day_parts(COMPLAINT.stream(subject), complaint, evidence)
    parts = tuple(replace(part, amount=-part.amount, exact=-part.exact) for part in gone)
    value = sum((part.amount for part in parts), Fraction(0))
    return Explanation("days-left", subject, value, str(value), "days", parts)


def _day_parts(stream: str, complaint: Complaint, evidence: Evidence) -> Iterator[Part]:
    clock = complaint.clock(evidence.on)
    end = complaint.replied_on or complaint.ended_on or evidence.on
    days = {
        "simple": complaint.days.simple,
        "complex": complaint.days.complex,
        "special": complaint.days.special,
    }
    allowed = days[complaint.clock_stage.value]
    whole = (clock.due - complaint.clock_from).days
    steps = (
        ("已过天数", "Days since receipt", (end - complaint.clock_from).days,
         {"clock_from": complaint.clock_from, "until": end}),
        ("办理期限", "Days allowed", -allowed, {"stage": complaint.clock_stage.value}),
        ("不计入天数", "Days excluded", allowed - whole, {"due": clock.due}),
    )  # fmt: skip
    for zh, en, count, inputs in steps:
        if count:
            yield Part(
                stream, "CMP-04", zh, en, Fraction(count), Fraction(count), abs(count), inputs
            )
