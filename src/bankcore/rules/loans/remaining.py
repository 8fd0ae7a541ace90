"""The part of a schedule still to come, which prepayment and repricing rebuild (LN-15, LN-17)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from bankcore.rules.loans.codes import Method
from bankcore.rules.loans.schedule import (
    Period,
    Plan,
    Row,
    Schedule,
    annuity,
    fill,
    principal_rule,
)
from bankcore.values.figures import Figure, figure
from bankcore.values.money import Money
from bankcore.values.rates import AnnualRate


@dataclass(frozen=True, slots=True, kw_only=True)
class Remaining:
    """Balance after the last due date, rate, level figure (A or q, 0 without) and open periods.

    The first period starts at the last due date, or at the value date before the first one.
    `segments` are its days and rates where the rate changes inside it, else nothing.
    """

    method: Method
    balance: Money
    rate: AnnualRate
    level: Money
    periods: tuple[Period, ...]
    segments: tuple[tuple[int, AnnualRate], ...] = ()


def level_over(rule: str, remaining: Remaining) -> Figure:
    """The level figure rebuilt over the open periods: A' for level payment, q' for principal.

    Methods without one, and those whose instalment was agreed otherwise, keep what they have.
    """
    exact = Fraction(remaining.level.minor)
    if remaining.method is Method.LEVEL_PAYMENT:
        exact = annuity(Fraction(remaining.balance.minor), remaining.rate, len(remaining.periods))
    elif remaining.method is Method.LEVEL_PRINCIPAL:
        exact = Fraction(remaining.balance.minor, len(remaining.periods))
    return figure(
        rule,
        exact,
        balance=remaining.balance,
        rate=remaining.rate,
        periods=len(remaining.periods),
    )


def refill(
    rule: str, remaining: Remaining, level: Figure, first_interest: Figure | None = None
) -> Schedule:
    """Rows for all open periods with a level figure; the last takes the rest."""
    if first_interest is None and remaining.segments:
        first_interest = split_interest(rule, remaining.balance, remaining.segments)
    rows = fill(
        Plan(
            rule=rule,
            balance=remaining.balance,
            rate=remaining.rate,
            periods=remaining.periods,
            principal_of=principal_rule(remaining.method, level.amount),
            first_interest=first_interest,
        )
    )
    return Schedule(rows, level)


def split_interest(rule: str, balance: Money, segments: Sequence[tuple[int, AnnualRate]]) -> Figure:
    """R(B·Σ days·rate / 36000): one segment a rate, one rounding."""
    exact = sum((days * rate.daily for days, rate in segments), Fraction(0))
    return figure(rule, balance.minor * exact, balance=balance, segments=tuple(segments))


def until_paid(rows: tuple[Row, ...]) -> tuple[Row, ...]:
    """The rows up to the first that leaves nothing; freed due dates drop."""
    last = next((n for n, row in enumerate(rows) if not row.balance), len(rows) - 1)
    return rows[: last + 1]
