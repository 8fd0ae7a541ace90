"""The risk score of a customer derived again from its elements, AML-04."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from bankcore.aggregates.customer import Customer
from bankcore.aggregates.customer import standing_events as x
from bankcore.rules.compliance.due_diligence import RiskGrade
from bankcore.values.entry import Entry


def risk_rated(before: Customer | None, entry: Entry[Any]) -> str | None:  # noqa: ARG001  # one shape
    """None when the score is Σ score × weight / 5 and an override means high."""
    event = entry.event
    assert isinstance(event, x.CustomerRiskRated), "registered for this event"
    score = sum(
        (Fraction(int(event.scores.get(k, "0")) * int(w), 5) for k, w in event.weights.items()),
        Fraction(0),
    )
    if score != event.score:
        return f"score {event.score}, recomputed {score} by AML-04"
    if event.overrides and event.grade is not RiskGrade.HIGH:
        return f"grade {event.grade.value} although {event.overrides[0]} makes it high by AML-04"
    return None
