"""Adapters of LN-28 to LN-30: credit loss, early warning, write-off."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from bankcore.conformance.cases import Adapter
from bankcore.conformance.read import Inputs
from bankcore.conformance.rulebook.loans.reading import (
    amount,
    code,
    facts,
    percent,
    policies,
    rate,
)
from bankcore.rules.loans.codes import LoanClass
from bankcore.rules.loans.ecl import (
    Exposure,
    Scenario,
    StageFacts,
    expected_credit_loss,
    provision,
    stage_of,
)
from bankcore.rules.loans.warnings import WarningFacts, warnings
from bankcore.rules.loans.write_off import WriteOffCase, write_off
from bankcore.values.money import yuan

# The rulebook's cases of these rules carry no date: the parameters of this day are theirs.
_ANY_DAY: Final = date(2025, 6, 10)


def credit_loss(given: Inputs) -> dict[str, Any]:
    """LN-28."""
    if given["function"] == "stage":
        return {"stage": stage_of(_stage_facts(given), policies(_ANY_DAY).stages())}
    if given["function"] == "ecl":
        exposure = Exposure(
            pd12=percent(given, "pd12_pct"),
            lgd=percent(given, "lgd_pct"),
            ead_by_year=[yuan(text) for text in given["ead_by_year"]],
            remaining_months=given["remaining_months"],
            eir=rate(given, "eir_pct"),
        )
        scenarios = [
            Scenario(percent(s, "weight_pct"), percent(s, "pd_mult")) for s in given["scenarios"]
        ]
        loss = expected_credit_loss(given["stage"], exposure, scenarios)
        return {"ecl": str(loss.amount)}
    minimum = percent(given["params"]["minimum_pct"], given["class"])
    held = amount(given, "allowance_before")
    made = provision(amount(given, "ecl"), amount(given, "balance"), minimum, held)
    return {
        "minimum": str(made.minimum.amount),
        "provision": str(made.provision),
        "booking": str(made.booking),
    }


def _stage_facts(given: Inputs) -> StageFacts:
    return StageFacts(
        loan_class=LoanClass(given["class"]),
        pd_now=percent(given, "pd_now_pct"),
        pd_origin=percent(given, "pd_origin_pct"),
        **facts(given, "dpd", "credit_impaired", "flag_class", "warning", "restructured"),
    )


def early_warning(given: Inputs) -> dict[str, Any]:
    """LN-29."""
    case = WarningFacts(
        inflow_drop=percent(given, "inflow_drop_pct"),
        ltv=percent(given, "ltv_pct"),
        approved_ltv=percent(given, "approved_ltv_pct"),
        **facts(given, "dpd", "enquiries_3m", "min_payment_streak", "lawsuit"),
        **facts(given, "guarantor_trouble", "other_bank_overdue", "days_without_contact"),
        **facts(given, "misuse", "collateral_seized", "defaulter_listed"),
        **facts(given, "fraud_suspected", "business_closed"),
    )
    found = warnings(case, policies(_ANY_DAY).warnings())
    return {
        "signals": list(found.signals),
        "level": found.level,
        "close_within_working_days": found.close_within,
    }


def writing_off(given: Inputs) -> dict[str, Any]:
    """LN-30."""
    case = WriteOffCase(
        loan_class=LoanClass(given["class"]),
        basis=given["basis"] or "",
        principal=amount(given, "principal"),
        interest_on_book=amount(given, "interest_on_book"),
        allowance=amount(given, "allowance"),
        **facts(given, "secured", "collateral_realised", "collection_days", "contacts"),
        **facts(given, "approver_level"),
    )
    made = write_off(case, policies(_ANY_DAY).write_off())
    return {
        "allowed": made.reason is None,
        "reason": code(made.reason),
        "amount": str(made.amount),
        "from_allowance": str(made.from_allowance),
        "to_profit_loss": str(made.to_profit_loss),
        "released": str(made.released),
    }


ADAPTERS: Final[dict[str, Adapter]] = {
    "LN-28": credit_loss,
    "LN-29": early_warning,
    "LN-30": writing_off,
}
