"""Classification and severity of a complaint (投诉分类与分级), CMP-02."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from bankcore.products.complaint_terms import SeverityTerms
from bankcore.values.money import Money
from bankcore.values.reasons import Reason, Rejected


class Severity(StrEnum):
    """Ordinary (一般), important (重要) or major (重大)."""

    ORDINARY = "ordinary"
    IMPORTANT = "important"
    MAJOR = "major"


class BusinessChannel(StrEnum):
    """Where the disputed service was given (业务渠道), JR/T 0169 shortened."""

    COUNTER = "counter"
    MACHINE = "machine"
    PHONE = "phone"
    NET_BANK = "net_bank"
    MOBILE_BANK = "mobile_bank"
    THIRD_PARTY = "third_party"
    BACK_OFFICE = "back_office"


class Business(StrEnum):
    """What the complaint is about (业务类别)."""

    DEPOSIT = "deposit"
    LOAN = "loan"
    CARD = "card"
    WEALTH = "wealth"
    AGENCY_INSURANCE = "agency_insurance"
    AGENCY_FUND = "agency_fund"
    PAYMENT = "payment"
    E_BANKING = "e_banking"
    COLLECTION = "collection"
    PERSONAL_INFORMATION = "personal_information"
    OTHER = "other"


class Cause(StrEnum):
    """Why the customer complains (投诉原因)."""

    SERVICE_ATTITUDE = "service_attitude"
    FACILITY_SYSTEM = "facility_system"
    RULES_PROCESS = "rules_process"
    MARKETING = "marketing"
    DISCLOSURE = "disclosure"
    FREE_CHOICE = "free_choice"
    CONTRACT_TERMS = "contract_terms"
    PRICING = "pricing"
    RETURNS = "returns"
    FUND_SAFETY = "fund_safety"
    INFORMATION_SAFETY = "information_safety"
    COLLECTION = "collection"
    OTHER = "other"


DIMENSIONS: Final = ("business_channel", "business", "cause", "channel", "severity")
_ORDER: Final = tuple(Severity)


@dataclass(frozen=True, slots=True)
class SeverityFacts:
    """The facts that give points; they are counted anew whenever one of them changes."""

    claim_amount: Money
    vulnerable: bool
    group_size: int
    times_in_12_months: int
    via_regulator_or_media: bool
    cause: str


@dataclass(frozen=True, slots=True)
class Grading:
    """The points and the severity they make."""

    points: int
    severity: Severity
    rule: str = "CMP-02"


def grade_complaint(facts: SeverityFacts, terms: SeverityTerms) -> Grading:
    """Add the points of CMP-02; a group of the major size is major at once."""
    points = (
        _reached(facts.claim_amount.minor, [(m.minor, p) for m, p in terms.claim_points])
        + int(facts.vulnerable)
        + _reached(facts.group_size, terms.group_points)
        + int(facts.times_in_12_months >= terms.repeated_from)
        + facts.via_regulator_or_media * terms.regulator_points
        + (facts.cause in terms.safety_causes) * terms.safety_points
    )
    return Grading(points, _severity(points, facts.group_size, terms))


def _reached(value: int, steps: Sequence[tuple[int, int]]) -> int:
    return max((points for lowest, points in steps if value >= lowest), default=0)


def _severity(points: int, group_size: int, terms: SeverityTerms) -> Severity:
    if points >= terms.major_from or group_size >= terms.major_group:
        return Severity.MAJOR
    return Severity.IMPORTANT if points >= terms.important_from else Severity.ORDINARY


def check_classification(dimensions: Mapping[str, str], *, handling_begun: bool) -> None:
    """Refuse a first classification with a hole, or one made after handling started.

    `dimension_missing` names the first empty dimension in the order of CMP-02.
    """
    for name in DIMENSIONS:
        if not dimensions.get(name, "").strip():
            raise Rejected(Reason.DIMENSION_MISSING, dimension=name)
    if handling_begun:
        raise Rejected(Reason.CLASSIFICATION_AFTER_HANDLING)


def lowers(old: Severity, new: Severity) -> bool:
    """Whether a new severity is below the old one: that needs the approval of grade G5."""
    return _ORDER.index(new) < _ORDER.index(old)
