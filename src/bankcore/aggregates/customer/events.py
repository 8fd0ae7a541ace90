"""Events of the customer: the storage contract."""

from __future__ import annotations

from datetime import date

from bankcore.values.declare import Personal, event


@event(
    "customer",
    "建立客户档案",
    "Customer registered",
    say_zh="建立客户档案",
    say_en="customer file opened",
)
class CustomerRegistered:
    """A customer file is opened (建立客户档案). `kind` is `person` or `firm`."""

    kind: str
    name: Personal
    birth_date: Personal
    phone: Personal
    address: Personal


@event(
    "customer",
    "身份核实",
    "Identity verified",
    say_zh="核实身份,证件有效期至 {valid_to}",
    say_en="identity verified, document valid to {valid_to}",
)
class IdentityVerified:
    """The original document was seen and checked (身份核实), AML-03."""

    document_kind: str
    document_no: Personal
    name: Personal
    valid_to: date | None
    method: str


CustomerEvent = CustomerRegistered | IdentityVerified
