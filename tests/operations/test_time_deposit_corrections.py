"""Red entries on time deposits and interest made good: GEN-05, GL-05."""

from __future__ import annotations

from typing import Any

from bankcore.aggregates.deposit_account import commands as account
from bankcore.aggregates.deposit_account import events as a
from bankcore.aggregates.time_deposit import TIME_DEPOSIT, Stage, TimeDeposit
from bankcore.aggregates.time_deposit import commands as c
from bankcore.aggregates.time_deposit import events as e
from bankcore.values.money import ZERO, yuan
from bankcore.values.reasons import Reason
from spec import Desk, bank, sound

TWO_PEOPLE: dict[str, Any] = {"approver": "head"}


def placed() -> Desk:
    desk = bank("2025-06-10", opening="60000.00")
    desk.do(
        c.Open(
            deposit="T1",
            account="A1",
            product="lump_lump",
            amount=yuan("50000.00"),
            term_months=12,
        )
    )
    return desk


def deposit(desk: Desk) -> TimeDeposit:
    return desk.state(TIME_DEPOSIT, "T1")


def last(desk: Desk, kind: type[Any]) -> str:
    return desk.found(kind)[-1].id


def reverse(desk: Desk, kind: type[Any]) -> c.Reverse:
    return c.Reverse(deposit="T1", reverses=last(desk, kind), reason="wrong customer")


def test_a_deposit_placed_by_mistake_never_was() -> None:
    # Reversed after the settlement of 20 June: the account is given the interest that the money
    # would have earned on it, 50,000 × 11 days × 0.05 %/360 = 0.7639; with 0.1528 settled on
    # 10,000 the whole is 0.9167: 0.92 − 0.15 = 0.77.
    desk = placed()
    desk.advance("2025-06-25")
    desk.do(reverse(desk, e.TimeDepositPlaced), **TWO_PEOPLE)
    assert (deposit(desk).principal, deposit(desk).stage) == (ZERO, Stage.OPENED)
    assert desk.balance() == yuan("60000.92")
    adjusted = [x.event for x in desk.found(a.InterestAdjusted)]
    assert [x.difference for x in adjusted] == [yuan("0.77")]
    sound(desk)
    desk.do(account.Close(account="A1"))


def test_an_early_withdrawal_by_mistake_is_undone_with_its_interest() -> None:
    desk = placed()
    desk.advance("2025-09-18")
    before = deposit(desk)
    money = desk.balance()
    desk.do(c.WithdrawEarly(deposit="T1"))
    desk.do(reverse(desk, e.TimeDepositPaidOut), **TWO_PEOPLE)
    after = deposit(desk)
    assert (after.principal, after.stage, after.payable) == (
        before.principal,
        Stage.RUNNING,
        ZERO,
    )
    assert desk.balance() == money
    desk.refused(account.Close(account="A1"), Reason.LINKED_PRODUCTS)
    desk.advance("2026-06-10")
    assert deposit(desk).payable == yuan("475.00")
    sound(desk)


def test_a_part_withdrawal_undone_gives_the_part_count_back() -> None:
    desk = placed()
    desk.do(c.WithdrawEarly(deposit="T1", amount=yuan("20000.00")))
    desk.do(reverse(desk, e.TimeDepositWithdrawnEarly), **TWO_PEOPLE)
    desk.do(c.WithdrawEarly(deposit="T1", amount=yuan("10000.00")))
    assert deposit(desk).principal == yuan("40000.00")
    sound(desk)


def test_only_the_last_entry_is_reversed_by_two_people_with_a_reason() -> None:
    desk = placed()
    first = reverse(desk, e.TimeDepositPlaced)
    desk.refused(first, Reason.MAKER_IS_CHECKER)
    silent = c.Reverse(deposit="T1", reverses=first.reverses, reason="")
    desk.refused(silent, Reason.REASON_MISSING, **TWO_PEOPLE)
    desk.do(c.WithdrawEarly(deposit="T1", amount=yuan("20000.00")))
    desk.refused(first, Reason.ILLEGAL_TRANSITION, **TWO_PEOPLE)
    desk.do(account.Withdraw(account="A1", amount=yuan("25000.00")))
    undo = reverse(desk, e.TimeDepositWithdrawnEarly)
    desk.refused(undo, Reason.INSUFFICIENT_AVAILABLE_BALANCE, **TWO_PEOPLE)


def test_a_reversed_entry_cannot_be_reversed_again() -> None:
    desk = placed()
    desk.do(c.WithdrawEarly(deposit="T1", amount=yuan("20000.00")))
    undo = reverse(desk, e.TimeDepositWithdrawnEarly)
    desk.do(undo, **TWO_PEOPLE)
    desk.refused(undo, Reason.ILLEGAL_TRANSITION, **TWO_PEOPLE)
    whole = reverse(desk, e.TimeDepositPlaced)
    desk.do(whole, **TWO_PEOPLE)
    desk.refused(whole, Reason.ILLEGAL_TRANSITION, **TWO_PEOPLE)


def test_missing_interest_is_paid_and_too_much_is_taken_back_or_claimed() -> None:
    desk = placed()
    before = desk.balance()
    cause = (last(desk, e.TimeDepositPlaced),)

    def adjust(amount: str) -> c.AdjustInterest:
        return c.AdjustInterest(
            deposit="T1", difference=yuan(amount), cause=cause, reason="wrong rate"
        )

    desk.refused(adjust("1.00"), Reason.MAKER_IS_CHECKER)
    desk.refused(adjust("0.00"), Reason.AMOUNT_NOT_POSITIVE, **TWO_PEOPLE)
    desk.do(adjust("12.34"), **TWO_PEOPLE)
    assert desk.balance() == before + yuan("12.34")
    desk.do(adjust("-12.34"), **TWO_PEOPLE)
    assert desk.balance() == before
    desk.do(adjust("-10000.01"), **TWO_PEOPLE)
    assert desk.balance() == before
    assert desk.events()[0].gl["target"] == "1221.04"
    sound(desk)
