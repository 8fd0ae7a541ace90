"""Opening, cash, freezes and closing of deposit accounts (存款账户)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Final

from bankcore.aggregates.deposit_account import ACCOUNT, Stage
from bankcore.aggregates.deposit_account import commands as c
from bankcore.aggregates.deposit_account import events as e
from bankcore.aggregates.deposit_account.decide import (
    check_amount,
    check_close,
    check_credit,
    check_debit,
    need_freeze,
    need_hold,
    need_open,
    need_stage,
    terms_of,
)
from bankcore.operations.account_classes import NUMBERS, release, reserve, warn_when_full
from bankcore.operations.account_opening import agreed_contract, check_opening
from bankcore.operations.account_sleep import check_channel
from bankcore.operations.backdating import value_date_of
from bankcore.operations.customers import begin_relation
from bankcore.operations.decision import Decision
from bankcore.operations.handlers import Handler, by
from bankcore.operations.interest import check_covered, pay, restate, settle
from bankcore.operations.money import account_gl, placeholders
from bankcore.operations.payments.class_totals import check_cash
from bankcore.operations.service import serve
from bankcore.rules import account_choice as choose
from bankcore.rules.compliance.kyc_status import ServiceNeed
from bankcore.rules.deposits.availability import FreezeKind
from bankcore.values.money import ZERO, Money
from bankcore.values.reasons import Reason, Rejected
from bankcore.values.roles import Role

DEMAND_PRODUCTS: Final = ("demand", "demand_q", "agreement")


def apply(d: Decision, c_: c.Apply) -> None:
    """A customer asks for an account."""
    if d.load(ACCOUNT, c_.account) is not None:
        raise Rejected(Reason.STREAM_EXISTS, account=c_.account)
    serve(d, c_.customer, new_product=True)
    d.emit(ACCOUNT, c_.account, e.AccountApplied(customer=c_.customer, agent=c_.agent))


def reject(d: Decision, c_: c.Reject) -> None:
    """Decline an application."""
    account = d.need(ACCOUNT, c_.account)
    need_stage(account, Stage.APPLIED, Stage.TYPED, Stage.SIGNED)
    if not c_.reason:
        raise Rejected(Reason.REASON_MISSING)
    d.emit(ACCOUNT, c_.account, e.AccountApplicationRejected(reason=c_.reason))


def choose_type(d: Decision, c_: c.ChooseType) -> None:
    """Choose product and class; warns when the person has all the accounts of it she may have."""
    account = d.need(ACCOUNT, c_.account)
    need_stage(account, Stage.APPLIED)
    serve(d, account.customer, new_product=True)
    if c_.product not in DEMAND_PRODUCTS:
        raise Rejected(Reason.PRODUCT_UNKNOWN, product=c_.product, known=DEMAND_PRODUCTS)
    if c_.account_class not in NUMBERS:
        raise Rejected(Reason.PRODUCT_UNKNOWN, account_class=c_.account_class, known=[*NUMBERS])
    warn_when_full(d, replace(account, account_class=c_.account_class))
    chosen = e.AccountTypeChosen(product=c_.product, account_class=c_.account_class)
    d.emit(ACCOUNT, c_.account, chosen)


def sign_agreement(d: Decision, c_: c.SignAgreement) -> None:
    """Sign: the terms of the day's catalogue are copied into the event."""
    account = d.need(ACCOUNT, c_.account)
    need_stage(account, Stage.TYPED)
    settlement = d.catalogue.text(f"deposit.settlement.{account.product}", d.day)
    terms = terms_of(settlement, d.catalogue.text("deposit.interest_base", d.day))
    contract = agreed_contract(d, account.product, c_)
    d.emit(ACCOUNT, c_.account, e.DepositAgreementSigned(terms=terms, contract=contract))


def open_account(d: Decision, c_: c.Open) -> None:
    """Open, take the person's place of the class, take the first cash (DEP-20, PAY-01)."""
    account = d.need(ACCOUNT, c_.account)
    need_stage(account, Stage.TYPED, Stage.SIGNED)
    serve(d, account.customer, new_product=True)
    check_opening(d, account, c_.opening_amount)
    if c_.opening_amount:
        check_cash(d, c_.account, "in", c_.opening_amount)
    assert account.terms is not None, "a signed agreement has terms"
    reserve(d, account, c_.account)
    opened = e.DepositAccountOpened(
        customer=account.customer,
        product=account.product,
        account_class=account.account_class,
        terms=account.terms,
    )
    d.emit(ACCOUNT, c_.account, opened)
    begin_relation(d, account.customer, ACCOUNT.stream(c_.account))
    if c_.opening_amount:
        _cash_in(d, c_.account, c_.opening_amount)


def activate(d: Decision, c_: c.Activate) -> None:
    """Activate; the engine refuses it before the agreement is signed (DEP-20)."""
    account = d.need(ACCOUNT, c_.account)
    if account.stage in {Stage.APPLIED, Stage.TYPED}:
        raise Rejected(Reason.AGREEMENT_NOT_SIGNED)
    need_stage(account, Stage.OPENED)
    d.emit(ACCOUNT, c_.account, e.AccountActivated(pin_set_by=c_.pin_set_by, channel=c_.channel))


def _cash_in(d: Decision, number: str, amount: Money) -> None:
    account = d.need(ACCOUNT, number)
    on = value_date_of(d, account.opened_on, account.closed_on, account.last_booking)
    gl = placeholders(deposit=account_gl(account), source=choose.CASH)
    entry = d.emit(
        ACCOUNT, number, e.FundsDeposited(amount=amount, source="cash", gl=gl), value_date=on
    )
    restate(d, number, entry)


def deposit(d: Decision, c_: c.Deposit) -> None:
    """Cash in; a late fact restates settled interest (GEN-05, GL-05)."""
    account = d.need(ACCOUNT, c_.account)
    check_amount(c_.amount)
    check_credit(account)
    check_cash(d, c_.account, "in", c_.amount)
    serve(d, account.customer, need=ServiceNeed.CREDIT)
    if account.dormant and d.value_date != d.day:
        raise Rejected(Reason.ACCOUNT_DORMANT)
    _cash_in(d, c_.account, c_.amount)


def withdraw(d: Decision, c_: c.Withdraw) -> None:
    """Cash out of the available balance."""
    account = d.need(ACCOUNT, c_.account)
    check_amount(c_.amount)
    need_open(account)
    serve(d, account.customer)
    check_channel(d, account)
    check_cash(d, c_.account, "out", c_.amount)
    on = value_date_of(d, account.opened_on, account.closed_on, account.last_booking)
    check_debit(account, c_.amount)
    check_covered(d, c_.account, c_.amount, on)
    gl = placeholders(deposit=account_gl(account), target=choose.CASH)
    entry = d.emit(
        ACCOUNT, c_.account, e.FundsWithdrawn(amount=c_.amount, target="cash", gl=gl), value_date=on
    )
    restate(d, c_.account, entry)


def charge_fee(d: Decision, c_: c.ChargeFee) -> None:
    """Take a fee of the dated tariff."""
    account = d.need(ACCOUNT, c_.account)
    fee = d.catalogue.money(f"fee.{c_.code}", d.day)
    check_debit(account, fee)
    gl = placeholders(deposit=account_gl(account))
    d.emit(ACCOUNT, c_.account, e.DepositFeeCharged(code=c_.code, fee=fee, gl=gl))


def freeze(d: Decision, c_: c.Freeze) -> None:
    """Freeze part or all; the newest stands behind the earlier ones."""
    need_open(d.need(ACCOUNT, c_.account))
    if c_.basis == "legal_order" and not c_.order:
        raise Rejected(Reason.PAPERS_MISSING)
    amount = (c_.amount or ZERO) if c_.kind is FreezeKind.AMOUNT_FREEZE else None
    if amount is not None:
        check_amount(amount)
    _check_end(d, c_.until)
    event = e.AccountFrozen(
        freeze=c_.freeze,
        kind=c_.kind.value,
        amount=amount,
        basis=c_.basis,
        order=c_.order,
        until=c_.until,
    )
    d.emit(ACCOUNT, c_.account, event)


def _check_end(d: Decision, until: date | None) -> None:
    """`until` is exclusive: what would end today or earlier never begins, `period_reversed`."""
    if until is not None and until <= d.day:
        raise Rejected(Reason.PERIOD_REVERSED, start=d.day, end=until)


def unfreeze(d: Decision, c_: c.Unfreeze) -> None:
    """Lift a freeze."""
    need_freeze(d.need(ACCOUNT, c_.account), c_.freeze)
    d.emit(ACCOUNT, c_.account, e.AccountUnfrozen(freeze=c_.freeze, reason=c_.reason))


def deduct(d: Decision, c_: c.Deduct) -> None:
    """Deduct under an order; frozen money may go, the balance may not be exceeded."""
    account = d.need(ACCOUNT, c_.account)
    check_amount(c_.amount)
    need_open(account)
    if not c_.order:
        raise Rejected(Reason.PAPERS_MISSING)
    if c_.amount > account.balance:
        raise Rejected(Reason.INSUFFICIENT_AVAILABLE_BALANCE, available=account.balance)
    gl = placeholders(deposit=account_gl(account), target="1003.02")
    d.emit(ACCOUNT, c_.account, e.FundsDeductedByOrder(amount=c_.amount, order=c_.order, gl=gl))


def place_hold(d: Decision, c_: c.PlaceHold) -> None:
    """Set available money aside."""
    check_debit(d.need(ACCOUNT, c_.account), c_.amount)
    _check_end(d, c_.until)
    event = e.HoldPlaced(hold=c_.hold, amount=c_.amount, purpose=c_.purpose, until=c_.until)
    d.emit(ACCOUNT, c_.account, event)


def release_hold(d: Decision, c_: c.ReleaseHold) -> None:
    """Release a hold."""
    need_hold(d.need(ACCOUNT, c_.account), c_.hold)
    d.emit(ACCOUNT, c_.account, e.HoldReleased(hold=c_.hold, reason=c_.reason))


def request_close(d: Decision, c_: c.RequestClose) -> None:
    """The customer asks to close."""
    need_stage(d.need(ACCOUNT, c_.account), Stage.ACTIVE, Stage.OPENED)
    d.emit(ACCOUNT, c_.account, e.ClosureRequested(by=c_.by, agent=c_.by != "customer"))


def close(d: Decision, c_: c.Close) -> None:
    """Close (DEP-21): settle to today, pay the interest in, pay all out in cash, release."""
    account = d.need(ACCOUNT, c_.account)
    need_open(account)
    serve(d, account.customer)
    check_close(account)
    settle(d, c_.account, d.day)
    pay(d, c_.account)
    rest = d.need(ACCOUNT, c_.account).balance
    if rest:
        gl = placeholders(deposit=account_gl(account), target=choose.CASH)
        d.emit(ACCOUNT, c_.account, e.FundsWithdrawn(amount=rest, target="cash", gl=gl))
    d.emit(ACCOUNT, c_.account, e.DepositAccountClosed(reason="customer"))
    release(d, account, c_.account)


_COUNTER = (Role.RM, Role.TELLER_CASH, Role.CUSTOMER)
HANDLERS: Final[dict[type, Handler]] = {
    c.Apply: by(apply, Role.RM, Role.TELLER_CASH, Role.CUSTOMER),
    c.Reject: by(reject, Role.RM, Role.TELLER_CASH),
    c.ChooseType: by(choose_type, *_COUNTER),
    c.SignAgreement: by(sign_agreement, *_COUNTER),
    c.Open: by(open_account, Role.RM, Role.TELLER_CASH),
    c.Activate: by(activate, *_COUNTER),
    c.Deposit: by(deposit, Role.TELLER_CASH, Role.RM, Role.CUSTOMER),
    c.Withdraw: by(withdraw, Role.TELLER_CASH, Role.RM, Role.CUSTOMER),
    c.ChargeFee: by(charge_fee, Role.TELLER_CASH, Role.RM, Role.SYSTEM),
    c.Freeze: by(freeze, Role.COMPLIANCE, Role.AUTHORISER, Role.RM, Role.TELLER_CASH),
    c.Unfreeze: by(unfreeze, Role.COMPLIANCE, Role.AUTHORISER, Role.RM, Role.TELLER_CASH),
    c.Deduct: by(deduct, Role.COMPLIANCE, Role.AUTHORISER),
    c.PlaceHold: by(place_hold, Role.TELLER_CASH, Role.RM, Role.SYSTEM),
    c.ReleaseHold: by(release_hold, Role.TELLER_CASH, Role.RM, Role.SYSTEM),
    c.RequestClose: by(request_close, *_COUNTER),
    c.Close: by(close, Role.RM, Role.TELLER_CASH),
}
