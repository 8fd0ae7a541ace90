"""Adapters of complaints and staff: CMP-01 … CMP-07, EMP-01 … EMP-03."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any, Final

from bankcore.conformance.cases import Adapter
from bankcore.conformance.read import Inputs, case_calendar, day, maybe_day, verdict
from bankcore.products import complaint_terms as terms
from bankcore.products.catalogue import shipped
from bankcore.products.employee_terms import needed_certificates
from bankcore.rules.complaints import (
    clock,
    compensation,
    extension,
    intake,
    ownership,
    redress,
    severity,
)
from bankcore.rules.employees import appointment, authority, qualification
from bankcore.values.money import yuan
from bankcore.values.rates import AnnualRate

_TODAY: Final = date(2026, 3, 2)


def receiving(inputs: Inputs) -> Mapping[str, Any]:
    """CMP-01 under the catalogue of the day of receipt."""
    received = day(inputs["received"])
    rest = {k: v for k, v in inputs.items() if k not in {"received", "holidays", "workdays"}}
    message = intake.Message(received=received, **rest)
    result = intake.intake(message, terms.intake_terms(shipped(), received), case_calendar(inputs))
    return {
        "kind": result.kind.value,
        "register_by": result.register_by and result.register_by.isoformat(),
        "acknowledge_by": result.acknowledge_by and result.acknowledge_by.isoformat(),
    }


def grading(inputs: Inputs) -> Mapping[str, Any]:
    """CMP-02 under the catalogue of 2026."""
    facts = severity.SeverityFacts(**{**inputs, "claim_amount": yuan(inputs["claim_amount"])})
    graded = severity.grade_complaint(facts, terms.severity_terms(shipped(), _TODAY))
    return {"points": graded.points, "severity": graded.severity.value}


def repeats(inputs: Inputs) -> Mapping[str, Any]:
    """CMP-03: a later message of the same customer."""
    old, new = inputs["existing"], inputs["new"]
    known = ownership.KnownComplaint(
        old["customer"],
        old["matter"],
        frozenset(old["facts"]),
        day(old["clock_from"]),
        maybe_day(old["decision_received"]),
    )
    received = day(new["received"])
    grievance = ownership.Grievance(
        new["customer"], new["matter"], received, frozenset(new["facts"])
    )
    window = terms.extension_terms(shipped(), received).review_window_days
    handling = ownership.repeat_handling(known, grievance, window)
    return {
        "action": handling.action.value,
        "clock_from": handling.clock_from and handling.clock_from.isoformat(),
    }


def time_limits(inputs: Inputs) -> Mapping[str, Any]:
    """CMP-04 under the catalogue of the day of receipt."""
    start = day(inputs["clock_from"])
    spans = tuple(clock.ExcludedSpan(day(s["from"]), day(s["to"])) for s in inputs["excluded"])
    given = clock.ClockInput(
        start, clock.Stage(inputs["stage"]), spans, maybe_day(inputs["replied"])
    )
    result = clock.complaint_clock(given, day(inputs["as_of"]), terms.clock_terms(shipped(), start))
    return {
        "due_15": result.due_simple.isoformat(),
        "due_30": result.due_complex.isoformat(),
        "due_60": result.due_special.isoformat(),
        "due": result.due.isoformat(),
        "late_days": result.late_days,
    }


def prolonging(inputs: Inputs) -> Mapping[str, Any]:
    """CMP-05: an extension or a request for review."""
    if inputs["op"] == "review":
        return _review(inputs)
    on = day(inputs["recorded_on"])
    asked = extension.Extension(
        to={30: clock.Stage.COMPLEX, 60: clock.Stage.SPECIAL}[inputs["to"]],
        stage=clock.Stage(inputs["stage"]),
        recorded_on=on,
        current_due=day(inputs["current_due"]),
        reason=inputs["reason"],
        approver=inputs["approver"],
        handler=inputs["handler"],
        approver_grade=inputs["approver_grade"],
        told_on=maybe_day(inputs["told_on"]),
        closed=inputs["closed"],
    )
    own = terms.extension_terms(shipped(), on)
    return verdict(lambda: extension.check_extension(asked, own), "ok")


def _review(inputs: Inputs) -> Mapping[str, Any]:
    requested = day(inputs["requested"])
    asked = extension.Review(
        maybe_day(inputs["decision_received"]),
        requested,
        inputs["reviewer_level"],
        inputs["decider_level"],
    )
    window = extension.review_window(asked, terms.extension_terms(shipped(), requested))
    return {
        "window_until": window.window_until.isoformat(),
        "reason": None,
        "review_due": window.review_due.isoformat(),
    }


def payment_authority(inputs: Inputs) -> Mapping[str, Any]:
    """CMP-06 with the limits of the case."""
    limits = {
        kind: {int(g): yuan(limit) for g, limit in row.items()}
        for kind, row in inputs["limits"].items()
    }
    own = terms.CompensationTerms(limits, goodwill_months=12)
    payment = compensation.Payment(
        kind=compensation.CompensationKind(inputs["kind"]),
        amount=yuan(inputs["amount"]),
        approver=inputs["approver"],
        approver_grade=inputs["approver_grade"],
        handler=inputs["handler"],
        subjects=inputs["subjects"],
        paid_same_complaint=yuan(inputs["paid_same_complaint"]),
        goodwill_12_months=yuan(inputs["goodwill_12_months"]),
    )
    needed = compensation.compensation_authority(payment, own)
    return {
        "counted": str(needed.counted),
        "required_grade": needed.required_grade,
        **verdict(lambda: compensation.check_compensation(payment, own), "ok"),
    }


def restoring(inputs: Inputs) -> Mapping[str, Any]:
    """CMP-07: wrong amounts and missold investments."""
    on, rate = day(inputs["redress_date"]), AnnualRate.of(inputs["rate_pct"])
    if inputs["op"] == "missold":
        return _missold(inputs, on, rate)
    items = [
        redress.WrongItem(day(i["date"]), yuan(i["charged"]), yuan(i["right"]))
        for i in inputs["items"]
    ]
    wrong = redress.redress_wrong_amount(items, inputs["sign"], on, rate)
    return {
        "difference": str(wrong.difference.amount),
        "time_value": str(wrong.time_value.amount),
        "redress": str(wrong.redress),
    }


def _missold(inputs: Inputs, on: date, rate: AnnualRate) -> Mapping[str, Any]:
    flows = {
        name: tuple(redress.Flow(day(f["date"]), yuan(f["amount"])) for f in inputs[name])
        for name in ("paid_in", "received")
    }
    given = redress.Missold(
        flows["paid_in"],
        flows["received"],
        yuan(inputs["value_now"]),
        inputs["customer_share_pct"],
    )
    cap = terms.redress_terms(shipped(), on).customer_share_cap_pct
    result = redress.redress_missold(given, on, rate, cap)
    return {name: str(getattr(result, name).amount) for name in ("should_have", "has", "redress")}


def appointing(inputs: Inputs) -> Mapping[str, Any]:
    """EMP-01."""
    candidate = appointment.Candidate(
        id=inputs["candidate"],
        grade=inputs["grade"],
        education=appointment.Education(inputs["education"]),
        identity_verified=inputs["identity_verified"],
        diploma_verified=inputs["diploma_verified"],
        declaration_signed=inputs["declaration_signed"],
        banned_until=maybe_day(inputs["banned_until"]),
        relative_in_reporting_line=inputs["relative_in_reporting_line"],
        toxic=inputs["toxic"],
    )
    asked = appointment.Appointment(
        candidate,
        inputs["appointer"],
        inputs["appointer_grade"],
        day(inputs["date"]),
        appointment.Education(inputs["required_education"]),
        inputs["exception_approved_by"],
    )
    return verdict(lambda: appointment.check_appointment(asked), "ok")


def qualifying(inputs: Inputs) -> Mapping[str, Any]:
    """EMP-02 under the catalogue of the day."""
    on = day(inputs["date"])
    held = [
        qualification.Certificate(
            c["kind"],
            day(c["valid_from"]),
            day(c["valid_to"]),
            suspended=c["suspended"],
        )
        for c in inputs["certificates"]
    ]
    needed = needed_certificates(shipped(), inputs["activity"], on)
    missing = qualification.shortcomings(needed, held, on)
    return {
        **verdict(lambda: qualification.check_qualified(needed, held, on), "ok"),
        "missing": [{"kind": m.kind, "reason": m.reason.value} for m in missing],
    }


def authorising(inputs: Inputs) -> Mapping[str, Any]:
    """EMP-03 with the table of the case, in hundredths of its unit."""
    limits = {
        int(grade): Fraction(yuan(limit).minor)
        for grade, limit in inputs["table"][inputs["kind"]].items()
    }
    asked = authority.Authorisation(
        amount=Fraction(yuan(inputs["amount"]).minor),
        actor=inputs["actor"],
        actor_grade=inputs["actor_grade"],
        makers=inputs["makers"],
        on=day(inputs["date"]),
        delegated_until=maybe_day(inputs["delegated_until"]),
    )
    return {
        "required_grade": authority.required_grade(asked.amount, limits),
        **verdict(lambda: authority.check_authority(asked, limits), "ok"),
    }


ADAPTERS: Final[Mapping[str, Adapter]] = {
    "CMP-01": receiving,
    "CMP-02": grading,
    "CMP-03": repeats,
    "CMP-04": time_limits,
    "CMP-05": prolonging,
    "CMP-06": payment_authority,
    "CMP-07": restoring,
    "EMP-01": appointing,
    "EMP-02": qualifying,
    "EMP-03": authorising,
}
