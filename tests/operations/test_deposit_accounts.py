"""Deposit accounts: opening, interest, late facts, closing; figures by hand from DEP-02/03."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

from bankcore.aggregates.deposit_account import commands as c
from bankcore.aggregates.deposit_account import events as e
from bankcore.rules.deposits.availability import FreezeKind
from bankcore.values.money import yuan
from bankcore.values.reasons import Reason
from spec import bank, check_books, known_customer, open_account, sound


def test_a_payroll_account_earns_39_fen_on_the_21st() -> None:
    # 10,000 × 8 days + 18,400 × 11 days = 282,400 yuan-days × 0.05 % / 360 = 0.3922 (DEP-02).
    desk = bank("2026-03-02", opening="10000.00")
    desk.advance("2026-03-10")
    desk.do(c.Deposit(account="A1", amount=yuan("8400.00")))
    events = desk.advance("2026-03-21")
    settled = next(x for x in events if isinstance(x, e.InterestSettled))
    assert (settled.interest, settled.balance_days) == (yuan("0.39"), Fraction(282_400))
    assert desk.balance() == yuan("18400.39")
    check_books(desk)


def test_a_late_deposit_restates_settled_interest_with_one_adjustment() -> None:
    # 100,000 more from 5 March: 16 days × 100,000 = 1,600,000 yuan-days; together 1,882,400
    # × 0.05 % / 360 = 2.6144, settled was 0.39, so 2.22 is missing (GL-05).
    desk = bank("2026-03-02", opening="10000.00")
    desk.advance("2026-03-10")
    desk.do(c.Deposit(account="A1", amount=yuan("8400.00")))
    desk.advance("2026-03-25")
    late: dict[str, Any] = {"value_date": date(2026, 3, 5), "ground": "late_information"}
    deposit = c.Deposit(account="A1", amount=yuan("100000.00"))
    desk.refused(deposit, Reason.BACK_VALUE_NEEDS_APPROVAL, **late, approval="supervisor")
    desk.refused(deposit, Reason.MAKER_IS_CHECKER, **late, approval="branch")
    desk.do(deposit, **late, approval="branch", approver="head")
    adjusted = desk.events()[-1]
    assert isinstance(adjusted, e.InterestAdjusted)
    assert adjusted.difference == yuan("2.22")
    assert desk.outcomes[-1].entries[-1].value_date == date(2026, 3, 21)
    check_books(desk)


def test_late_insert_ends_with_the_balance_of_value_order() -> None:
    late, timely = bank("2026-03-02"), bank("2026-03-02")
    timely.do(c.Deposit(account="A1", amount=yuan("777777.00")))
    for desk in (late, timely):
        desk.advance("2026-04-02")
    late.do(
        c.Deposit(account="A1", amount=yuan("777777.00")),
        value_date=date(2026, 3, 2),
        ground="correction",
        approval="branch",
        approver="head",
    )
    for desk in (late, timely):
        desk.advance("2026-06-22")
    assert late.balance() == timely.balance()


def test_closing_pays_exactly_what_was_earned_and_leaves_nothing() -> None:
    # 1,000 × 36 days (5 Jan to 10 Feb) × 0.05 % / 360 = 0.05.
    desk = bank("2026-01-05")
    desk.advance("2026-02-10")
    desk.do(c.Close(account="A1"))
    paid = [x for x in desk.events() if isinstance(x, e.FundsWithdrawn)]
    assert [x.amount for x in paid] == [yuan("1000.05")]
    assert desk.balance() == yuan("0.00")
    sound(desk)


def test_a_person_has_one_class_one_account() -> None:
    desk = bank()
    known_customer(desk, "C2", document_no="same")
    known_customer(desk, "C3", document_no="same")
    open_account(desk, "A2", "C2")
    desk.do(c.Apply(account="A3", customer="C3"))
    desk.do(c.ChooseType(account="A3", product="demand", account_class="I"))
    desk.do(c.SignAgreement(account="A3"))
    desk.refused(c.Open(account="A3"), Reason.CLASS_ONE_EXISTS)


def test_what_is_held_or_frozen_cannot_leave() -> None:
    desk = bank()
    desk.do(c.PlaceHold(account="A1", hold="h1", amount=yuan("400.00"), purpose="cheque"))
    withdraw = c.Withdraw(account="A1", amount=yuan("600.01"))
    desk.refused(withdraw, Reason.INSUFFICIENT_AVAILABLE_BALANCE)
    desk.do(c.Withdraw(account="A1", amount=yuan("600.00")))
    desk.refused(c.Close(account="A1"), Reason.HOLDS_PRESENT)
    desk.do(c.Freeze(account="A1", freeze="f1", kind=FreezeKind.DEBIT_FREEZE, order="court-1"))
    desk.do(c.ReleaseHold(account="A1", hold="h1"))
    desk.refused(c.Withdraw(account="A1", amount=yuan("1.00")), Reason.ACCOUNT_FROZEN)
    desk.do(c.Unfreeze(account="A1", freeze="f1", reason="order lifted"))
    desk.do(c.Withdraw(account="A1", amount=yuan("400.00")))
    assert desk.balance() == yuan("0.00")


def test_a_hold_lapses_on_its_day() -> None:
    desk = bank("2026-01-05")
    until = date(2026, 1, 8)
    desk.do(c.PlaceHold(account="A1", hold="h", amount=yuan("1000.00"), purpose="x", until=until))
    desk.advance("2026-01-07")
    desk.refused(
        c.Withdraw(account="A1", amount=yuan("1.00")), Reason.INSUFFICIENT_AVAILABLE_BALANCE
    )
    desk.advance("2026-01-08")
    desk.do(c.Withdraw(account="A1", amount=yuan("1000.00")))


def test_the_same_command_twice_changes_nothing() -> None:
    desk = bank()
    deposit = c.Deposit(account="A1", amount=yuan("5.00"))
    first = desk.do(deposit, command_id="once")
    head = desk.bank.log.head()
    again = desk.do(deposit, command_id="once")
    assert again.duplicate
    assert again.entries == first.entries
    assert desk.bank.log.head() == head
    other = c.Deposit(account="A1", amount=yuan("6.00"))
    desk.refused(other, Reason.IDEMPOTENCY_KEY_REUSED, command_id="once")


def test_skipping_a_month_gives_the_log_of_closing_day_by_day() -> None:
    at_once, daily = bank("2026-01-05"), bank("2026-01-05")
    at_once.advance("2026-04-01")
    for day in range(6, 31):
        daily.advance(f"2026-01-{day:02d}")
    daily.advance("2026-04-01")
    assert at_once.bank.log.digest() == daily.bank.log.digest()
