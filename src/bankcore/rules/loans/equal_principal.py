"""LN-11 Level principal schedule (等额本金)."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from bankcore.rules.loans.codes import Method
from bankcore.rules.loans.due_dates import loan_periods
from bankcore.rules.loans.schedule import (
    LoanTerms,
    Plan,
    Schedule,
    check_terms,
    fill,
    principal_rule,
)
from bankcore.values.figures import figure

RULE: Final = "LN-11"


def level_principal_schedule(terms: LoanTerms) -> Schedule:
    """The same principal q = R(P/n) in every row, interest on the balance; the last takes the rest.

    Where q was rounded up the balance may end early; the later rows are zero.
    """
    check_terms(terms)
    level = figure(
        RULE,
        Fraction(terms.principal.minor, terms.months),
        principal=terms.principal,
        term_months=terms.months,
    )

    rows = fill(
        Plan(
            rule=RULE,
            balance=terms.principal,
            rate=terms.rate,
            periods=loan_periods(terms),
            principal_of=principal_rule(Method.LEVEL_PRINCIPAL, level.amount),
        )
    )
    return Schedule(rows, level)
