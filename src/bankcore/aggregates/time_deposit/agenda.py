"""What a time deposit owes the day: planned draws, breach, maturity, expiring freezes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from bankcore.aggregates.time_deposit.plans import draw_plan, savings_plan
from bankcore.aggregates.time_deposit.state import Stage, TimeDeposit
from bankcore.rules import account_choice as choose
from bankcore.rules.deposits.instalments import follow_plan
from bankcore.values.streams import Due

EXPIRY: Final = 20
MATURITY: Final = 40
DRAWN_BY_PLAN: Final = frozenset({"lump_instal", "interest_draw"})


def agenda(stream: str, deposit: TimeDeposit) -> Iterable[Due]:
    """Due items: `time_freeze_expiry`, `planned_draw`, `plan_breach`, `time_maturity` (GEN-08).

    A draw that falls on the maturity is part of the maturity.
    """
    for freeze in deposit.freezes:
        if freeze.until is not None:
            yield Due(
                on=freeze.until,
                step=EXPIRY,
                kind="time_freeze_expiry",
                stream=stream,
                contract=freeze.freeze,
            )
    if deposit.stage is not Stage.RUNNING or deposit.maturity is None:
        return
    if deposit.product in DRAWN_BY_PLAN:
        plan = draw_plan(deposit)
        if deposit.draws + 1 < plan.count:
            on = plan.date_of(deposit.draws + 1)
            yield Due(on=on, step=MATURITY, kind="planned_draw", stream=stream)
    if deposit.product == "instal_lump" and deposit.breached_on is None:
        breach = follow_plan(savings_plan(deposit), deposit.payments).breach_on
        if breach is not None:
            yield Due(on=breach, step=MATURITY, kind="plan_breach", stream=stream)
    yield Due(on=deposit.maturity, step=MATURITY, kind="time_maturity", stream=stream)


def subledger(deposit: TimeDeposit) -> Mapping[str, int]:
    """Principal on the product's liability account and payable interest on 2231 (GL-04)."""
    if not deposit.product:
        return {}
    return {
        choose.deposit_account(deposit.product): -deposit.principal.minor,
        "2231": -deposit.payable.minor,
    }
