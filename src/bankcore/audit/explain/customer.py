"""Explaining customers: the risk score behind the grade."""

from __future__ import annotations

from fractions import Fraction

from bankcore.aggregates.customer import CUSTOMER
from bankcore.aggregates.customer import standing_events as x
from bankcore.audit.explain.evidence import Evidence
from bankcore.audit.explain.explanation import Explanation, Part
from bankcore.values.errors import BadInput
from bankcore.values.rates import exact_text

LABELS = {
    "customer": ("客户特性", "Customer"),
    "geography": ("地域", "Geography"),
    "product": ("业务", "Product and channel"),
    "occupation": ("行业与职业", "Occupation"),
}


def risk_score(evidence: Evidence, subject: str) -> Explanation:
    """Risk score (客户风险得分): score × weight / 5 of each element, AML-04."""
    entries = evidence.of(CUSTOMER.stream(subject))
    rated = [entry for entry in entries if isinstance(entry.event, x.CustomerRiskRated)]
    if not rated:
        raise BadInput(f"{subject} was not rated by then", remedy="see `bankcore customer`")
    entry = rated[-1]
    event = entry.event
    parts = []
    for name, weight in event.weights.items():
        points = Fraction(int(event.scores[name]) * int(weight), 5)
        zh, en = LABELS.get(name, (name, name))
        inputs = {"score": event.scores[name], "weight": weight}
        parts.append(Part(entry.id, "AML-04", zh, en, points, points, inputs=inputs))
    shown = f"{exact_text(event.score)} ({event.grade.value})"
    return Explanation("risk-score", subject, event.score, shown, "points", tuple(parts))
