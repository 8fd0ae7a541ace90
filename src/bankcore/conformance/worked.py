"""Worked examples of regulators, courses and public notes, at the precision they print.

Format of `oracles/README.md` section 5. Cases whose verdict is not `agrees` are skipped.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from fractions import Fraction
from typing import Any, Final

from bankcore.conformance import worked_rates as rates
from bankcore.conformance.result import CaseResult, Status, compared
from bankcore.rules.annuities import Annuity, payment
from bankcore.values.money import round_to_money

Data = Mapping[str, Any]
Figures = dict[str, Fraction]


def worked_results(data: Data) -> Iterator[CaseResult]:
    """One case an example; the kind is `worked: <topic>`."""
    for case in data["cases"]:
        kind = f"worked: {case['topic']}"
        if case["verdict"] != "agrees":
            reason = f"the source disagrees with its own inputs: {case['note']}"
            yield CaseResult(kind, case["id"], Status.SKIPPED, reason, case["inputs"])
            continue
        try:
            figures = figures_of(case)
        except (KeyError, ValueError) as fault:
            problem = f"terms not understood: {fault}"
            yield CaseResult(kind, case["id"], Status.FAILED, problem, case["inputs"])
            continue
        pairs = [
            (f"{k} {wanted}", f"{k} {_shown(figures.get(k))}", _equal(wanted, figures.get(k)))
            for k, wanted in case["expected"].items()
        ]
        yield compared(kind, case["id"], case["inputs"], pairs)


def _equal(wanted: str, got: Fraction | None) -> bool:
    """Equal when rounded half up to as many decimals as are printed, trailing zeros aside."""
    if got is None:
        return False
    places = len(wanted.partition(".")[2])
    unit = Fraction(10**places)
    return bool(round_to_money(got * unit).money.minor == Fraction(wanted) * unit)


def _shown(got: Fraction | None) -> str:
    return "-" if got is None else f"{got.numerator / got.denominator:.8f}"


def figures_of(case: Data) -> Figures:
    """The figures that an example asks for, by its topic and the names of its inputs."""
    topic = case["topic"]
    for pattern, compute in TOPICS:
        if re.search(pattern, topic):
            return compute(case["inputs"])
    raise ValueError(f"unknown topic {topic!r}")


def minimum_payments(inputs: Data) -> Figures:
    """Pay a share of the balance, then interest of a month joins what is left."""
    balance = Fraction(inputs["balance"])
    share, monthly = Fraction(inputs["minimum_payment_rate"]), Fraction(inputs["annual_rate"]) / 12
    months = int(inputs.get("months", 12))
    figures = {}
    for month in range(1, months + 1):
        balance = balance * (1 - share) * (1 + monthly)
        figures[f"m{month:02d}"] = balance
    return {**figures, "remaining_balance": balance}


def fixed_payment(inputs: Data) -> Figures:
    """The level payment at the start of each month that clears the balance."""
    terms = Annuity(
        rate=Fraction(inputs["annual_rate"]) / 12,
        periods=int(inputs["months"]),
        present=Fraction(inputs["balance"]),
        in_advance=True,
    )
    exact = -payment(terms)
    multiple = int(inputs.get("multiple", 0))
    return {"payment": Fraction(-(-exact // multiple) * multiple) if multiple else exact}


def mortgage(inputs: Data) -> Figures:
    """等额本息: the payment, and all interest of the payment before rounding."""
    months, principal = int(inputs["months"]), Fraction(inputs["principal"])
    monthly = Fraction(inputs["annual_rate_pct"]) / 1200
    level = -payment(Annuity(rate=monthly, periods=months, present=principal))
    return {"monthly_payment": level, "total_interest": level * months - principal}


def equal_principal(inputs: Data) -> Figures:
    """等额本金: first and last payment, and all interest."""
    months, principal = int(inputs["months"]), Fraction(inputs["principal"])
    monthly = Fraction(inputs["annual_rate_pct"]) / 1200
    each = principal / months
    return {
        "principal_each": each,
        "first_payment": each + principal * monthly,
        "last_payment": each + each * monthly,
        "total_interest": principal * monthly * (months + 1) / 2,
    }


def demand(inputs: Data) -> Figures:
    """活期: actual days on the stated basis."""
    days = (date.fromisoformat(inputs["end"]) - date.fromisoformat(inputs["start"])).days
    yearly = Fraction(inputs["annual_rate_pct"]) / 100
    return {"interest": Fraction(inputs["principal"]) * yearly * days / int(inputs["basis"])}


def instalment_deposit(inputs: Data) -> Figures:
    """零存整取: month products."""
    months = int(inputs["months"])
    product = Fraction(months * (months + 1), 2)
    monthly = Fraction(inputs["annual_rate_pct"]) / 1200
    return {
        "month_product": product,
        "interest": Fraction(inputs["monthly_deposit"]) * product * monthly,
    }


def drawn_deposit(inputs: Data) -> Figures:
    """整存零取: (principal + one draw) / 2 over the term."""
    principal, step = Fraction(inputs["principal"]), int(inputs["draw_every_months"])
    draws = int(inputs["months"]) // step
    each = principal / draws
    monthly = Fraction(inputs["annual_rate_pct"]) / 1200
    interest = (principal + each) / 2 * draws * step * monthly
    return {"principal_each": each, "interest": interest, "total": principal + interest}


def interest_draw(inputs: Data) -> Figures:
    """存本取息: interest of the term in equal draws."""
    principal, months = Fraction(inputs["principal"]), int(inputs["months"])
    step = int(inputs.get("draw_every_months", 1))
    interest = principal * Fraction(inputs["annual_rate_pct"]) / 1200 * months
    return {
        "interest": interest,
        "interest_total": interest,
        "interest_each": interest * step / months,
    }


def penalty(inputs: Data) -> Figures:
    """罚息: overdue amount at the stated yearly rate for days."""
    yearly = Fraction(inputs["annual_rate_pct"]) / 100
    base = Fraction(inputs["overdue"])
    return {"penalty": base * yearly * int(inputs["days"]) / int(inputs["basis"])}


def card_rate(inputs: Data) -> Figures:
    """日息: stated as a simple yearly rate of 365 days."""
    return {"annual_rate_pct": Fraction(inputs["daily_rate_pct"]) * 365}


def credit_loss(inputs: Data) -> Figures:
    """Twelve-month expected credit loss: PD × LGD × EAD."""
    loss = Fraction(inputs["ead"]) * Fraction(inputs["pd_12m"]) * Fraction(inputs["lgd"])
    return {"ecl_12m": loss}


TOPICS: Final[tuple[tuple[str, Callable[[Data], Figures]], ...]] = (
    ("APY", rates.yields),
    ("actuarial", rates.actuarial),
    ("APRC", rates.aprc),
    ("minimum payments", minimum_payments),
    ("fixed payment", fixed_payment),
    ("等额本息", mortgage),
    ("等额本金", equal_principal),
    ("活期", demand),
    ("零存整取", instalment_deposit),
    ("整存零取", drawn_deposit),
    ("存本取息", interest_draw),
    ("罚息", penalty),
    ("card rate", card_rate),
    ("expected credit loss", credit_loss),
)
