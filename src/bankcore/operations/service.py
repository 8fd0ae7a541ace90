"""Serving a customer (客户准入): may anything be opened or paid for this customer today?

AML-03 and AML-05 stand before every service command; the customer's stream is thereby in the read
set, so a KYC change between deciding and writing makes the command decide again.
"""

from __future__ import annotations

from bankcore.aggregates.customer import CUSTOMER, Customer
from bankcore.operations.decision import Decision
from bankcore.values.reasons import Reason, Rejected


def serve(decision: Decision, customer: str, *, new_product: bool = False) -> Customer:
    """The customer if she may be served today, else the first reason of AML-05.

    `new_product` is True when something is opened or granted, which the grace period forbids.
    """
    state = decision.need(CUSTOMER, customer)
    if state.verified_on is None:
        raise Rejected(Reason.KYC_NONE, customer=customer)
    valid_to = state.document_valid_to
    if valid_to is not None and valid_to < decision.day:
        if new_product:
            raise Rejected(Reason.KYC_GRACE_NO_NEW_PRODUCT, expired_on=valid_to)
        raise Rejected(Reason.KYC_EXPIRED, expired_on=valid_to)
    return state
