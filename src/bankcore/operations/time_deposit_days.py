"""What falls due on time deposits (到期、转存、分期支取、违约): GEN-08 steps 20 and 40."""

from __future__ import annotations

from typing import Final

from bankcore.aggregates.time_deposit import TIME_DEPOSIT, Stage, TimeDeposit
from bankcore.aggregates.time_deposit import commands as c
from bankcore.aggregates.time_deposit import events as e
from bankcore.aggregates.time_deposit.decide import LINKED, need_matured, need_unfrozen
from bankcore.aggregates.time_deposit.interest import (
    LUMPS,
    interest_at_maturity,
    next_interest_draw,
)
from bankcore.aggregates.time_deposit.plans import draw_plan, savings_plan
from bankcore.operations.day import Step
from bankcore.operations.decision import Decision
from bankcore.operations.handlers import Handler, by
from bankcore.operations.money import give, purse
from bankcore.operations.pricing import Posted, demand_rate, posted, tax_on
from bankcore.operations.time_deposit_payouts import Payment, accounts_of, pay_principal
from bankcore.operations.time_deposits import check_term, need_running, today_only
from bankcore.rules.deposits.draws import principal_draws
from bankcore.rules.deposits.instalments import follow_plan
from bankcore.rules.deposits.lump import maturity_of
from bankcore.rules.deposits.rollover import NONE, capitalised, check_mode
from bankcore.values.money import ZERO
from bankcore.values.reasons import Reason, Rejected
from bankcore.values.roles import Role


def mature(d: Decision, key: str) -> None:
    """Step 40 on the maturity day: interest becomes payable, then the instruction is followed."""
    if d.need(TIME_DEPOSIT, key).product == "interest_draw":
        _pay_interest_draw(d, key)
    _fix_interest(d, key)
    deposit = d.need(TIME_DEPOSIT, key)
    rate = _renewal_rate(d, deposit)
    if rate is not None:
        _renew(d, key, rate, deposit.rollover)
    elif deposit.rollover == LINKED or deposit.product == "lump_instal":
        _pay_to_account(d, key)


def _fix_interest(d: Decision, key: str) -> None:
    """Interest up to today becomes payable (2231); for a matured deposit the overdue part."""
    deposit, demand = d.need(TIME_DEPOSIT, key), demand_rate(d)
    made = interest_at_maturity(deposit, demand, d.day)
    event = e.TimeDepositMatured(
        interest=made.amount,
        remainder=made.remainder,
        demand_rate=demand,
        gl=accounts_of(deposit),
    )
    d.emit(TIME_DEPOSIT, key, event)


def _renewal_rate(d: Decision, deposit: TimeDeposit) -> Posted | None:
    """The rate of the next term, None without rollover or when the term is no longer posted."""
    if deposit.product not in LUMPS or deposit.rollover in {NONE, LINKED}:
        return None
    try:
        return posted(d, deposit.product, deposit.next_term or deposit.term)
    except Rejected:
        return None


def _renew(d: Decision, key: str, rate: Posted, mode: str) -> None:
    """Start the next cycle today; a freeze stays on it and only holds back what is paid out."""
    deposit = d.need(TIME_DEPOSIT, key)
    target = purse(d, deposit.account)
    tax = tax_on(d, deposit.payable, deposit.start)
    joins = capitalised(mode, deposit.payable - tax)
    waits = joins == ZERO and bool(deposit.freezes)
    interest, tax = (ZERO, ZERO) if waits else (deposit.payable, tax)
    term = deposit.next_term or deposit.term
    event = e.TimeDepositRenewed(
        interest=interest,
        tax=tax,
        capitalised=joins,
        principal=deposit.principal + joins,
        rate=rate.rate,
        rate_valid_from=rate.valid_from,
        term_months=term,
        start=d.day,
        maturity=maturity_of(d.day, term),
        cycle=deposit.cycle + 1,
        mode=mode,
        target=deposit.account,
        gl=accounts_of(deposit, target),
    )
    entry = d.emit(TIME_DEPOSIT, key, event)
    give(d, target, interest - tax - joins, entry, "interest of a renewed deposit")


def _pay_to_account(d: Decision, key: str) -> None:
    """Pay everything to the linked account, unless a freeze or pledge holds it back."""
    deposit = d.need(TIME_DEPOSIT, key)
    if deposit.held or deposit.stage is not Stage.MATURED:
        return
    target = purse(d, deposit.account)
    pay_principal(d, key, Payment(deposit.principal, demand_rate(d), target))


def planned_draw(d: Decision, key: str) -> None:
    """Step 40: the next planned draw, DEP-12, DEP-13; it waits while the money is frozen."""
    if d.need(TIME_DEPOSIT, key).product == "interest_draw":
        _pay_interest_draw(d, key)
    else:
        _pay_principal_draw(d, key)


def _pay_interest_draw(d: Decision, key: str) -> None:
    deposit = d.need(TIME_DEPOSIT, key)
    if deposit.freezes:
        return
    part = next_interest_draw(deposit).amount
    target = purse(d, deposit.account)
    tax = tax_on(d, part, deposit.start)
    event = e.InterestDrawn(
        interest=part,
        tax=tax,
        nr=deposit.draws + 1,
        target=deposit.account,
        gl=accounts_of(deposit, target),
    )
    entry = d.emit(TIME_DEPOSIT, key, event)
    give(d, target, part - tax, entry, "interest draw")


def _pay_principal_draw(d: Decision, key: str) -> None:
    deposit = d.need(TIME_DEPOSIT, key)
    part = principal_draws(draw_plan(deposit))[deposit.draws][1]
    if part > deposit.available:
        return
    target = purse(d, deposit.account)
    event = e.PrincipalDrawn(
        principal=part,
        interest=ZERO,
        tax=ZERO,
        nr=deposit.draws + 1,
        target=deposit.account,
        gl=accounts_of(deposit, target),
    )
    entry = d.emit(TIME_DEPOSIT, key, event)
    give(d, target, part, entry, "planned draw")


def breach_plan(d: Decision, key: str) -> None:
    """Step 40: a savings plan falls into breach (DEP-11)."""
    deposit = d.need(TIME_DEPOSIT, key)
    course = follow_plan(savings_plan(deposit), deposit.payments)
    filled = {p.month for p in course.payments}
    ended = savings_plan(deposit).month_of(d.day)
    missed = tuple(m for m in range(1, ended) if m not in filled)
    d.emit(TIME_DEPOSIT, key, e.SavingsPlanBreached(on=d.day, missed=missed))


def expire_freeze(d: Decision, key: str, freeze: str) -> None:
    """Step 20: a freeze that ends today lapses (until is exclusive)."""
    d.emit(TIME_DEPOSIT, key, e.TimeDepositUnfrozen(freeze=freeze, reason="expired"))
    catch_up(d, key)


def catch_up(d: Decision, key: str) -> None:
    """Pay what had to wait for a freeze or pledge: missed draws, a maturity to be paid out."""
    while _draw_waits(d, key):
        before = d.need(TIME_DEPOSIT, key).draws
        planned_draw(d, key)
        if d.need(TIME_DEPOSIT, key).draws == before:
            return
    deposit = d.need(TIME_DEPOSIT, key)
    if deposit.rollover == LINKED or deposit.product == "lump_instal":
        _pay_to_account(d, key)


def _draw_waits(d: Decision, key: str) -> bool:
    deposit = d.need(TIME_DEPOSIT, key)
    if not deposit.is_active or deposit.agreed.step_months is None:
        return False
    plan = draw_plan(deposit)
    last = plan.count if deposit.product == "interest_draw" else plan.count - 1
    return deposit.draws < last and plan.date_of(deposit.draws + 1) < d.day


def renew(d: Decision, command: c.Renew) -> None:
    """Renew a matured deposit today; the days since maturity earned the demand rate (DEP-07)."""
    today_only(d)
    deposit = need_running(d, command.deposit)
    if deposit.cycle > 1 and deposit.start == d.day:
        raise Rejected(Reason.ROLLOVER_ALREADY_DONE, start=deposit.start)
    check_mode(command.mode)
    if deposit.product not in LUMPS or command.mode == NONE:
        raise Rejected(Reason.ROLLOVER_MODE_UNKNOWN, mode=command.mode, product=deposit.product)
    check_term(d, deposit, command.term_months)
    need_matured(deposit)
    need_unfrozen(deposit, deposit.principal)
    rate = posted(d, deposit.product, command.term_months)
    _fix_interest(d, command.deposit)
    chosen = e.MaturityInstructionSet(
        rollover=command.mode, term_months=command.term_months, account=deposit.account
    )
    d.emit(TIME_DEPOSIT, command.deposit, chosen)
    _renew(d, command.deposit, rate, command.mode)


STEPS: Final[dict[str, Step]] = {
    "time_freeze_expiry": lambda d, due: expire_freeze(d, due.stream, due.contract),
    "planned_draw": lambda d, due: planned_draw(d, due.stream),
    "plan_breach": lambda d, due: breach_plan(d, due.stream),
    "time_maturity": lambda d, due: mature(d, due.stream),
}
HANDLERS: Final[dict[type, Handler]] = {
    c.Renew: by(renew, Role.RM, Role.TELLER_CASH, Role.CUSTOMER),
}
