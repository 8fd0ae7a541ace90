"""WM-13 Right to sell (销售资格): who may sell a product on a day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bankcore.rules.employees.qualification import Certificate, shortcomings
from bankcore.values.reasons import Reason, Rejected


@dataclass(frozen=True, slots=True, kw_only=True)
class Seller:
    """An employee on a day: status, certificates, training of the last full year, time in post."""

    active: bool
    suspended: bool
    certificates: Sequence[Certificate]
    hours_last_year: int
    months_in_post: int


@dataclass(frozen=True, slots=True)
class SellingNeeds:
    """What a product asks of its seller: kinds of certificate in order, hours, months in post."""

    kinds: Sequence[str]
    hours: int
    months: int


def check_seller(seller: Seller, needs: SellingNeeds, on: date) -> None:
    """Refuse a seller in the order of WM-13; the fact `kind` names the certificate that fails.

    `employee_not_active`, `sales_suspended`, `qualification_missing`, `qualification_expired`
    (also not yet begun), `training_hours_short`, `seniority_short`.
    """
    if not seller.active:
        raise Rejected(Reason.EMPLOYEE_NOT_ACTIVE)
    if seller.suspended:
        raise Rejected(Reason.SALES_SUSPENDED)
    for lacking in shortcomings(needs.kinds, seller.certificates, on):
        raise Rejected(lacking.reason, kind=lacking.kind)
    if seller.hours_last_year < needs.hours:
        raise Rejected(Reason.TRAINING_HOURS_SHORT, hours=needs.hours)
    if seller.months_in_post < needs.months:
        raise Rejected(Reason.SENIORITY_SHORT, months=needs.months)
