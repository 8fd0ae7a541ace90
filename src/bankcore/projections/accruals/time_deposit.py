"""Accrued interest of time deposits (定期应计利息) as if they went on, GL-06 step 1."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from fractions import Fraction

from bankcore.aggregates.time_deposit import Stage, TimeDeposit
from bankcore.aggregates.time_deposit.plans import draw_plan, fixed_rate, savings_plan
from bankcore.operations.pricing import board_rate
from bankcore.products.catalogue import Catalogue
from bankcore.projections.accruals.accrual import Accrual
from bankcore.rules import account_choice as choose
from bankcore.rules.deposits.draws import draw_plan_accrued
from bankcore.rules.deposits.instalments import follow_plan, plan_accrued
from bankcore.rules.deposits.lump import period_interest, term_interest
from bankcore.rules.deposits.optional import TIERS, OptionalRates, optional_interest
from bankcore.values.figures import Figure
from bankcore.values.rates import AnnualRate


def accruals(
    stream: str, deposit: TimeDeposit, on: date, catalogue: Catalogue
) -> Iterable[Accrual]:
    """One accrual while there is money in it: interest of [last settled, on + 1), exact."""
    end = on + timedelta(days=1)
    if not deposit.is_active or not deposit.principal or end < deposit.start:
        return
    demand = board_rate(catalogue, "demand", None, on)
    rule, exact, inputs = _grown(deposit, end, demand, catalogue)
    yield Accrual(
        stream=stream,
        product=deposit.product,
        exact=exact,
        rule=rule,
        inputs=inputs,
        debit=choose.interest_expense(deposit.product),
        credit="2231",
    )


Grown = tuple[str, Fraction, Mapping[str, object]]


def _grown(deposit: TimeDeposit, end: date, demand: AnnualRate, catalogue: Catalogue) -> Grown:
    if deposit.stage is Stage.MATURED:
        assert deposit.maturity is not None, "a matured deposit has a maturity"
        made = period_interest(deposit.principal, demand, deposit.maturity, end, "actual")
        return "DEP-07", made.interest.exact, made.interest.inputs
    match deposit.product:
        case "notice_1d" | "notice_7d":
            return _notice(deposit, end, catalogue)
        case "optional":
            return _optional(deposit, end, demand, catalogue)
        case "instal_lump":
            plan = savings_plan(deposit)
            return _of(plan_accrued(plan, follow_plan(plan, deposit.payments), end, demand))
        case "lump_instal":
            return _of(draw_plan_accrued(draw_plan(deposit), end))
        case _:
            return _running(deposit, end)


def _of(made: Figure) -> Grown:
    return made.rule, made.exact, made.inputs


def _running(deposit: TimeDeposit, end: date) -> Grown:
    """Months and odd days since the start or the last interest draw, never beyond its due."""
    since, months = deposit.start, deposit.term
    step = deposit.agreed.step_months
    if step is not None:
        since, months = draw_plan(deposit).date_of(deposit.draws), step
    rate = fixed_rate(deposit)
    made = period_interest(deposit.principal, rate, since, max(since, end), "months_days").interest
    most = term_interest(deposit.principal, rate, months).exact
    return "DEP-05", min(made.exact, most), made.inputs


def _notice(deposit: TimeDeposit, end: date, catalogue: Catalogue) -> Grown:
    """All tranches at the notice rate of the day, actual days."""
    rate = board_rate(catalogue, deposit.product, None, end - timedelta(days=1))
    parts = [period_interest(t.amount, rate, t.start, end, "actual") for t in deposit.tranches]
    exact = sum((p.interest.exact for p in parts), Fraction(0))
    return "DEP-14", exact, {"rate": rate, "tranches": deposit.tranches, "end": end}


def _optional(deposit: TimeDeposit, end: date, demand: AnnualRate, catalogue: Catalogue) -> Grown:
    on = end - timedelta(days=1)
    lump = {months: board_rate(catalogue, "lump_lump", months, on) for months in TIERS}
    rates = OptionalRates(demand, lump, deposit.agreed.optional_share)
    return _of(optional_interest(deposit.principal, deposit.start, end, rates).interest)
