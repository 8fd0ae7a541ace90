"""Lump-sum time deposits: placing, maturity, rollover, early and overdue; figures by hand."""

from __future__ import annotations

from datetime import date

import pytest

from bankcore.aggregates.deposit_account import ACCOUNT
from bankcore.aggregates.deposit_account import commands as account
from bankcore.aggregates.time_deposit import TIME_DEPOSIT, Stage, TimeDeposit
from bankcore.aggregates.time_deposit import commands as c
from bankcore.aggregates.time_deposit import events as e
from bankcore.values.money import ZERO, yuan
from bankcore.values.rates import AnnualRate
from bankcore.values.reasons import Reason
from spec import Desk, bank, sound


def deposit(desk: Desk, key: str = "T1") -> TimeDeposit:
    return desk.state(TIME_DEPOSIT, key)


def lump(
    amount: str = "50000.00", term: int = 12, rollover: str = "none", key: str = "T1"
) -> c.Open:
    return c.Open(
        deposit=key,
        account="A1",
        product="lump_lump",
        amount=yuan(amount),
        term_months=term,
        rollover=rollover,
    )


def placed(rollover: str = "none", day: str = "2025-06-10", term: int = 12) -> Desk:
    desk = bank(day, opening="60000.00")
    desk.do(lump(rollover=rollover, term=term))
    return desk


def test_opening_moves_the_money_and_fixes_the_rate_of_the_day() -> None:
    desk = placed()
    opened = desk.events()[0]
    assert isinstance(opened, e.TimeDepositOpened)
    assert (opened.rate, opened.maturity) == (AnnualRate.of("0.95"), date(2026, 6, 10))
    assert deposit(desk).principal == yuan("50000.00")
    assert desk.balance() == yuan("10000.00")
    sound(desk)


def test_a_deposit_held_to_maturity_earns_the_term_whatever_the_calendar() -> None:
    # 50,000 × 0.95 % × 12/12 = 475.00 (DEP-04); it waits on 2231 until it is drawn.
    desk = placed()
    desk.advance("2026-06-10")
    assert deposit(desk).stage is Stage.MATURED
    assert deposit(desk).payable == yuan("475.00")
    sound(desk)
    before = desk.balance()
    desk.do(c.PayOut(deposit="T1"))
    assert desk.balance() - before == yuan("50475.00")
    assert deposit(desk).stage is Stage.PAID_OUT
    sound(desk)


def test_overdue_days_earn_demand_on_the_principal_alone() -> None:
    # 30 days × 50,000 × 0.05 % / 360 = 2.0833 (DEP-07).
    desk = placed()
    desk.advance("2026-07-10")
    before = desk.balance()
    desk.do(c.PayOut(deposit="T1"))
    paid = desk.events()[0]
    assert isinstance(paid, e.TimeDepositPaidOut)
    assert (paid.matured_interest, paid.other_interest) == (yuan("475.00"), yuan("2.08"))
    assert desk.balance() - before == yuan("50477.08")
    sound(desk)


def test_a_part_drawn_after_maturity_takes_the_matured_interest_in_full() -> None:
    desk = placed()
    desk.advance("2026-07-10")
    desk.do(c.PayOut(deposit="T1", amount=yuan("20000.00")))
    paid = desk.events()[0]
    # 30 days × 20,000 × 0.05 % / 360 = 0.8333.
    assert (paid.matured_interest, paid.other_interest) == (yuan("475.00"), yuan("0.83"))
    assert (deposit(desk).principal, deposit(desk).stage) == (yuan("30000.00"), Stage.MATURED)
    sound(desk)


def test_a_day_before_maturity_everything_earns_demand() -> None:
    # 364 days × 50,000 × 0.05 % / 360 = 25.2778, worked example dep-06-01.
    desk = placed()
    desk.advance("2026-06-09")
    before = desk.balance()
    desk.do(c.WithdrawEarly(deposit="T1"))
    assert desk.balance() - before == yuan("50025.28")
    assert deposit(desk).stage is Stage.PAID_OUT
    sound(desk)


def test_a_part_drawn_early_leaves_the_rest_its_rate_and_maturity() -> None:
    # Drawn: 20,000 × 100 days × 0.05 % / 360 = 2.7778. Rest: 30,000 × 0.95 % = 285.00.
    desk = placed()
    desk.advance("2025-09-18")
    desk.do(c.WithdrawEarly(deposit="T1", amount=yuan("20000.00")))
    drawn = desk.events()[0]
    assert isinstance(drawn, e.TimeDepositWithdrawnEarly)
    assert (drawn.interest, drawn.rest) == (yuan("2.78"), yuan("30000.00"))
    desk.refused(
        c.WithdrawEarly(deposit="T1", amount=yuan("1000.00")), Reason.PARTIAL_COUNT_EXCEEDED
    )
    desk.advance("2026-06-10")
    assert deposit(desk).payable == yuan("285.00")
    sound(desk)


def test_early_withdrawals_are_refused_in_the_order_of_the_rule() -> None:
    desk = placed()
    early = c.WithdrawEarly
    all_of_it = yuan("50000.00")
    desk.refused(early(deposit="T9"), Reason.STREAM_NOT_FOUND)
    desk.refused(early(deposit="T1", identity_shown=False), Reason.IDENTITY_NOT_VERIFIED)
    desk.refused(early(deposit="T1", amount=-all_of_it), Reason.AMOUNT_NOT_POSITIVE)
    desk.refused(early(deposit="T1", amount=all_of_it * 2), Reason.AMOUNT_ABOVE_PRINCIPAL)
    desk.refused(early(deposit="T1", amount=yuan("49950.01")), Reason.REMAINDER_BELOW_MINIMUM)
    desk.do(early(deposit="T1", amount=yuan("49950.00")))
    desk.advance("2026-06-10")
    desk.refused(early(deposit="T1"), Reason.ALREADY_MATURED)


def test_paying_out_before_maturity_is_refused() -> None:
    desk = placed()
    desk.refused(c.PayOut(deposit="T1"), Reason.NOT_MATURED)


@pytest.mark.parametrize(
    ("mode", "principal", "paid_out"),
    [("principal_and_interest", "50081.25", "0.00"), ("principal_only", "50000.00", "81.25")],
)
def test_a_rollover_starts_a_new_term_at_the_rate_of_the_day(
    mode: str, principal: str, paid_out: str
) -> None:
    # 50,000 × 0.65 % × 3/12 = 81.25 (DEP-08). The account itself: 10,000 × 11 days to 20 June
    # × 0.05 % / 360 = 0.15.
    desk = placed(mode, term=3)
    before = desk.balance()
    desk.advance("2025-09-10")
    state = deposit(desk)
    assert (state.cycle, state.start, state.maturity) == (2, date(2025, 9, 10), date(2025, 12, 10))
    assert state.principal == yuan(principal)
    assert desk.balance() - before == yuan(paid_out) + yuan("0.15")
    desk.do(c.WithdrawEarly(deposit="T1"))
    assert desk.events()[0].other_interest == ZERO
    sound(desk)


def test_the_linked_account_is_paid_at_the_opening_of_the_maturity_day() -> None:
    desk = placed("linked_account", term=3)
    desk.advance("2025-09-10")
    assert deposit(desk).stage is Stage.PAID_OUT
    account_state = desk.state(ACCOUNT, "A1")
    assert not account_state.links
    sound(desk)


def test_a_late_customer_renews_and_the_gap_earned_demand() -> None:
    # Gap 10 days × 50,000 × 0.05 % / 360 = 0.6944; with 475.00 all joins the principal.
    desk = placed()
    desk.advance("2026-06-20")
    desk.do(c.Renew(deposit="T1", term_months=6))
    state = deposit(desk)
    assert state.principal == yuan("50475.69")
    assert (state.payable, state.maturity) == (ZERO, date(2026, 12, 20))
    desk.refused(c.Renew(deposit="T1", term_months=6), Reason.ROLLOVER_ALREADY_DONE)
    sound(desk)


def test_an_instruction_is_changed_before_the_maturity_day_only() -> None:
    desk = placed()
    instruction = c.SetInstruction(deposit="T1", rollover="principal_and_interest", term_months=3)
    desk.refused(c.SetInstruction(deposit="T1", rollover="double"), Reason.ROLLOVER_MODE_UNKNOWN)
    desk.advance("2026-06-09")
    desk.do(instruction)
    desk.advance("2026-06-10")
    assert deposit(desk).maturity == date(2026, 9, 10)
    desk.advance("2026-09-10")
    desk.refused(c.SetInstruction(deposit="T2", rollover="none"), Reason.STREAM_NOT_FOUND)
    sound(desk)


def test_a_frozen_deposit_rolls_over_and_only_paying_out_waits() -> None:
    desk = placed("linked_account", term=3)
    desk.do(c.Freeze(deposit="T1", freeze="F1", order="(2025) Zhi 1", until=date(2025, 9, 20)))
    desk.refused(c.WithdrawEarly(deposit="T1"), Reason.ACCOUNT_FROZEN)
    desk.advance("2025-09-15")
    assert deposit(desk).stage is Stage.MATURED
    desk.refused(c.PayOut(deposit="T1"), Reason.ACCOUNT_FROZEN)
    desk.advance("2025-09-20")
    assert deposit(desk).stage is Stage.PAID_OUT
    # 10 overdue days × 50,000 × 0.05 % / 360 = 0.6944.
    paid = [x.event for x in desk.found(e.TimeDepositPaidOut)]
    assert [p.other_interest for p in paid] == [yuan("0.69")]
    sound(desk)


def test_what_is_pledged_stays_and_the_rest_may_go() -> None:
    desk = placed()
    desk.do(c.Pledge(deposit="T1", loan="L1", amount=yuan("30000.00")))
    desk.refused(c.Pledge(deposit="T1", loan="L2", amount=yuan("20000.01")), Reason.ACCOUNT_FROZEN)
    desk.refused(c.WithdrawEarly(deposit="T1"), Reason.ACCOUNT_FROZEN)
    desk.do(c.WithdrawEarly(deposit="T1", amount=yuan("20000.00")))
    desk.do(c.Unpledge(deposit="T1", loan="L1"))
    desk.do(c.WithdrawEarly(deposit="T1"))
    sound(desk)


def test_opening_is_refused_in_the_order_of_the_rules() -> None:
    desk = bank("2025-06-10", opening="60000.00")
    small = yuan("49.99")
    desk.refused(_open(product="gold"), Reason.PRODUCT_UNKNOWN)
    desk.refused(_open(product="demand"), Reason.PRODUCT_UNKNOWN)
    desk.refused(_open(amount=small, term_months=18), Reason.AMOUNT_BELOW_MINIMUM)
    desk.refused(_open(term_months=18), Reason.TERM_NOT_OFFERED)
    desk.refused(_open(step_months=1), Reason.DRAW_STEP_NOT_OFFERED)
    desk.refused(_open(rollover="twice"), Reason.ROLLOVER_MODE_UNKNOWN)
    desk.refused(_open(inducement=yuan("0.01")), Reason.DEPOSIT_INDUCEMENT)
    desk.refused(_open(rate=AnnualRate.of("2.26"), level="head_office"), Reason.RATE_ABOVE_CEILING)
    desk.refused(_open(rate=AnnualRate.of("0.96")), Reason.RATE_ABOVE_AUTHORITY)
    desk.refused(_open(amount=yuan("60000.01")), Reason.INSUFFICIENT_AVAILABLE_BALANCE)
    desk.do(_open(rate=AnnualRate.of("1.05"), level="branch"))
    desk.refused(_open(), Reason.STREAM_EXISTS)
    assert deposit(desk).rate == AnnualRate.of("1.05")


def _open(**changes: object) -> c.Open:
    plain: dict[str, object] = {
        "deposit": "T1",
        "account": "A1",
        "product": "lump_lump",
        "amount": yuan("50000.00"),
        "term_months": 12,
    }
    return c.Open(**{**plain, **changes})  # type: ignore[arg-type]  # fields are varied by name


def test_a_large_certificate_without_a_posted_rate_is_not_sold() -> None:
    desk = bank("2025-06-10", opening="300000.00")
    amount = yuan("200000.00")
    desk.refused(_open(product="large_cd", amount=amount, term_months=60), Reason.RATE_NOT_POSTED)
    desk.refused(
        _open(product="large_cd", amount=amount + yuan("0.01"), term_months=12),
        Reason.AMOUNT_NOT_IN_STEPS,
    )
    desk.do(_open(product="large_cd", amount=amount, term_months=1))
    desk.advance("2025-07-10")
    # 200,000 × 0.90 % / 12 = 150.00.
    assert deposit(desk).payable == yuan("150.00")
    sound(desk)


def test_an_account_with_a_running_deposit_cannot_be_closed() -> None:
    desk = placed()
    desk.refused(account.Close(account="A1"), Reason.LINKED_PRODUCTS)


def test_a_deposit_placed_in_cash_touches_no_account() -> None:
    desk = bank("2025-06-10", opening="100.00")
    desk.do(_open(source="cash"))
    assert desk.balance() == yuan("100.00")
    desk.do(c.WithdrawEarly(deposit="T1", target="cash"))
    assert desk.balance() == yuan("100.00")
    sound(desk)
