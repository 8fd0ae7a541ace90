"""Compensation authority (赔付权限), CMP-06: who may approve money to a complainant."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Final

from bankcore.products.complaint_terms import CompensationTerms
from bankcore.rules.employees.authority import required_grade
from bankcore.values.money import ZERO, Money
from bankcore.values.reasons import Reason, Rejected

BOARD: Final = 8
"""Above every limit: head office executives and the board."""


class CompensationKind(StrEnum):
    """Owed (恢复原状) or not owed (商誉慰问)."""

    REDRESS = "redress"
    GOODWILL = "goodwill"


@dataclass(frozen=True, slots=True)
class Payment:
    """An intended payment with what was paid before on the complaint and to the customer."""

    kind: CompensationKind
    amount: Money
    approver: str
    approver_grade: int
    handler: str
    subjects: Collection[str] = ()
    paid_same_complaint: Money = ZERO
    goodwill_12_months: Money = ZERO


@dataclass(frozen=True, slots=True)
class Authority:
    """The amount that counts against the limits, and the grade it needs."""

    counted: Money
    required_grade: int
    rule: str = "CMP-06"


def compensation_authority(payment: Payment, terms: CompensationTerms) -> Authority:
    """Count the payment with the earlier ones and find the grade it needs (CMP-06).

    Splitting never lowers the grade; redress does not count goodwill, goodwill counts twelve
    months of it.
    """
    counted = payment.amount + payment.paid_same_complaint
    if payment.kind is CompensationKind.GOODWILL:
        counted = max(counted, payment.amount + payment.goodwill_12_months)
    row = terms.limits[payment.kind.value]
    limits = {grade: Fraction(limit.minor) for grade, limit in row.items()}
    return Authority(counted, required_grade(Fraction(counted.minor), limits, BOARD))


def check_compensation(payment: Payment, terms: CompensationTerms) -> Authority:
    """Refuse a payment in the order of CMP-06 and return its authority.

    `amount_not_positive`, `approver_is_handler`, `approver_is_subject`, `above_authority`: a
    sum that is owed is not cut to the approver's limit, the higher level is asked.
    """
    authority = compensation_authority(payment, terms)
    if payment.amount <= ZERO:
        raise Rejected(Reason.AMOUNT_NOT_POSITIVE, amount=str(payment.amount))
    if payment.approver == payment.handler:
        raise Rejected(Reason.APPROVER_IS_HANDLER, approver=payment.approver)
    if payment.approver in payment.subjects:
        raise Rejected(Reason.APPROVER_IS_SUBJECT, approver=payment.approver)
    if payment.approver_grade < authority.required_grade:
        raise Rejected(
            Reason.ABOVE_AUTHORITY,
            counted=str(authority.counted),
            grade=payment.approver_grade,
            required=authority.required_grade,
        )
    return authority
