"""Adapters of LN-01 to LN-09: application, approval, contract, drawdown."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any, Final

from bankcore.conformance.cases import Adapter
from bankcore.conformance.read import Inputs, text_of
from bankcore.conformance.rulebook.loans.reading import (
    amount,
    code,
    day,
    facts,
    optional_amount,
    optional_day,
    percent,
    policies,
    rate,
    shown,
)
from bankcore.rules.annual_cost import monthly_cost
from bankcore.rules.loans.affordability import Household, Income, affordability
from bankcore.rules.loans.authority import ApprovalCase, RelatedApplication, authority
from bankcore.rules.loans.caps import check_limits
from bankcore.rules.loans.codes import Product, Security
from bankcore.rules.loans.contract import Approved, Signing, signing_refusal
from bankcore.rules.loans.documents import (
    Document,
    FileFacts,
    missing_documents,
    required_documents,
)
from bankcore.rules.loans.drawdown import Draw, EarlierDraw, payment_mode
from bankcore.rules.loans.investigation import (
    Finding,
    Interview,
    InvestigationFile,
    investigation_gaps,
)
from bankcore.rules.loans.ltv import Pledge, loan_to_value
from bankcore.rules.loans.prescreen import Applicant, prescreen
from bankcore.values.money import yuan
from bankcore.values.rates import AnnualRate

# The rulebook's cases of these rules carry no date: the parameters of this day are theirs.
_ANY_DAY: Final = date(2025, 6, 10)


def eligibility(given: Inputs) -> dict[str, Any]:
    """LN-01."""
    product = Product(given["product"])
    applicant = Applicant(
        product=product,
        birth=day(given, "birth"),
        application_date=day(given, "application_date"),
        monthly_income=amount(given, "monthly_income"),
        **facts(given, "term_months", "purpose", "identity_verified", "civil_capacity"),
        **facts(given, "in_service_area", "query_authorised", "currently_overdue"),
        **facts(given, "on_defaulter_list", "open_high_risk_event", "missed_consecutive_24m"),
        **facts(given, "missed_total_24m", "enquiries_3m", "months_in_business"),
        **facts(given, "months_contributed"),
    )
    found = prescreen(applicant, policies(applicant.application_date).prescreen(product))
    return {"outcome": found.outcome.value, "reasons": [r.value for r in found.reasons]}


def checklist(given: Inputs) -> dict[str, Any]:
    """LN-02."""
    on = day(given, "on")
    file = FileFacts(
        product=Product(given["product"]),
        amount=amount(given, "amount"),
        **facts(given, "marital", "employment", "collateral", "co_owned", "second_hand"),
    )
    papers = [
        Document(d["kind"], d["verified"], optional_day(d, "valid_to")) for d in given["documents"]
    ]
    required = required_documents(file, policies(on).documents())
    return {"required": list(required), "missing": list(missing_documents(required, papers, on))}


def investigation(given: Inputs) -> dict[str, Any]:
    """LN-03."""
    held = given["interview"]
    file = InvestigationFile(
        product=Product(given["product"]),
        amount=amount(given, "amount"),
        decision_date=day(given, "decision_date"),
        interview=None if held is None else Interview(day(held, "date"), held["form"]),
        findings=tuple(Finding(f["kind"], day(f, "date")) for f in given["findings"]),
        **facts(given, "secured", "outsourced_whole"),
    )
    gaps = investigation_gaps(file, policies(file.decision_date).investigation())
    return {"complete": not gaps, "reasons": [str(gap) for gap in gaps]}


def debt_service(given: Inputs) -> dict[str, Any]:
    """LN-04."""
    kinds = ("salary", "bonus_year", "rent", "profit_year", "pension")
    household = Household(
        product=Product(given["product"]),
        persons=[Income(**{kind: amount(p, kind) for kind in kinds}) for p in given["persons"]],
        other_instalments=amount(given, "other_instalments"),
        card_used=amount(given, "card_used"),
        property_fee=amount(given, "property_fee"),
        new_instalment=amount(given, "new_instalment"),
        rate=rate(given),
        term_months=given["term_months"],
    )
    found = affordability(household, policies(_ANY_DAY).dti())
    return {
        "income": str(found.income.amount),
        "housing_ratio_pct": shown(found.housing_ratio),
        "total_ratio_pct": shown(found.total_ratio),
        "pass": found.reason is None,
        "reason": code(found.reason),
        "capacity": str(found.capacity),
        "max_loan": str(found.max_loan),
    }


def value_cover(given: Inputs) -> dict[str, Any]:
    """LN-05."""
    known = policies(day(given, "application_date"))
    pledge = Pledge(
        price=optional_amount(given, "price"),
        appraisal=amount(given, "appraisal"),
        prior_liens=amount(given, "prior_liens"),
        amount=amount(given, "amount"),
        down_payment=optional_amount(given, "down_payment"),
    )
    found = loan_to_value(pledge, known.max_ltv(given["key"]))
    return {
        "max_ltv_pct": shown(found.max_ltv),
        "value": text_of(found.value),
        "ltv_pct": shown(found.ltv),
        "max_amount": text_of(found.max_amount),
        "pass": found.reason is None,
        "reason": code(found.reason),
    }


def limits(given: Inputs) -> dict[str, Any]:
    """LN-06."""
    row = policies(day(given, "application_date")).cap(given["key"])
    others = [optional_amount(given, key) for key in ("ltv_max_amount", "dti_max_loan")]
    found = check_limits(
        amount(given, "amount"),
        given["term_months"],
        row,
        tuple(limit for limit in others if limit is not None),
    )
    return {
        "cap": text_of(row and row.cap),
        "max_term_months": row and row.max_term_months,
        "amount_limit": text_of(found.amount_limit),
        "pass": found.reason is None,
        "reason": code(found.reason),
    }


def approval(given: Inputs) -> dict[str, Any]:
    """LN-07."""
    case = ApprovalCase(
        security=Security(given["security"]),
        amount=amount(given, "amount"),
        recommended=amount(given, "recommended"),
        exposure=amount(given, "exposure"),
        application_date=day(given, "application_date"),
        related=[RelatedApplication(day(r, "date"), amount(r, "amount")) for r in given["related"]],
        **facts(given, "grade", "maker", "reviewer", "approver", "approver_level", "own_case"),
        **facts(given, "investigated"),
    )
    found = authority(case, policies(case.application_date).authority())
    return {
        "total": str(found.total),
        "required_level": found.required_level,
        "allowed": found.reason is None,
        "reason": code(found.reason),
    }


def contract(given: Inputs) -> dict[str, Any]:
    """LN-08."""
    if given["function"] == "apr":
        paid = [Fraction(yuan(text).minor) for text in given["payments"]]
        cost = monthly_cost(Fraction(amount(given, "net").minor), paid)
        return {"apr_simple_pct": shown(cost.simple), "apr_effective_pct": shown(cost.effective)}
    approved, signed = given["approved"], given["signed"]
    product = Product(given["product"])
    signing = Signing(
        amount=amount(signed, "amount"),
        rate=rate(signed),
        signed_on=day(signed, "date"),
        elements=frozenset(given["elements"]),
        **facts(signed, "term_months", "purpose"),
        **facts(given, "active_contract", "explained", "acknowledged", "apr_disclosed"),
        **facts(given, "cost_statement_confirmed"),
    )
    policy = policies(signing.signed_on).contract(product)
    reason = signing_refusal(None if approved is None else _approved(approved), signing, policy)
    return {"allowed": reason is None, "reason": code(reason)}


def _approved(given: Inputs) -> Approved:
    return Approved(
        amount=amount(given, "amount"),
        term_months=given["term_months"],
        rate_floor=AnnualRate(percent(given, "rate_floor_pct")),
        purpose=given["purpose"],
        approved_on=day(given, "date"),
    )


def drawdown(given: Inputs) -> dict[str, Any]:
    """LN-09."""
    draw = Draw(
        product=Product(given["product"]),
        amount=amount(given, "draw"),
        drawn_on=day(given, "draw_date"),
        earlier=[EarlierDraw(day(e, "date"), amount(e, "amount")) for e in given["earlier"]],
        **facts(given, "counterparty_known", "non_cash_impossible"),
    )
    found = payment_mode(draw, policies(draw.drawn_on).drawdown())
    return {
        "linked": str(found.linked),
        "threshold": text_of(found.threshold),
        "mode": found.mode.value,
        "basis": found.basis,
    }


ADAPTERS: Final[dict[str, Adapter]] = {
    "LN-01": eligibility,
    "LN-02": checklist,
    "LN-03": investigation,
    "LN-04": debt_service,
    "LN-05": value_cover,
    "LN-06": limits,
    "LN-07": approval,
    "LN-08": contract,
    "LN-09": drawdown,
}
