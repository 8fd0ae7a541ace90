"""Accrued interest of loans: the running period of each draw, and penalty not yet charged, GL-06.

Performing loans only: from the day on which a loan is placed on non-accrual nothing is recognised.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from bankcore.aggregates.loan import Loan
from bankcore.operations.loans.losses import exact_accrued
from bankcore.operations.loans.misusing import NOT_DUE
from bankcore.operations.loans.penalties import charges
from bankcore.products.catalogue import Catalogue
from bankcore.projections.accruals.accrual import Accrual


def accruals(
    stream: str,
    loan: Loan,
    on: date,
    catalogue: Catalogue,  # noqa: ARG001  # the terms agreed hold, not today's parameters
) -> Iterable[Accrual]:
    """One accrual a draw, and one for each instalment or misused part that bears penalty."""
    if not loan.running or loan.risk.non_accrual:
        return
    product = loan.application.product.value
    for draw in loan.draws:
        exact = exact_accrued(draw, on)
        if draw.rows and draw.last_due <= on:
            inputs = {
                "draw": draw.number,
                "balance": draw.balance,
                "rate": draw.rate,
                "from": draw.last_due,
                "until": min(on + timedelta(days=1), draw.rows[0].due),
            }
            yield Accrual(stream, product, exact, "GL-06", inputs, "1132.01", "6011.01")
    for charge in charges(loan, on + timedelta(days=1)):
        inputs = {
            "principal": charge.item.principal,
            "interest": charge.item.interest,
            "from": charge.item.charged_until,
            "until": charge.until,
        }
        rule = "LN-19" if charge.item.principal else "LN-20"
        if charge.item.number <= NOT_DUE:
            rule = "LN-21"
        yield Accrual(stream, product, charge.exact, rule, inputs, "1132.03", "6011.03")
