"""The overall risk of a customer is that of the worst contract."""

from __future__ import annotations

from datetime import date

from bankcore.aggregates.card_line import CardLine
from bankcore.products.catalogue import shipped
from bankcore.projections.risk import GRADES, by_customer, risks
from bankcore.projections.risks import card_line
from bankcore.projections.risks.row import RiskRow
from bankcore.projections.states import fold_states
from bankcore.values.money import Money, yuan
from card_spec import buy, card_bank, draw, repay
from loan_desk import agree, disburse
from spec import bank


def row(*named: str, dpd: int, stage: int) -> RiskRow:
    contract, customer, outstanding, grade = named
    return RiskRow(
        contract=contract,
        customer=customer,
        product="consumer",
        stage="repaying",
        outstanding=yuan(outstanding),
        past_due=Money(0),
        days_past_due=dpd,
        bucket="current",
        grade=grade,
        ecl_stage=stage,
        allowance=Money(0),
    )


def test_a_customer_is_as_bad_as_the_worst_contract() -> None:
    rows = [
        row("loan-L1", "C1", "1000.00", "normal", dpd=0, stage=1),
        row("card-1", "C1", "50.00", "substandard", dpd=95, stage=3),
        row("loan-L2", "C2", "7.00", "special_mention", dpd=3, stage=1),
    ]
    first, second = by_customer(rows)
    assert (first.customer, first.contracts, first.outstanding) == ("C1", 2, yuan("1050.00"))
    assert (first.days_past_due, first.grade, first.ecl_stage) == (95, "substandard", 3)
    assert (second.customer, second.grade) == ("C2", "special_mention")


def test_the_order_of_grades_is_that_of_the_five_classes() -> None:
    assert max(("doubtful", "normal", "loss"), key=GRADES.index) == "loss"


def test_a_bank_without_credit_has_no_risk_rows() -> None:
    desk = bank()
    day = desk.bank.day
    assert day is not None
    assert list(risks(fold_states(desk.entries()), day, shipped())) == []


def test_a_card_not_paid_at_all_in_may_is_past_due_from_its_due_date() -> None:
    """The statement of 5 May fell due on 25 May; 31 May is the sixth day after (CC-12)."""
    desk = card_bank(product="standard", limit="10000")
    buy(desk, "2024-03-06", "3000")
    draw(desk, "2024-03-28", "1000")
    repay(desk, "2024-04-24", "1500", "A1")
    desk.advance("2024-05-31")
    (late,) = risks(fold_states(desk.entries()), date(2024, 5, 31), shipped())
    assert (late.contract, late.days_past_due, late.bucket) == ("card-K1", 6, "M1")
    assert late.past_due > Money(0)
    (then,) = risks(fold_states(desk.entries()), date(2024, 5, 25), shipped())
    assert (then.days_past_due, then.bucket) == (0, "M0")


def test_a_card_that_was_only_applied_for_is_no_risk_yet() -> None:
    assert card_line.risk("card-K1", CardLine(), date(2026, 1, 31), shipped()) is None


def test_a_loan_has_a_risk_row_from_its_first_draw_on() -> None:
    desk = bank("2026-01-12")
    agree(desk)
    day = date(2026, 1, 12)
    assert list(risks(fold_states(desk.entries()), day, shipped())) == []
    disburse(desk)
    [found] = risks(fold_states(desk.entries()), day, shipped())
    assert (found.contract, found.customer, found.product) == ("loan-L1", "C1", "consumer")
    assert (found.outstanding, found.past_due, found.days_past_due) == (
        yuan("12000.00"),
        yuan("0.00"),
        0,
    )
