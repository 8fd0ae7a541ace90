"""Edges of time deposits on the bank: what waits, what is refused, what is only noted."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

from bankcore.aggregates.catalogue import commands as catalogue
from bankcore.aggregates.time_deposit import TIME_DEPOSIT, Stage, TimeDeposit
from bankcore.aggregates.time_deposit import commands as c
from bankcore.aggregates.time_deposit import events as e
from bankcore.aggregates.time_deposit.agenda import subledger
from bankcore.audit.explain.evidence import evidence
from bankcore.audit.explain.registry import explain
from bankcore.projections.window import Window
from bankcore.values.money import ZERO, Money, yuan
from bankcore.values.reasons import Reason
from spec import Desk, bank, sound

TWO_PEOPLE: dict[str, Any] = {"approver": "head"}


def opened(product: str, amount: str, **terms: Any) -> Desk:
    desk = bank("2025-06-10", opening="400000.00")
    desk.do(c.Open(deposit="T1", account="A1", product=product, amount=yuan(amount), **terms))
    return desk


def deposit(desk: Desk) -> TimeDeposit:
    return desk.state(TIME_DEPOSIT, "T1")


def explained(desk: Desk, figure: str) -> Fraction:
    day = desk.entries()[-1].booking_date
    seen = evidence(desk.entries(), Window(), desk.bank.catalogue, day)
    found = explain(figure, TIME_DEPOSIT.stream("T1"), seen)
    assert found.adds_up
    return found.value


def test_time_deposits_are_not_back_valued() -> None:
    desk = bank("2025-06-10", opening="60000.00")
    late = c.Open(deposit="T1", account="A1", product="optional", amount=yuan("50.00"))
    desk.refused(late, Reason.BACK_VALUE_BEYOND_LIMIT, value_date=date(2025, 6, 9))


def test_the_optional_tier_is_seen_in_the_accrual_and_the_whole_is_taken() -> None:
    desk = opened("optional", "20000.00")
    desk.advance("2025-12-09")
    # At the end of 9 December six months are reached: 60 % of 0.85 % for 183 days.
    assert explained(desk, "accrued-interest") == Fraction(20_000_00 * 51 * 183, 100 * 36_000)
    desk.refused(c.WithdrawEarly(deposit="T1"), Reason.PARTIAL_NOT_ALLOWED)
    desk.refused(c.PayOut(deposit="T1", amount=-yuan("1.00")), Reason.AMOUNT_NOT_POSITIVE)
    desk.refused(c.PayOut(deposit="T1", amount=yuan("20000.01")), Reason.AMOUNT_ABOVE_PRINCIPAL)
    desk.refused(
        c.SetInstruction(deposit="T1", rollover="linked_account"), Reason.ILLEGAL_TRANSITION
    )


def test_the_accrual_of_an_interest_draw_begins_anew_with_each_draw() -> None:
    desk = opened("interest_draw", "100000.00", term_months=12, step_months=1)
    desk.advance("2025-07-10")
    # One odd day of the second month: 100,000 × 0.65 % / 360.
    assert explained(desk, "accrued-interest") == Fraction(100_000_00 * 65, 100 * 36_000)
    desk.do(c.Freeze(deposit="T1", freeze="F1", order="(2025) Zhi 3"))
    desk.advance("2025-08-15")
    assert deposit(desk).draws == 1
    desk.do(c.Unfreeze(deposit="T1", freeze="F1", reason="lifted"))
    assert deposit(desk).draws == 2
    sound(desk)


def test_a_deposit_whose_draw_still_does_not_fit_waits_on() -> None:
    desk = opened("lump_instal", "12000.00", term_months=12, step_months=3)
    desk.do(c.Pledge(deposit="T1", loan="L1", amount=yuan("9500.00")))
    desk.do(c.Freeze(deposit="T1", freeze="F1", order="(2025) Zhi 4", amount=yuan("100.00")))
    desk.advance("2025-09-20")
    desk.do(c.Unfreeze(deposit="T1", freeze="F1", reason="lifted"))
    assert deposit(desk).draws == 0
    desk.do(c.Unpledge(deposit="T1", loan="L1"))
    assert deposit(desk).draws == 1
    sound(desk)


def test_a_frozen_lump_renews_and_its_interest_waits_to_be_paid() -> None:
    desk = opened("lump_lump", "50000.00", term_months=3, rollover="principal_only")
    desk.do(c.Freeze(deposit="T1", freeze="F1", order="(2025) Zhi 5"))
    desk.advance("2025-09-10")
    assert (deposit(desk).cycle, deposit(desk).payable) == (2, yuan("81.25"))
    sound(desk)
    desk.do(c.Unfreeze(deposit="T1", freeze="F1", reason="lifted"))
    desk.do(c.WithdrawEarly(deposit="T1"))
    paid = desk.events()[0]
    assert (paid.matured_interest, paid.other_interest) == (yuan("81.25"), ZERO)
    sound(desk)


def test_a_renewed_deposit_explains_its_principal_by_what_joined_it() -> None:
    desk = opened("lump_lump", "50000.00", term_months=3, rollover="principal_and_interest")
    desk.advance("2025-12-10")
    # 50,000 × 0.65 %/4 = 81.25; 50,081 × 0.65 %/4 = 81.3816.
    assert explained(desk, "balance") == 50_162_63
    assert explained(desk, "settled-interest") == 81_25 + 81_38
    sound(desk)


def test_a_term_that_left_the_board_does_not_renew() -> None:
    desk = opened("lump_lump", "50000.00", term_months=3, rollover="principal_and_interest")
    desk.do(
        catalogue.AdoptRule(
            param="deposit.rate.lump_lump.3",
            value="",
            valid_from=date(2025, 7, 1),
            source="test",
            mark="convention",
            checker="head",
        )
    )
    desk.advance("2025-09-10")
    assert (deposit(desk).stage, deposit(desk).cycle) == (Stage.MATURED, 1)
    sound(desk)


def test_renewing_and_instructing_are_refused_where_they_do_not_fit() -> None:
    desk = opened("instal_lump", "500.00", term_months=12)
    renew = c.Renew(deposit="T1", term_months=12)
    desk.refused(renew, Reason.ROLLOVER_MODE_UNKNOWN)
    desk.refused(
        c.SetInstruction(deposit="T1", rollover="principal_only"), Reason.ROLLOVER_MODE_UNKNOWN
    )
    desk.refused(
        c.SetInstruction(deposit="T1", rollover="none", term_months=6), Reason.TERM_NOT_OFFERED
    )
    desk.refused(c.PayOut(deposit="T1"), Reason.NOT_MATURED)
    desk.do(c.SeekInstruction(deposit="T1"))
    assert desk.events() == [e.MaturityInstructionSought(channel="phone")]


def test_a_notice_that_would_leave_too_little_is_warned_about() -> None:
    desk = opened("notice_7d", "100000.00")
    desk.do(c.GiveNotice(deposit="T1", notice="N1", amount=yuan("60000.00")))
    (warning,) = desk.outcomes[-1].warnings
    assert warning.reason is Reason.REMAINDER_BELOW_MINIMUM
    desk.refused(c.WithdrawEarly(deposit="T1"), Reason.PARTIAL_NOT_ALLOWED)
    desk.refused(c.PayOut(deposit="T1"), Reason.ILLEGAL_TRANSITION)
    assert explained(desk, "settled-interest") == 0
    desk.advance("2025-06-17")
    desk.do(c.Draw(deposit="T1", amount=yuan("60000.00")))
    # 60,000 × 7 × 0.30 %/360 = 3.50, the rest 40,000 × 7 × 0.05 %/360 = 0.3889: together 3.89.
    assert explained(desk, "settled-interest") == 389
    sound(desk)


def test_notice_is_not_given_on_a_term_deposit() -> None:
    desk = opened("lump_lump", "50000.00", term_months=3)
    given = c.GiveNotice(deposit="T1", notice="N1", amount=yuan("50000.00"))
    desk.refused(given, Reason.ILLEGAL_TRANSITION)


def test_holds_are_refused_without_papers_or_when_there_are_none() -> None:
    desk = opened("lump_lump", "50000.00", term_months=3)
    desk.refused(c.Freeze(deposit="T1", freeze="F1", order=""), Reason.PAPERS_MISSING)
    desk.refused(c.Unfreeze(deposit="T1", freeze="F1", reason="x"), Reason.ILLEGAL_TRANSITION)
    desk.refused(c.Unpledge(deposit="T1", loan="L1"), Reason.ILLEGAL_TRANSITION)
    desk.do(c.WithdrawEarly(deposit="T1"))
    desk.refused(
        c.Freeze(deposit="T1", freeze="F1", order="(2025) Zhi 6"), Reason.DEPOSIT_NOT_ACTIVE
    )


def test_a_clawback_is_explained_and_undone_in_two_steps() -> None:
    desk = opened("interest_draw", "100000.00", term_months=36, step_months=6)
    desk.advance("2026-01-05")
    desk.do(c.WithdrawEarly(deposit="T1"))
    # Drawn 425.00; due 209 days × 100,000 × 0.05 %/360 = 29.03.
    assert explained(desk, "settled-interest") == 2903
    assert explained(desk, "balance") == 0
    entries = [x.id for x in desk.entries() if x.stream == TIME_DEPOSIT.stream("T1")]
    for entry in (entries[-1], entries[-2]):
        desk.do(c.Reverse(deposit="T1", reverses=entry, reason="misheard"), **TWO_PEOPLE)
    assert (deposit(desk).principal, deposit(desk).stage) == (
        yuan("100000.00"),
        Stage.RUNNING,
    )
    assert explained(desk, "balance") == 100_000_00
    sound(desk)


def test_an_entry_is_not_reversed_after_a_year() -> None:
    desk = opened("optional", "20000.00", source="cash")
    placed = desk.found(e.TimeDepositPlaced)[0].id
    undo = c.Reverse(deposit="T1", reverses=placed, reason="error")
    desk.advance("2026-06-11")
    desk.refused(undo, Reason.BACK_VALUE_BEYOND_LIMIT, **TWO_PEOPLE)


def test_a_cash_deposit_reversed_is_paid_back_in_cash() -> None:
    desk = opened("optional", "20000.00", source="cash")
    placed = desk.found(e.TimeDepositPlaced)[0].id
    before = desk.balance()
    desk.do(c.Reverse(deposit="T1", reverses=placed, reason="error"), **TWO_PEOPLE)
    assert desk.balance() == before
    sound(desk)


def test_interest_undone_and_adjusted_is_explained() -> None:
    desk = opened("lump_lump", "50000.00", term_months=12)
    desk.advance("2025-09-18")
    desk.do(c.WithdrawEarly(deposit="T1", amount=yuan("20000.00")))
    drawn = desk.found(e.TimeDepositWithdrawnEarly)[0].id
    assert explained(desk, "settled-interest") == 278
    desk.do(c.Reverse(deposit="T1", reverses=drawn, reason="misheard"), **TWO_PEOPLE)
    assert explained(desk, "settled-interest") == 0
    desk.do(
        c.AdjustInterest(deposit="T1", difference=yuan("0.50"), cause=(drawn,), reason="goodwill"),
        **TWO_PEOPLE,
    )
    assert explained(desk, "settled-interest") == 50


def test_a_deposit_without_events_owes_nothing() -> None:
    assert subledger(TimeDeposit()) == {}
    assert TimeDeposit().held == Money(0)
