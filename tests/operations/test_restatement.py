"""Late facts of demand accounts: what the machine of `bankcore.testing` found, as examples.

All figures by hand: 5 January to 20 March 2026 are 75 days, 21 March to 20 June 92 days, the
demand rate is 0.05 %.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from bankcore.aggregates.deposit_account import ACCOUNT
from bankcore.aggregates.deposit_account import commands as c
from bankcore.aggregates.deposit_account.events import InterestAdjusted
from bankcore.projections.trial_balance import trial_balance
from bankcore.rules.deposits.availability import FreezeKind
from bankcore.values.money import yuan
from bankcore.values.reasons import Reason
from spec import Desk, bank, check_books, empty_bank, known_customer

OPENING = date(2026, 1, 5)


def late(desk: Desk, command: Any, on: date = OPENING) -> Any:
    """Give a command valued in the past, with the approval of the branch."""
    return desk.do(
        command, value_date=on, ground="late_information", approval="branch", approver="boss"
    )


def adjusted(desk: Desk) -> list[tuple[str, date]]:
    """Difference and value date of each adjustment of settled interest."""
    return [
        (str(entry.event.difference), entry.value_date)
        for entry in desk.entries()
        if isinstance(entry.event, InterestAdjusted)
    ]


def test_a_late_debit_may_not_overdraw_a_day_before_the_last_settlement() -> None:
    desk = bank(opening="1000.00")
    desk.advance("2026-02-10")
    desk.do(c.Deposit(account="A1", amount=yuan("5000.00")))
    desk.advance("2026-03-22")
    desk.refused(
        c.Withdraw(account="A1", amount=yuan("1000.01")),
        Reason.INSUFFICIENT_FUNDS_AT_VALUE_DATE,
        value_date=OPENING,
        ground="late_information",
        approval="branch",
        approver="boss",
    )


def test_interest_that_was_drawn_and_turns_out_not_due_is_claimed() -> None:
    """100,000 × 75 × 0.05 % / 360 = 10.4166… = 10.42 was paid and drawn; none of it was due."""
    desk = bank(opening="100000.00")
    desk.advance("2026-03-21")
    desk.do(c.Withdraw(account="A1", amount=yuan("10.42")))
    desk.advance("2026-03-22")
    late(desk, c.Withdraw(account="A1", amount=yuan("100000.00")))
    assert adjusted(desk) == [("-10.42", date(2026, 3, 21))]
    account = desk.state(ACCOUNT, "A1")
    assert account.balance == yuan("0.00")
    assert trial_balance(desk.entries()) == {"1001": -1042, "1221.04": 1042}
    check_books(desk)
    desk.advance("2026-06-22")


def test_an_account_without_money_settles_so_that_a_late_deposit_finds_its_period() -> None:
    """100,000 × 75 × 0.05 % / 360 = 10.42, on the pay day of the period that had nothing."""
    desk = empty_bank("2026-01-05")
    known_customer(desk, "C1")
    desk.do(c.Apply(account="A1", customer="C1"))
    desk.do(c.ChooseType(account="A1", product="demand_q"))
    desk.do(c.SignAgreement(account="A1"))
    desk.do(c.Open(account="A1"))
    desk.do(c.Activate(account="A1"))
    desk.advance("2026-03-25")
    late(desk, c.Deposit(account="A1", amount=yuan("100000.00")))
    assert adjusted(desk) == [("10.42", date(2026, 3, 21))]
    desk.advance("2026-06-21")
    check_books(desk)


def test_an_adjustment_is_valued_on_the_last_pay_day_that_changed() -> None:
    """1,000 → 0.104 and 0.128 (0.10, 0.13); 1,050 → 0.109 and 0.134 (0.11, 0.13): only the first.

    The late 50.00 of 5 January change the first settlement by 0.01 and the second by nothing.
    """
    desk = bank(opening="1000.00")
    desk.advance("2026-06-22")
    desk.do(
        c.Deposit(account="A1", amount=yuan("50.00")),
        value_date=OPENING,
        ground="late_information",
        approval="head_office",
        approver="boss",
    )
    assert adjusted(desk) == [("0.01", date(2026, 3, 21))]
    check_books(desk)


def test_a_full_freeze_lets_no_money_in() -> None:
    desk = bank()
    desk.do(c.Freeze(account="A1", freeze="F1", kind=FreezeKind.FULL_FREEZE, order="order 7"))
    desk.refused(c.Deposit(account="A1", amount=yuan("1.00")), Reason.CREDIT_NOT_ALLOWED)


def test_a_hold_that_would_end_today_never_begins() -> None:
    desk = bank()
    hold = c.PlaceHold(
        account="A1", hold="H1", amount=yuan("1.00"), purpose="order", until=date(2026, 1, 5)
    )
    desk.refused(hold, Reason.PERIOD_REVERSED)
