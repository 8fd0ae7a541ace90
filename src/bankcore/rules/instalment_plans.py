"""Instalment plans (分期还款计划): level or linear, declining or flat, with down payment and grace.

The general form behind references of other systems. The bank's own loans are those of LN-10 to
LN-13; here the period factors come in, so any day count and any rounding of them can be used.
Amounts are rounded once a row, half to even where asked; the last row takes the rest.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from bankcore.values.money import Money, round_to_money, total


@dataclass(frozen=True, slots=True, kw_only=True)
class InstalmentPlan:
    """What a plan is made from.

    `factors` are the interest of one unit of principal in each period, as the period is counted;
    `level_factors` those that the level payment is sized with, when due dates moved afterwards.
    `flat` charges interest on the whole principal. `principal_grace` periods pay interest alone.
    `interest_total` rounds flat interest as a whole, the last period takes the rest of it.
    `fixed_share` redeems that share of the principal each period instead of a level payment.
    `multiple` rounds payments to whole multiples of so many minor units; `smooth` lets the level
    payment move so that the last one differs less.
    """

    principal: Money
    factors: Sequence[Fraction]
    level_factors: Sequence[Fraction] = ()
    flat: bool = False
    interest_total: bool = False
    linear: bool = False
    principal_grace: int = 0
    fixed_share: Fraction | None = None
    multiple: int = 1
    smooth: bool = True


@dataclass(frozen=True, slots=True)
class InstalmentRow:
    """One instalment; `balance` is the principal left after it."""

    nr: int
    principal: Money
    interest: Money
    balance: Money

    @property
    def total(self) -> Money:
        """Principal and interest together."""
        return self.principal + self.interest


def rounded(exact: Fraction, multiple: int = 1) -> Money:
    """Half to even, to minor units or to whole multiples of them."""
    units = round_to_money(exact / multiple, half_even=True).money
    return units * multiple


def rows_of(plan: InstalmentPlan) -> list[InstalmentRow]:
    """The rows of a plan; the last instalment takes what rounding left."""
    if plan.linear or plan.fixed_share is not None:
        return _linear(plan)
    return _level(plan, settled_level(plan))


def settled_level(plan: InstalmentPlan) -> Money:
    """The level payment of the schedule as it was agreed, smoothed where the plan asks for it."""
    level = level_payment(plan)
    if not plan.smooth or plan.multiple != 1 or plan.flat:
        return level
    agreed = replace(plan, factors=plan.level_factors or plan.factors)
    return _smoothed(agreed, level)


def level_payment(plan: InstalmentPlan) -> Money:
    """The equal payment: principal times growth over the sum of growths, rounded."""
    factors = list(plan.level_factors or plan.factors)[plan.principal_grace :]
    exact = Fraction(plan.principal.minor)
    if plan.flat:
        charged = sum(money.minor for money in flat_interest(plan))
        return rounded((exact + charged) / len(factors), plan.multiple)
    growth, annuity = Fraction(1), Fraction(0)
    for factor in factors:
        annuity = annuity * (1 + factor) + 1
        growth *= 1 + factor
    return rounded(exact * growth / annuity, plan.multiple)


def flat_interest(plan: InstalmentPlan) -> list[Money]:
    """Interest on the whole principal; by `interest_total` the last period takes the rest."""
    parts = [rounded(plan.principal.minor * factor) for factor in plan.factors]
    if plan.interest_total:
        whole = rounded(plan.principal.minor * sum(plan.factors, Fraction(0)))
        parts[-1] = whole - total(parts[:-1])
    return parts


def _level(plan: InstalmentPlan, level: Money) -> list[InstalmentRow]:
    rows, balance = [], plan.principal
    charged = flat_interest(plan) if plan.flat else []
    for nr, factor in enumerate(plan.factors, 1):
        interest = charged[nr - 1] if plan.flat else rounded(balance.minor * factor)
        principal = level - interest if nr > plan.principal_grace else Money(0)
        if nr == len(plan.factors) or principal > balance:
            principal = balance
        balance -= principal
        rows.append(InstalmentRow(nr, principal, interest, balance))
    return rows


def _smoothed(plan: InstalmentPlan, level: Money) -> Money:
    """The level moved by the last row's difference over all rows, if that shrinks it."""
    count = len(plan.factors) - plan.principal_grace
    difference = _level(plan, level)[-1].total - level
    if abs(difference.minor) * 2 <= count:
        return level
    moved = level + rounded(Fraction(difference.minor, count))
    again = _level(plan, moved)[-1].total - moved
    return moved if abs(again.minor) < abs(difference.minor) else level


def _linear(plan: InstalmentPlan) -> list[InstalmentRow]:
    """Equal principal after the grace, or a fixed share of it each time."""
    count = len(plan.factors) - plan.principal_grace
    share = plan.fixed_share if plan.fixed_share is not None else Fraction(1, count)
    each = rounded(plan.principal.minor * share, plan.multiple)
    rows, balance = [], plan.principal
    for nr, factor in enumerate(plan.factors, 1):
        interest = rounded(balance.minor * factor)
        principal = each if nr > plan.principal_grace else Money(0)
        if nr == len(plan.factors):
            principal = balance
        balance -= principal
        rows.append(InstalmentRow(nr, principal, interest, balance))
    return rows
