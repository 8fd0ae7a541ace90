"""Planned draws (整存零取) and interest draws (存本取息), DEP-12, DEP-13."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from bankcore.rules.deposits.demand import Movement, demand_interest
from bankcore.rules.deposits.early import check_before_maturity, early_interest
from bankcore.rules.deposits.lump import maturity_of, term_interest
from bankcore.values.dates import add_months, split
from bankcore.values.figures import Figure, figure
from bankcore.values.money import ZERO, Money, total
from bankcore.values.rates import AnnualRate


@dataclass(frozen=True, slots=True)
class DrawPlan:
    """A lump with draws every `step_months` from its start to its maturity."""

    principal: Money
    rate: AnnualRate
    start: date
    term_months: int
    step_months: int

    @property
    def count(self) -> int:
        """How many draws there are; the last one is at maturity."""
        return self.term_months // self.step_months

    @property
    def maturity(self) -> date:
        """The maturity by 对年对月对日."""
        return maturity_of(self.start, self.term_months)

    def date_of(self, draw: int) -> date:
        """The day of a draw, counted from 1, stepped from the anchor."""
        return add_months(self.start, draw * self.step_months)


def principal_draws(plan: DrawPlan) -> list[Movement]:
    """The draws of a lump-instal deposit: equal parts cut to the fen, the last takes the rest."""
    each = Money(plan.principal.minor // plan.count, plan.principal.currency)
    last = plan.principal - each * (plan.count - 1)
    amounts = [each] * (plan.count - 1) + [last]
    return [(plan.date_of(k + 1), amount) for k, amount in enumerate(amounts)]


def draw_plan_interest(plan: DrawPlan) -> Figure:
    """Interest of a lump-instal deposit: Σ balance of each step · step/12 · rate, DEP-12.

    Interim balances are not cut to yuan; all interest is paid at maturity, rounded once.
    """
    each = plan.principal.minor // plan.count
    balances = sum(plan.principal.minor - k * each for k in range(plan.count))
    exact = balances * plan.step_months * plan.rate.monthly
    return figure(
        "DEP-12",
        exact,
        plan.principal.currency,
        principal=plan.principal,
        rate=plan.rate,
        step_months=plan.step_months,
        draws=plan.count,
    )


def draw_plan_accrued(plan: DrawPlan, end: date) -> Figure:
    """Interest of a lump-instal deposit grown to a day if it went on, GL-06.

    Finished steps count whole, the running one by months and odd days, on exact balances.
    """
    each = plan.principal.minor // plan.count
    exact = Fraction(0)
    for step in range(plan.count):
        since = plan.date_of(step)
        if since >= end:
            break
        span = split(since, min(end, plan.date_of(step + 1)))
        years = min(span.by_months, Fraction(plan.step_months, 12))
        exact += (plan.principal.minor - step * each) * plan.rate.yearly * years
    return figure("DEP-12", exact, plan.principal.currency, plan=plan, end=end)


@dataclass(frozen=True, slots=True)
class PlanClosed:
    """A lump-instal deposit drawn whole before maturity: what is left, and all its interest."""

    paid_principal: Money
    interest: Figure


def close_draw_plan(plan: DrawPlan, on: date, demand: AnnualRate) -> PlanClosed:
    """Draw all that is left before maturity: demand rate on each day's whole yuan, DEP-12.

    A draw due on the day is paid first. Refuses `before_start` and `already_matured`.
    """
    check_before_maturity(plan.start, plan.term_months, on)
    drawn = [(day, -amount) for day, amount in principal_draws(plan) if day <= on]
    weighed = demand_interest(plan.principal, drawn, plan.start, on, demand)
    interest = figure(
        "DEP-12",
        weighed.interest.exact,
        plan.principal.currency,
        balance_days=weighed.balance_days,
        demand_rate=demand,
        start=plan.start,
        on=on,
    )
    return PlanClosed(plan.principal + total([m for _, m in drawn]), interest)


def interest_draws(plan: DrawPlan) -> Sequence[tuple[date, Figure]]:
    """The interest draws: equal figures, the last one takes what is left of the total, DEP-13.

    `each` is rounded once; the total is the interest of the whole term (DEP-04).
    """
    whole = term_interest(plan.principal, plan.rate, plan.term_months)
    step = term_interest(plan.principal, plan.rate, plan.step_months)
    each = _part("DEP-13", step, step.amount)
    rest = whole.amount - each.amount * (plan.count - 1)
    figures = [each] * (plan.count - 1) + [_part("DEP-13", whole, rest)]
    return [(plan.date_of(k + 1), part) for k, part in enumerate(figures)]


def _part(rule: str, of: Figure, amount: Money) -> Figure:
    """A draw that pays a fixed amount of an exact interest."""
    return figure(rule, amount.minor + 0 * of.exact, amount.currency, **of.inputs)


@dataclass(frozen=True, slots=True)
class InterestDrawClosed:
    """An interest-draw deposit drawn early: interest already drawn, due at demand, the rest."""

    drawn: Money
    due: Figure
    clawback: Money
    paid: Money


def close_interest_draw(plan: DrawPlan, on: date, demand: AnnualRate) -> InterestDrawClosed:
    """Draw everything before maturity; interest drawn beyond demand is deducted, DEP-13.

    A draw on the day itself counts as drawn. Refuses `before_start` and `already_matured`.
    """
    check_before_maturity(plan.start, plan.term_months, on)
    drawn = total([part.amount for day, part in interest_draws(plan) if day <= on])
    demand_part = early_interest(plan.principal, demand, plan.start, on)
    due = figure("DEP-13", demand_part.exact, drawn.currency, **demand_part.inputs)
    clawback = max(drawn - due.amount, ZERO)
    return InterestDrawClosed(drawn, due, clawback, plan.principal + due.amount - drawn)
