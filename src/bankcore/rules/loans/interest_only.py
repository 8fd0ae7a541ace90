"""LN-12 Interest first, principal at the end, and bullet (先息后本, 一次还本付息)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final

from bankcore.rules.loans.codes import Method
from bankcore.rules.loans.schedule import (
    LoanTerms,
    Period,
    Plan,
    Row,
    Schedule,
    check_terms,
    day_interest,
    fill,
    month_interest,
    principal_rule,
)
from bankcore.values.dates import add_months
from bankcore.values.money import Money
from bankcore.values.reasons import Reason, Rejected

RULE: Final = "LN-12"


@dataclass(frozen=True, slots=True)
class MethodLimits:
    """Longest terms of the two methods: months, and days where the term is given in days."""

    interest_only_months: int
    bullet_months: int
    bullet_days: int


def interest_only_schedule(
    terms: LoanTerms, limits: MethodLimits, interest_period_months: int = 1
) -> Schedule:
    """Interest every 1 or 3 months, principal in the last row; a short last period where n asks.

    Refuses as LN-10, then `term_above_method_maximum`.
    """
    assert interest_period_months in (1, 3), "interest falls due every month or every quarter"
    check_terms(terms)
    _check_maximum(terms.months, limits.interest_only_months)
    ends = [*range(interest_period_months, terms.months, interest_period_months), terms.months]
    starts = (0, *ends[:-1])
    periods = tuple(
        Period(
            number,
            add_months(terms.value_date, start),
            add_months(terms.value_date, end),
            months=end - start,
        )
        for number, (start, end) in enumerate(zip(starts, ends, strict=True), start=1)
    )
    rows = fill(
        Plan(
            rule=RULE,
            balance=terms.principal,
            rate=terms.rate,
            periods=periods,
            principal_of=principal_rule(Method.INTEREST_ONLY, Money(0)),
        )
    )
    return Schedule(rows, None)


def bullet_schedule(
    terms: LoanTerms, limits: MethodLimits, term_days: int | None = None
) -> Schedule:
    """One row at maturity: whole months, or actual days where the term is given in days.

    With `term_days` the months of `terms` are not read. Refuses as `interest_only_schedule`.
    """
    check_terms(terms if term_days is None else replace(terms, months=term_days))
    if term_days is None:
        _check_maximum(terms.months, limits.bullet_months)
        due = add_months(terms.value_date, terms.months)
        interest = month_interest(RULE, terms.principal, terms.rate, terms.months)
    else:
        _check_maximum(term_days, limits.bullet_days)
        due = terms.value_date + timedelta(days=term_days)
        interest = day_interest(RULE, terms.principal, terms.rate, term_days)
    by_days, months = term_days is not None, terms.months or 1
    row = Row(1, due, terms.principal, interest, Money(0), by_days, months)
    return Schedule((row,), None)


def _check_maximum(term: int, longest: int) -> None:
    if term > longest:
        raise Rejected(Reason.TERM_ABOVE_METHOD_MAXIMUM, term=term, longest=longest)
