"""What a time deposit has earned (定期利息): one function for deciding and for verifying.

Each answers from the state before the event and the rates of the day, so that `verify` derives
every settled figure again from what stands in the log.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Final

from bankcore.aggregates.time_deposit.plans import draw_plan, fixed_rate, savings_plan
from bankcore.aggregates.time_deposit.state import Stage, TimeDeposit
from bankcore.rules.deposits.draws import (
    close_draw_plan,
    close_interest_draw,
    draw_plan_interest,
    interest_draws,
)
from bankcore.rules.deposits.early import early_interest, overdue_interest
from bankcore.rules.deposits.instalments import follow_plan, plan_payout
from bankcore.rules.deposits.lump import period_interest, term_interest
from bankcore.values.changing import changed
from bankcore.values.figures import Figure, figure
from bankcore.values.money import ZERO, Money
from bankcore.values.rates import AnnualRate

LUMPS: Final = frozenset({"lump_lump", "large_cd"})


def interest_at_maturity(deposit: TimeDeposit, demand: AnnualRate, on: date) -> Figure:
    """Interest that falls payable at maturity; for a matured deposit, its overdue interest.

    `demand` counts for payments after a breach (DEP-11) and for overdue days (DEP-07).
    """
    maturity = deposit.maturity
    assert maturity is not None, f"{deposit.product} never matures"
    if deposit.stage is Stage.MATURED:
        return overdue_interest(deposit.principal, demand, maturity, on)
    match deposit.product:
        case "instal_lump":
            plan = savings_plan(deposit)
            course = follow_plan(plan, deposit.payments)
            return plan_payout(plan, course, maturity, demand).interest
        case "lump_instal":
            return draw_plan_interest(draw_plan(deposit))
        case "interest_draw":
            return figure("DEP-13", Fraction(0), principal=deposit.principal)
        case _:
            return term_interest(deposit.principal, fixed_rate(deposit), deposit.term)


def interest_when_paid(
    deposit: TimeDeposit, principal: Money, on: date, rate: AnnualRate
) -> Figure:
    """Interest beside what matured: overdue after maturity, early before it, or optional.

    `rate` is the demand rate of the day, for an optional deposit the rate of its tier (DEP-17).
    """
    if deposit.stage is Stage.MATURED and deposit.maturity is not None:
        return overdue_interest(principal, rate, deposit.maturity, on)
    match deposit.product:
        case "instal_lump":
            plan = savings_plan(deposit)
            course = follow_plan(plan, deposit.payments)
            return plan_payout(plan, course, on, rate).interest
        case "lump_instal":
            return close_draw_plan(draw_plan(deposit), on, rate).interest
        case "interest_draw":
            due = close_interest_draw(draw_plan(deposit), on, rate).due
            owed = due.amount - deposit.drawn_interest
            exact = due.exact - deposit.drawn_interest.minor if owed >= ZERO else Fraction(0)
            return figure("DEP-13", exact, principal.currency, **due.inputs)
        case "optional":
            made = period_interest(principal, rate, deposit.start, on, "actual").interest
            return changed(made, rule="DEP-17")
        case _:
            return early_interest(principal, rate, deposit.start, on)


def next_interest_draw(deposit: TimeDeposit) -> Figure:
    """The interest draw that is due next, DEP-13."""
    return interest_draws(draw_plan(deposit))[deposit.draws][1]
