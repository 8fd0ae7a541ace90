"""Billed charges of a plan that is refunded as a whole within 30 days: CC-08."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from bankcore.aggregates.card_line import CARD
from bankcore.aggregates.card_line import commands as c
from bankcore.aggregates.card_line import events_billing as b
from bankcore.aggregates.card_line import service_commands as s
from bankcore.aggregates.card_line.events_plan_refund import InstalmentChargesReturned
from bankcore.aggregates.card_line.folding import evolve
from bankcore.aggregates.catalogue.commands import AdoptRule
from bankcore.audit.recompute.card_line import charges_given_back
from bankcore.audit.verify import verify
from bankcore.products.catalogue import shipped
from bankcore.projections.trial_balance import trial_balance
from bankcore.rules.cards.instalment_end import Refunded, charges_returned
from bankcore.values.money import ZERO, Money, yuan
from bankcore.values.roles import Actor, Role
from card_spec import appoint, buy, card, card_bank, repay
from spec import Desk, sound

CONFIRMED = date(2024, 3, 12)
"""Thirty days after it is 11 April; the first part falls on the statement of 5 April."""


def planned(until: str, principal: str = "12000") -> Desk:
    """A sofa of 12,000.00, in twelve parts at 0.6 %: 72.00 of charge a month."""
    desk = card_bank(opening="20000.00")
    buy(desk, "2024-03-10", "12000.00", "sofa")
    desk.advance("2024-03-12")
    desk.do(s.QuoteInstalment(card="K1", principal=yuan(principal), terms=12, kind="purchase"))
    desk.do(s.ConfirmInstalment(card="K1", plan="P1"))
    desk.advance(until)
    return desk


def refund(amount: str, item: str = "sofa") -> c.Refund:
    return c.Refund(card="K1", item=item, amount=yuan(amount))


def returned(desk: Desk) -> list[InstalmentChargesReturned]:
    return [entry.event for entry in desk.found(InstalmentChargesReturned)]


def test_on_the_thirtieth_day_the_charge_goes_back_and_pays_what_is_open() -> None:
    desk = planned("2024-04-11")
    desk.do(refund("12000.00"))
    # 11,000.00 are cancelled; of 1,000.00 the charge takes 72.00, principal 928.00; 72.00 are left.
    (event,) = returned(desk)
    assert (event.plan, event.paid, event.principal) == ("P1", yuan("72.00"), yuan("72.00"))
    assert card(desk).totals.debt == ZERO
    books = trial_balance(desk.entries())
    # Nothing was earned, and the whole line of 20,000.00 is free again.
    assert (books.get("6011.04", 0), books["8201"]) == (0, 2_000_000)
    sound(desk)


def test_a_day_later_nothing_goes_back() -> None:
    desk = planned("2024-04-12")
    desk.do(refund("12000.00"))
    assert not returned(desk)
    assert card(desk).totals.debt == yuan("72.00")


def test_a_charge_that_was_paid_becomes_credit_balance() -> None:
    desk = planned("2024-04-08")
    repay(desk, "2024-04-08", "1072.00")
    desk.advance("2024-04-11")
    desk.do(refund("12000.00"))
    (event,) = returned(desk)
    assert (event.excess, event.principal) == (yuan("72.00"), ZERO)
    assert card(desk).totals.credit == yuan("1072.00")
    sound(desk)


@pytest.mark.parametrize(("second", "back"), [("2024-04-11", 7200), ("2024-04-12", 0)])
def test_refunds_add_up_and_each_must_come_in_time(second: str, back: int) -> None:
    desk = planned("2024-04-08")
    desk.do(refund("6000.00"))
    assert not returned(desk)
    desk.advance(second)
    desk.do(refund("5999.99"))
    assert not returned(desk)
    desk.do(refund("0.01"))
    assert sum(event.paid.minor for event in returned(desk)) == back


def test_a_plan_over_a_part_of_the_purchase_is_whole_when_that_part_went_back() -> None:
    desk = planned("2024-04-08", principal="6000")
    desk.do(refund("5999.99"))
    assert not returned(desk)
    desk.do(refund("6000.01"))
    # 0.6 % of 6,000.00.
    assert [event.paid for event in returned(desk)] == [yuan("36.00")]
    assert card(desk).totals.debt == ZERO
    sound(desk)


def test_the_charge_of_an_early_end_goes_back_too() -> None:
    desk = planned("2024-04-08")
    desk.do(s.SettleInstalmentEarly(card="K1", plan="P1"))
    desk.advance("2024-04-11")
    desk.do(refund("12000.00"))
    # 72.00, and 72.00 × 3 / 30 = 7.20 from 5 to 8 April of a month that ends on 5 May.
    assert [event.paid for event in returned(desk)] == [yuan("79.20")]
    assert card(desk).totals.debt == ZERO


def test_what_was_waived_does_not_go_back() -> None:
    desk = planned("2024-04-08")
    chief = Actor("mei", Role.BRANCH_HEAD)
    appoint(desk, chief, 5)
    desk.do(s.WaiveFee(card="K1", item="P1-1-charge", reason="goodwill"), chief)
    assert desk.found(b.CardFeeWaived)
    books = trial_balance(desk.entries())
    # The charge was booked as interest receivable and income of plans (C10): there it goes (C28).
    assert [books.get(gl, 0) for gl in ("6011.04", "1132.02", "1221.02")] == [0, 0, 0]
    # 12,000 points of the sofa are worth 24.00 (C14).
    assert books["6021.02"] == 2_400
    sound(desk)
    desk.do(refund("12000.00"))
    assert not returned(desk)
    assert card(desk).totals.debt == ZERO


def test_only_plans_of_the_item_get_anything_back() -> None:
    desk = planned("2024-03-13")
    buy(desk, "2024-03-14", "600.00", "lamp")
    desk.do(s.QuoteInstalment(card="K1", principal=yuan("600"), terms=3, kind="purchase"))
    desk.do(s.ConfirmInstalment(card="K1", plan="P2"))
    desk.advance("2024-04-08")
    desk.do(refund("600.00", "lamp"))
    # 0.72 % of 600.00; the sofa's plan runs on.
    assert [(event.plan, event.paid) for event in returned(desk)] == [("P2", yuan("4.32"))]
    sofa = card(desk).plan("P1")
    assert sofa is not None
    assert (sofa.refunds, sofa.charged) == ((), yuan("72.00"))


def test_a_late_fact_afterwards_finds_the_charge_given_back() -> None:
    desk = planned("2024-04-11")
    desk.do(refund("12000.00"))
    desk.advance("2024-04-20")
    late = c.Post(card="K1", item="late", amount=yuan("100.00"), merchant="shop")
    desk.do(
        late,
        value_date=date(2024, 4, 1),
        ground="late_information",
        approval="head_office",
        approver="chief",
    )
    desk.advance("2024-05-06")
    (again,) = [entry.event for entry in desk.found(b.CardRestated)]
    assert (again.paid, again.fee) == (ZERO, ZERO)
    sound(desk)


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({}, None),
        ({"paid": yuan("72.01")}, "charges of 72.01 given back, recomputed 72.00 by CC-08"),
        ({"plan": "P2"}, "charges of a plan P2 that never began"),
    ],
)
def test_what_goes_back_is_derived_again(change: dict[str, Any], problem: str | None) -> None:
    desk = planned("2024-04-11")
    desk.do(refund("12000.00"))
    (at,) = [k for k, x in enumerate(desk.entries()) if type(x.event) is InstalmentChargesReturned]
    line = None
    for entry in desk.entries()[:at]:
        line = evolve(line, entry) if entry.stream == CARD.stream("K1") else line
    entry = desk.entries()[at]
    altered = replace(entry, event=replace(entry.event, **change))
    assert charges_given_back(line, altered, shipped()) == problem
    assert charges_given_back(None, entry, shipped()) == "charges of a plan P1 that never began"


def test_the_days_are_those_known_when_it_was_decided() -> None:
    desk = planned("2024-04-11")
    desk.do(refund("6000.00"))
    desk.do(refund("6000.00"))
    assert returned(desk)
    shorter = AdoptRule(
        param="card.plan_refund_days", value="29", valid_from=date(2024, 3, 1), checker="checker"
    )
    desk.do(shorter)
    # A bank that takes 29 days from now on gave nothing back wrongly before.
    assert verify(desk.bank.log).ok
    again = planned("2024-04-11")
    again.do(shorter)
    again.do(refund("12000.00"))
    assert not returned(again)


@pytest.mark.parametrize(
    ("refunds", "back"),
    [
        ((), 0),
        (((30, 100),), 7),
        (((31, 100),), 0),
        (((0, 99),), 0),
        (((0, 99), (30, 1)), 7),
        (((0, 99), (31, 1)), 0),
    ],
)
def test_the_rule(refunds: tuple[tuple[int, int], ...], back: int) -> None:
    days = tuple((date.fromordinal(CONFIRMED.toordinal() + n), Money(fen)) for n, fen in refunds)
    plan = Refunded(principal=Money(100), confirmed=CONFIRMED, refunds=days, charged=Money(7))
    assert charges_returned(plan, 30) == Money(back)
