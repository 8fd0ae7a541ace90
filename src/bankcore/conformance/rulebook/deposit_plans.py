"""Adapters of DEP-10 to DEP-17: savings plans, draws, notice, agreement and optional deposits."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Final

from bankcore.conformance.cases import Adapter
from bankcore.conformance.read import Inputs, day, days_text, maybe_day, money, moves, rate
from bankcore.products.catalogue import shipped
from bankcore.rules.deposits.agreement import AgreementTerms, agreement_interest
from bankcore.rules.deposits.draws import (
    DrawPlan,
    close_draw_plan,
    close_interest_draw,
    draw_plan_interest,
    interest_draws,
    principal_draws,
)
from bankcore.rules.deposits.instalments import Plan, follow_plan, plan_interest, plan_payout
from bankcore.rules.deposits.notice import (
    NoticeDraw,
    NoticeGiven,
    draw_day,
    draw_notice,
    give_notice,
    proper_interest,
)
from bankcore.rules.deposits.optional import OptionalRates, optional_interest
from bankcore.rules.deposits.tranches import Tranche
from bankcore.values.money import total
from bankcore.values.reasons import Reason, Rejected


def _plan(given: Inputs) -> Plan:
    monthly = money(given["monthly"])
    return Plan(monthly, rate(given["rate_pct"]), day(given["start"]), given["term_months"])


def dep_10(given: Inputs) -> Inputs:
    """A savings plan in order."""
    plan = _plan(given)
    interest = plan_interest(plan)
    return {
        "maturity": plan.maturity.isoformat(),
        "month_products": interest.inputs["month_products"],
        "principal": str(plan.monthly * plan.term_months),
        "interest": str(interest.amount),
    }


def dep_11(given: Inputs) -> Inputs:
    """A savings plan with misses, paid out on a day."""
    plan = _plan(given)
    course = follow_plan(plan, [day(d) for d in given["deposits"]])
    paid = plan_payout(plan, course, day(given["payout_on"]), rate(given["demand_rate_pct"]))
    return {
        "status": "breach" if paid.breach_on else "in_order",
        "breach_on": paid.breach_on and paid.breach_on.isoformat(),
        "months_filled": list(paid.months_filled),
        "after_breach": paid.after_breach,
        "principal": str(paid.principal),
        "interest": str(paid.interest.amount),
        "overdue_interest": str(paid.overdue_interest.amount),
    }


def _draw_plan(given: Inputs) -> DrawPlan:
    return DrawPlan(
        money(given["principal"]),
        rate(given["rate_pct"]),
        day(given["start"]),
        given["term_months"],
        given["step_months"],
    )


def dep_12(given: Inputs) -> Inputs:
    """A lump drawn in parts, or closed early."""
    plan = _draw_plan(given)
    if given.get("op") == "early":
        closed = close_draw_plan(plan, day(given["on"]), rate(given["demand_rate_pct"]))
        return {
            "paid_principal": str(closed.paid_principal),
            "interest": str(closed.interest.amount),
        }
    amounts = [amount for _, amount in principal_draws(plan)]
    return {
        "draws": plan.count,
        "each": str(amounts[0]),
        "last": str(amounts[-1]),
        "maturity": plan.maturity.isoformat(),
        "interest": str(draw_plan_interest(plan).amount),
    }


def dep_13(given: Inputs) -> Inputs:
    """Interest drawn in parts, or closed early."""
    plan = _draw_plan(given)
    if given.get("op") == "early":
        closed = close_interest_draw(plan, day(given["on"]), rate(given["demand_rate_pct"]))
        return {
            "drawn": str(closed.drawn),
            "due": str(closed.due.amount),
            "clawback": str(closed.clawback),
            "paid": str(closed.paid),
        }
    draws = interest_draws(plan)
    return {
        "count": len(draws),
        "each": str(draws[0][1].amount),
        "last": str(draws[-1][1].amount),
        "total": str(total([part.amount for _, part in draws])),
        "dates": [on.isoformat() for on, _ in draws],
    }


def dep_14(given: Inputs) -> Inputs:
    """Giving notice, or a draw as announced."""
    if given["op"] == "proper":
        start, on = day(given["start"]), day(given["on"])
        interest = proper_interest(
            money(given["amount"]), start, on, rate(given["notice_rate_pct"])
        )
        return {"days": (on - start).days, "interest": str(interest.amount)}
    draw_on = draw_day(day(given["given_on"]), given["notice_days"])
    give_notice(
        money(given["principal"]),
        NoticeGiven(money(given["amount"]), draw_on),
        money(given["min_draw"]),
        has_open_notice=given["has_open_notice"],
    )
    return {"draw_on": draw_on.isoformat()}


def _notice_draw(given: Inputs) -> NoticeDraw:
    notice = given["notice"]
    return NoticeDraw(
        tranches=tuple(_tranche(t) for t in given["tranches"]),
        opened_on=day(given["opened_on"]),
        notice_days=given["notice_days"],
        on=day(given["on"]),
        amount=money(given["amount"]),
        notice=notice and NoticeGiven(money(notice["amount"]), day(notice["draw_on"])),
        lapsed=tuple(money(x["amount"]) for x in given["lapsed"]),
        notice_rate=rate(given["notice_rate_pct"]),
        demand_rate=rate(given["demand_rate_pct"]),
        min_draw=money(given["min_draw"]),
        min_balance=money(given["min_balance"]),
    )


def _tranche(given: Inputs) -> Tranche:
    return Tranche(money(given["amount"]), day(given["start"]))


def dep_15(given: Inputs) -> Inputs:
    """Any draw of a notice deposit."""
    drawn = draw_notice(_notice_draw(given))
    return {
        "grade": drawn.grade.value,
        "parts": [{"kind": p.kind, "amount": str(p.amount)} for p in drawn.parts],
        "interest": str(drawn.interest.amount),
        "paid_principal": str(drawn.paid_principal),
        "remaining": str(drawn.remaining),
        "closed": drawn.closed,
        "tranches_after": [
            {"amount": str(t.amount), "start": t.start.isoformat()} for t in drawn.tranches
        ],
        "lapsed_left": [{"amount": str(x)} for x in drawn.lapsed],
    }


def dep_16(given: Inputs) -> Inputs:
    """Two tiers over a period."""
    threshold = money(given["threshold"])
    minimum = shipped().money("deposit.agreement_threshold", day(given["start"]))
    if threshold < minimum:
        raise Rejected(Reason.THRESHOLD_BELOW_MINIMUM, minimum=minimum)
    terms = AgreementTerms(
        threshold,
        rate(given["demand_rate_pct"]),
        rate(given["agreement_rate_pct"]),
        maybe_day(given["contract_end"]),
    )
    result = agreement_interest(
        money(given["opening_balance"]),
        moves(given["movements"]),
        day(given["start"]),
        day(given["end"]),
        terms,
    )
    return {
        "low_days": days_text(result.low_days),
        "high_days": days_text(result.high_days),
        "interest": str(result.interest.amount),
    }


def dep_17(given: Inputs) -> Inputs:
    """A time/demand optional deposit drawn whole."""
    rates = OptionalRates(
        rate(given["demand_rate_pct"]),
        {int(months): rate(pct) for months, pct in given["rates"].items()},
        Fraction(3, 5),
    )
    result = optional_interest(
        money(given["principal"]), day(given["start"]), day(given["on"]), rates
    )
    return {
        "days": result.days,
        "tier": result.tier,
        "rate_pct": str(result.rate.percent),
        "interest": str(result.interest.amount),
    }


ADAPTERS: Final[Mapping[str, Adapter]] = {
    "DEP-10": dep_10,
    "DEP-11": dep_11,
    "DEP-12": dep_12,
    "DEP-13": dep_13,
    "DEP-14": dep_14,
    "DEP-15": dep_15,
    "DEP-16": dep_16,
    "DEP-17": dep_17,
}
