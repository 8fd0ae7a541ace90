"""Worked examples of annual rates: deposit yields, actuarial APR, effective APRC."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from bankcore.rules.annual_rates import (
    UnitPeriod,
    apr_actuarial,
    aprc_dated,
    aprc_monthly,
    aprc_single,
    apy,
    apy_earned,
    power,
)
from bankcore.values.dates import add_months
from bankcore.values.money import round_to_money

Data = Mapping[str, Any]
Figures = dict[str, Fraction]


def cents(exact: Fraction) -> Fraction:
    """Rounded half up to cents."""
    return Fraction(round_to_money(exact * 100).money.minor, 100)


def yields(inputs: Data) -> Figures:
    """Regulation DD: interest of stepped or tiered rates, average balance, yield."""
    if "steps" in inputs:
        return _stepped(inputs)
    if "tiers" in inputs:
        return _tiered(inputs)
    if "rates_pct" in inputs:
        growth = Fraction(1)
        days = sum(inputs["days"])
        for pct, span in zip(inputs["rates_pct"], inputs["days"], strict=True):
            growth *= power(1 + Fraction(pct) / 100, Fraction(span, 365))
        return {"apy_pct": 100 * (power(growth, Fraction(365, days)) - 1)}
    if "balances" in inputs:
        weighted = sum(Fraction(balance) * days for balance, days in inputs["balances"])
        average = weighted / inputs["days"]
        earned = apy(average, Fraction(inputs["interest"]), inputs["days"])
        return {"average_daily_balance": average, "apy_pct": earned}
    if "compounding_days" in inputs:
        balance, days = Fraction(inputs["balance"]), inputs["days"]
        interest = cents(balance * Fraction(inputs["rate_pct"]) / 100 * days / 365)
        earned = apy_earned(balance, interest, days, inputs["compounding_days"])
        return {"interest": interest, "apy_pct": earned}
    interest = Fraction(inputs["interest"])
    return {"apy_pct": apy(Fraction(inputs["principal"]), interest, inputs["days"])}


def _daily(balance: Fraction, pct: Fraction, days: int) -> Fraction:
    return balance * (1 + pct / 36500) ** days


def _stepped(inputs: Data) -> Figures:
    """Daily compounding; interest is credited to the cent at the end of each year."""
    principal = balance = Fraction(inputs["principal"])
    days = 0
    for step in inputs["steps"]:
        balance = _daily(balance, Fraction(step["rate_pct"]), step["days"])
        days += step["days"]
        balance = cents(balance) if days % 365 == 0 else balance
    interest = cents(balance - principal)
    return {"interest": interest, "apy_pct": apy(principal, interest, days)}


def _tiered(inputs: Data) -> Figures:
    """Method A: the balance's tier on all of it; method B: each slice at its own rate."""
    balance, days = Fraction(inputs["balance"]), inputs["days"]
    tiers = _tiers(inputs["tiers"])
    if inputs["method"] == "A":
        pct = next(rate for limit, rate in tiers if limit is None or balance <= limit)
        interest = cents(_daily(balance, pct, days) - balance)
    else:
        low, interest = Fraction(0), Fraction(0)
        for limit, pct in tiers:
            part = (balance if limit is None else min(balance, limit)) - low
            if part > 0:
                interest += _daily(part, pct, days) - part
            low = limit if limit is not None else balance
        interest = cents(interest)
    return {"interest": interest, "apy_pct": apy(balance, interest, days)}


def _tiers(text: str) -> list[tuple[Fraction | None, Fraction]]:
    """Read `5.25% to 2,500; 5.50% to 15,000; 5.75% above`."""
    tiers: list[tuple[Fraction | None, Fraction]] = []
    for part in text.split(";"):
        match = re.fullmatch(r"\s*([\d.]+)% (?:to ([\d,]+)|above)\s*", part)
        if match is None:
            raise ValueError(f"tier {part!r} is not like 5.25% to 2,500")
        limit = Fraction(match[2].replace(",", "")) if match[2] else None
        tiers.append((limit, Fraction(match[1])))
    return tiers


def actuarial(inputs: Data) -> Figures:
    """Regulation Z: one advance, payments dated or at equal months."""
    advance = Fraction(inputs["advance"])
    if inputs["unit_period"] == "month":
        amounts = [Fraction(p) for p in inputs["payments"]]
        payments = [(nr, Fraction(0), amount) for nr, amount in enumerate(amounts, 1)]
        return {
            "apr_pct": apr_actuarial(advance, payments, Fraction(12)),
            "finance_charge": sum(amounts) - advance,
            "total_of_payments": sum(amounts, Fraction(0)),
        }
    match = re.fullmatch(r"\('(\w+)', (\d+)\)", inputs["unit_period"])
    if match is None:
        raise ValueError(f"unit period {inputs['unit_period']!r}")
    unit = UnitPeriod(match[1], int(match[2]))
    start = date.fromisoformat(inputs["advance_date"])
    payments = [
        (*unit.between(start, date.fromisoformat(on)), Fraction(amount))
        for on, amount in inputs["payments"]
    ]
    return {"apr_pct": apr_actuarial(advance, payments, unit.per_year)}


def aprc(inputs: Data) -> Figures:
    """EU and UK: one repayment after days, equal months, or dated payments."""
    advance = Fraction(inputs["advance"])
    if "repayment" in inputs:
        years = Fraction(inputs["days"]) / Fraction(inputs["year_basis_days"])
        return {"aprc_pct": aprc_single(advance, Fraction(inputs["repayment"]), years)}
    if "instalment" in inputs:
        count = int(inputs["count"])
        return {"aprc_pct": aprc_monthly(advance, Fraction(inputs["instalment"]), count)}
    payments = [(date.fromisoformat(on), Fraction(amount)) for on, amount in inputs["payments"]]
    given = inputs.get("advance_date")
    # Where no date is given the advance is one month before the first payment.
    start = date.fromisoformat(given) if given else add_months(payments[0][0], -1)
    return {"aprc_pct": aprc_dated(advance, payments, start)}
