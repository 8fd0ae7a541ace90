"""What is held against card debt (LN-28): the stage of the first month past due."""

from __future__ import annotations

from datetime import date

from bankcore.operations.cards.risk import stage_on
from bankcore.operations.loans.risk_policies import RiskPolicies
from bankcore.products.catalogue import shipped
from bankcore.rules.loans.codes import LoanClass


def test_thirty_days_past_due_are_stage_1_and_one_more_stage_2() -> None:
    # LN-28, edge case 1.
    policies = RiskPolicies(shipped(), date(2026, 1, 5))
    found = [stage_on(policies, dpd, LoanClass.SPECIAL_MENTION) for dpd in (4, 30, 31, 90)]
    assert found == [1, 1, 2, 2]
    assert stage_on(policies, 91, LoanClass.SUBSTANDARD) == 3
