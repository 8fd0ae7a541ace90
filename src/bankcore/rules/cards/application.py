"""CC-15 Card applications and the total of limits (申请审核与总授信额度)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Final

from bankcore.values.money import ZERO, Money
from bankcore.values.reasons import Reason, Rejected

RULE: Final = "CC-15"


@dataclass(frozen=True, slots=True, kw_only=True)
class Applicant:
    """Facts about an applicant; `other_bank_limits` and `own_limits` are limits she has already."""

    birth: date
    identity_verified: bool
    own_signature: bool
    documents_complete: bool
    fraud_hit: bool
    plan_unsettled: bool
    overdue: bool
    student: bool
    second_source: bool
    enquiries_3m: int
    score: int
    income: Money
    monthly_dues: Money
    other_bank_limits: Money
    own_limits: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicationTerms:
    """Ages, bands and caps. `bands` are (lowest score, multiple of income), best first.

    `dues_share` is the highest share of income for all dues, `limit_share` the share of a new
    limit that counts as a due; both as plain fractions.
    """

    age_min: int
    age_max: int
    enquiries_refused_from: int
    bands: Sequence[tuple[int, Fraction]]
    income_multiple_all_banks: int
    bank_cap: Money
    student_cap: Money
    least: Money
    step: Money
    dues_share: Fraction
    limit_share: Fraction


@dataclass(frozen=True, slots=True)
class ProductRange:
    """The limits that a card product offers."""

    least: Money
    most: Money


def full_years(birth: date, on: date) -> int:
    """Age in full years; who was born on 29 Feb comes of age on 1 Mar in common years."""
    reached = (on.month, on.day) >= (birth.month, birth.day)
    return on.year - birth.year - (0 if reached else 1)


def check_person(applicant: Applicant, on: date, terms: ApplicationTerms) -> None:
    """The refusals of CC-15 that need no figure, in their order."""
    age = full_years(applicant.birth, on)
    refusals = (
        (not applicant.identity_verified, Reason.IDENTITY_NOT_VERIFIED),
        (not applicant.own_signature, Reason.NOT_OWN_SIGNATURE),
        (not applicant.documents_complete, Reason.DOCUMENTS_INCOMPLETE),
        (age < terms.age_min, Reason.UNDER_AGE),
        (age > terms.age_max, Reason.OVER_AGE),
        (applicant.fraud_hit, Reason.SANCTION_OR_FRAUD_HIT),
        (applicant.plan_unsettled, Reason.PLAN_UNSETTLED),
        (applicant.overdue, Reason.CURRENTLY_OVERDUE),
        (applicant.enquiries_3m >= terms.enquiries_refused_from, Reason.TOO_MANY_ENQUIRIES),
        (multiple_of(applicant.score, terms.bands) is None, Reason.SCORE_TOO_LOW),
        (applicant.student and not applicant.second_source, Reason.SECOND_SOURCE_MISSING),
    )
    for refused, reason in refusals:
        if refused:
            raise Rejected(reason)


def multiple_of(score: int, bands: Sequence[tuple[int, Fraction]]) -> Fraction | None:
    """The multiple of income for a score; None below the lowest band."""
    return next((multiple for lowest, multiple in bands if score >= lowest), None)


def card_limit(
    applicant: Applicant, product: ProductRange, on: date, terms: ApplicationTerms
) -> Money:
    """The limit granted, down to whole steps; refuses as `check_person`, `limit_below_minimum`.

    The smallest of: the product's highest, income by score, twelve times income less limits at
    other banks, the bank's cap less own limits, and what debt service leaves.
    """
    check_person(applicant, on, terms)
    raw = (
        min(terms.student_cap, product.most)
        if applicant.student
        else _raw_limit(applicant, product, terms)
    )
    limit = Money(max(raw, ZERO).minor // terms.step.minor * terms.step.minor)
    if limit < max(terms.least, product.least):
        raise Rejected(Reason.LIMIT_BELOW_MINIMUM, limit=limit)
    return limit


def _raw_limit(applicant: Applicant, product: ProductRange, terms: ApplicationTerms) -> Money:
    multiple = multiple_of(applicant.score, terms.bands)
    assert multiple is not None, "check_person refuses scores below the bands"
    income = applicant.income.minor
    room = terms.dues_share * income - applicant.monthly_dues.minor
    exact = min(
        Fraction(product.most.minor),
        income * multiple,
        Fraction(income * terms.income_multiple_all_banks - applicant.other_bank_limits.minor),
        Fraction((terms.bank_cap - applicant.own_limits).minor),
        room / terms.limit_share,
    )
    return Money(exact.numerator // exact.denominator)
