"""Commands of the customer and what they decide."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bankcore.aggregates.customer.events import CustomerEvent, CustomerRegistered, IdentityVerified
from bankcore.aggregates.customer.state import Customer
from bankcore.values.declare import Personal, command
from bankcore.values.reasons import Reason, Rejected


@command("customer.register", "建档", "Register a customer")
class Register:
    """Open the file of a new customer."""

    customer: str
    name: Personal
    birth_date: Personal = ""
    phone: Personal = ""
    address: Personal = ""
    kind: str = "person"


@command("customer.verify_identity", "核实身份", "Verify a customer's identity")
class VerifyIdentity:
    """See and check the original identity document."""

    customer: str
    document_no: Personal
    document_kind: str = "id_card"
    valid_to: date | None = None
    method: str = "original_and_register"


def decide_register(command: Register, state: Customer | None) -> Sequence[CustomerEvent]:
    """Refuse `stream_exists` when the file is there already."""
    if state is not None and not state.prospect:
        raise Rejected(Reason.STREAM_EXISTS, customer=command.customer)
    return [
        CustomerRegistered(
            kind=command.kind,
            name=command.name,
            birth_date=command.birth_date,
            phone=command.phone,
            address=command.address,
        )
    ]


def decide_verify(command: VerifyIdentity, state: Customer, day: date) -> Sequence[CustomerEvent]:
    """Refuse a document that is no identity document or has expired, AML-03."""
    if command.method not in {"original_and_register", "chip_read", "video"}:
        raise Rejected(Reason.IDENTITY_DOCUMENT_UNACCEPTABLE, method=command.method)
    check_document(command.valid_to, day)
    return [
        IdentityVerified(
            document_kind=command.document_kind,
            document_no=command.document_no,
            name=state.name,
            valid_to=command.valid_to,
            method=command.method,
        )
    ]


def check_document(valid_to: date | None, day: date) -> None:
    """Refuse a document whose last day has passed; None is a document without end (长期)."""
    if valid_to is not None and valid_to < day:
        raise Rejected(Reason.IDENTITY_DOCUMENT_EXPIRED, valid_to=valid_to)
