"""How much of a bill may go into instalments (账单分期): what is within the limit, CC-08."""

from __future__ import annotations

from datetime import date

from bankcore.aggregates.card_line import service_commands as s
from bankcore.values.money import yuan
from bankcore.values.reasons import Reason
from card_spec import buy, card, card_bank


def test_what_is_owed_above_the_limit_is_not_spread() -> None:
    desk = card_bank(opening="20000.00")
    limit = card(desk).limit.on(date(2024, 3, 10))
    buy(desk, "2024-03-10", str(limit + yuan("1000.00")), "yacht")
    desk.advance("2024-04-06")
    most = limit.minor * 9 // 10
    for fen, reason in ((most + 1, Reason.ABOVE_ELIGIBLE_BALANCE), (most, None)):
        amount = type(limit)(fen)
        desk.do(s.QuoteInstalment(card="K1", principal=amount, terms=12, kind="bill"))
        confirm = s.ConfirmInstalment(card="K1", plan="P1")
        if reason is None:
            desk.do(confirm)
        else:
            desk.refused(confirm, reason)
    assert [plan.principal.minor for plan in card(desk).plans] == [most]
