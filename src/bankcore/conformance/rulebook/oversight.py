"""Adapters of reports, retention, audit and risk: AML-01, -02, -08, AUD-01, -02, -04, RSK."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any, Final

from bankcore.conformance.cases import Adapter
from bankcore.conformance.read import (
    Inputs,
    case_calendar,
    day,
    maybe_day,
    maybe_money,
    money,
    text_of,
)
from bankcore.products.catalogue import shipped
from bankcore.products.oversight_terms import (
    IndicatorLine,
    SuspicionTerms,
    Threshold,
    audit_terms,
    loss_levels,
    retention_terms,
)
from bankcore.rules.compliance import audits, block_leave, loss_events
from bankcore.rules.compliance.indicators import Colour, indicator
from bankcore.rules.compliance.large_value import LargeMovement, large_values
from bankcore.rules.compliance.retention import retention
from bankcore.rules.compliance.suspicion_clock import Suspicion, suspicion_dates
from bankcore.rules.compliance.training import CourseDone, rights
from bankcore.rules.employees.qualification import Certificate
from bankcore.values.money import round_to_money

# The rulebook's cases of these rules name no parameters: those of this day are theirs.
_ANY_DAY: Final = date(2026, 6, 30)


def large_value(inputs: Inputs) -> Mapping[str, Any]:
    """AML-01."""
    thresholds = {
        feature: Threshold(maybe_money(row["cny"]), maybe_money(row["usd"]))
        for feature, row in inputs["thresholds"].items()
    }
    found = large_values(
        [_movement(t) for t in inputs["transactions"]],
        thresholds,
        Fraction(inputs["cny_per_usd"]),
        natural=inputs["customer_kind"] == "natural",
    )
    due = case_calendar(inputs).add_business_days(day(inputs["date"]), inputs["report_days"])
    reports = [
        {
            "feature": value.feature,
            "direction": value.direction,
            "cny": str(value.cny),
            "usd": str(value.usd),
            "count": len(value.ids),
            "ids": list(value.ids),
        }
        for value in found
    ]
    return {"reports": reports, "due": str(due) if reports else None}


def _movement(given: Inputs) -> LargeMovement:
    return LargeMovement(
        id=given["id"],
        direction=given["direction"],
        cash=given["kind"] == "cash",
        amount=money(given["amount"]),
        foreign=given["currency"] != "CNY",
        cross_border=given["cross_border"],
        exempt=given["exempt"] is not None,
        suspicious=given["suspicious"],
    )


def suspicion(inputs: Inputs) -> Mapping[str, Any]:
    """AML-02."""
    names = ("escalate_days", "dispose_days", "report_days", "repeat_months")
    given = Suspicion(
        day(inputs["alert_date"]),
        maybe_day(inputs["confirmed_date"]),
        maybe_day(inputs["last_report_date"]),
        inputs["activity_continues"],
    )
    terms = SuspicionTerms(*(inputs[name] for name in names))
    found = suspicion_dates(given, terms, case_calendar(inputs))
    dates = ("escalate_by", "dispose_by", "report_by", "repeat_by")
    return {name: text_of(getattr(found, name)) for name in dates}


def keeping(inputs: Inputs) -> Mapping[str, Any]:
    """AML-08."""
    also = (maybe_day(inputs[name]) for name in ("investigation_until", "other_rule_until"))
    found = retention(
        inputs["kind"],
        day(inputs["base_date"]),
        retention_terms(shipped(), _ANY_DAY),
        [each for each in also if each is not None],
    )
    return {"years": found.years, "retain_until": str(found.until)}


def audit(inputs: Inputs) -> Mapping[str, Any]:
    """AUD-01: evidence, rectification, sample."""
    terms = audit_terms(shipped(), _ANY_DAY)
    if inputs["op"] == "sample":
        drawn = audits.sample(inputs["seed"], inputs["population"], terms)
        return {"size": len(drawn), "sample": drawn}
    as_of = day(inputs["as_of"])
    if inputs["op"] == "evidence":
        request = audits.EvidenceRequest(
            day(inputs["requested"]), inputs["urgent"], maybe_day(inputs["provided"])
        )
        evidence = audits.evidence_due(request, as_of, terms, case_calendar(inputs))
        return {"due": str(evidence.due), "late": evidence.late}
    reported, verified = day(inputs["reported"]), maybe_day(inputs["verified"])
    found = audits.rectification(inputs["severity"], reported, verified, as_of, terms)
    return {
        "due": str(found.due),
        "overdue_days": found.overdue_days,
        "level": found.level,
        "closed": found.closed,
    }


def training(inputs: Inputs) -> Mapping[str, Any]:
    """AUD-02."""
    certificates = [
        Certificate(c["kind"], day(c["valid_from"]), day(c["valid_to"]), c["suspended"])
        for c in inputs["certificates"]
    ]
    courses = [CourseDone(c["course"], c["year"], c["makes_up"]) for c in inputs["courses"]]
    found = rights(day(inputs["date"]), certificates, inputs["required_courses"], courses)
    return {"allowed": list(found.allowed), "missing_courses": list(found.missing_courses)}


def leave(inputs: Inputs) -> Mapping[str, Any]:
    """AUD-04: block leave, or rotation."""
    if inputs["op"] == "rotation":
        found = block_leave.rotation(
            day(inputs["start"]),
            day(inputs["as_of"]),
            inputs["max_months"],
            inputs["extension_months"],
        )
        return {"due": str(found.due), "overdue_days": found.overdue_days}
    leaves = [(day(each["from"]), day(each["to"])) for each in inputs["leaves"]]
    is_working_day = case_calendar(inputs).is_business_day
    longest = block_leave.longest_leave(inputs["year"], leaves, is_working_day)
    return {"longest": longest, "ok": longest >= inputs["min_days"]}


def loss(inputs: Inputs) -> Mapping[str, Any]:
    """RSK-02."""
    gross = money(inputs["gross"])
    recoveries = [
        loss_events.Recovery(r["kind"] == "direct", money(r["amount"]), day(r["date"]))
        for r in inputs["recoveries"]
    ]
    found = loss_events.net_loss(gross, recoveries, day(inputs["as_of"]))
    return {
        "category": loss_events.category(loss_events.Cause(**inputs["cause"])),
        "net_after_direct": str(found.after_direct),
        "net": str(found.net),
        "level": loss_events.level(gross, loss_levels(shipped(), _ANY_DAY)),
    }


def risk_indicator(inputs: Inputs) -> Mapping[str, Any]:
    """RSK-03."""
    line = IndicatorLine(
        inputs["scale"],
        Fraction(inputs["amber"]),
        Fraction(inputs["red"]),
        inputs["direction"] == "high_is_bad",
    )
    numerator, denominator = Fraction(inputs["numerator"]), Fraction(inputs["denominator"])
    found = indicator(numerator, denominator, line, Colour(inputs["previous_colour"]))
    # Two decimals half up are those of an amount in hundredths.
    shown = None if found.value is None else str(round_to_money(100 * found.value).money)
    return {
        "value": shown,
        "colour": found.colour.value,
        "action_required": found.action_required,
    }


ADAPTERS: Final[dict[str, Adapter]] = {
    "AML-01": large_value,
    "AML-02": suspicion,
    "AML-08": keeping,
    "AUD-01": audit,
    "AUD-02": training,
    "AUD-04": leave,
    "RSK-02": loss,
    "RSK-03": risk_indicator,
}
