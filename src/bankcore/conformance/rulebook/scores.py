"""Adapters of CRM-01 … CRM-03, CRM-06 … CRM-08 and CMP-08 under the catalogue of a day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from fractions import Fraction
from typing import Any, Final

from bankcore.conformance.cases import Adapter
from bankcore.conformance.read import Inputs, day, maybe_day, money, verdict
from bankcore.products import relation_score_terms as terms
from bankcore.products.catalogue import shipped
from bankcore.rules.complaints import service_measures as service
from bankcore.rules.relations.churn import ChurnFacts, churn_risk
from bankcore.rules.relations.gifts import (
    ConsentEvent,
    Gift,
    GiftOffer,
    check_gift,
    consent_valid,
    spent_before,
)
from bankcore.rules.relations.prospects import (
    Prospect,
    average_assets,
    prospect_class,
    prospect_score,
    tier_of,
)
from bankcore.rules.relations.scorecard import CardFinding, Measure, scorecard
from bankcore.rules.relations.visits import (
    Visit,
    VisitFacts,
    VisitPlan,
    check_visit,
    missing_fields,
)
from bankcore.values.money import round_to_money

# The rulebook's cases of these rules carry no date: the parameters of this day are theirs.
_ANY_DAY: Final = date(2026, 6, 30)


def prospect(inputs: Inputs) -> Mapping[str, Any]:
    """CRM-01."""
    given = Prospect(
        monthly_income=money(inputs["monthly_income"]),
        investable_assets=money(inputs["investable_assets"]),
        years_in_work=Fraction(inputs["years_in_work"]),
        needs_recorded=inputs["needs_recorded"],
        source=inputs["source"],
        credit=inputs["credit"],
    )
    found = prospect_score(given, terms.score_terms(shipped(), _ANY_DAY))
    return {"parts": dict(found.parts), "score": found.score}


def classes(inputs: Inputs) -> Mapping[str, Any]:
    """CRM-02: class of a prospect, tier of a customer."""
    if inputs["op"] == "prospect":
        blocked = inputs["sanction_hit"] or inputs["blacklisted"]
        begins = terms.prospect_classes(shipped(), _ANY_DAY)
        return {
            "class": prospect_class(inputs["score"], begins, blocked=blocked),
            "blocked": blocked,
        }
    balances = [(day(b["from"]), money(b["amount"])) for b in inputs["balances"]]
    average = average_assets(day(f"{inputs['month']}-01"), balances)
    tier = tier_of(average, terms.tiers(shipped(), _ANY_DAY))
    return {"average": str(average.amount), "tier": tier}


def visit(inputs: Inputs) -> Mapping[str, Any]:
    """CRM-03."""
    raw = inputs["plan"]
    plan = VisitPlan(
        time=datetime.fromisoformat(raw["time"]) if raw["time"] else None,
        minutes=raw["minutes"],
        place=raw["place"],
        purpose=raw["purpose"],
        expected_outcome=raw["expected_outcome"],
        planned_at=datetime.fromisoformat(raw["planned_at"]),
        cash_or_signing=raw["cash_or_signing"],
    )
    facts = VisitFacts(
        others=[
            Visit(datetime.fromisoformat(o["time"]), o["minutes"], o["place"])
            for o in inputs["others"]
        ],
        travel_minutes=inputs["travel_minutes"],
        staff_count=inputs["staff_count"],
        customer_refuses=inputs["customer_refuses_contact"],
    )
    found = verdict(lambda: check_visit(plan, facts))
    return {"ok": found["allowed"], "reason": found["reason"], "missing": missing_fields(plan)}


def gifts_and_consents(inputs: Inputs) -> Mapping[str, Any]:
    """CRM-06: a gift, or the state of a consent."""
    on = day(inputs["date"])
    if inputs["op"] == "consent":
        events = [
            ConsentEvent(
                day(e["date"]), e["seq"], e["kind"] == "grant", e["scope"], maybe_day(e["until"])
            )
            for e in inputs["events"]
        ]
        months = shipped().number("customer.consent_months", _ANY_DAY)
        return {"valid": consent_valid(inputs["scope"], on, events, months)}
    earlier = [Gift(day(g["date"]), money(g["value"])) for g in inputs["gifts"]]
    offer = GiftOffer(
        Gift(on, money(inputs["value"])),
        inputs["form"],
        inputs["tied_to_deposit"],
        inputs["credit_decision_open"],
    )
    found = verdict(lambda: check_gift(offer, earlier, terms.gift_terms(shipped(), on)))
    spent = str(spent_before(on, earlier))
    return {"ok": found["allowed"], "reason": found["reason"], "spent_before": spent}


def appraisal(inputs: Inputs) -> Mapping[str, Any]:
    """CRM-07."""
    measures = {
        part: [Measure(Fraction(m["actual"]), Fraction(m["target"])) for m in rows]
        for part, rows in inputs["measures"].items()
    }
    findings = [CardFinding(f["severity"], f["undone"]) for f in inputs["findings"]]
    card_terms = terms.scorecard_terms(shipped(), _ANY_DAY)
    found = scorecard(inputs["weights"], measures, findings, card_terms)
    return {
        "parts": {part: _shown(points) for part, points in found.parts.items()},
        "deduction": _shown(found.deduction),
        "score": _shown(found.score),
    }


def _shown(points: Fraction) -> str:
    """Two decimals half up, as an amount in hundredths."""
    return str(round_to_money(points * 100).money)


def attrition(inputs: Inputs) -> Mapping[str, Any]:
    """CRM-08."""
    facts = ChurnFacts(
        assets_before=money(inputs["aum_3_months_ago"]),
        assets_now=money(inputs["aum_now"]),
        out_own_name_90d=money(inputs["out_own_name_90d"]),
        had_salary=inputs["had_salary"],
        months_without_salary=inputs["months_without_salary"],
        open_complaint=inputs["open_complaint"],
        complaint_lost=inputs["complaint_lost_12m"],
        days_since_login=inputs["days_since_login"],
        products=inputs["products"],
        last_survey=inputs["last_survey"],
    )
    found = churn_risk(facts, terms.churn_terms(shipped(), _ANY_DAY))
    return {"parts": dict(found.parts), "score": found.score, "band": found.band}


def measures(inputs: Inputs) -> Mapping[str, Any]:
    """CMP-08."""
    found = _measure(inputs)
    return {"value": None if found.value is None else str(found.value), "n": found.n}


def _measure(inputs: Inputs) -> service.ServiceMeasure:
    match inputs["op"]:
        case "csat":
            return service.satisfaction(inputs["answers"])
        case "nps":
            return service.net_promoters(inputs["answers"])
        case "in_time":
            rows = [(day(c["due"]), maybe_day(c["replied"])) for c in inputs["complaints"]]
            return service.answered_in_time(rows)
    tickets = [
        service.Ticket(day(t["closed"]), t["contacts"], maybe_day(t["reopened"]))
        for t in inputs["tickets"]
    ]
    start, end = day(inputs["period_start"]), day(inputs["period_end"])
    reopen = shipped().number("relation.reopen_days", _ANY_DAY)
    return service.first_contact(start, end, tickets, reopen)


ADAPTERS: Final[dict[str, Adapter]] = {
    "CRM-01": prospect,
    "CRM-02": classes,
    "CRM-03": visit,
    "CRM-06": gifts_and_consents,
    "CRM-07": appraisal,
    "CRM-08": attrition,
    "CMP-08": measures,
}
