"""Reversals: a red entry undoes all but history."""

from __future__ import annotations

from bankcore.aggregates.deposit_account import commands as c
from bankcore.projections.trial_balance import trial_balance
from bankcore.values.money import yuan
from bankcore.values.reasons import Reason
from spec import bank, sound


def test_do_and_undo_restores_balances_ledger_and_interest() -> None:
    plain, undone = bank("2026-03-02"), bank("2026-03-02")
    entry = undone.do(c.Deposit(account="A1", amount=yuan("250000.00"))).entries[0]
    for desk in (plain, undone):
        desk.advance("2026-03-23")
    # 250,000 × 19 days × 0.05 % / 360 = 6.60 had been paid and is taken back.
    reverse = c.Reverse(account="A1", reverses=entry.id, reason="wrong account")
    undone.refused(reverse, Reason.MAKER_IS_CHECKER)
    undone.do(reverse, approver="head")
    assert plain.balance() == undone.balance()
    assert trial_balance(plain.entries()) == trial_balance(undone.entries())
    sound(undone)
    undone.refused(reverse, Reason.ILLEGAL_TRANSITION, approver="head")


def test_money_that_is_gone_cannot_be_taken_back() -> None:
    desk = bank("2026-03-02")
    entry = desk.do(c.Deposit(account="A1", amount=yuan("50.00"))).entries[0]
    desk.do(c.Withdraw(account="A1", amount=yuan("1049.00")))
    reverse = c.Reverse(account="A1", reverses=entry.id, reason="counted twice")
    desk.refused(reverse, Reason.INSUFFICIENT_AVAILABLE_BALANCE, approver="head")
