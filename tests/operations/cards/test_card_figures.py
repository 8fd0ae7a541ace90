"""Reading cards: accrued interest on any day, explanations that add up, verify."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from bankcore.aggregates.card_line import CARD
from bankcore.audit.explain.explanation import Explanation, evidence
from bankcore.audit.explain.registry import explain
from bankcore.audit.verify import verify
from bankcore.products.catalogue import shipped
from bankcore.projections.accrued import accrued
from bankcore.projections.states import fold_states
from bankcore.projections.window import Window
from bankcore.values.money import yuan
from card_spec import buy, card_bank, draw, repay
from spec import Desk, check_books


def overdue_card() -> Desk:
    """Purchases and cash of March, little paid in April, nothing in May."""
    desk = card_bank(product="standard", limit="10000")
    buy(desk, "2024-03-06", "3000")
    draw(desk, "2024-03-28", "1000")
    repay(desk, "2024-04-24", "1500", "A1")
    desk.advance("2024-05-31")
    return desk


def explained(desk: Desk, figure: str, on: str) -> Explanation:
    day = date.fromisoformat(on)
    seen = evidence(desk.entries(), Window(day, day), shipped(), day)
    return explain(figure, CARD.stream("K1"), seen)


def accrued_on(desk: Desk, on: str) -> Fraction:
    day = date.fromisoformat(on)
    states = fold_states(list(Window(day, day).filter(desk.entries())))
    return sum(
        (a.exact for a in accrued(states, day, shipped()) if a.stream == "card-K1"), Fraction(0)
    )


def test_cash_accrues_from_its_day_and_purchases_only_once_the_test_has_failed() -> None:
    desk = overdue_card()
    # 28 March: one day of 1,000.00 at 5‱ is 50 fen; the day before nothing.
    assert accrued_on(desk, "2024-03-27") == 0
    assert accrued_on(desk, "2024-03-28") == 50
    # 4 April: 8 days, 4.00; it is billed on the 5th, from when a new day runs.
    assert accrued_on(desk, "2024-04-04") == 400
    assert accrued_on(desk, "2024-04-05") == 50
    # 27 April: cash was paid on 24 April (19 days: 9.50); 28 April the purchase joins from 6 March:
    # 3,000.00 × 49 days, then what 486.00 of the payment left, 2,514.00 × 5, and 4.00 × 19.
    assert accrued_on(desk, "2024-04-27") == 950
    retail = Fraction(3000 * 49 + 2514 * 5 + 4 * 19) * 100 * 5 / 10_000
    assert accrued_on(desk, "2024-04-28") == 950 + retail


@pytest.mark.parametrize(
    "figure",
    ["balance", "settled-interest", "accrued-interest", "fees", "minimum", "days-past-due"],
)
def test_every_explanation_adds_up(figure: str) -> None:
    desk = overdue_card()
    for on in ("2024-04-05", "2024-04-28", "2024-05-05", "2024-05-31"):
        assert explained(desk, figure, on).adds_up


def test_settled_interest_is_unfolded_to_item_and_day() -> None:
    found = explained(overdue_card(), "settled-interest", "2024-05-05")
    stretches = [(p.inputs["item"], p.days, p.inputs["base"]) for p in found.parts if p.days]
    assert stretches == [
        ("c-2024-03-28", 8, yuan("1000")),
        ("p-2024-03-06", 49, yuan("3000")),
        ("p-2024-03-06", 11, yuan("2514")),
        ("interest-2024-04-05-cash", 19, yuan("4")),
        ("c-2024-03-28", 19, yuan("1000")),
    ]


def test_days_past_due_name_the_statement_that_was_not_paid() -> None:
    desk = overdue_card()
    # The minimum of 5 May is due on 25 May; 31 May is day 6, after the tolerance of 3.
    found = explained(desk, "days-past-due", "2024-05-31")
    assert found.value == 6
    assert found.parts[0].inputs["due"] == date(2024, 5, 25)


def test_a_grade_is_the_sum_of_its_changes() -> None:
    found = explained(overdue_card(), "grade", "2024-05-31")
    assert (found.shown, found.adds_up, len(found.parts)) == ("special_mention", True, 1)


def test_the_log_of_a_card_verifies_and_its_books_tie_at_every_pair_of_dates() -> None:
    desk = overdue_card()
    assert verify(desk.bank.log).faults == ()
    check_books(desk)
