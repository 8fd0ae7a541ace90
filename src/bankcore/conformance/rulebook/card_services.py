"""Adapters of card services: instalments, points, plans, disputes, applications (CC-08 …)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

from bankcore.conformance.cases import Adapter
from bankcore.conformance.read import Inputs, day
from bankcore.operations.cards.policies import application_terms, cash_out_terms
from bankcore.products.catalogue import shipped
from bankcore.rules.cards import application, cash_out, points
from bankcore.rules.cards.dormancy import dormancy
from bankcore.rules.cards.instalment_end import EarlyEnd, refund_plan, settle_early
from bankcore.rules.cards.instalments import (
    ChargeMode,
    PlanPart,
    PlanStyle,
    PlanTerms,
    quote,
    schedule,
)
from bankcore.rules.cards.personal_plan import Agreement, plan_parts
from bankcore.values.money import yuan
from bankcore.values.reasons import Rejected

_LONGEST: Final = 60


def instalments(inputs: Inputs) -> Mapping[str, Any]:
    """CC-08: a quote, an early settlement, a refund of the purchase behind a plan."""
    principal = yuan(inputs["principal"])
    terms = PlanTerms(
        parts=inputs["n"],
        monthly_pct=Fraction(inputs["monthly_rate"]),
        style=PlanStyle(inputs["style"]),
        mode=ChargeMode(inputs["mode"]),
    )
    if inputs["op"] == "quote":
        made = quote(principal, terms)
        apr = Decimal(made.apr.numerator) / Decimal(made.apr.denominator)
        return {
            "parts": _parts(made.parts),
            "total_charge": str(made.total_charge),
            "apr": f"{apr:.2f}",
        }
    parts = schedule(principal, terms)
    if inputs["op"] == "refund":
        left = refund_plan(parts, inputs["billed"], yuan(inputs["refund"]))
        return {"parts": _parts(left.parts), "to_account": str(left.to_account)}
    end = EarlyEnd(
        billed=inputs["billed"],
        last_statement=day(inputs["last_statement"]),
        next_statement=day(inputs["next_statement"]),
        on=day(inputs["settle_date"]),
        used_time=inputs["used_time_rule"],
    )
    due = settle_early(parts, end)
    return {"principal_due": str(due.principal), "charge_due": str(due.charge.amount)}


def _parts(parts: Iterable[PlanPart]) -> list[Mapping[str, Any]]:
    return [{"nr": p.number, "principal": str(p.principal), "charge": str(p.charge)} for p in parts]


def point_rules(inputs: Inputs) -> Mapping[str, Any]:
    """CC-09: earning, taking back, redeeming."""
    if inputs["op"] == "redeem":
        return _redeeming(inputs)
    terms = points.EarnTerms(
        per_yuan=inputs["per_yuan"],
        multiplier=inputs["multiplier"],
        monthly_cap=inputs.get("monthly_cap", 0),
    )
    if inputs["op"] == "earn":
        got = points.earned(yuan(inputs["amount"]), inputs["earned_this_month"], terms)
        return {"points": got}
    back = points.Returned(
        amount=yuan(inputs["amount"]),
        refunded_before=yuan(inputs["refunded_before"]),
        refund=yuan(inputs["refund"]),
        earned=inputs["earned"],
    )
    return {"take_back": points.clawback(back, terms)}


def _redeeming(inputs: Inputs) -> Mapping[str, Any]:
    on = day(inputs["date"])
    lots = [points.Lot(day(f"{x['month']}-01"), x["points"]) for x in inputs["lots"]]
    terms = points.RedeemTerms(
        months_valid=inputs["months_valid"],
        step=inputs["step"],
        points_per_yuan=inputs["points_per_yuan"],
    )
    try:
        done = points.redeem(lots, inputs["redeem"], on, terms)
    except Rejected as no:
        kept = points.unexpired(lots, on, terms.months_valid)
        refused = {"allowed": False, "reason": no.reason.value, "value": "0.00"}
        return {**refused, "lots": _lots(kept)}
    return {"allowed": True, "reason": None, "lots": _lots(done.lots), "value": str(done.value)}


def _lots(lots: Iterable[points.Lot]) -> list[Mapping[str, Any]]:
    return [{"month": f"{lot.month:%Y-%m}", "points": lot.points} for lot in lots]


def personal_plan(inputs: Inputs) -> Mapping[str, Any]:
    """CC-13: the parts of a personalised plan."""
    names = ("principal", "interest", "fees", "waived", "first_payment")
    agreement = Agreement(
        **{name: yuan(inputs[name]) for name in names},
        parts=inputs["n"],
        signed=day(inputs["signed"]),
        due_day=inputs["due_day"],
    )
    try:
        parts = plan_parts(agreement, _LONGEST)
    except Rejected as no:
        return {"allowed": False, "reason": no.reason.value, "parts": []}
    return {
        "allowed": True,
        "reason": None,
        "parts": [
            {"nr": p.number, "due_date": p.due.isoformat(), "amount": str(p.amount)} for p in parts
        ],
    }


def conduct(inputs: Inputs) -> Mapping[str, Any]:
    """CC-14: a dormant card, or signs of cashing out under the catalogue of the day."""
    as_of = day(inputs["as_of"])
    if inputs["op"] == "dormant":
        owed = (yuan(inputs["debt"]), yuan(inputs["credit"]))
        found = dormancy(day(inputs["last_activity"]), as_of, inputs["months"], owed)
        return {"dormant": found.dormant, "dormant_from": found.since.isoformat()}
    swipes = [
        cash_out.Swipe(day(p["date"]), p["hour"], p["merchant"], p["high_risk"], yuan(p["amount"]))
        for p in inputs["purchases"]
    ]
    activity = cash_out.Activity(
        limit=yuan(inputs["limit"]),
        as_of=as_of,
        purchases=swipes,
        payments=[(day(p["date"]), yuan(p["amount"])) for p in inputs["payments"]],
    )
    seen = cash_out.cash_out(activity, cash_out_terms(shipped(), as_of))
    return {"signs": list(seen.signs), "score": seen.score, "alert": seen.alert}


def applying(inputs: Inputs) -> Mapping[str, Any]:
    """CC-15 under the catalogue of the day; the bank's cap is an input."""
    on = day(inputs["date"])
    product = application.ProductRange(yuan(inputs["product_min"]), yuan(inputs["product_max"]))
    amounts = {"income", "monthly_dues", "other_bank_limits", "own_limits"}
    elsewhere = {"date", "product_min", "product_max", "bank_cap"}
    facts = {key: value for key, value in inputs.items() if key not in elsewhere}
    facts |= {name: yuan(inputs[name]) for name in amounts}
    applicant = application.Applicant(**{**facts, "birth": day(inputs["birth"])})
    shelf = application_terms(shipped(), on)
    assert shelf.bank_cap == yuan(inputs["bank_cap"]), "the examples use the bank's cap"
    try:
        limit = application.card_limit(applicant, product, on, shelf)
    except Rejected as no:
        return {"approved": False, "reason": no.reason.value, "limit": "0.00"}
    return {"approved": True, "reason": None, "limit": str(limit)}


ADAPTERS: Final[dict[str, Adapter]] = {
    "CC-08": instalments,
    "CC-09": point_rules,
    "CC-13": personal_plan,
    "CC-14": conduct,
    "CC-15": applying,
}
