"""The risk state of a loan: strict days past due, class, stage and allowance."""

from __future__ import annotations

from datetime import date

from bankcore.aggregates.loan import Loan
from bankcore.products.catalogue import Catalogue
from bankcore.projections.risks.row import RiskRow
from bankcore.rules.loans.arrears import bucket
from bankcore.values.money import total


def risk(
    stream: str,
    loan: Loan,
    on: date,
    catalogue: Catalogue,  # noqa: ARG001  # class and stage were decided when they changed
) -> RiskRow | None:
    """The row of a loan that was drawn; a written-off one shows what is still claimed."""
    if not loan.draws:
        return None
    days = loan.days_past_due(on)
    terms = loan.contract.terms
    grace = 0 if terms is None else terms.grace_days
    return RiskRow(
        contract=stream,
        customer=loan.application.customer,
        product=loan.application.product.value,
        stage=loan.stage.value,
        outstanding=loan.principal,
        past_due=total([item.instalment for item in loan.dues if item.due < on]),
        days_past_due=days,
        bucket=bucket(days if days > grace else 0),
        grade=loan.risk.loan_class.value,
        ecl_stage=loan.risk.stage,
        allowance=loan.sums.allowance,
    )
