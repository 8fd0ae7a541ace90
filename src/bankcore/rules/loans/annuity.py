"""LN-10 Level payment schedule (等额本息)."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from bankcore.rules.loans.codes import Method
from bankcore.rules.loans.due_dates import loan_periods
from bankcore.rules.loans.schedule import (
    LoanTerms,
    Plan,
    Schedule,
    annuity,
    check_terms,
    fill,
    principal_rule,
)
from bankcore.values.figures import Figure, figure

RULE: Final = "LN-10"


def level_payment(terms: LoanTerms) -> Figure:
    """A = R(A(P,i,n)): the payment that is the same in every whole period."""
    check_terms(terms)
    exact = annuity(Fraction(terms.principal.minor), terms.rate, terms.months)
    return figure(RULE, exact, principal=terms.principal, rate=terms.rate, term_months=terms.months)


def level_payment_schedule(terms: LoanTerms) -> Schedule:
    """Equal instalments A, principal = A − R(B·i); the last row takes the rest.

    Odd first and last periods bear interest by days without moving the principal path.
    """
    level = level_payment(terms)

    rows = fill(
        Plan(
            rule=RULE,
            balance=terms.principal,
            rate=terms.rate,
            periods=loan_periods(terms),
            principal_of=principal_rule(Method.LEVEL_PAYMENT, level.amount),
        )
    )
    return Schedule(rows, level)
