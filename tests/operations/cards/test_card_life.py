"""The life of a card from application to a settled debt; figures of the rulebook's worked cycle."""

from __future__ import annotations

from typing import Any

import pytest

from bankcore.aggregates.card_line import Stage
from bankcore.aggregates.card_line import commands as c
from bankcore.aggregates.card_line import events_billing as b
from bankcore.aggregates.card_line import events_use as u
from bankcore.aggregates.customer import CUSTOMER
from bankcore.aggregates.guard import GUARD
from bankcore.audit.verify import verify
from bankcore.rules.cards.interest import Stretch
from bankcore.values.money import yuan
from bankcore.values.reasons import Reason
from bankcore.values.roles import Actor, Role
from card_spec import (
    apply_for,
    approval,
    buy,
    card,
    card_bank,
    draw,
    history,
    repay,
)
from spec import Desk, bank, check_books

UNIT = Actor("chen", Role.CARD_APPROVER)
SALES = Actor("zhou", Role.RM)


def worked_cycle(product: str, limit: str) -> Desk:
    """The events of the cycle worked out in the text of CC-04."""
    desk = card_bank(product=product, limit=limit)
    buy(desk, "2024-03-06", "3000")
    buy(desk, "2024-03-20", "1500")
    draw(desk, "2024-03-28", "1000")
    buy(desk, "2024-04-10", "800")
    repay(desk, "2024-04-24", "2000", "A1")
    repay(desk, "2024-05-20", "500", "A1")
    buy(desk, "2024-05-27", "260")
    repay(desk, "2024-06-20", "4000", "A1")
    desk.advance("2024-07-06")
    return desk


def test_the_worked_cycle_in_full_amount_mode_bills_what_the_rulebook_says() -> None:
    desk = worked_cycle("standard", "10000")
    billed = history(desk, b.CardInterestBilled)
    assert [(x.group, str(x.interest)) for x in billed] == [
        ("cash", "4.00"),
        ("retail", "119.12"),
        ("cash", "9.50"),
        ("retail", "74.86"),
        ("retail", "35.41"),
    ]
    statements = history(desk, b.CardStatementIssued)
    assert [(str(x.balance), str(x.minimum)) for x in statements] == [
        ("5514.00", "1464.00"),
        ("4442.62", "560.02"),
        ("4287.48", "559.14"),
        ("322.89", "64.16"),
    ]
    assert [x.fee for x in history(desk, b.LateFeeCharged)] == [yuan("10.00")]
    check_books(desk)
    assert verify(desk.bank.log).ok


def test_the_worked_cycle_in_unpaid_part_mode_costs_less() -> None:
    desk = worked_cycle("gold", "20000")
    retail = [x.interest for x in history(desk, b.CardInterestBilled) if x.group == "retail"]
    assert retail == [yuan("94.92"), yuan("73.70"), yuan("34.47")]
    check_books(desk)


def test_a_full_payer_of_purchases_pays_no_interest_and_the_line_comes_to_rest() -> None:
    desk = card_bank()
    buy(desk, "2024-03-10", "8000")
    repay(desk, "2024-04-25", "8000", "A1")
    desk.advance("2024-08-10")
    assert history(desk, b.CardInterestBilled) == []
    assert len(history(desk, b.CardStatementIssued)) == 2
    line = card(desk)
    assert (line.totals.debt, line.next_cut) == (yuan("0"), None)
    check_books(desk)


def test_an_overpayment_becomes_credit_balance_and_the_next_purchase_eats_it() -> None:
    desk = card_bank()
    buy(desk, "2024-03-10", "100")
    repay(desk, "2024-03-11", "300")
    assert card(desk).book.credit_balance == yuan("200")
    buy(desk, "2024-03-12", "250")
    posted = history(desk, u.CardTransactionPosted)[-1]
    assert posted.from_credit_balance == yuan("200")
    assert card(desk).totals.debt == yuan("50")
    check_books(desk)


def test_credit_balance_pays_a_cash_fee_at_once() -> None:
    # 1,000.00 drawn with 1,005.00 of own money: no fee; with 500.00 the fee is 10.00 on credit.
    desk = card_bank()
    repay(desk, "2024-03-11", "1005")
    draw(desk, "2024-03-12", "1000")
    assert history(desk, b.CardFeeCharged) == []
    draw(desk, "2024-03-13", "500")
    assert [x.fee for x in history(desk, b.CardFeeCharged)] == [yuan("10.00")]
    assert card(desk).totals.debt == yuan("505")
    desk.refused(c.WithdrawCreditBalance(card="K1", amount=yuan("1")), Reason.NO_CREDIT_BALANCE)
    check_books(desk)


def test_interest_counts_from_the_posting_date_when_one_fen_too_little_is_paid() -> None:
    # CC-04 case: 10,000.00 of 10 Mar, 9,900.00 paid on the due date; full amount mode.
    desk = card_bank(product="standard", limit="10000")
    buy(desk, "2024-03-10", "10000")
    repay(desk, "2024-04-25", "9900", "A1")
    desk.advance("2024-05-06")
    billed = history(desk, b.CardInterestBilled)
    assert [x.interest for x in billed] == [yuan("230.50")]
    parts = [(s.days, str(s.base)) for s in spans(billed[0])]
    assert parts == [(46, "10000.00"), (10, "100.00")]


def spans(event: b.CardInterestBilled) -> list[Stretch]:
    return [Stretch(s.item, s.start, s.until, s.base, s.permyriad) for s in event.days]


def test_sales_may_forward_but_only_the_card_unit_decides() -> None:
    desk = bank("2024-03-01")
    apply_for(desk)
    desk.refused(approval(), Reason.ROLE_NOT_HELD, SALES)
    outcome = desk.do(approval(), UNIT)
    assert len(outcome.entries) == 2
    guard = desk.bank.state(GUARD, "exposure-C1")
    assert guard is not None
    assert [(r.contract, r.amount) for r in guard.reserved] == [("card-K1", yuan("20000"))]


def test_who_forwarded_an_application_cannot_approve_it() -> None:
    desk = bank("2024-03-01")
    apply_for(desk)
    desk.do(c.ReturnApplication(card="K1", reason="income proof unreadable"), SALES)
    desk.do(c.Forward(card="K1"), Actor("zhou", Role.RM))
    desk.refused(approval(), Reason.MAKER_IS_CHECKER, Actor("zhou", Role.CARD_APPROVER))


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({"fraud_hit": True}, Reason.SANCTION_OR_FRAUD_HIT),
        ({"plan_unsettled": True}, Reason.PLAN_UNSETTLED),
        ({"overdue": True}, Reason.CURRENTLY_OVERDUE),
        ({"enquiries_3m": 8}, Reason.TOO_MANY_ENQUIRIES),
        ({"score": 549}, Reason.SCORE_TOO_LOW),
        ({"student": True}, Reason.SECOND_SOURCE_MISSING),
        ({"other_bank_limits": yuan("97000")}, Reason.LIMIT_BELOW_MINIMUM),
    ],
)
def test_the_card_unit_is_refused_in_the_order_of_the_rule(
    facts: dict[str, Any], reason: Reason
) -> None:
    desk = bank("2024-03-01")
    apply_for(desk)
    desk.refused(approval(None, **facts), reason)


def test_a_limit_left_open_is_the_highest_that_the_rule_allows() -> None:
    # min(50,000, 8,000 × 5, 96,000, 200,000, 10 × 5,600) = 40,000.00 (CC-15).
    desk = bank("2024-03-01")
    apply_for(desk)
    desk.refused(approval("41000"), Reason.LIMIT_EXCEEDED)
    desk.do(approval(None))
    assert card(desk).application.granted == yuan("40000")


def test_forwarding_an_unsigned_file_is_warned_of_and_refused_at_approval() -> None:
    desk = bank("2024-03-01")
    desk.do(c.Submit(card="K1", customer="C1", product="gold"))
    outcome = desk.do(c.Forward(card="K1"))
    assert [w.reason for w in outcome.warnings] == [
        Reason.NOT_OWN_SIGNATURE,
        Reason.DOCUMENTS_INCOMPLETE,
    ]
    desk.refused(approval(), Reason.NOT_OWN_SIGNATURE)


def test_nobody_gets_a_card_without_being_known() -> None:
    desk = bank("2024-03-01")
    assert desk.bank.state(CUSTOMER, "C9") is None
    desk.refused(c.Submit(card="K1", customer="C9"), Reason.STREAM_NOT_FOUND)


def test_a_card_must_be_activated_before_it_is_used() -> None:
    desk = bank("2024-03-01")
    apply_for(desk)
    desk.do(approval())
    desk.do(c.Issue(card="K1", number="1"))
    asked = c.Authorise(card="K1", authorisation="a1", amount=yuan("10"), merchant="shop")
    desk.refused(asked, Reason.CARD_NOT_ACTIVE)
    assert card(desk).plastic.expires is not None
    assert card(desk).stage is Stage.ISSUED
    check_books(desk)


def test_a_card_that_nobody_activates_in_180_days_is_cancelled() -> None:
    desk = bank("2024-03-01")
    apply_for(desk)
    desk.do(approval())
    desk.do(c.Issue(card="K1", number="1"))
    desk.advance("2024-08-28")
    assert card(desk).stage is Stage.ISSUED
    desk.advance("2024-08-29")
    assert card(desk).stage is Stage.CANCELLED
    assert card(desk).totals.unused == yuan("0")
    check_books(desk)
