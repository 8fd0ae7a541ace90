"""Freezing and special preventive measures (冻结、特别预防措施、风险管理措施), AML-09."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Final

from bankcore.products.compliance_terms import MeasureTerms
from bankcore.values.dates import add_months
from bankcore.values.reasons import Reason, Rejected


class Basis(StrEnum):
    """On what ground money is stopped (措施依据)."""

    PBOC_TEMPORARY = "pboc_temporary"
    COURT = "court"
    POLICE = "police"
    LIST_HIT = "list_hit"
    BANK_MEASURE = "bank_measure"


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure: its ground, the minute it began, the last frozen day of an order.

    `continue_notice` is the minute at which the authority's notice to go on arrived.
    """

    basis: Basis
    starts: datetime
    order_until: date | None = None
    continue_notice: datetime | None = None
    objection_date: date | None = None


@dataclass(frozen=True, slots=True)
class MeasureEnd:
    """When the measure ends by itself, whether the customer may be told before, when to answer."""

    lift_at: datetime | None
    prior_notice_allowed: bool
    objection_answer_by: date | None
    rule: str = "AML-09"


_ORDERED: Final = frozenset({Basis.COURT, Basis.POLICE})


def check_order_length(measure: Measure, terms: MeasureTerms) -> None:
    """Refuse an order longer than the law allows, month ends clipped (DEP-22)."""
    if measure.basis not in _ORDERED or measure.order_until is None:
        return
    months = terms.order_months[measure.basis.value]
    longest = add_months(measure.starts.date(), months)
    if measure.order_until > longest:
        raise Rejected(
            Reason.ORDER_LONGER_THAN_LEGAL_MAXIMUM,
            until=str(measure.order_until),
            latest=str(longest),
        )


def measure_end(measure: Measure, terms: MeasureTerms) -> MeasureEnd:
    """Derive the end of a measure (AML-09); the refusal is that of `check_order_length`.

    A notice in the very last minute keeps a temporary freeze; 48 hours run over weekends; an
    order's last day is still frozen; a list hit ends only when the person is delisted.
    """
    check_order_length(measure, terms)
    objected = measure.objection_date if measure.basis is Basis.BANK_MEASURE else None
    return MeasureEnd(
        lift_at=_lift_at(measure, terms),
        prior_notice_allowed=measure.basis is Basis.BANK_MEASURE,
        objection_answer_by=(
            None if objected is None else objected + timedelta(days=terms.objection_days)
        ),
    )


def _lift_at(measure: Measure, terms: MeasureTerms) -> datetime | None:
    if measure.basis is Basis.PBOC_TEMPORARY:
        ends = measure.starts + timedelta(hours=terms.temporary_hours)
        notice = measure.continue_notice
        return None if notice is not None and notice <= ends else ends
    if measure.basis in _ORDERED and measure.order_until is not None:
        return datetime.combine(measure.order_until + timedelta(days=1), time())
    return None


@dataclass(frozen=True, slots=True)
class MeasureRequest:
    """What a person asks for when he restricts a customer."""

    measure: Measure
    competent: bool
    ground: str
    order_id: str
    customer_is_high_risk: bool = True
    stops_basic_services: bool = False
    told_before: bool = False


def check_measure(request: MeasureRequest, terms: MeasureTerms) -> None:
    """Refuse a measure in the order of AML-09.

    `not_competent` (a manager never freezes, he escalates), `legal_ground_missing`,
    `papers_missing` (an authority's measure without its order), `order_longer_than_legal_maximum`,
    `measure_disproportionate` (the bank's own measure needs high risk and spares basic services),
    `prior_notice_forbidden`.
    """
    measure = request.measure
    if not request.competent:
        raise Rejected(Reason.NOT_COMPETENT, basis=measure.basis.value)
    if not request.ground.strip():
        raise Rejected(Reason.LEGAL_GROUND_MISSING, basis=measure.basis.value)
    by_authority = measure.basis in _ORDERED or measure.basis is Basis.PBOC_TEMPORARY
    if by_authority and not request.order_id.strip():
        raise Rejected(Reason.PAPERS_MISSING, basis=measure.basis.value)
    check_order_length(measure, terms)
    own = measure.basis is Basis.BANK_MEASURE
    if own and (request.stops_basic_services or not request.customer_is_high_risk):
        raise Rejected(Reason.MEASURE_DISPROPORTIONATE, basis=measure.basis.value)
    if request.told_before and not own:
        raise Rejected(Reason.PRIOR_NOTICE_FORBIDDEN, basis=measure.basis.value)
