"""Interest tax on demand accounts (DEP-19): nil today, withheld once a rate is in force."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from bankcore.aggregates.catalogue import commands as catalogue
from bankcore.aggregates.deposit_account import ACCOUNT, DepositAccount
from bankcore.aggregates.deposit_account import commands as c
from bankcore.aggregates.deposit_account import events as e
from bankcore.aggregates.time_deposit import TIME_DEPOSIT
from bankcore.aggregates.time_deposit import commands as t
from bankcore.aggregates.time_deposit import events as te
from bankcore.audit.explain.deposit_account import settled_interest
from bankcore.audit.explain.evidence import evidence
from bankcore.audit.recompute.deposit_account import (
    interest_adjusted,
    interest_priced,
    interest_settled,
)
from bankcore.audit.recompute.time_deposit import taxed as time_taxed
from bankcore.products.catalogue import shipped
from bankcore.projections.trial_balance import trial_balance
from bankcore.projections.window import Window
from bankcore.rules.account_choice import RECOURSE
from bankcore.rules.ledger.posting_rows import legs
from bankcore.values.entry import Entry
from bankcore.values.money import ZERO, yuan
from bankcore.values.rates import AnnualRate
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


LATE: dict[str, Any] = {
    "ground": "late_information",
    "approval": "head_office",
    "approver": "chief",
}


def corrected(command: Any) -> Desk:
    """A1 taxed at 20 % from 16 December and settled on the 21st; a fact of the 12th comes late."""
    desk = taxed("2025-12-16", "20")
    desk.advance("2026-01-05")
    desk.do(command, value_date=date(2025, 12, 12), **LATE)
    return desk


def adjusted(desk: Desk) -> e.InterestAdjusted:
    event: e.InterestAdjusted = desk.found(e.InterestAdjusted)[-1].event
    return event


def test_a_late_deposit_is_paid_its_interest_less_tax() -> None:
    desk = corrected(c.Deposit(account="A1", amount=yuan("3600000.00")))
    # Nine days more on 3,600,000: 45.00. The whole 50.50 × 5/11 × 20 % = 4.59, of which 0.50 are
    # withheld already.
    assert (adjusted(desk).difference, adjusted(desk).tax) == (yuan("45.00"), yuan("4.09"))
    assert adjusted(desk).credited == yuan("40.91")
    assert [(p.recomputed, p.tax) for p in adjusted(desk).periods] == [
        (yuan("50.50"), yuan("4.59"))
    ]
    assert desk.balance() == yuan("3960000.00") + yuan("5.00") + yuan("40.91")
    books = trial_balance(desk.entries())
    assert (books["2221.02"], books["6411.01"]) == (-459, 5050)
    sound(desk)


def test_interest_that_is_taken_back_brings_its_tax_back() -> None:
    desk = corrected(c.Withdraw(account="A1", amount=yuan("180000.00")))
    # Nine days less on 180,000: 2.25. Of 3.25 the tax is 3.25 × 5/11 × 20 % = 0.2955.
    assert (adjusted(desk).difference, adjusted(desk).tax) == (-yuan("2.25"), -yuan("0.20"))
    assert desk.balance() == yuan("180005.00") - yuan("2.05")
    assert trial_balance(desk.entries())["2221.02"] == -30
    sound(desk)


def test_the_next_late_fact_begins_where_the_last_one_ended() -> None:
    desk = corrected(c.Deposit(account="A1", amount=yuan("3600000.00")))
    back = c.Withdraw(account="A1", amount=yuan("3600000.00"))
    desk.do(back, value_date=date(2025, 12, 12), **LATE)
    assert (adjusted(desk).difference, adjusted(desk).tax) == (-yuan("45.00"), -yuan("4.09"))
    assert not adjusted(desk).periods
    assert desk.balance() == yuan("360005.00")
    sound(desk)


def test_interest_paid_later_on_the_missing_interest_rests_on_the_net_amount() -> None:
    # 36,000,000 taxed at 20 % throughout: 550.00 less 110.00. Then 36,000,440 for 90 days. The
    # late 36,000,000 of 10 December make both twice as much: 1,100.00 less 220.00, and 72,000,880
    # for 90 days at 0.05 % are 9,000.11.
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
    late = c.Deposit(account="A1", amount=yuan("36000000.00"))
    desk.do(late, value_date=date(2025, 12, 10), **LATE)
    assert [(p.recomputed, p.tax) for p in adjusted(desk).periods] == [
        (yuan("1100.00"), yuan("220.00")),
        (yuan("9000.11"), yuan("1800.02")),
    ]
    # 550.00 + 4,500.05; withheld were 110.00 and 900.01.
    assert (adjusted(desk).difference, adjusted(desk).tax) == (yuan("5050.05"), yuan("1010.01"))
    sound(desk)


def test_what_the_account_does_not_cover_is_claimed_without_the_tax() -> None:
    event = e.InterestAdjusted(
        difference=-yuan("10.00"),
        tax=-yuan("2.00"),
        periods=(),
        cause=(),
        gl={"expense": "6411.01", "target": RECOURSE},
    )
    assert event.credited == ZERO
    assert [
        legs(row, {"difference": -1000, "tax": -200}, event.gl) for row in event.posting_rows
    ] == [
        (("6411.01", -1000), (RECOURSE, 1000)),
        ((RECOURSE, -200), ("2221.02", 200)),
    ]


def account_before(entries: list[Entry[Any]]) -> DepositAccount | None:
    before: DepositAccount | None = None
    for entry in entries:
        if entry.stream == ACCOUNT.stream("A1"):
            before = ACCOUNT.evolve(before, entry)
    return before


def test_a_rate_that_was_not_posted_is_named() -> None:
    # A rate and the interest that follows from it are forged together: each fits the other.
    desk = bank("2025-12-10", opening="360000.00")
    desk.advance("2025-12-21")
    entries = desk.entries()
    at = next(k for k, x in enumerate(entries) if isinstance(x.event, e.InterestSettled))
    before, known = account_before(entries[:at]), desk.bank.catalogue
    assert interest_priced(before, entries[at], known) is None
    # 360,000 x 11 days at 0.10 %: 11.00.
    forged = replace(entries[at].event, rate=AnnualRate.of("0.10"), interest=yuan("11.00"))
    wrong = replace(entries[at], event=forged)
    assert interest_settled(before, wrong) is None
    assert interest_priced(before, wrong, known) == "rates 0.1 %, posted 0.05 % by DEP-03"


def test_settled_tax_is_explained_and_derived_again() -> None:
    desk = corrected(c.Deposit(account="A1", amount=yuan("3600000.00")))
    entries = desk.entries()
    told = settled_interest(evidence(entries, Window(), shipped(), date(2026, 1, 5)), "A1")
    assert [part.inputs.get("tax") for part in told.parts] == [None, yuan("4.09")]
    known = desk.bank.catalogue
    at = next(k for k, x in enumerate(entries) if isinstance(x.event, e.InterestSettled))
    wrong = replace(entries[at], event=replace(entries[at].event, tax=ZERO))
    opened = account_before(entries[:at])
    assert interest_priced(opened, wrong, known) == "tax 0.00, recomputed 0.50 by DEP-19"
    own = [x for x in entries if x.stream == ACCOUNT.stream("A1")]
    at = next(k for k, x in enumerate(own) if isinstance(x.event, e.InterestAdjusted))
    before = None
    for entry in own[:at]:
        before = ACCOUNT.evolve(before, entry)
    assert before is not None
    assert interest_adjusted(before, own[:at], own[at], known) is None
    wrong = replace(own[at], event=replace(own[at].event, tax=ZERO))
    assert interest_adjusted(before, own[:at], wrong, known) == (
        "tax adjusted by 0.00, recomputed 4.09 by DEP-19"
    )


def placed(day: str) -> Desk:
    """50,000 for a year from 10 June 2025; a tax of 20 % from a day on."""
    desk = bank("2025-06-10", opening="60000.00")
    opened = t.Open(
        deposit="T1", account="A1", product="lump_lump", amount=yuan("50000.00"), term_months=12
    )
    desk.do(opened)
    rate = catalogue.AdoptRule(
        param="deposit.interest_tax",
        value="20",
        valid_from=date.fromisoformat(day),
        checker="chief",
        source="supposed",
    )
    desk.do(rate)
    return desk


@pytest.mark.parametrize(("difference", "tax"), [("10.00", "1.00"), ("-10.00", "-1.00")])
def test_interest_of_a_time_deposit_is_made_good_less_tax(difference: str, tax: str) -> None:
    # On 20 June five of the ten days are taxed: 10.00 × 5/10 × 20 %.
    desk = placed("2025-06-15")
    desk.advance("2025-06-20")
    before = desk.balance()
    good = t.AdjustInterest(
        deposit="T1", difference=yuan(difference), cause=("x",), reason="board rate misread"
    )
    desk.do(good, approver="chief")
    entry = desk.found(te.TimeDepositInterestAdjusted)[-1]
    assert entry.event.tax == yuan(tax)
    assert desk.balance() - before == yuan(difference) - yuan(tax)
    assert trial_balance(desk.entries())["2221.02"] == -yuan(tax).minor
    sound(desk)


def test_the_tax_of_each_payment_of_a_time_deposit_is_derived_again() -> None:
    desk = placed("2025-06-10")
    desk.do(t.WithdrawEarly(deposit="T1", amount=yuan("20000.00")))
    desk.advance("2025-09-08")
    # 30,000 for 90 days at 0.05 %: 3.75, all of it taxed: 0.75.
    desk.do(t.WithdrawEarly(deposit="T1"))
    paid = desk.found(te.TimeDepositPaidOut)[-1]
    assert (paid.event.other_interest, paid.event.tax) == (yuan("3.75"), yuan("0.75"))
    sound(desk)
    before = None
    for entry in desk.entries():
        if entry.id == paid.id:
            break
        before = TIME_DEPOSIT.evolve(before, entry) if entry.stream == paid.stream else before
    wrong = replace(paid, event=replace(paid.event, tax=ZERO))
    known = desk.bank.catalogue
    assert time_taxed(before, wrong, known) == "tax 0.00, recomputed 0.75 by DEP-19"
    assert time_taxed(None, wrong, known) == "interest before the deposit was opened"
