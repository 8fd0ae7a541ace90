"""A deposit's terms as the rules want them: savings plan, draw plan, notice tranches."""

from __future__ import annotations

from bankcore.aggregates.time_deposit.state import TimeDeposit
from bankcore.rules.deposits.draws import DrawPlan
from bankcore.rules.deposits.instalments import Plan
from bankcore.rules.deposits.tranches import Tranche
from bankcore.values.money import Money
from bankcore.values.rates import AnnualRate


def fixed_rate(deposit: TimeDeposit) -> AnnualRate:
    """The rate fixed at opening; notice and optional deposits have none and are never asked."""
    assert deposit.rate is not None, f"{deposit.product} has no rate of its own"
    return deposit.rate


def savings_plan(deposit: TimeDeposit) -> Plan:
    """The plan of an instal-lump deposit, DEP-10: the monthly amount is what each payment was."""
    monthly = Money(deposit.placed.minor // max(len(deposit.payments), 1))
    return Plan(monthly, fixed_rate(deposit), deposit.start, deposit.term, deposit.agreed.makeups)


def draw_plan(deposit: TimeDeposit) -> DrawPlan:
    """The plan of a lump-instal or interest-draw deposit, DEP-12, DEP-13."""
    step = deposit.agreed.step_months
    assert step is not None, f"{deposit.product} has a step of draws"
    return DrawPlan(deposit.placed, fixed_rate(deposit), deposit.start, deposit.term, step)


def tranches(deposit: TimeDeposit) -> tuple[Tranche, ...]:
    """The tranches of a notice deposit, DEP-15."""
    return tuple(Tranche(t.amount, t.start) for t in deposit.tranches)
