"""Savings plans, planned draws, notice and optional deposits on the bank; figures by hand."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

from bankcore.aggregates.deposit_account import commands as account
from bankcore.aggregates.time_deposit import TIME_DEPOSIT, Stage, TimeDeposit
from bankcore.aggregates.time_deposit import commands as c
from bankcore.aggregates.time_deposit import events as e
from bankcore.audit.explain.evidence import evidence
from bankcore.audit.explain.registry import explain
from bankcore.audit.verify import verify
from bankcore.projections.accrued import accrued
from bankcore.projections.window import Window
from bankcore.values.money import ZERO, yuan
from bankcore.values.reasons import Reason
from spec import Desk, bank, check_books


def opened(product: str, amount: str, day: str, term: int = 0, step: int = 0) -> Desk:
    desk = bank(day, opening="600000.00")
    desk.do(
        c.Open(
            deposit="T1",
            account="A1",
            product=product,
            amount=yuan(amount),
            term_months=term or None,
            step_months=step or None,
        )
    )
    return desk


def deposit(desk: Desk) -> TimeDeposit:
    return desk.state(TIME_DEPOSIT, "T1")


def found(desk: Desk, kind: type[Any]) -> list[Any]:
    return [entry.event for entry in desk.found(kind)]


def grown(desk: Desk, on: str) -> Fraction:
    """Accrued interest of T1 at the end of a day, in yuan."""
    day = date.fromisoformat(on)
    seen = evidence(desk.entries(), Window(day, day), desk.bank.catalogue, day)
    stream = TIME_DEPOSIT.stream("T1")
    return sum(
        (a.exact / 100 for a in accrued(seen.states, day, seen.catalogue) if a.stream == stream),
        Fraction(0),
    )


def sound(desk: Desk) -> None:
    """Books tie at every pair of dates, verify agrees, and every explanation adds up."""
    check_books(desk)
    verdict = verify(desk.bank.log)
    assert verdict.ok, verdict.faults
    day = desk.entries()[-1].booking_date
    seen = evidence(desk.entries(), Window(), desk.bank.catalogue, day)
    for figure in ("balance", "settled-interest", "accrued-interest"):
        assert explain(figure, TIME_DEPOSIT.stream("T1"), seen).adds_up
    principal = explain("balance", TIME_DEPOSIT.stream("T1"), seen).value
    assert principal == deposit(desk).principal.minor


def pay_months(desk: Desk, *days: str) -> None:
    for day in days:
        desk.advance(day)
        desk.do(c.PayInstalment(deposit="T1", amount=yuan("500.00")))


def test_a_savings_plan_paid_every_month_earns_its_month_products() -> None:
    # 500 × 0.80 %/12 × 78 = 26.00, worked example dep-11-01 on the board of 2024-10-18.
    desk = opened("instal_lump", "500.00", "2025-01-10", 12)
    months = [f"2025-{m:02d}-10" for m in range(2, 13)]
    pay_months(desk, *months)
    desk.refused(
        c.PayInstalment(deposit="T1", amount=yuan("500.00")), Reason.INSTALMENT_ALREADY_PAID
    )
    # At the end of 9 January 2026 the twelfth month is gone: all 78 month products.
    desk.advance("2026-01-10")
    assert grown(desk, "2026-01-09") == Fraction(26)
    assert deposit(desk).payable == yuan("26.00")
    before = desk.balance()
    desk.do(c.PayOut(deposit="T1"))
    assert desk.balance() - before == yuan("6026.00")
    sound(desk)


def test_a_plan_missed_twice_is_in_breach_and_later_payments_earn_demand() -> None:
    # Worked example dep-11-06: months 5 and 6 missed, breach on 10 July, interest 14.45.
    desk = opened("instal_lump", "500.00", "2025-01-10", 12)
    pay_months(desk, "2025-02-10", "2025-03-10", "2025-04-10")
    desk.refused(
        c.PayInstalment(deposit="T1", amount=yuan("400.00")), Reason.INSTALMENT_AMOUNT_MISMATCH
    )
    pay_months(desk, *[f"2025-{m:02d}-10" for m in range(7, 13)])
    assert deposit(desk).breached_on == date(2025, 7, 10)
    assert found(desk, e.SavingsPlanBreached)[0].missed == (5, 6)
    desk.advance("2026-01-10")
    assert deposit(desk).payable == yuan("14.45")
    sound(desk)


def test_a_plan_closed_early_earns_demand_on_each_payment() -> None:
    # Worked example dep-11-09: four payments until 9 June at 0.05 % give 0.29.
    desk = opened("instal_lump", "500.00", "2025-01-10", 12)
    pay_months(desk, "2025-02-10", "2025-03-10", "2025-04-10")
    desk.advance("2025-06-09")
    desk.refused(c.WithdrawEarly(deposit="T1", amount=yuan("500.00")), Reason.PARTIAL_NOT_ALLOWED)
    desk.do(c.WithdrawEarly(deposit="T1"))
    assert desk.events()[0].other_interest == yuan("0.29")
    sound(desk)


def test_planned_draws_are_paid_on_their_days_and_the_last_with_all_interest() -> None:
    # 12,000 in quarters at 0.65 %: (12+9+6+3) thousand × 3/12 × 0.65 % = 48.75 (DEP-12).
    desk = opened("lump_instal", "12000.00", "2025-06-30", 12, 3)
    before = desk.balance()
    desk.advance("2025-09-30")
    assert deposit(desk).principal == yuan("9000.00")
    assert desk.balance() - before >= yuan("3000.00")
    # Finished step 12,000 × 3/12 × 0.65 % = 19.50; then 9,000 × one day / 360 × 0.65 %.
    assert grown(desk, "2025-09-30") == Fraction(1950, 100) + Fraction(9000 * 65, 100 * 36000)
    desk.advance("2026-06-30")
    assert deposit(desk).stage is Stage.PAID_OUT
    assert found(desk, e.TimeDepositMatured)[0].interest == yuan("48.75")
    assert [x.principal for x in found(desk, e.PrincipalDrawn)] == [yuan("3000.00")] * 3
    sound(desk)


def test_planned_draws_closed_early_earn_demand_on_what_stood() -> None:
    # Worked example dep-12-05: 9,000.00 and 2.11.
    desk = opened("lump_instal", "12000.00", "2025-06-30", 12, 3)
    desk.advance("2025-11-15")
    desk.do(c.WithdrawEarly(deposit="T1"))
    paid = desk.events()[0]
    assert (paid.principal, paid.other_interest) == (yuan("9000.00"), yuan("2.11"))
    sound(desk)


def test_a_draw_waits_for_a_freeze_and_is_paid_when_it_ends() -> None:
    desk = opened("lump_instal", "12000.00", "2025-06-30", 12, 3)
    desk.do(c.Freeze(deposit="T1", freeze="F1", order="(2025) Zhi 2"))
    desk.advance("2026-01-05")
    assert deposit(desk).draws == 0
    desk.do(c.Unfreeze(deposit="T1", freeze="F1", reason="lifted"))
    assert deposit(desk).draws == 2
    sound(desk)


def test_interest_draws_add_up_to_the_interest_of_the_term() -> None:
    # 100,000 × 0.65 % = 650.00 a year; 54.17 a month, the last month the rest: 54.13.
    desk = opened("interest_draw", "100000.00", "2025-08-31", 12, 1)
    desk.advance("2026-08-31")
    drawn = [x.interest for x in found(desk, e.InterestDrawn)]
    assert drawn == [yuan("54.17")] * 11 + [yuan("54.13")]
    assert (deposit(desk).stage, deposit(desk).payable) == (Stage.MATURED, ZERO)
    desk.do(c.PayOut(deposit="T1"))
    assert desk.events()[0].other_interest == ZERO
    sound(desk)


def test_interest_drawn_beyond_demand_is_taken_back() -> None:
    # Worked example dep-13-04 (36 months at 0.85 %): drawn 425.00, due 40.00, back 385.00.
    desk = opened("interest_draw", "100000.00", "2025-08-31", 36, 6)
    desk.advance("2026-06-15")
    before = desk.balance()
    desk.do(c.WithdrawEarly(deposit="T1"))
    assert desk.balance() - before == yuan("99615.00")
    assert found(desk, e.DrawnInterestClawedBack)[0].clawback == yuan("385.00")
    sound(desk)


def test_interest_owed_beyond_what_was_drawn_is_paid() -> None:
    # Before the first draw: 100,000 × 30 days × 0.05 %/360 = 4.1667.
    desk = opened("interest_draw", "100000.00", "2025-08-31", 36, 6)
    desk.advance("2025-09-30")
    desk.do(c.WithdrawEarly(deposit="T1"))
    assert desk.events()[0].other_interest == yuan("4.17")
    sound(desk)


def test_a_notice_deposit_drawn_as_announced_earns_the_notice_rate() -> None:
    # Worked example dep-15-01 dates: 100,000 × 100 days × 0.30 %/360 = 83.33.
    desk = opened("notice_7d", "300000.00", "2026-01-05")
    desk.advance("2026-04-08")
    desk.do(c.GiveNotice(deposit="T1", notice="N1", amount=yuan("100000.00")))
    desk.refused(
        c.GiveNotice(deposit="T1", notice="N2", amount=yuan("100000.00")),
        Reason.NOTICE_ALREADY_OPEN,
    )
    desk.advance("2026-04-15")
    desk.do(c.Draw(deposit="T1", amount=yuan("100000.00")))
    drawn = desk.events()[0]
    assert (drawn.grade, drawn.interest, drawn.rest) == (
        "proper", yuan("83.33"), yuan("200000.00"),
    )  # fmt: skip
    assert grown(desk, "2026-04-15") == Fraction(200_000 * 101 * 30, 100 * 36_000)
    desk.refused(c.Draw(deposit="T1", amount=yuan("1.50")), Reason.AMOUNT_NOT_WHOLE_YUAN)
    sound(desk)


def test_a_cancelled_notice_costs_its_days_and_a_small_rest_closes_the_deposit() -> None:
    # 7 days off 100,000: 260,000 × 100 days − 100,000 × 7 days at demand, rest 40,000 × 100 days:
    # (26,000,000 − 700,000 + 4,000,000) × 0.05 %/360 = 40.6944.
    desk = opened("notice_7d", "300000.00", "2026-01-05")
    desk.do(c.GiveNotice(deposit="T1", notice="N1", amount=yuan("100000.00")))
    desk.refused(c.CancelNotice(deposit="T1", notice="N9"), Reason.ILLEGAL_TRANSITION)
    desk.do(c.CancelNotice(deposit="T1", notice="N1"))
    desk.advance("2026-04-15")
    desk.do(c.Draw(deposit="T1", amount=yuan("260000.00")))
    drawn = desk.events()[0]
    assert (drawn.grade, drawn.principal) == ("no_notice", yuan("300000.00"))
    assert drawn.interest == yuan("40.69")
    assert deposit(desk).stage is Stage.PAID_OUT
    sound(desk)


def test_a_late_notice_lapses_when_a_new_one_is_given() -> None:
    desk = opened("notice_1d", "300000.00", "2026-01-05")
    desk.do(c.GiveNotice(deposit="T1", notice="N1", amount=yuan("60000.00")))
    desk.advance("2026-01-10")
    desk.do(c.GiveNotice(deposit="T1", notice="N2", amount=yuan("60000.00")))
    lapsed, given = desk.events()
    assert isinstance(lapsed, e.WithdrawalNoticeLapsed)
    assert given.draw_on == date(2026, 1, 11)
    assert deposit(desk).lapsed == (yuan("60000.00"),)
    sound(desk)


def test_an_optional_deposit_earns_three_fifths_of_the_tier_it_reached() -> None:
    # 92 days: 3 months reached; 60 % × 0.65 % = 0.39 % × 20,000 × 92/360 = 19.9333.
    desk = opened("optional", "20000.00", "2025-11-30")
    desk.advance("2026-03-02")
    desk.refused(c.PayOut(deposit="T1", amount=yuan("1.00")), Reason.PARTIAL_NOT_ALLOWED)
    desk.do(c.PayOut(deposit="T1"))
    assert desk.events()[0].other_interest == yuan("19.93")
    sound(desk)


def test_accrual_of_a_term_deposit_counts_months_and_stops_at_maturity() -> None:
    # 50,000 × 0.95 %: one month 39.5833; the day after maturity one demand day 0.0694.
    desk = opened("lump_lump", "50000.00", "2025-06-10", 12)
    desk.advance("2025-07-09")
    assert grown(desk, "2025-07-09") == Fraction(475, 12)
    desk.advance("2026-06-10")
    assert grown(desk, "2026-06-09") == Fraction(475)
    assert grown(desk, "2026-06-10") == Fraction(50_000 * 5, 100 * 36_000)


def test_a_deposit_of_another_kind_is_not_drawn_by_notice() -> None:
    desk = opened("lump_lump", "50000.00", "2025-06-10", 12)
    desk.refused(c.Draw(deposit="T1", amount=yuan("50000.00")), Reason.ILLEGAL_TRANSITION)
    desk.refused(c.PayInstalment(deposit="T1", amount=yuan("50000.00")), Reason.ILLEGAL_TRANSITION)
    desk.refused(account.Close(account="A1"), Reason.LINKED_PRODUCTS)
