"""KYC status (证件到期与客户身份资料状态), AML-05: what a customer may be served today."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from bankcore.products.compliance_terms import KycTerms
from bankcore.values.reasons import Reason, Rejected


class KycStatus(StrEnum):
    """The status on a day (状态), derived and never stored."""

    NONE = "none"
    EXPIRED = "expired"
    GRACE = "grace"
    REVIEW_OVERDUE = "review_overdue"
    VALID = "valid"


class ServiceNeed(StrEnum):
    """What an act needs of the table of AML-05 (业务类别)."""

    NEW_PRODUCT = "new_product"
    DEBIT = "debit"
    CREDIT = "credit"


@dataclass(frozen=True, slots=True)
class KycFile:
    """What the file says: verified or not, last day of the document (null is 长期), next review."""

    id_valid_to: date | None
    next_review: date | None
    identity_verified: bool = True


@dataclass(frozen=True, slots=True)
class KycStanding:
    """The status with what it allows, and the days of notice and of the end of grace."""

    status: KycStatus
    new_product: bool
    debit: bool
    credit: bool
    notice_from: date | None
    grace_until: date | None
    rule: str = "AML-05"

    def allows(self, need: ServiceNeed) -> bool:
        """Whether the cell of the table is yes."""
        allowed: dict[ServiceNeed, bool] = {
            ServiceNeed.NEW_PRODUCT: self.new_product,
            ServiceNeed.DEBIT: self.debit,
            ServiceNeed.CREDIT: self.credit,
        }
        return allowed[need]


def kyc_standing(file: KycFile, as_of: date, terms: KycTerms) -> KycStanding:
    """Derive the status on a day (AML-05): a document is good on its last day.

    A review due today is not overdue; an expired document outranks an overdue review.
    """
    valid_to = file.id_valid_to
    grace_until = None if valid_to is None else valid_to + timedelta(days=terms.grace_days)
    status = _status(file, as_of, grace_until)
    return KycStanding(
        status=status,
        new_product=status is KycStatus.VALID,
        debit=status not in {KycStatus.NONE, KycStatus.EXPIRED},
        credit=status is not KycStatus.NONE,
        notice_from=None if valid_to is None else valid_to - timedelta(days=terms.notice_days),
        grace_until=grace_until,
    )


def _status(file: KycFile, as_of: date, grace_until: date | None) -> KycStatus:
    if not file.identity_verified:
        return KycStatus.NONE
    if grace_until is not None and as_of > grace_until:
        return KycStatus.EXPIRED
    if file.id_valid_to is not None and as_of > file.id_valid_to:
        return KycStatus.GRACE
    if file.next_review is not None and as_of > file.next_review:
        return KycStatus.REVIEW_OVERDUE
    return KycStatus.VALID


_REASONS: Final = {
    KycStatus.NONE: Reason.KYC_NONE,
    KycStatus.EXPIRED: Reason.KYC_EXPIRED,
    KycStatus.GRACE: Reason.KYC_GRACE_NO_NEW_PRODUCT,
    KycStatus.REVIEW_OVERDUE: Reason.KYC_REVIEW_OVERDUE_NO_NEW_PRODUCT,
}


def check_kyc(standing: KycStanding, need: ServiceNeed) -> None:
    """Refuse a service that the status does not allow (invariant G6), naming the status.

    A loan repayment is a credit, and updating the file is never asked about here.
    """
    if not standing.allows(need):
        raise Rejected(
            _REASONS[standing.status], need=need.value, grace_until=str(standing.grace_until)
        )
