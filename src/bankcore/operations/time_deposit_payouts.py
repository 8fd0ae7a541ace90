"""Paying out time deposits (支取): early, matured, overdue, notice, optional; DEP-06 to DEP-17."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from bankcore.aggregates.time_deposit import TIME_DEPOSIT, Stage, TimeDeposit
from bankcore.aggregates.time_deposit import commands as c
from bankcore.aggregates.time_deposit import events as e
from bankcore.aggregates.time_deposit.decide import (
    NOTICE,
    check_early,
    check_paying,
    check_whole,
    check_within,
    need_matured,
)
from bankcore.aggregates.time_deposit.interest import LUMPS, interest_when_paid
from bankcore.aggregates.time_deposit.plans import draw_plan
from bankcore.operations.decision import Decision
from bankcore.operations.handlers import Handler, by
from bankcore.operations.money import Purse, check_target, give, placeholders, unlink
from bankcore.operations.pricing import demand_rate, posted, tax_on
from bankcore.operations.service import serve
from bankcore.operations.time_deposits import LINK, own_purse, today_only
from bankcore.rules import account_choice as choose
from bankcore.rules.deposits.draws import close_interest_draw
from bankcore.rules.deposits.optional import TIERS, OptionalRates, optional_interest
from bankcore.values.entry import Entry
from bankcore.values.money import ZERO, Money
from bankcore.values.rates import AnnualRate
from bankcore.values.reasons import Reason, Rejected
from bankcore.values.roles import Role


@dataclass(frozen=True, slots=True)
class Payment:
    """Principal to be paid at a rate for the days beside the term, and where it goes."""

    principal: Money
    rate: AnnualRate
    target: Purse


def accounts_of(deposit: TimeDeposit, target: Purse | None = None) -> dict[str, str]:
    """The ledger accounts of a deposit's postings: its own, its expense, and the target's."""
    chosen = {
        "deposit": choose.deposit_account(deposit.product),
        "expense": choose.interest_expense(deposit.product),
    }
    return dict(placeholders(**chosen, **({"target": target.gl} if target else {})))


def target_word(target: Purse) -> str:
    """`cash` or the stream id of the account."""
    return "cash" if target.account is None else target.account


def withdraw_early(d: Decision, command: c.WithdrawEarly) -> None:
    """Draw before maturity at the demand rate of the day (DEP-06, DEP-10 to DEP-13)."""
    today_only(d)
    deposit = d.need(TIME_DEPOSIT, command.deposit)
    serve(d, deposit.customer)
    amount = command.amount or deposit.principal
    check_paying(deposit, amount, identity_shown=command.identity_shown)
    if deposit.product in NOTICE or deposit.product == "optional":
        raise Rejected(Reason.PARTIAL_NOT_ALLOWED, product=deposit.product)
    demand = demand_rate(d)
    if deposit.stage is Stage.MATURED:
        raise Rejected(Reason.ALREADY_MATURED, maturity=deposit.maturity)
    check_early(deposit, amount, d.day, demand)
    target = own_purse(d, deposit.account, command.target)
    check_target(d, target)
    if amount < deposit.principal:
        _withdraw_part(d, command.deposit, Payment(amount, demand, target))
        return
    if deposit.product == "interest_draw":
        _claw_back(d, command.deposit, demand)
        amount = d.need(TIME_DEPOSIT, command.deposit).principal
    pay_principal(d, command.deposit, Payment(amount, demand, target))


def _withdraw_part(d: Decision, key: str, payment: Payment) -> None:
    """Part before maturity: the rest keeps opening date, rate and maturity."""
    deposit = d.need(TIME_DEPOSIT, key)
    earned = interest_when_paid(deposit, payment.principal, d.day, payment.rate)
    tax = tax_on(d, earned.amount, deposit.start)
    event = e.TimeDepositWithdrawnEarly(
        principal=payment.principal,
        interest=earned.amount,
        remainder=earned.remainder,
        demand_rate=payment.rate,
        tax=tax,
        rest=deposit.principal - payment.principal,
        target=target_word(payment.target),
        gl=accounts_of(deposit, payment.target),
    )
    entry = d.emit(TIME_DEPOSIT, key, event)
    give(d, payment.target, payment.principal + earned.amount - tax, entry, "early withdrawal")


def _claw_back(d: Decision, key: str, demand: AnnualRate) -> None:
    """Interest drawn beyond what is due at demand comes off the principal, DEP-13."""
    deposit = d.need(TIME_DEPOSIT, key)
    closed = close_interest_draw(draw_plan(deposit), d.day, demand)
    clawback = max(deposit.drawn_interest - closed.due.amount, ZERO)
    if clawback:
        event = e.DrawnInterestClawedBack(
            clawback=clawback,
            due=closed.due.amount,
            demand_rate=demand,
            gl=accounts_of(deposit),
        )
        d.emit(TIME_DEPOSIT, key, event)


def pay_principal(d: Decision, key: str, payment: Payment) -> Entry[Any]:
    """Pay principal with all matured interest and what it earned beside; close when empty."""
    deposit = d.need(TIME_DEPOSIT, key)
    earned = interest_when_paid(deposit, payment.principal, d.day, payment.rate)
    interest = deposit.payable + earned.amount
    tax = tax_on(d, interest, deposit.start)
    event = e.TimeDepositPaidOut(
        principal=payment.principal,
        matured_interest=deposit.payable,
        other_interest=earned.amount,
        remainder=earned.remainder,
        rate=payment.rate,
        tax=tax,
        rest=deposit.principal - payment.principal,
        target=target_word(payment.target),
        gl=accounts_of(deposit, payment.target),
    )
    entry = d.emit(TIME_DEPOSIT, key, event)
    give(d, payment.target, payment.principal + interest - tax, entry, "time deposit")
    close_if_empty(d, key)
    return entry


def close_if_empty(d: Decision, key: str) -> None:
    """A deposit that is paid out no longer uses its account."""
    deposit = d.need(TIME_DEPOSIT, key)
    if deposit.stage is Stage.PAID_OUT:
        unlink(d, deposit.account, TIME_DEPOSIT.stream(key), LINK)


def pay_out(d: Decision, command: c.PayOut) -> None:
    """Pay out at or after maturity (DEP-07), or an optional deposit any day (DEP-17)."""
    today_only(d)
    deposit = d.need(TIME_DEPOSIT, command.deposit)
    serve(d, deposit.customer)
    amount = command.amount or deposit.principal
    check_paying(deposit, amount, identity_shown=command.identity_shown)
    if deposit.product in NOTICE:
        raise Rejected(Reason.ILLEGAL_TRANSITION, product=deposit.product)
    if deposit.product == "optional":
        check_whole(deposit, amount)
        rate = _optional_rate(d, deposit)
    else:
        need_matured(deposit)
        check_within(deposit, amount)
        if deposit.product not in LUMPS:
            check_whole(deposit, amount)
        rate = demand_rate(d)
    target = own_purse(d, deposit.account, command.target)
    check_target(d, target)
    pay_principal(d, command.deposit, Payment(amount, rate, target))


def _optional_rate(d: Decision, deposit: TimeDeposit) -> AnnualRate:
    """The rate of the tier that the time held reaches, of the withdrawal day."""
    lump = {months: posted(d, "lump_lump", months).rate for months in TIERS}
    rates = OptionalRates(demand_rate(d), lump, deposit.agreed.optional_share)
    return optional_interest(deposit.principal, deposit.start, d.day, rates).rate


HANDLERS: Final[dict[type, Handler]] = {
    c.WithdrawEarly: by(withdraw_early, Role.TELLER_CASH, Role.RM, Role.CUSTOMER),
    c.PayOut: by(pay_out, Role.TELLER_CASH, Role.RM, Role.CUSTOMER),
}
