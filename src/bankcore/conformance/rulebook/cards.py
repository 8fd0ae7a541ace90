"""Adapters of credit cards: CC-01 … CC-15 (instalments, points and conduct in `card_services`)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any, Final

from bankcore.conformance.cases import Adapter
from bankcore.conformance.read import Inputs, day, maybe_day
from bankcore.conformance.rulebook import card_services
from bankcore.rules.cards import limits
from bankcore.rules.cards.allocation import OpenItem, allocate_credit
from bankcore.rules.cards.autopay import AutopayMode, Target, autopay_debits
from bankcore.rules.cards.buckets import QueueEntry, fill, past_due
from bankcore.rules.cards.cash import CashTerms, Draw, cash_advance
from bankcore.rules.cards.cycle import billing_of
from bankcore.rules.cards.interest import DayRate, InterestMode, SingleItem, item_interest
from bankcore.rules.cards.kinds import ItemKind
from bankcore.rules.cards.late_charge import LateTerms, cap_of, capped, late_charge
from bankcore.rules.cards.minimum import Earlier, MinimumTerms, Owed, minimum_payment
from bankcore.rules.cards.statement import CardTerms, Cut, Fact, run
from bankcore.rules.cards.tolerance import Billed, ToleranceTerms, judge_statement
from bankcore.values.money import ZERO, Money, yuan
from bankcore.values.reasons import Rejected


def dated(rows: list[Inputs]) -> list[tuple[date, Money]]:
    """`[{date, amount}]` as pairs."""
    return [(day(row["date"]), yuan(row["amount"])) for row in rows]


def limits_and_fee(inputs: Inputs) -> Mapping[str, Any]:
    """CC-01: what is available, or the annual fee of a day."""
    on = day(inputs["date"])
    if inputs["op"] == "annual_fee":
        terms = limits.AnnualFeeTerms(fee=yuan(inputs["fee"]), waiver_count=inputs["waiver_count"])
        activated = maybe_day(inputs["activated"])
        fee = limits.annual_fee(activated, on, inputs["purchases_last_year"], terms)
        return {"fee": str(fee)}
    limit = limits.Limit(
        permanent=yuan(inputs["limit"]),
        increase=yuan(inputs["temp_increase"]),
        increase_from=maybe_day(inputs["temp_from"]),
        increase_to=maybe_day(inputs["temp_to"]),
    )
    names = ("used", "used_cash", "held", "held_cash", "credit")
    use = limits.Use(**{name: yuan(inputs[name]) for name in names})
    left = limits.available(limit, use, on, Fraction(inputs["cash_pct"]))
    return {"available": str(left.available), "cash_available": str(left.cash)}


def cycle(inputs: Inputs) -> Mapping[str, Any]:
    """CC-02: where a purchase lands."""
    found = billing_of(day(inputs["posting_date"]), inputs["statement_day"], inputs["due_offset"])
    return {
        "statement_date": found.statement_date.isoformat(),
        "due_date": found.due_date.isoformat(),
        "interest_free_days": found.interest_free_days,
    }


def minimum(inputs: Inputs) -> Mapping[str, Any]:
    """CC-03: the minimum payment."""
    groups = ("purchases", "cash", "instalment", "interest", "fees")
    owed = Owed(**{name: yuan(inputs[name]) for name in groups})
    earlier = Earlier(
        minimum=yuan(inputs["prev_minimum"]),
        purchase_share=yuan(inputs["prev_purchase_share"]),
        credits_since=yuan(inputs["credits_since"]),
    )
    terms = MinimumTerms(share=Fraction(inputs["min_pct"]), floor=yuan(inputs["min_floor"]))
    found = minimum_payment(owed, yuan(inputs["limit"]), earlier, terms)
    return {
        "balance": str(found.balance),
        "minimum": str(found.minimum.amount),
        "purchase_share": str(found.purchase_share),
    }


def interest(inputs: Inputs) -> Mapping[str, Any]:
    """CC-04: one item, or a run over statements."""
    if inputs["op"] == "run":
        return {"statements": [_statement(cut) for cut in _cuts(inputs)]}
    single = SingleItem(
        kind=ItemKind(inputs["kind"]),
        amount=yuan(inputs["amount"]),
        posted=day(inputs["posting_date"]),
        permyriad=Fraction(inputs["daily_rate"]),
    )
    payments = dated(inputs["payments"])
    found, days = item_interest(single, payments, day(inputs["until"]), compound=True)
    return {"interest": str(found.amount), "balance_days": days}


def _cuts(inputs: Inputs) -> list[Cut]:
    p = inputs["params"]
    first = day(inputs["first_statement"])
    terms = CardTerms(
        statement_day=p["statement_day"],
        due_offset=p["due_offset"],
        mode=InterestMode(p["mode"]),
        compound=p["compound"],
        rates=(DayRate(date.min, Fraction(p["daily_rate"])),),
        minimum=MinimumTerms(share=Fraction(p["min_pct"]), floor=yuan(p["min_floor"])),
        late=LateTerms(
            share=Fraction(p["late_pct"]),
            least=yuan(p["late_min"]),
            tolerance=yuan(p["tol_amount"]),
        ),
        tolerance_days=p["tol_days"],
    )
    facts = [Fact(day(e["date"]), e["kind"], yuan(e["amount"])) for e in inputs["entries"]]
    return run(terms, yuan(p["limit"]), facts, first, day(inputs["last_statement"]))


def _statement(cut: Cut) -> Mapping[str, Any]:
    made = cut.statement
    return {
        "statement_date": made.statement_date.isoformat(),
        "due_date": made.due_date.isoformat(),
        "balance": str(made.payment.balance),
        "minimum": str(made.payment.minimum.amount),
        "retail_interest": str(cut.retail),
        "cash_interest": str(cut.cash),
        "late_fee": str(cut.late),
    }


def late(inputs: Inputs) -> Mapping[str, Any]:
    """CC-05: the late charge, or the cap over an episode."""
    if inputs["op"] == "cap":
        cap = cap_of(yuan(inputs["principal"]), Fraction(inputs["cap_pct"]))
        amounts = [yuan(p["amount"]) for p in inputs["postings"]]
        return {"posted": [str(m) for m in capped(cap, ZERO, amounts)]}
    terms = LateTerms(
        share=Fraction(inputs["late_pct"]),
        least=yuan(inputs["late_min"]),
        tolerance=yuan(inputs["tol_amount"]),
    )
    found = late_charge(yuan(inputs["minimum"]), yuan(inputs["paid"]), terms)
    return {"short": str(found.short), "late_fee": str(found.charge.amount)}


def tolerance(inputs: Inputs) -> Mapping[str, Any]:
    """CC-06: is the statement paid?"""
    issued = day(inputs["statement_date"])
    due = date.fromordinal(issued.toordinal() + inputs["due_offset"])
    billed = Billed(
        statement_date=issued,
        due_date=due,
        balance=yuan(inputs["balance"]),
        minimum=yuan(inputs["minimum"]),
    )
    terms = ToleranceTerms(days=inputs["tol_days"], amount=yuan(inputs["tol_amount"]))
    found = judge_statement(billed, dated(inputs["payments"]), terms)
    return {
        "due_date": found.due_date.isoformat(),
        "last_day": found.last_day.isoformat(),
        "paid": str(found.paid),
        "full": found.full,
        "minimum_met": found.minimum_met,
    }


def cash(inputs: Inputs) -> Mapping[str, Any]:
    """CC-07: a draw of notes in steps of 100 yuan."""
    terms = CashTerms(
        daily_cap=yuan(inputs["daily_cap"]),
        step=yuan("100"),
        fee_pct=Fraction(inputs["fee_pct"]),
        fee_min=yuan(inputs["fee_min"]),
        fee_max=yuan(inputs["fee_max"]),
    )
    names = ("amount", "drawn_today", "cash_available", "credit_balance")
    draw = Draw(**{name: yuan(inputs[name]) for name in names})
    try:
        found = cash_advance(draw, terms)
    except Rejected as no:
        refused = {"allowed": False, "reason": no.reason.value}
        return {**refused, "fee": "0.00", "credit_part": "0.00"}
    return {
        "allowed": True,
        "reason": None,
        "fee": str(found.fee.amount),
        "credit_part": str(found.credit_part),
    }


def allocation(inputs: Inputs) -> Mapping[str, Any]:
    """CC-10: what a payment pays."""
    items = [
        OpenItem(
            i["id"],
            ItemKind(i["kind"]),
            i["billed"],
            day(i["posting_date"]),
            yuan(i["amount"]),
        )
        for i in inputs["items"]
    ]
    found = allocate_credit(yuan(inputs["payment"]), inputs["dpd"], items)
    return {
        "allocation": [{"id": key, "amount": str(amount)} for key, amount in found.parts],
        "surplus": str(found.surplus),
    }


def autopay(inputs: Inputs) -> Mapping[str, Any]:
    """CC-11: debits of one statement."""
    target = Target(
        mode=AutopayMode(inputs["mode"]),
        statement_date=day(inputs["statement_date"]),
        due_date=day(inputs["due_date"]),
        balance=yuan(inputs["balance"]),
        minimum=yuan(inputs["minimum"]),
    )
    debits = autopay_debits(
        target, inputs["tol_days"], dated(inputs["payments"]), dated(inputs["available"])
    )
    return {"debits": [{"date": on.isoformat(), "amount": str(m)} for on, m in debits]}


def overdue(inputs: Inputs) -> Mapping[str, Any]:
    """CC-12: days past due and bucket."""
    as_of = day(inputs["as_of"])
    queue = tuple(
        QueueEntry(day(s["statement_date"]), day(s["due_date"]), yuan(s["new_minimum"]))
        for s in inputs["statements"]
    )
    for on, amount in dated(inputs["credits"]):
        if on <= as_of:
            queue = fill(queue, on, amount)
    terms = ToleranceTerms(days=inputs["tol_days"], amount=yuan(inputs["tol_amount"]))
    found = past_due(queue, as_of, terms)
    return {"dpd": found.dpd, "bucket": found.bucket, "past_due": str(found.amount)}


ADAPTERS: Final[dict[str, Adapter]] = {
    "CC-01": limits_and_fee,
    "CC-02": cycle,
    "CC-03": minimum,
    "CC-04": interest,
    "CC-05": late,
    "CC-06": tolerance,
    "CC-07": cash,
    "CC-10": allocation,
    "CC-11": autopay,
    "CC-12": overdue,
    **card_services.ADAPTERS,
}
