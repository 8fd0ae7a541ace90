"""Serving a customer (客户准入): may anything be opened or paid for this customer today?

AML-05 and AML-09 stand before every service command; the customer's stream is thereby in the read
set, so a KYC change between deciding and writing makes the command decide again.
"""

from __future__ import annotations

from bankcore.aggregates.customer import CUSTOMER, Customer
from bankcore.operations.decision import Decision
from bankcore.products.compliance_terms import kyc_terms
from bankcore.rules.compliance.kyc_status import ServiceNeed, check_kyc, kyc_standing
from bankcore.rules.compliance.measures import Basis
from bankcore.values.reasons import Reason, Rejected


def serve(
    decision: Decision,
    customer: str,
    *,
    new_product: bool = False,
    need: ServiceNeed = ServiceNeed.DEBIT,
) -> Customer:
    """The customer if she may be served today, else the first reason of AML-05, then AML-09.

    `new_product` is True when something is opened or granted, which the grace period forbids;
    `need` says whether money leaves (the default) or comes in, which an expired document allows.
    """
    wanted = ServiceNeed.NEW_PRODUCT if new_product else need
    state = decision.need(CUSTOMER, customer)
    terms = kyc_terms(decision.catalogue, decision.day)
    check_kyc(kyc_standing(state.kyc_file, decision.day, terms), wanted)
    restriction = state.restriction_on(decision.day, wanted)
    if restriction is not None:
        hit = restriction.basis is Basis.LIST_HIT
        reason = Reason.LISTED_PERSON if hit else Reason.CUSTOMER_RESTRICTED
        raise Rejected(reason, customer=customer, measure=restriction.measure.value)
    return state
