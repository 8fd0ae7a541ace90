"""Interest tax on demand accounts (DEP-19): nil today, withheld once a rate is in force."""

from __future__ import annotations

from datetime import date

from bankcore.aggregates.catalogue import commands as catalogue
from bankcore.aggregates.deposit_account import commands as c
from bankcore.aggregates.deposit_account import events as e
from bankcore.projections.trial_balance import trial_balance
from bankcore.values.money import ZERO, yuan
from spec import Desk, bank, sound


def taxed(day: str, percent: str) -> Desk:
    """A1 with 360,000 from 10 December 2025; a tax from a day on."""
    desk = bank("2025-12-10", opening="360000.00")
    rate = catalogue.AdoptRule(
        param="deposit.interest_tax",
        value=percent,
        valid_from=date.fromisoformat(day),
        checker="chief",
        source="supposed",
    )
    desk.do(rate)
    return desk


def settled(desk: Desk) -> e.InterestSettled:
    event: e.InterestSettled = desk.found(e.InterestSettled)[-1].event
    return event


def test_the_days_from_the_new_rate_on_are_taxed_at_the_settlement() -> None:
    desk = taxed("2025-12-16", "20")
    desk.advance("2025-12-21")
    # 11 days: 360,000 × 11 × 0.05 % / 360 = 5.50; 5 of them are taxed: 5.50 × 5/11 × 20 % = 0.50.
    assert (settled(desk).interest, settled(desk).tax) == (yuan("5.50"), yuan("0.50"))
    paid: e.InterestPaid = desk.found(e.InterestPaid)[-1].event
    assert (paid.interest, paid.tax) == (yuan("5.50"), yuan("0.50"))
    assert trial_balance(desk.entries())["2221.02"] == -50
    sound(desk)


def test_closing_withholds_it_as_well() -> None:
    desk = taxed("2025-12-10", "20")
    desk.advance("2025-12-15")
    desk.do(c.Close(account="A1"))
    # 5 days: 2.50, a fifth of it is 0.50.
    assert (settled(desk).interest, settled(desk).tax) == (yuan("2.50"), yuan("0.50"))
    assert trial_balance(desk.entries())["2221.02"] == -50
    sound(desk)


def test_today_nothing_is_withheld() -> None:
    desk = bank("2025-12-10", opening="360000.00")
    desk.advance("2025-12-21")
    assert (settled(desk).interest, settled(desk).tax) == (yuan("5.50"), ZERO)


def test_a_late_fact_that_earns_nothing_adjusts_nothing_where_tax_was_withheld() -> None:
    # 36,000,000 for 11 days: 550.00, of which 110.00 are withheld. Then 36,000,440 for 90 days:
    # 4,500.055 are 4,500.06; with all 550.00 on the account it would have been a fen more.
    desk = bank("2025-12-10", opening="36000000.00")
    rate = catalogue.AdoptRule(
        param="deposit.interest_tax",
        value="20",
        valid_from=date(2025, 12, 10),
        checker="chief",
        source="supposed",
    )
    desk.do(rate)
    desk.advance("2026-03-25")
    assert [x.event.interest for x in desk.found(e.InterestSettled)] == [
        yuan("550.00"),
        yuan("4500.06"),
    ]
    # Fifty fen do not make a yuan of base, so nothing was settled wrongly.
    desk.do(
        c.Deposit(account="A1", amount=yuan("0.50")),
        value_date=date(2025, 12, 15),
        ground="late_information",
        approval="head_office",
        approver="chief",
    )
    assert not desk.found(e.InterestAdjusted)
    sound(desk)
