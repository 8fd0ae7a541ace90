"""Customer 360 (客户全景): what the bank knows of one customer on a day, in one place.

It shows what every desk may see (AML-07): measures appear as the neutral fact that a service is
restricted, never with the case behind them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from bankcore.aggregates import kind_of
from bankcore.aggregates.complaint import COMPLAINT
from bankcore.aggregates.customer import CUSTOMER, Customer
from bankcore.aggregates.interaction import INTERACTION
from bankcore.products.catalogue import Catalogue
from bankcore.products.compliance_terms import kyc_terms
from bankcore.projections.complaint_clocks import ComplaintClock, clock_row
from bankcore.projections.risk import CustomerRisk, by_customer, risks
from bankcore.projections.states import States
from bankcore.rules.compliance.kyc_status import KycStanding, kyc_standing


@dataclass(frozen=True, slots=True)
class Holding:
    """One contract of the customer: `positions` are its control accounts in minor units.

    Debit is positive (what the customer owes), credit negative (what the bank owes him).
    """

    stream: str
    kind: str
    product: str
    stage: str
    positions: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerView:
    """One customer on a day; `risk` is empty without credit, `aml_grade` before a rating."""

    customer: str
    name: str
    kind: str
    prospect: bool
    rms: tuple[str, ...]
    kyc: KycStanding
    document_valid_to: date | None
    next_review: date | None
    aml_grade: str
    credit_grade: str
    credit_blocked: bool
    restricted: tuple[str, ...]
    consents: tuple[str, ...]
    holdings: tuple[Holding, ...]
    risk: CustomerRisk | None
    complaints: tuple[ComplaintClock, ...]
    talks: int


def customer_360(
    states: States, customer: str, on: date, catalogue: Catalogue
) -> CustomerView | None:
    """The view of one customer, None when there is no such file at these dates."""
    stream = CUSTOMER.stream(customer)
    file = states.get(CUSTOMER, stream)
    return None if file is None else _view(states, stream, file, on, catalogue)


def _view(
    states: States, stream: str, file: Customer, on: date, catalogue: Catalogue
) -> CustomerView:
    return CustomerView(
        customer=stream,
        name=file.name,
        kind=file.kind,
        prospect=file.prospect,
        rms=file.rms,
        kyc=kyc_standing(file.kyc_file, on, kyc_terms(catalogue, on)),
        document_valid_to=file.document_valid_to,
        next_review=file.next_review,
        aml_grade=file.risk.value if file.risk else "",
        credit_grade=_credit_grade(file, on),
        credit_blocked=bool(file.credit_blocks),
        restricted=tuple(sorted({r.measure.value for r in file.restrictions if r.on(on)})),
        consents=tuple(sorted({c.scope for c in file.consents if on <= c.until})),
        holdings=tuple(_holdings(states, stream)),
        risk=_risk(states, stream, on, catalogue),
        complaints=tuple(_complaints(states, stream, on)),
        talks=sum(1 for _, talk in states.of(INTERACTION) if talk.customer == stream),
    )


def customers(states: States, on: date, catalogue: Catalogue) -> Iterator[CustomerView]:
    """The views of all customers, in the order of their registration."""
    for stream, file in states.of(CUSTOMER):
        yield _view(states, stream, file, on, catalogue)


def _credit_grade(file: Customer, on: date) -> str:
    valid_to = file.credit_grade_valid_to
    return file.credit_grade if valid_to is not None and on <= valid_to else ""


_NO_PRODUCT = frozenset({COMPLAINT.name, INTERACTION.name})


def _holdings(states: States, customer: str) -> Iterator[Holding]:
    for stream, state in states.by_stream.items():
        kind = kind_of(stream)
        owner = getattr(state, "customer", "")
        if kind.name in _NO_PRODUCT or not owner or CUSTOMER.stream(owner) != customer:
            continue
        positions = {a: m for a, m in kind.subledger(state).items() if m}
        yield Holding(
            stream=stream,
            kind=kind.name,
            product=str(getattr(state, "product", "")),
            stage=str(getattr(_stage(state), "value", _stage(state))),
            positions=dict(sorted(positions.items())),
        )


def _stage(state: Any) -> Any:
    return getattr(state, "stage", "")


def _risk(states: States, customer: str, on: date, catalogue: Catalogue) -> CustomerRisk | None:
    rows = [
        row for row in risks(states, on, catalogue) if CUSTOMER.stream(row.customer) == customer
    ]
    return next(iter(by_customer(rows)), None)


def _complaints(states: States, customer: str, on: date) -> Iterator[ComplaintClock]:
    for stream, complaint in states.of(COMPLAINT):
        if complaint.customer == customer:
            yield clock_row(stream, complaint, on)
