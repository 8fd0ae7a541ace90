"""Adapters of LN-24 to LN-27: classification, cross default, restructuring, upgrade."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from bankcore.conformance.cases import Adapter
from bankcore.conformance.read import Inputs, text_of
from bankcore.conformance.rulebook.loans.reading import (
    amount,
    code,
    day,
    facts,
    optional_day,
    percent,
    policies,
    shown,
)
from bankcore.rules.loans.classification import (
    Claim,
    ClassFacts,
    DebtorPolicy,
    class_floor,
    debtor_view,
)
from bankcore.rules.loans.codes import LoanClass
from bankcore.rules.loans.restructuring import ExtensionRequest, extension, observation_end
from bankcore.rules.loans.upgrade import DueRecord, UpgradeCase, upgrade

# The rulebook's cases of these rules carry no date: the parameters of this day are theirs.
_ANY_DAY: Final = date(2025, 6, 10)


def floor(given: Inputs) -> dict[str, Any]:
    """LN-24."""
    case = ClassFacts(
        ecl_ratio=percent(given, "ecl_ratio_pct"),
        **facts(given, "dpd", "technical", "misuse", "refinanced", "restructured"),
        **facts(given, "restructured_again", "credit_impaired", "evasion", "bankruptcy"),
    )
    found = class_floor(case, policies(_ANY_DAY).classes())
    return {"class": found.loan_class.value, "reasons": list(found.triggers)}


def debtor(given: Inputs) -> dict[str, Any]:
    """LN-25."""
    policy = DebtorPolicy(
        retail_limit=amount(given, "retail_limit"),
        npl_share_above=percent(given["params"], "npl_share_above_pct"),
        overdue90_above=percent(given["params"], "overdue90_above_pct"),
    )
    claims = [
        Claim(c["id"], amount(c, "amount"), LoanClass(c["class"]), c["exempt"])
        for c in given["claims"]
    ]
    found = debtor_view(
        claims,
        other_bank_npl=given["other_bank_npl"],
        overdue90_all_banks=percent(given, "overdue90_all_banks_pct"),
        policy=policy,
    )
    return {
        "non_retail": found.non_retail,
        "npl_share_pct": shown(found.npl_share),
        "classes": {key: value.value for key, value in found.classes.items()},
        "warning": found.warning,
    }


def restructuring(given: Inputs) -> dict[str, Any]:
    """LN-26."""
    if given["function"] == "observation":
        missed = [date.fromisoformat(d) for d in given["missed"]]
        end = observation_end(day(given, "first_due"), given["period_months"], missed)
        return {"end": str(end)}
    request = ExtensionRequest(
        application_date=day(given, "application_date"),
        maturity=day(given, "maturity"),
        **facts(given, "active", "dpd", "orig_months", "used_months", "count"),
        **facts(given, "longest_months", "requested_months", "consents"),
    )
    found = extension(request, policies(request.application_date).extension())
    return {
        "room_months": found.room_months,
        "allowed": found.reason is None,
        "reason": code(found.reason),
        "new_maturity": text_of(found.new_maturity),
    }


def rising(given: Inputs) -> dict[str, Any]:
    """LN-27."""
    case = UpgradeCase(
        class_before=LoanClass(given["class_before"]),
        cleared=optional_day(given, "cleared"),
        dues=[DueRecord(day(d, "due"), optional_day(d, "paid")) for d in given["dues"]],
        as_of=day(given, "as_of"),
        costs_outstanding=amount(given, "costs_outstanding"),
        target=LoanClass(given["target"]),
        **facts(given, "assessment_ok", "other_impaired", "restructured"),
    )
    found = upgrade(case, policies(case.as_of).upgrade())
    return {
        "cleared": text_of(found.cleared),
        "earliest": text_of(found.earliest),
        "allowed": found.reason is None,
        "reason": code(found.reason),
    }


ADAPTERS: Final[dict[str, Adapter]] = {
    "LN-24": floor,
    "LN-25": debtor,
    "LN-26": restructuring,
    "LN-27": rising,
}
