"""LN-01 Eligibility by product (借款人准入): the prescreen of borrower and purpose."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bankcore.rules.loans.codes import Product
from bankcore.values.dates import add_months
from bankcore.values.money import Money
from bankcore.values.reasons import Reason


class Outcome(StrEnum):
    """What the prescreen says: go on, ask a second pair of eyes, or stop."""

    ELIGIBLE = "eligible"
    REFER = "refer"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class PrescreenPolicy:
    """Parameters of LN-01: years, instalments, counts and months; purposes by product."""

    age_min: int
    age_at_maturity_max: int
    missed_consecutive_refuse: int
    missed_total_refuse: int
    enquiries_refer: int
    months_in_business_min: int
    months_contributed_min: int
    purposes: Mapping[Product, frozenset[str]]
    prohibited_purposes: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Applicant:
    """What the prescreen looks at; `monthly_income` zero means no source of repayment."""

    product: Product
    birth: date
    application_date: date
    term_months: int
    purpose: str
    identity_verified: bool
    civil_capacity: bool
    in_service_area: bool
    query_authorised: bool
    currently_overdue: bool
    on_defaulter_list: bool
    open_high_risk_event: bool
    missed_consecutive_24m: int
    missed_total_24m: int
    enquiries_3m: int
    months_in_business: int
    months_contributed: int
    monthly_income: Money


@dataclass(frozen=True, slots=True)
class Prescreen:
    """Outcome with all its reasons, in the order of the rule."""

    outcome: Outcome
    reasons: tuple[Reason, ...]


def age(birth: date, on: date) -> int:
    """Birthdays reached on or before a day; 29 February is reached on 1 March in common years."""
    return on.year - birth.year - ((on.month, on.day) < (birth.month, birth.day))


def prescreen(facts: Applicant, policy: PrescreenPolicy) -> Prescreen:
    """Collect every refusal of LN-01 in order; else refer for many enquiries; else eligible.

    Without authority to query (征信授权) nothing that stands in the credit report is evaluated.
    """
    fired = [reason for reason, hit in _checks(facts, policy) if hit]
    if fired:
        return Prescreen(Outcome.REFUSED, tuple(fired))
    if facts.enquiries_3m >= policy.enquiries_refer:
        return Prescreen(Outcome.REFER, (Reason.MANY_ENQUIRIES,))
    return Prescreen(Outcome.ELIGIBLE, ())


def _checks(facts: Applicant, policy: PrescreenPolicy) -> list[tuple[Reason, bool]]:
    maturity = add_months(facts.application_date, facts.term_months)
    return [
        (Reason.IDENTITY_NOT_VERIFIED, not facts.identity_verified),
        (Reason.NO_CIVIL_CAPACITY, not facts.civil_capacity),
        (Reason.UNDER_AGE, age(facts.birth, facts.application_date) < policy.age_min),
        (Reason.TOO_OLD_AT_MATURITY, age(facts.birth, maturity) > policy.age_at_maturity_max),
        (Reason.OUTSIDE_SERVICE_AREA, not facts.in_service_area),
        *_purpose_checks(facts, policy),
        *_record_checks(facts, policy),
        (Reason.ON_DEFAULTER_LIST, facts.on_defaulter_list),
        (Reason.OPEN_HIGH_RISK_EVENT, facts.open_high_risk_event),
        *_means_checks(facts, policy),
    ]


def _purpose_checks(facts: Applicant, policy: PrescreenPolicy) -> list[tuple[Reason, bool]]:
    # At most one of the three: an empty or prohibited purpose is not also "not allowed".
    missing = not facts.purpose
    prohibited = facts.purpose in policy.prohibited_purposes
    allowed = facts.purpose in policy.purposes[facts.product]
    return [
        (Reason.PURPOSE_MISSING, missing),
        (Reason.PURPOSE_PROHIBITED, prohibited),
        (Reason.PURPOSE_NOT_ALLOWED, not (missing or prohibited or allowed)),
    ]


def _record_checks(facts: Applicant, policy: PrescreenPolicy) -> list[tuple[Reason, bool]]:
    may_read = facts.query_authorised
    bad = (
        facts.missed_consecutive_24m >= policy.missed_consecutive_refuse
        or facts.missed_total_24m >= policy.missed_total_refuse
    )
    return [
        (Reason.QUERY_NOT_AUTHORISED, not may_read),
        (Reason.CURRENTLY_OVERDUE, may_read and facts.currently_overdue),
        (Reason.BAD_RECORD, may_read and bad),
    ]


def _means_checks(facts: Applicant, policy: PrescreenPolicy) -> list[tuple[Reason, bool]]:
    young = facts.months_in_business < policy.months_in_business_min
    short = facts.months_contributed < policy.months_contributed_min
    return [
        (Reason.BUSINESS_TOO_YOUNG, facts.product is Product.BUSINESS and young),
        (Reason.CONTRIBUTIONS_TOO_SHORT, facts.product is Product.PROVIDENT and short),
        (Reason.NO_REPAYMENT_SOURCE, facts.monthly_income.minor == 0),
    ]
