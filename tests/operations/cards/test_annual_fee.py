"""The annual fee over several years of a card (年费), CC-01."""

from __future__ import annotations

from bankcore.aggregates.card_line import commands as c
from bankcore.aggregates.card_line import events_billing as b
from bankcore.values.money import yuan
from card_spec import buy, card_bank, history


def test_a_card_that_rests_after_a_year_without_fee_pays_for_the_next_one() -> None:
    desk = card_bank()
    desk.do(c.SetAutopay(card="K1", account="A1"))
    for number in range(6):
        buy(desk, "2024-04-01", "10", item=f"x{number}")
    desk.advance("2027-03-02")
    fees = [(x.item, x.fee) for x in history(desk, b.CardFeeCharged) if "annual" in x.item]
    assert fees == [("annual-2026", yuan("160.00")), ("annual-2027", yuan("160.00"))]
