"""One door to all schedules (还款计划): the method picks the rule, LN-10 to LN-13."""

from __future__ import annotations

from dataclasses import dataclass
from typing import assert_never

from bankcore.rules.loans.annuity import level_payment_schedule
from bankcore.rules.loans.balloon import balloon_schedule, biweekly_schedule
from bankcore.rules.loans.codes import Method
from bankcore.rules.loans.equal_principal import level_principal_schedule
from bankcore.rules.loans.interest_only import (
    MethodLimits,
    bullet_schedule,
    interest_only_schedule,
)
from bankcore.rules.loans.schedule import LoanTerms, Schedule
from bankcore.values.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class MethodChoice:
    """A repayment method with what only some methods need.

    `interest_period_months` for interest first; for a balloon either `amort_months` or `balloon`.
    """

    method: Method
    limits: MethodLimits
    interest_period_months: int = 1
    amort_months: int | None = None
    balloon: Money | None = None


def build_schedule(terms: LoanTerms, choice: MethodChoice) -> Schedule:
    """The schedule of a method; refusals are those of its rule."""
    match choice.method:
        case Method.LEVEL_PAYMENT:
            return level_payment_schedule(terms)
        case Method.LEVEL_PRINCIPAL:
            return level_principal_schedule(terms)
        case Method.INTEREST_ONLY:
            return interest_only_schedule(terms, choice.limits, choice.interest_period_months)
        case Method.BULLET:
            return bullet_schedule(terms, choice.limits)
        case Method.BALLOON:
            months = choice.amort_months or terms.months
            return balloon_schedule(terms, months if choice.balloon is None else choice.balloon)
        case Method.BIWEEKLY:
            return biweekly_schedule(terms)
        case _:
            assert_never(choice.method)


def burden(terms: LoanTerms, choice: MethodChoice) -> Money:
    """The instalment that LN-04 counts: the largest one, or the level payment (LN-04, N).

    Interest first and bullet count as level payments, so that the method cannot hide the burden.
    """
    if choice.method in (Method.INTEREST_ONLY, Method.BULLET):
        schedule = level_payment_schedule(terms)
    else:
        schedule = build_schedule(terms, choice)
    return max(row.total for row in schedule.rows)
