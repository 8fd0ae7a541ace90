"""The early end of an instalment plan (提前结清): own money pays, no day costs nothing; CC-08."""

from __future__ import annotations

from bankcore.aggregates.card_line import events_billing as b
from bankcore.aggregates.card_line import service_commands as s
from bankcore.values.money import ZERO, yuan
from card_spec import buy, card, card_bank, history, repay
from spec import Desk, sound


def planned(day: str) -> Desk:
    """1,000.00 in three parts, confirmed on a day."""
    desk = card_bank(opening="20000.00")
    buy(desk, day, "1000.00", "lamp")
    desk.do(s.QuoteInstalment(card="K1", principal=yuan("1000"), terms=3, kind="purchase"))
    desk.do(s.ConfirmInstalment(card="K1", plan="P1"))
    return desk


def test_what_falls_due_early_is_paid_by_own_money_at_once() -> None:
    desk = planned("2024-03-10")
    repay(desk, "2024-03-12", "1500.00")
    desk.do(s.SettleInstalmentEarly(card="K1", plan="P1"))
    totals = card(desk).totals
    charge = history(desk, b.InstalmentSettledEarly)[0].charge
    assert (totals.debt, totals.credit) == (ZERO, yuan("500.00") - charge)
    sound(desk)


def test_a_plan_that_ends_on_the_statement_day_of_its_start_costs_nothing() -> None:
    desk = planned("2024-04-05")
    desk.do(s.SettleInstalmentEarly(card="K1", plan="P1"))
    assert [x.charge for x in history(desk, b.InstalmentSettledEarly)] == [ZERO]
    sound(desk)
