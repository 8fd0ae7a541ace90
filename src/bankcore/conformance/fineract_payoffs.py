"""Payoffs of another core banking system: what settles a loan on a day, split to the cent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction
from typing import Any, Final

from bankcore.conformance.fineract import factor_of, spans_of
from bankcore.conformance.result import CaseResult, Status, compared
from bankcore.rules.instalment_plans import rounded
from bankcore.values.money import Money

KIND: Final = "Fineract payoffs"
Data = Mapping[str, Any]


def payoff_results(data: Data) -> Iterator[CaseResult]:
    """One case a payoff: amount, principal and interest of the last payment."""
    for case in data["payoff_cases"]:
        inputs = case["inputs"]
        try:
            principal, interest = payoff(inputs)
        except (KeyError, ValueError) as fault:
            problem = f"terms not understood: {fault}"
            yield CaseResult(KIND, case["id"], Status.FAILED, problem, inputs)
            continue
        wanted = case["expected"]["payoff"]
        computed = {"amount": principal + interest, "principal": principal, "interest": interest}
        pairs = [
            (f"{k} {wanted[k]}", f"{k} {got}", Fraction(wanted[k]) * 100 == got.minor)
            for k, got in computed.items()
        ]
        yield compared(KIND, case["id"], inputs, pairs)


def payoff(inputs: Data) -> tuple[Money, Money]:
    """Principal and interest that settle the loan on the pay-off day, after earlier payments.

    Interest runs to the day, or to the next due date where the strategy says so; a payment pays
    interest first.
    """
    on = date.fromisoformat(inputs["payoff_date"])
    balance = Money(int(Fraction(inputs["principal"]) * 100))
    since = date.fromisoformat(inputs["disbursement_date"])
    for payment in inputs["repayments"]:
        day = date.fromisoformat(payment["date"])
        interest = _interest(inputs, balance, since, day)
        balance -= Money(int(Fraction(payment["amount"]) * 100)) - interest
        since = day
    until = on
    if inputs["preclosure_strategy"] == "REST_FREQUENCY_DATE":
        until = next(due for _, due in spans_of(inputs) if due >= on)
    return balance, _interest(inputs, balance, since, until)


def _interest(inputs: Data, balance: Money, since: date, until: date) -> Money:
    """Whole periods by their factor, a part of one by its share of the period's days."""
    factor = Fraction(0)
    for start, end in spans_of(inputs):
        days = (min(until, end) - max(since, start)).days
        if days > 0:
            factor += factor_of(inputs, (start, end)) * Fraction(days, (end - start).days)
    return rounded(balance.minor * factor)
