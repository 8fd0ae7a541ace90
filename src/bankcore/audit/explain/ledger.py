"""Explaining a line of the trial balance (科目余额): one part an event with a leg on it."""

from __future__ import annotations

from fractions import Fraction

from bankcore.audit.explain.evidence import Evidence
from bankcore.audit.explain.explanation import Explanation, Part
from bankcore.projections.postings import post
from bankcore.rules.ledger.chart import CHART
from bankcore.values.declare import EVENTS
from bankcore.values.money import Money
from bankcore.values.reading import known_id

LEDGER = "ledger"


def ledger(evidence: Evidence, account: str) -> Explanation:
    """The balance of a ledger account, debit positive; each part names its posting row (GL-02)."""
    known_id("ledger account", account, CHART)
    parts = []
    for entry in evidence.entries:
        for leg in post(entry):
            if leg.account == account:
                info, amount = EVENTS[type(entry.event)], Fraction(leg.minor)
                inputs = {"value_date": leg.value_date, "booking_date": leg.booking_date}
                rule = f"GL-02 {leg.row}"
                parts.append(Part(entry.id, rule, info.zh, info.en, amount, amount, inputs=inputs))
    value = sum((part.amount for part in parts), Fraction(0))
    return Explanation(LEDGER, account, value, Money(int(value)).grouped(), "fen", tuple(parts))
