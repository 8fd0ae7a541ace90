"""Adapters of selling wealth products: WM-01 … WM-08 and WM-13 under the catalogue of the day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from fractions import Fraction
from typing import Any, Final

from bankcore.conformance.cases import Adapter
from bankcore.conformance.read import Inputs, day, maybe_day, maybe_money, money, verdict
from bankcore.products.catalogue import shipped
from bankcore.products.suitability_terms import (
    MatchingTerms,
    RetestTerms,
    level_terms,
    qualified_terms,
    questionnaire_terms,
    wording_terms,
)
from bankcore.rules.employees.qualification import Certificate
from bankcore.rules.wealth.levels import RatedProduct, nature, product_level
from bankcore.rules.wealth.matching import Match, check_match
from bankcore.rules.wealth.ordering import OrderAmount, StepTaken, check_amount, step_fault
from bankcore.rules.wealth.qualified import Investor, check_qualified_investor, cooling_off
from bankcore.rules.wealth.questionnaire import Answers, risk_profile
from bankcore.rules.wealth.recording import RetentionTerms, keep_until, needed
from bankcore.rules.wealth.retests import RiskTest, check_retest, effective_level
from bankcore.rules.wealth.selling import Seller, SellingNeeds, check_seller
from bankcore.rules.wealth.wording import forbidden_phrases
from bankcore.values.money import ZERO
from bankcore.values.reasons import Rejected

# What a case does not give: ages and levels of WM-02, validity of WM-04, months of WM-06.
_ELDERLY_AGE, _ELDERLY_RISK, _VALID_DAYS = 65, 4, 365
_RETENTION: Final = RetentionTerms(after_end=6, from_sale=36)


def product(inputs: Inputs) -> Mapping[str, Any]:
    """WM-01: nature, or level."""
    terms = level_terms(shipped(), day(inputs["date"]))
    if inputs["op"] == "nature":
        keys = {"fixed_income": "debt_pct", "equity": "equity_pct", "commodity": "commodity_pct"}
        shares = {name: Fraction(inputs[key]) for name, key in keys.items()}
        return {"nature": nature(shares, terms)}
    rated = RatedProduct(
        base=inputs["base"],
        private=inputs["private"],
        leverage=Fraction(inputs["leverage_pct"]),
        low_rated=Fraction(inputs["low_rated_pct"]),
        closed_months=inputs["closed_months"],
    )
    found = product_level(rated, inputs["issuer_level"], terms)
    return {"seller_level": found.seller, "effective": found.effective, "on_sale": found.on_sale}


def matching(inputs: Inputs) -> Mapping[str, Any]:
    """WM-02."""
    caps = {int(level): Fraction(pct) for level, pct in inputs["caps"].items()}
    plain = ("on_sale", "risk", "tolerance", "tenor_months", "horizon_months", "professional")
    match = Match(
        **{name: inputs[name] for name in (*plain, "age", "elderly_review")},
        amount=money(inputs["amount"]),
        available=money(inputs["available"]),
        holding=money(inputs["holding"]),
        assets=money(inputs["assets"]),
        profile_valid_to=maybe_day(inputs["profile_valid_to"]),
        date=day(inputs["date"]),
    )
    terms = MatchingTerms(caps, _ELDERLY_AGE, _ELDERLY_RISK)
    found = verdict(lambda: check_match(match, terms))
    return {"pass": found["allowed"], "reason": found["reason"]}


def questionnaire(inputs: Inputs) -> Mapping[str, Any]:
    """WM-03."""
    on = day(inputs["date"])
    given = Answers(inputs["answers"], day(inputs["birth"]), on, inputs["elderly_review"])
    try:
        found = risk_profile(given, questionnaire_terms(shipped(), on))
    except Rejected as no:
        nothing = dict.fromkeys(("score", "band", "level", "horizon_months"), 0)
        return {"ok": False, "reason": no.reason.value, **nothing, "caps": []}
    return {
        "ok": True,
        "reason": None,
        "score": found.score,
        "band": found.band,
        "level": found.level,
        "caps": list(found.caps),
        "horizon_months": found.horizon_months,
    }


def retest(inputs: Inputs) -> Mapping[str, Any]:
    """WM-04: may a test be taken, or which level counts."""
    on = day(inputs["date"])
    if inputs["op"] == "may_test":
        terms = RetestTerms(inputs["per_day"], inputs["per_12m"], _VALID_DAYS)
        previous = [day(text) for text in inputs["previous"]]
        return verdict(lambda: check_retest(previous, on, terms))
    tests = [RiskTest(day(test["date"]), test["level"]) for test in inputs["tests"]]
    found = effective_level(tests, on, RetestTerms(0, 0, _VALID_DAYS))
    if found is None:
        return {"level": None, "valid_to": None}
    return {"level": found.level, "valid_to": str(found.valid_to)}


def wording(inputs: Inputs) -> Mapping[str, Any]:
    """WM-05; the lists are the same on every date."""
    terms = wording_terms(shipped(), date.max)
    return {"hits": forbidden_phrases(inputs["text"], terms, structured=inputs["structured"])}


def recording(inputs: Inputs) -> Mapping[str, Any]:
    """WM-06."""
    until = keep_until(
        day(inputs["sale_date"]),
        day(inputs["product_end"]),
        _RETENTION,
        complaint_open=inputs["complaint_open"],
    )
    return {
        "need": needed(inputs["channel"], natural_person=inputs["natural_person"]),
        "keep_until": None if until is None else str(until),
    }


def ordering(inputs: Inputs) -> Mapping[str, Any]:
    """WM-07: amounts, or steps."""
    if inputs["op"] == "amount":
        names = ("amount", "holding", "min_first", "min_add", "step", "bought_today")
        order = OrderAmount(
            **{name: money(inputs[name]) for name in names},
            daily_max=maybe_money(inputs["daily_max"]),
            quota=maybe_money(inputs["quota"]),
            raised=maybe_money(inputs["raised"]) or ZERO,
        )
        return verdict(lambda: check_amount(order))
    steps = [StepTaken(s["name"], datetime.fromisoformat(s["at"])) for s in inputs["steps"]]
    fault = step_fault(steps, self_directed=inputs["self_directed"], online=inputs["online"])
    return {
        "ok": fault is None,
        "reason": None if fault is None else f"{fault.reason.value}:{fault.step}",
    }


def investors(inputs: Inputs) -> Mapping[str, Any]:
    """WM-08: qualified, or cooling-off."""
    if inputs["op"] == "cooling":
        cooling = cooling_off(datetime.fromisoformat(inputs["signed"]), inputs["hours"])
        allowed = cooling.cancel_allowed(datetime.fromisoformat(inputs["at"]))
        return {"ends": cooling.ends.isoformat(timespec="minutes"), "cancel_allowed": allowed}
    investor = Investor(
        legal_person=inputs["legal_person"],
        years=inputs["years"],
        net_financial_assets=money(inputs["net_financial_assets"]),
        financial_assets=money(inputs["financial_assets"]),
        income=money(inputs["avg_income"]),
        net_assets=money(inputs["net_assets"]),
    )
    terms = qualified_terms(shipped(), day(inputs["date"]))
    found = verdict(lambda: check_qualified_investor(investor, terms))
    return {"qualified": found["allowed"], "reason": found["reason"]}


def selling(inputs: Inputs) -> Mapping[str, Any]:
    """WM-13; a certificate's kind is named behind its reason."""
    seller = Seller(
        active=inputs["active"],
        suspended=inputs["suspended"],
        certificates=[
            Certificate(c["kind"], day(c["from"]), day(c["to"])) for c in inputs["certificates"]
        ],
        hours_last_year=inputs["hours_last_year"],
        months_in_post=inputs["months_in_post"],
    )
    needs = SellingNeeds(inputs["required"], inputs["hours_needed"], inputs["months_needed"])
    try:
        check_seller(seller, needs, day(inputs["date"]))
    except Rejected as no:
        kind = no.facts.get("kind")
        return {"allowed": False, "reason": no.reason.value + (f":{kind}" if kind else "")}
    return {"allowed": True, "reason": None}


ADAPTERS: Final[dict[str, Adapter]] = {
    "WM-01": product,
    "WM-02": matching,
    "WM-03": questionnaire,
    "WM-04": retest,
    "WM-05": wording,
    "WM-06": recording,
    "WM-07": ordering,
    "WM-08": investors,
    "WM-13": selling,
}
