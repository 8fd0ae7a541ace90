"""The risk state of the book (风险状态): every loan and card line, and each customer's worst."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from bankcore.aggregates import kind_of
from bankcore.products.catalogue import Catalogue
from bankcore.projections.risks import card_line, loan
from bankcore.projections.risks.row import RiskProvider, RiskRow
from bankcore.projections.states import States
from bankcore.values.money import Money, total

GRADES: Final = ("normal", "special_mention", "substandard", "doubtful", "loss")
PROVIDERS: Final[dict[str, RiskProvider]] = {
    "loan": loan.risk,
    "card_line": card_line.risk,
}


@dataclass(frozen=True, slots=True)
class CustomerRisk:
    """A customer over all contracts: what is owed, and the worst of each measure."""

    customer: str
    contracts: int
    outstanding: Money
    days_past_due: int
    grade: str
    ecl_stage: int


def risks(states: States, on: date, catalogue: Catalogue) -> Iterator[RiskRow]:
    """One row a contract with credit used, in the order in which the streams began."""
    for stream, state in states.by_stream.items():
        provider = PROVIDERS.get(kind_of(stream).name)
        row = provider(stream, state, on, catalogue) if provider else None
        if row is not None:
            yield row


def by_customer(rows: Iterable[RiskRow]) -> list[CustomerRisk]:
    """The overall risk of each customer: no contract is better than the worst one."""
    groups: dict[str, list[RiskRow]] = {}
    for row in rows:
        groups.setdefault(row.customer, []).append(row)
    return [
        CustomerRisk(
            customer,
            len(own),
            total([row.outstanding for row in own]),
            max(row.days_past_due for row in own),
            max((row.grade for row in own), key=GRADES.index),
            max(row.ecl_stage for row in own),
        )
        for customer, own in groups.items()
    ]
