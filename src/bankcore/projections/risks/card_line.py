"""The risk state of a credit card: days past due, bucket, class, stage and allowance."""

from __future__ import annotations

from datetime import date

from bankcore.aggregates.card_line import CardLine
from bankcore.aggregates.card_line.decide import overdue
from bankcore.operations.cards.risk import stage_on
from bankcore.operations.loans.risk_policies import RiskPolicies
from bankcore.products.catalogue import Catalogue
from bankcore.projections.risks.row import RiskRow
from bankcore.rules.loans.codes import LoanClass


def risk(stream: str, line: CardLine, on: date, catalogue: Catalogue) -> RiskRow | None:
    """The row of a card that was issued; its debt includes plan principal not yet billed."""
    if line.agreement is None:
        return None
    late = overdue(line, on)
    grade = LoanClass(line.arrears.loan_class)
    return RiskRow(
        contract=stream,
        customer=line.customer,
        product=line.product,
        stage=line.stage.value,
        outstanding=line.totals.debt,
        past_due=late.amount,
        days_past_due=late.dpd,
        bucket=late.bucket,
        grade=grade.value,
        ecl_stage=stage_on(RiskPolicies(catalogue, on), late.dpd, grade),
        allowance=line.totals.allowance,
    )
