"""LN-13 Balloon and biweekly schedules (气球贷, 双周供)."""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction
from typing import Final

from bankcore.rules.loans.annuity import level_payment
from bankcore.rules.loans.codes import Method
from bankcore.rules.loans.due_dates import loan_periods
from bankcore.rules.loans.schedule import (
    LoanTerms,
    Plan,
    Row,
    Schedule,
    annuity,
    check_terms,
    day_interest,
    fill,
    principal_rule,
)
from bankcore.values.figures import Figure, figure
from bankcore.values.money import Money
from bankcore.values.reasons import Reason, Rejected

RULE: Final = "LN-13"
_FORTNIGHT: Final = 14


def balloon_schedule(terms: LoanTerms, spread: int | Money) -> Schedule:
    """Level payments reckoned longer than the term; the last row pays the rest.

    `spread` is either the months M ≥ n over which the payment is reckoned, or the amount F < P
    left for maturity. Refuses as LN-10, then `amortisation_shorter_than_term`,
    `balloon_not_below_principal`.
    """
    check_terms(terms)
    level = _over_months(terms, spread) if isinstance(spread, int) else _down_to(terms, spread)

    rows = fill(
        Plan(
            rule=RULE,
            balance=terms.principal,
            rate=terms.rate,
            periods=loan_periods(terms),
            principal_of=principal_rule(Method.BALLOON, level.amount),
        )
    )
    return Schedule(rows, level)


def _over_months(terms: LoanTerms, amort_months: int) -> Figure:
    if amort_months < terms.months:
        raise Rejected(Reason.AMORTISATION_SHORTER_THAN_TERM, months=amort_months)
    exact = annuity(Fraction(terms.principal.minor), terms.rate, amort_months)
    return figure(
        RULE, exact, principal=terms.principal, rate=terms.rate, amort_months=amort_months
    )


def _down_to(terms: LoanTerms, balloon: Money) -> Figure:
    if not Money(0) <= balloon < terms.principal:
        raise Rejected(Reason.BALLOON_NOT_BELOW_PRINCIPAL, balloon=str(balloon))
    # What the balloon is worth today needs no amortising; the rest is a plain annuity.
    discounted = balloon.minor / (1 + terms.rate.monthly) ** terms.months
    exact = annuity(terms.principal.minor - discounted, terms.rate, terms.months)
    return figure(
        RULE,
        exact,
        principal=terms.principal,
        rate=terms.rate,
        term_months=terms.months,
        balloon=balloon,
    )


def biweekly_schedule(terms: LoanTerms) -> Schedule:
    """Half a month's level payment every 14 days, interest by days, until the balance is gone.

    The number of rows is a result. Refuses as LN-10, then `payment_too_small` where half a
    payment does not cover the first interest (loans of a few fen).
    """
    level = level_payment(terms)
    pay = figure(RULE, Fraction(level.amount.minor, 2), level_payment=level.amount)
    rows: list[Row] = []
    balance, due = terms.principal, terms.value_date
    while balance:
        due += timedelta(days=_FORTNIGHT)
        interest = day_interest(RULE, balance, terms.rate, _FORTNIGHT)
        if interest.amount >= pay.amount:
            raise Rejected(Reason.PAYMENT_TOO_SMALL, payment=str(pay.amount))
        principal = min(balance, pay.amount - interest.amount)
        balance -= principal
        rows.append(Row(len(rows) + 1, due, principal, interest, balance, odd=True))
    return Schedule(tuple(rows), pay)
