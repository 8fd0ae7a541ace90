"""State of the customer: what decides whether this customer may be served."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import assert_never

from bankcore.aggregates.customer.events import CustomerEvent, CustomerRegistered, IdentityVerified
from bankcore.values.entry import Entry


@dataclass(frozen=True, slots=True)
class Customer:
    """The file of one customer; KYC status is derived from it by AML-05, never stored."""

    name: str = ""
    kind: str = "person"
    birth_date: str = ""
    document_no: str = ""
    verified_on: date | None = None
    document_valid_to: date | None = None


def evolve(state: Customer | None, entry: Entry[CustomerEvent]) -> Customer:
    """Fold one event; total."""
    customer = state or Customer()
    event = entry.event
    match event:
        case CustomerRegistered():
            return replace(customer, name=event.name, kind=event.kind, birth_date=event.birth_date)
        case IdentityVerified():
            return replace(
                customer,
                document_no=event.document_no,
                verified_on=entry.booking_date,
                document_valid_to=event.valid_to,
            )
        case _:
            assert_never(event)
