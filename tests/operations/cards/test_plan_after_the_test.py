"""What is taken out of a statement after its last day does not change its test (CC-04, CC-06)."""

from __future__ import annotations

from datetime import date
from typing import Any

from bankcore.aggregates.card_line import commands as c
from bankcore.aggregates.card_line import events_billing as b
from bankcore.aggregates.card_line import service_commands as s
from bankcore.values.money import Money, yuan
from card_spec import buy, card_bank, history, repay
from spec import Desk, sound

LATE: dict[str, Any] = {"ground": "system_fault", "approval": "branch", "approver": "boss"}


def unpaid_then_planned(day: str) -> Desk:
    """3,000.00 billed on 5 April, 2,000.00 paid on the 24th, the rest planned on a day.

    The last day of tolerance is 28 April.
    """
    desk = card_bank(product="standard", limit="10000")
    buy(desk, "2024-03-06", "3000")
    repay(desk, "2024-04-24", "2000")
    desk.advance(day)
    desk.do(s.QuoteInstalment(card="K1", principal=yuan("1000"), terms=3, kind="purchase"))
    desk.do(s.ConfirmInstalment(card="K1", plan="P1"))
    return desk


def billed(desk: Desk) -> list[Money]:
    desk.advance("2024-05-06")
    return [x.interest for x in history(desk, b.CardInterestBilled)]


def test_a_plan_after_the_last_day_leaves_the_statement_unpaid() -> None:
    desk = unpaid_then_planned("2024-04-30")
    # 3,000.00 x 49 days (6 March to 23 April) + 1,000.00 x 6 days (24 to 29 April), at 0.05 %.
    assert billed(desk) == [yuan("76.50")]
    sound(desk)


def test_a_plan_on_the_last_day_still_pays_the_statement() -> None:
    desk = unpaid_then_planned("2024-04-28")
    assert billed(desk) == []
    sound(desk)


def test_a_late_purchase_leaves_the_decided_test_as_it_was() -> None:
    desk = unpaid_then_planned("2024-04-30")
    desk.advance("2024-05-02")
    post = c.Post(card="K1", item="late", amount=yuan("5"), merchant="shop")
    desk.do(post, value_date=date(2024, 4, 2), **LATE)
    # As above, and 5.00 x 33 days (2 April to 4 May): 0.0825.
    assert billed(desk) == [yuan("76.58")]
    assert len(history(desk, b.CardRestated)) == 1
    sound(desk)
