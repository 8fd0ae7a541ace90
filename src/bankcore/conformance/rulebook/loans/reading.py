"""Reading and writing the texts of loan cases: amounts, rates, dates, percentages, rows."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from typing import Any

from bankcore.conformance.read import Inputs
from bankcore.operations.loans.risk_policies import RiskPolicies
from bankcore.products.catalogue import shipped
from bankcore.rules.loans.schedule import Period, Row, periods_between
from bankcore.values.money import Money, yuan
from bankcore.values.rates import AnnualRate
from bankcore.values.reasons import Reason


def policies(on: date) -> RiskPolicies:
    """The shipped parameters of a day."""
    return RiskPolicies(shipped(), on)


def amount(given: Inputs, key: str) -> Money:
    """An amount in yuan."""
    return yuan(str(given[key]))


def optional_amount(given: Inputs, key: str) -> Money | None:
    """An amount in yuan, or null."""
    return None if given[key] is None else amount(given, key)


def percent(given: Inputs, key: str) -> Fraction:
    """An exact number of percent."""
    return Fraction(str(given[key]))


def rate(given: Inputs, key: str = "rate_pct") -> AnnualRate:
    """A yearly rate."""
    return AnnualRate(percent(given, key))


def day(given: Inputs, key: str) -> date:
    """An ISO date."""
    return date.fromisoformat(given[key])


def optional_day(given: Inputs, key: str) -> date | None:
    """An ISO date, or null."""
    return None if given[key] is None else day(given, key)


def facts(given: Inputs, *keys: str) -> dict[str, Any]:
    """Inputs that the rule takes as they are, by the same names."""
    return {key: given[key] for key in keys}


def shown(ratio: Fraction | None) -> str | None:
    """A percentage as displayed: half up to two decimals."""
    if ratio is None:
        return None
    hundredths = (200 * ratio.numerator + ratio.denominator) // (2 * ratio.denominator)
    return f"{hundredths // 100}.{hundredths % 100:02d}"


def code(reason: Reason | None) -> str | None:
    """A refusal by its code, or null."""
    return None if reason is None else reason.value


def rows(made: Iterable[Row], *, numbered: bool = True) -> list[dict[str, Any]]:
    """Schedule rows as the rulebook lists them."""
    return [
        {
            **({"k": row.number} if numbered else {}),
            "due": str(row.due),
            "principal": str(row.principal),
            "interest": str(row.interest.amount),
            "total": str(row.total),
            "balance": str(row.balance),
        }
        for row in made
    ]


def periods(given: Inputs) -> tuple[Period, ...]:
    """The open periods of a case: from the last due date over the remaining ones, all whole."""
    dues = [date.fromisoformat(due) for due in given["due_dates"]]
    return periods_between(day(given, "last_due"), dues)
