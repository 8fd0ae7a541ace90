"""A refund of a purchase that runs in instalments: CC-08, examples cc-08-20 and cc-08-21."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from bankcore.aggregates.card_line import commands as c
from bankcore.aggregates.card_line import events_billing as b
from bankcore.aggregates.card_line import events_use as u
from bankcore.aggregates.card_line import service_commands as s
from bankcore.aggregates.card_line.events_plan_refund import InstalmentPartsCancelled
from bankcore.audit.recompute.card_line import parts_cancelled
from bankcore.projections.trial_balance import trial_balance
from bankcore.values.money import ZERO, yuan
from bankcore.values.reasons import Reason
from card_spec import buy, card, card_bank, repay
from spec import Desk, sound


def planned(until: str = "2024-07-10") -> Desk:
    """12,000.00 in twelve parts at 0.6 %; every part billed by July but the last is paid."""
    desk = card_bank(opening="20000.00")
    buy(desk, "2024-03-10", "12000.00", "sofa")
    desk.advance("2024-03-12")
    desk.do(s.QuoteInstalment(card="K1", principal=yuan("12000"), terms=12, kind="purchase"))
    desk.do(s.ConfirmInstalment(card="K1", plan="P1"))
    for day in ("2024-04-20", "2024-05-20", "2024-06-20"):
        repay(desk, day, "1072.00")
    desk.advance(until)
    return desk


def refund(amount: str, item: str = "sofa") -> c.Refund:
    return c.Refund(card="K1", item=item, amount=yuan(amount))


def cancelled(desk: Desk) -> InstalmentPartsCancelled:
    event: InstalmentPartsCancelled = desk.found(InstalmentPartsCancelled)[-1].event
    return event


def test_exactly_what_is_not_billed_ends_the_plan() -> None:
    desk = planned()
    desk.do(refund("8000.00"))
    assert (cancelled(desk).kept, cancelled(desk).charge) == ((), yuan("576.00"))
    assert not desk.found(u.CardRefundPosted)
    plan = card(desk).plan("P1")
    assert plan is not None
    assert (plan.running, plan.unbilled) == (False, ZERO)
    assert card(desk).totals.debt == yuan("1072.00")
    desk.advance("2024-09-06")
    assert len(desk.found(b.InstalmentBilled)) == 4
    sound(desk)


def test_what_is_left_of_the_refund_pays_as_any_other() -> None:
    desk = planned()
    desk.do(refund("12000.00"))
    paid: u.CardRefundPosted = desk.found(u.CardRefundPosted)[-1].event
    assert (paid.paid, paid.excess) == (yuan("4000.00"), yuan("2928.00"))
    assert card(desk).totals.credit == yuan("2928.00")
    desk.refused(refund("0.01"), Reason.AMOUNT_ABOVE_ITEM)
    sound(desk)


def test_a_part_that_is_cut_keeps_its_share_of_the_charge_and_is_billed_so() -> None:
    desk = planned()
    desk.do(refund("7333.33"))
    kept = [(x.number, x.principal, x.charge) for x in cancelled(desk).kept]
    # 72.00 × 666.67 / 1,000.00 = 48.00024.
    assert kept == [(5, yuan("666.67"), yuan("48.00"))]
    repay(desk, "2024-07-20", "1072.00")
    desk.advance("2024-08-06")
    billed: b.InstalmentBilled = desk.found(b.InstalmentBilled)[-1].event
    assert (billed.number, billed.principal, billed.charge) == (5, *kept[0][1:])
    assert card(desk).totals.plans == ZERO
    sound(desk)


def test_a_refund_of_the_plan_does_not_pay_the_statement() -> None:
    desk = planned()
    desk.do(refund("2000.00"))
    # 1,072.00 are billed and still asked for: the card is past due when nobody pays them.
    desk.advance("2024-07-30")
    assert card(desk).arrears.bucket != "M0"
    sound(desk)


def test_another_purchase_leaves_the_plan_alone() -> None:
    desk = planned()
    buy(desk, "2024-07-11", "100.00", "lamp")
    desk.do(refund("100.00", "lamp"))
    assert not desk.found(InstalmentPartsCancelled)
    assert card(desk).totals.plans == yuan("8000.00")


def test_on_a_cancelled_card_no_line_is_given_back() -> None:
    desk = planned()
    desk.do(s.Cancel(card="K1", reason="customer"))
    desk.do(refund("1000.00"))
    assert cancelled(desk).amount == ZERO
    assert trial_balance(desk.entries())["1303.12"] == 700_000
    sound(desk)


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({}, None),
        ({"principal": yuan("1.00")}, "1.00 cancelled of plan P1, other parts stay by CC-08"),
        ({"kept": ()}, "2000.00 cancelled of plan P1, other parts stay by CC-08"),
        ({"principal": yuan("9000.00")}, "9000.00 cancelled of plan P1, other parts stay by CC-08"),
        ({"plan": "P2"}, "no plan P2 stands for sofa"),
        ({"item": "lamp"}, "no plan P1 stands for lamp"),
    ],
)
def test_what_is_cancelled_is_derived_again(change: dict[str, Any], problem: str | None) -> None:
    desk = planned()
    before = card(desk)
    desk.do(refund("2000.00"))
    entry = desk.found(InstalmentPartsCancelled)[-1]
    altered = replace(entry, event=replace(entry.event, **change))
    assert parts_cancelled(before, altered) == problem
