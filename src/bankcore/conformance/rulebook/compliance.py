"""Adapters of compliance, audit and risk: AML-03 … AML-05, AML-07, AML-09, AUD-03, RSK-01."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final

from bankcore.conformance.cases import Adapter
from bankcore.conformance.read import Inputs, case_calendar, day, maybe_day, text_of
from bankcore.products import compliance_terms as terms
from bankcore.products.catalogue import shipped
from bankcore.rules.compliance import (
    confidentiality,
    due_diligence,
    duties,
    kyc_status,
    measures,
    risk_rating,
    risk_register,
)
from bankcore.values.money import parse_amount
from bankcore.values.reasons import Rejected


def cdd(inputs: Inputs) -> Mapping[str, Any]:
    """AML-03 under the catalogue of the day."""
    on = day(inputs["date"])
    act = due_diligence.Act(
        service=due_diligence.Service(inputs["service"]),
        amount=parse_amount(inputs["amount"], inputs["currency"]),
        customer_kind=due_diligence.CustomerKind(inputs["customer_kind"]),
        risk=due_diligence.RiskGrade(inputs["risk"]),
        suspicious=inputs["suspicious"],
        identity_doubt=inputs["identity_doubt"],
    )
    needed = due_diligence.due_diligence(act, terms.diligence_terms(shipped(), on))
    fields = (
        "regime",
        "cdd_required",
        "verify_id",
        "register_and_copy",
        "ask_source_and_use",
        "beneficial_owner",
    )
    return {name: getattr(needed, name) for name in fields}


def rating(inputs: Inputs) -> Mapping[str, Any]:
    """AML-04 with the weights, cuts and cycles of the case."""
    rated = day(inputs["rated"])
    own = terms.RatingTerms(
        weights=inputs["weights"],
        cut_mid=inputs["cut_mid"],
        cut_high=inputs["cut_high"],
        first_rating_days=terms.rating_terms(shipped(), rated).first_rating_days,
        cycle_months=inputs["cycle_months"],
        overrides=frozenset(inputs["overrides"]),
    )
    given = risk_rating.RatingInput(
        inputs["scores"], tuple(inputs["overrides"]), day(inputs["onboarded"]), rated
    )
    result = risk_rating.rate_customer(given, own, case_calendar(inputs))
    return {
        "score": str(result.score),
        "grade": result.grade.value,
        "rate_by": result.rate_by.isoformat(),
        "late": result.late,
        "next_review": result.next_review.isoformat(),
    }


def kyc(inputs: Inputs) -> Mapping[str, Any]:
    """AML-05 with the days of the case."""
    file = kyc_status.KycFile(
        maybe_day(inputs["id_valid_to"]),
        maybe_day(inputs["next_review"]),
        inputs["identity_verified"],
    )
    own = terms.KycTerms(inputs["grace_days"], inputs["notice_days"])
    standing = kyc_status.kyc_standing(file, day(inputs["as_of"]), own)
    return {
        "status": standing.status.value,
        "new_product": standing.new_product,
        "debit": standing.debit,
        "credit": standing.credit,
        "notice_from": text_of(standing.notice_from),
        "grace_until": text_of(standing.grace_until),
    }


def need_to_know(inputs: Inputs) -> Mapping[str, Any]:
    """AML-07: visibility of an item."""
    viewer = confidentiality.Viewer(
        inputs["role"],
        is_reporter=inputs["is_reporter"],
        is_subject=inputs["is_subject"],
        aml_engagement_open=inputs["aml_engagement_open"],
    )
    return {"visible": confidentiality.visible(confidentiality.Item(inputs["item"]), viewer)}


def freezing(inputs: Inputs) -> Mapping[str, Any]:
    """AML-09 under the catalogue of the day; a refused order keeps the shape of the answer."""
    starts = datetime.fromisoformat(inputs["starts"])
    notice = inputs["continue_notice"]
    measure = measures.Measure(
        measures.Basis(inputs["basis"]),
        starts,
        maybe_day(inputs["order_until"]),
        None if notice is None else datetime.fromisoformat(notice),
        maybe_day(inputs["objection_date"]),
    )
    try:
        end = measures.measure_end(measure, terms.measure_terms(shipped(), starts.date()))
    except Rejected as no:
        return {
            "lift_at": None,
            "prior_notice_allowed": False,
            "objection_answer_by": None,
            "reason": no.reason.value,
        }
    lift_at = end.lift_at
    return {
        "lift_at": None if lift_at is None else lift_at.isoformat(timespec="minutes"),
        "prior_notice_allowed": end.prior_notice_allowed,
        "objection_answer_by": text_of(end.objection_answer_by),
        "reason": None,
    }


def separation(inputs: Inputs) -> Mapping[str, Any]:
    """AUD-03: standing pairs or the steps of a case."""
    if inputs["op"] == "case":
        found = duties.case_violations(inputs["actors"], inputs["distinct"])
    else:
        roles = [
            duties.RoleHeld(r["role"], day(r["from"]), maybe_day(r["to"])) for r in inputs["roles"]
        ]
        pairs = [(a, b) for a, b in inputs["pairs"]]
        found = duties.standing_violations(day(inputs["date"]), roles, pairs)
    return {"violations": [list(pair) for pair in found]}


def register(inputs: Inputs) -> Mapping[str, Any]:
    """RSK-01 under the catalogue of 2026."""
    own = terms.register_terms(shipped(), date(2026, 1, 1))
    score = risk_register.score_risk(
        inputs["likelihood"], inputs["impact"], inputs["control_pct"], own
    )
    return {
        "inherent": score.inherent,
        "inherent_band": score.inherent_band,
        "residual": str(score.residual),
        "residual_band": score.residual_band,
        "review_months": score.review_months,
    }


ADAPTERS: Final[Mapping[str, Adapter]] = {
    "AML-03": cdd,
    "AML-04": rating,
    "AML-05": kyc,
    "AML-07": need_to_know,
    "AML-09": freezing,
    "AUD-03": separation,
    "RSK-01": register,
}
