"""Dormant accounts and standing orders on the bank: DEP-23, GEN-08 steps 20 and 220."""

from __future__ import annotations

from datetime import date
from typing import Any

from bankcore.aggregates.catalogue import commands as catalogue
from bankcore.aggregates.deposit_account import ACCOUNT, DepositAccount
from bankcore.aggregates.deposit_account import commands as c
from bankcore.aggregates.deposit_account import events as e
from bankcore.aggregates.time_deposit import TIME_DEPOSIT
from bankcore.aggregates.time_deposit import commands as time
from bankcore.projections.trial_balance import trial_balance
from bankcore.values.money import yuan
from bankcore.values.reasons import Reason
from spec import Desk, bank, known_customer, open_account, sound


def account(desk: Desk) -> DepositAccount:
    return desk.state(ACCOUNT, "A1")


def test_a_quiet_account_sleeps_after_three_years_and_wakes_at_the_counter() -> None:
    desk = bank("2023-01-10", opening="500.00")
    desk.advance("2026-01-09")
    assert not account(desk).dormant
    desk.advance("2026-01-10")
    assert account(desk).dormant
    assert desk.found(e.AccountMadeDormant)[0].booking_date == date(2026, 1, 10)
    ledger = trial_balance(desk.entries())
    assert ledger["2011.12"] == -account(desk).balance.minor
    assert "2011.01" not in ledger
    desk.refused(c.Withdraw(account="A1", amount=yuan("1.00")), Reason.ACCOUNT_DORMANT)
    desk.refused(c.Wake(account="A1", identity_shown=False), Reason.IDENTITY_NOT_VERIFIED)
    desk.advance("2026-03-21")
    desk.do(c.Wake(account="A1"))
    desk.refused(c.Wake(account="A1"), Reason.ILLEGAL_TRANSITION)
    desk.do(c.Withdraw(account="A1", amount=yuan("1.00")))
    assert "2011.12" not in trial_balance(desk.entries())
    sound(desk)


def test_an_account_with_money_looks_again_at_month_ends_only_when_it_is_poor() -> None:
    desk = bank("2023-01-10", opening="10500.00")
    desk.do(
        catalogue.AdoptRule(
            param="fee.box",
            value="600.00",
            valid_from=date(2023, 1, 10),
            source="tariff",
            mark="convention",
            checker="head",
        )
    )
    desk.advance("2026-02-10")
    assert not account(desk).dormant
    desk.do(c.ChargeFee(account="A1", code="box"))
    desk.advance("2026-02-27")
    assert not account(desk).dormant
    desk.advance("2026-02-28")
    assert account(desk).dormant
    sound(desk)


def test_money_that_comes_to_a_sleeping_account_stays_asleep() -> None:
    desk = bank("2023-01-10", opening="500.00")
    desk.advance("2026-01-10")
    desk.do(c.Deposit(account="A1", amount=yuan("10.00")))
    assert account(desk).dormant
    late: dict[str, Any] = {
        "value_date": date(2026, 1, 9),
        "ground": "correction",
        "approval": "supervisor",
        "approver": "head",
    }
    desk.advance("2026-01-12")
    desk.refused(c.Deposit(account="A1", amount=yuan("1.00")), Reason.ACCOUNT_DORMANT, **late)
    desk.do(c.Close(account="A1"))
    sound(desk)


def test_a_new_account_that_is_not_used_loses_remote_channels() -> None:
    desk = bank("2026-01-10", opening="500.00")
    one = c.Withdraw(account="A1", amount=yuan("1.00"))
    desk.advance("2026-07-09")
    desk.do(c.Deposit(account="A1", amount=yuan("1.00")))
    known_customer(desk, "C2")
    open_account(desk, "A2", "C2")
    desk.advance("2027-01-09")
    two = c.Withdraw(account="A2", amount=yuan("1.00"))
    desk.do(one, channel="mobile")
    desk.refused(two, Reason.CHANNEL_SUSPENDED, channel="mobile")
    desk.do(c.Wake(account="A2"))
    desk.do(two, channel="mobile")
    sound(desk)


def plan_with_order(day: int, until: date | None = None) -> Desk:
    desk = bank("2025-01-10", opening="1100.00")
    desk.do(
        time.Open(
            deposit="T1",
            account="A1",
            product="instal_lump",
            amount=yuan("500.00"),
            term_months=12,
        )
    )
    order = c.SetStandingOrder(
        account="A1", order="O1", payee="T1", amount=yuan("500.00"), day=day, until=until
    )
    desk.do(order)
    return desk


def test_a_standing_order_pays_the_plan_each_month_and_waits_without_money() -> None:
    desk = plan_with_order(31)
    desk.advance("2025-03-01")
    plan = desk.state(TIME_DEPOSIT, "T1")
    # On 31 January, still in the first plan month, nothing is due; the first payment is
    # 28 February, and with 100 yuan left March has to wait.
    assert plan.payments == (date(2025, 1, 10), date(2025, 2, 28))
    desk.advance("2025-04-01")
    desk.do(c.Deposit(account="A1", amount=yuan("2000.00")))
    desk.advance("2025-05-01")
    plan = desk.state(TIME_DEPOSIT, "T1")
    assert plan.payments[-1] == date(2025, 4, 30)
    sound(desk)


def test_a_standing_order_ends_with_its_plan_or_when_the_customer_says_so() -> None:
    desk = plan_with_order(15)
    desk.do(time.WithdrawEarly(deposit="T1"))
    desk.advance("2025-01-16")
    assert desk.found(e.StandingOrderEnded)[0].event.reason == "deposit_not_active"
    desk = plan_with_order(15)
    desk.do(c.EndStandingOrder(account="A1", order="O1"))
    desk.refused(c.EndStandingOrder(account="A1", order="O1"), Reason.ILLEGAL_TRANSITION)
    desk.advance("2025-03-01")
    assert len(desk.found(e.AccountDebited)) == 1
    sound(desk)


def test_an_order_pays_only_into_the_customers_own_savings_plan() -> None:
    desk = plan_with_order(15)
    order = {"account": "A1", "amount": yuan("1.00"), "day": 1}
    desk.do(time.Open(deposit="T2", account="A1", product="optional", amount=yuan("50.00")))
    desk.refused(
        c.SetStandingOrder(order="O2", payee="T9", **order),  # type: ignore[arg-type]  # by name
        Reason.STREAM_NOT_FOUND,
    )
    desk.refused(
        c.SetStandingOrder(order="O2", payee="T2", **order),  # type: ignore[arg-type]  # by name
        Reason.ILLEGAL_TRANSITION,
    )
    desk.refused(
        c.SetStandingOrder(order="O1", payee="T1", **order),  # type: ignore[arg-type]  # by name
        Reason.ILLEGAL_TRANSITION,
    )


def test_an_order_pays_from_its_own_day_to_its_last() -> None:
    # Set on 10 January for the 5th: January is over; 5 February still lies in the first plan
    # month, 5 March pays, and 5 April is after the last day.
    desk = plan_with_order(5, until=date(2025, 4, 4))
    desk.do(c.Deposit(account="A1", amount=yuan("5000.00")))
    desk.advance("2025-05-31")
    plan = desk.state(TIME_DEPOSIT, "T1")
    assert plan.payments == (date(2025, 1, 10), date(2025, 3, 5))
    sound(desk)


def test_nothing_is_set_aside_on_a_sleeping_account() -> None:
    desk = bank("2023-01-10", opening="500.00")
    hold = c.PlaceHold(account="A1", hold="H1", amount=yuan("1.00"), purpose="order")
    desk.advance("2026-01-10")
    desk.refused(hold, Reason.ACCOUNT_DORMANT)
    desk.do(c.Wake(account="A1"))
    desk.do(hold)
    assert account(desk).available == account(desk).balance - yuan("1.00")
