"""Decisions of the deposit account on its own state: pure, refusals in the rulebook's order."""

from __future__ import annotations

from bankcore.aggregates.deposit_account import events as e
from bankcore.aggregates.deposit_account.state import DepositAccount, Stage
from bankcore.rules.deposits.availability import FULL_FREEZE
from bankcore.values.money import Money
from bankcore.values.reasons import Reason, Rejected


def need_stage(account: DepositAccount, *stages: Stage) -> None:
    """Refuse `illegal_transition` unless the account stands in one of the stages."""
    if account.stage not in stages:
        raise Rejected(Reason.ILLEGAL_TRANSITION, state=account.stage.value)


def need_open(account: DepositAccount) -> None:
    """Refuse `account_not_open` unless money can move."""
    if not account.is_open:
        raise Rejected(Reason.ACCOUNT_NOT_OPEN, state=account.stage.value)


def check_credit(account: DepositAccount) -> None:
    """May money arrive? account_not_open, credit_not_allowed (under a full freeze), DEP-22."""
    need_open(account)
    if any(f.kind == FULL_FREEZE for f in account.freezes):
        raise Rejected(Reason.CREDIT_NOT_ALLOWED)


def check_amount(amount: Money) -> None:
    """Refuse `amount_not_positive`."""
    if amount.minor <= 0:
        raise Rejected(Reason.AMOUNT_NOT_POSITIVE, amount=amount)


def check_debit(account: DepositAccount, amount: Money) -> None:
    """May this amount leave? Not when closed, frozen, dormant, or above the available balance."""
    check_amount(amount)
    need_open(account)
    if any(f.amount is None for f in account.freezes):
        raise Rejected(Reason.ACCOUNT_FROZEN, freeze=account.freezes[0].freeze)
    if account.dormant:
        raise Rejected(Reason.ACCOUNT_DORMANT)
    if amount > account.available:
        raise Rejected(
            Reason.INSUFFICIENT_AVAILABLE_BALANCE, available=account.available, asked=amount
        )


def check_close(account: DepositAccount) -> None:
    """The refusals of DEP-21 that the account itself knows."""
    need_open(account)
    if account.freezes:
        raise Rejected(Reason.ACCOUNT_FROZEN, freeze=account.freezes[0].freeze)
    if account.holds:
        raise Rejected(Reason.HOLDS_PRESENT, holds=[h.hold for h in account.holds])
    if account.links:
        raise Rejected(Reason.LINKED_PRODUCTS, contracts=[x.contract for x in account.links])


def need_freeze(account: DepositAccount, freeze: str) -> None:
    """Refuse `illegal_transition` when there is no such freeze."""
    if all(f.freeze != freeze for f in account.freezes):
        raise Rejected(Reason.ILLEGAL_TRANSITION, freeze=freeze)


def need_hold(account: DepositAccount, hold: str) -> None:
    """Refuse `illegal_transition` when there is no such hold."""
    if all(h.hold != hold for h in account.holds):
        raise Rejected(Reason.ILLEGAL_TRANSITION, hold=hold)


def terms_of(settlement: str, base: str) -> e.DemandTerms:
    """The terms agreed: settlement frequency (DEP-03) and interest base (DEP-02)."""
    return e.DemandTerms(settlement=settlement, base=base)
