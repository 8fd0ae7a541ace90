"""The bank's own books: capital, cash and clearing move what GL-02 says, by the treasury."""

from __future__ import annotations

from bankcore.aggregates.bank import decide as c
from bankcore.aggregates.bank import events as e
from bankcore.projections.trial_balance import trial_balance
from bankcore.values.money import yuan
from bankcore.values.reasons import Reason
from bankcore.values.roles import Actor, Role
from spec import TELLER, Desk, empty_bank, sound

TREASURY = Actor("treasury", Role.TREASURY)


def ledger(desk: Desk) -> dict[str, int]:
    return trial_balance(desk.entries())


def test_capital_comes_to_the_central_bank_and_cash_is_fetched_from_there() -> None:
    # X1: Dr 1003.02 / Cr 4001; X7: Dr 1001 / Cr 1003.02.
    desk = empty_bank()
    desk.do(c.PayInCapital(amount=yuan("1000.00")), TREASURY)
    assert desk.events() == [e.CapitalPaidIn(amount=yuan("1000.00"), gl={})]
    assert ledger(desk) == {"1003.02": 100_000, "4001": -100_000}
    desk.do(c.DrawCash(amount=yuan("300.00")), TREASURY)
    assert desk.events() == [e.CashDrawnFromCentralBank(amount=yuan("300.00"), gl={})]
    assert ledger(desk) == {"1001": 30_000, "1003.02": 70_000, "4001": -100_000}
    sound(desk)


def test_no_capital_and_no_cash_is_moved_by_nothing_or_less() -> None:
    desk = empty_bank()
    for nothing in (yuan("0.00"), yuan("-0.01")):
        desk.refused(c.PayInCapital(amount=nothing), Reason.AMOUNT_NOT_POSITIVE, TREASURY)
        desk.refused(c.DrawCash(amount=nothing), Reason.AMOUNT_NOT_POSITIVE, TREASURY)


def test_a_known_rail_is_cleared_in_both_directions() -> None:
    # P4: Dr rail / Cr 1003.02; high value is 3001.01, internet clearing 3001.03.
    desk = empty_bank()
    no = desk.refused(
        c.Clear(rail="intra", amount=yuan("1.00")), Reason.RAIL_NOT_AVAILABLE, TREASURY
    )
    assert no.facts["rail"] == "intra"
    desk.do(c.Clear(rail="hvps", amount=yuan("5.00")), TREASURY)
    desk.do(c.Clear(rail="ibps", amount=yuan("-2.00")), TREASURY)
    assert ledger(desk) == {"1003.02": -300, "3001.01": 500, "3001.03": -200}


def test_the_teller_does_not_touch_the_banks_own_books() -> None:
    desk = empty_bank()
    for command in (
        c.PayInCapital(amount=yuan("1.00")),
        c.DrawCash(amount=yuan("1.00")),
        c.Clear(rail="hvps", amount=yuan("1.00")),
    ):
        desk.refused(command, Reason.ROLE_NOT_HELD, TELLER)
