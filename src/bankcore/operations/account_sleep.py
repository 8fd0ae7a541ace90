"""Sleeping accounts and standing orders (睡眠户、约定转存): DEP-23, GEN-08 steps 20 and 220."""

from __future__ import annotations

from typing import Final

from bankcore.aggregates.deposit_account import ACCOUNT, DepositAccount
from bankcore.aggregates.deposit_account import commands as c
from bankcore.aggregates.deposit_account import events as e
from bankcore.aggregates.deposit_account.decide import check_amount, check_debit, need_open
from bankcore.aggregates.time_deposit import TIME_DEPOSIT
from bankcore.aggregates.time_deposit import commands as plan
from bankcore.operations.day import Step
from bankcore.operations.decision import Decision
from bankcore.operations.handlers import Handler, by
from bankcore.operations.money import placeholders
from bankcore.operations.service import serve
from bankcore.operations.time_deposits import pay_instalment
from bankcore.rules import account_choice as choose
from bankcore.rules.deposits.availability import DormancyLimits, activity_state, check_activity
from bankcore.values.money import ZERO
from bankcore.values.reasons import Reason, Rejected
from bankcore.values.roles import Role

AT_THE_COUNTER: Final = frozenset({"counter", "video"})
ENDING: Final = frozenset(
    {
        Reason.ALREADY_MATURED,
        Reason.DEPOSIT_NOT_ACTIVE,
        Reason.INSTALMENT_AMOUNT_MISMATCH,
    }
)
"""Reasons that end a standing order; for any other one it waits for the next month."""


def sleep_state(d: Decision, account: DepositAccount) -> str:
    """`dormant`, `restricted_new` or `normal` today, by the limits of the catalogue."""
    if account.dormant:
        return "dormant"
    assert account.opened_on is not None, "an open account was opened"
    limits = DormancyLimits(
        d.catalogue.number("deposit.new_account_idle_months", d.day),
        d.catalogue.number("deposit.dormant_months", d.day),
        d.catalogue.money("deposit.dormant_below", d.day),
    )
    return activity_state(account.opened_on, account.last_activity, account.balance, d.day, limits)


def check_channel(d: Decision, account: DepositAccount) -> None:
    """Refuse `account_dormant`, and away from the counter `channel_suspended` (DEP-23)."""
    state = sleep_state(d, account)
    asleep = account.dormant or state == "restricted_new"
    remote = d.frame.channel not in AT_THE_COUNTER
    check_activity(state if asleep else "normal", remote=remote)


def fall_asleep(d: Decision, stream: str) -> None:
    """Step 20: a quiet account with little money becomes dormant; otherwise nothing happens."""
    account = d.need(ACCOUNT, stream)
    if account.dormant or sleep_state(d, account) != "dormant":
        return
    gl = placeholders(deposit=choose.deposit_account(account.product))
    d.emit(ACCOUNT, stream, e.AccountMadeDormant(amount=account.balance, gl=gl))


def wake(d: Decision, command: c.Wake) -> None:
    """Wake a dormant account, or give a quiet new one its remote channels back."""
    account = d.need(ACCOUNT, command.account)
    need_open(account)
    serve(d, account.customer)
    if not command.identity_shown:
        raise Rejected(Reason.IDENTITY_NOT_VERIFIED)
    state = sleep_state(d, account)
    if state == "normal":
        raise Rejected(Reason.ILLEGAL_TRANSITION, state=state)
    gl = placeholders(deposit=choose.deposit_account(account.product))
    amount = account.balance if account.dormant else ZERO
    d.emit(ACCOUNT, command.account, e.DormantAccountWoken(amount=amount, gl=gl))


def set_order(d: Decision, command: c.SetStandingOrder) -> None:
    """Agree to pay into the customer's own savings plan every month (DEP-10)."""
    account = d.need(ACCOUNT, command.account)
    need_open(account)
    serve(d, account.customer)
    check_amount(command.amount)
    plan_state = d.need(TIME_DEPOSIT, command.payee)
    if plan_state.customer != account.customer or plan_state.product != "instal_lump":
        raise Rejected(Reason.ILLEGAL_TRANSITION, payee=command.payee)
    known = any(order.order == command.order for order in account.orders)
    if known or not 1 <= command.day <= 31:
        raise Rejected(Reason.ILLEGAL_TRANSITION, order=command.order, day=command.day)
    event = e.StandingOrderSet(
        order=command.order,
        payee=TIME_DEPOSIT.stream(command.payee),
        amount=command.amount,
        day=command.day,
        until=command.until,
    )
    d.emit(ACCOUNT, command.account, event)


def end_order(d: Decision, command: c.EndStandingOrder) -> None:
    """End a standing order."""
    account = d.need(ACCOUNT, command.account)
    if all(order.order != command.order for order in account.orders):
        raise Rejected(Reason.ILLEGAL_TRANSITION, order=command.order)
    ended = e.StandingOrderEnded(order=command.order, reason=command.reason)
    d.emit(ACCOUNT, command.account, ended)


def run_order(d: Decision, stream: str, key: str) -> None:
    """Step 220: pay the instalment; without money it waits a month, a finished plan ends it."""
    account = d.need(ACCOUNT, stream)
    order = next(o for o in account.orders if o.order == key)
    try:
        check_debit(account, order.amount)
        pay = plan.PayInstalment(deposit=order.payee, amount=order.amount, source=stream)
        pay_instalment(d, pay)
    except Rejected as no:
        if no.reason in ENDING:
            d.emit(ACCOUNT, stream, e.StandingOrderEnded(order=key, reason=no.reason.value))


STEPS: Final[dict[str, Step]] = {
    "account_sleep": lambda d, due: fall_asleep(d, due.stream),
    "standing_order": lambda d, due: run_order(d, due.stream, due.contract),
}
HANDLERS: Final[dict[type, Handler]] = {
    c.Wake: by(wake, Role.RM, Role.TELLER_CASH),
    c.SetStandingOrder: by(set_order, Role.RM, Role.TELLER_CASH, Role.CUSTOMER),
    c.EndStandingOrder: by(end_order, Role.RM, Role.TELLER_CASH, Role.CUSTOMER),
}
