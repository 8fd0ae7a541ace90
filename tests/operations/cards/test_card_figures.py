"""Reading cards: accrued interest on any day, explanations that add up, verify."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from bankcore.aggregates.card_line import CARD, CardLine
from bankcore.aggregates.card_line import commands as c
from bankcore.aggregates.card_line import events_billing as b
from bankcore.aggregates.card_line import service_commands as s
from bankcore.aggregates.card_line.folding import evolve
from bankcore.audit.explain.evidence import evidence
from bankcore.audit.explain.explanation import Explanation
from bankcore.audit.explain.registry import explain
from bankcore.audit.recompute.registry import RECOMPUTERS
from bankcore.audit.verify import verify
from bankcore.products.catalogue import shipped
from bankcore.projections.accrued import accrued
from bankcore.projections.states import fold_states
from bankcore.projections.window import Window
from bankcore.values.entry import Entry
from bankcore.values.errors import BadInput
from bankcore.values.money import yuan
from bankcore.values.roles import Actor, Role
from card_spec import apply_for, appoint, buy, card_bank, draw, history, repay
from spec import Desk, bank, check_books


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


def eventful_card() -> Desk:
    """Late charges, a waiver, a capped episode, a plan and a restatement."""
    desk = card_bank(product="standard", limit="10000")
    buy(desk, "2024-03-10", "3000")
    draw(desk, "2024-03-11", "1000")
    desk.advance("2024-04-10")
    desk.do(s.QuoteInstalment(card="K1", principal=yuan("1200"), terms=3))
    desk.do(s.ConfirmInstalment(card="K1", plan="P1"))
    desk.advance("2024-05-07")
    head = Actor("wei", Role.BRANCH_HEAD)
    appoint(desk, head, 5)
    late = history(desk, b.LateFeeCharged)[0]
    interest = history(desk, b.CardInterestBilled)[-1]
    desk.do(s.WaiveFee(card="K1", item=late.item, reason="hardship"), head)
    waive = s.WaiveInterest(card="K1", item=interest.item, amount=yuan("5"), reason="hardship")
    desk.do(waive, head)
    desk.do(
        c.Repay(card="K1", amount=yuan("100")),
        value_date=date(2024, 4, 20),
        ground="late_information",
        approval="branch",
        approver="head",
    )
    desk.advance("2026-03-06")
    return desk


@pytest.mark.parametrize("figure", ["balance", "settled-interest", "fees", "minimum", "grade"])
def test_an_eventful_card_is_explained_to_the_last_fen(figure: str) -> None:
    desk = eventful_card()
    for on in ("2024-05-07", "2024-06-30", "2026-03-05"):
        assert explained(desk, figure, on).adds_up
    assert verify(desk.bank.log).faults == ()


def test_a_card_that_is_not_there_or_has_no_statement_is_bad_input() -> None:
    desk = bank("2024-03-01")
    apply_for(desk)
    for figure in ("minimum", "days-past-due"):
        with pytest.raises(BadInput):
            explained(desk, figure, "2024-03-01")
    with pytest.raises(BadInput):
        explained(bank("2024-03-01"), "balance", "2024-03-01")
    assert accrued_on(desk, "2024-03-01") == 0


def with_event(desk: Desk, kind: type[Any], **changes: Any) -> tuple[CardLine, Entry[Any]]:
    """The line before the last event of a class, and that event changed."""
    line: CardLine | None = None
    before: CardLine | None = None
    found: Entry[Any] | None = None
    for entry in desk.entries():
        if entry.stream != "card-K1":
            continue
        if isinstance(entry.event, kind):
            before, found = line, entry
        line = evolve(line, entry)
    assert before is not None
    assert found is not None
    return before, replace(found, event=replace(found.event, **changes))


@pytest.mark.parametrize(
    ("kind", "changes", "words"),
    [
        (b.CardInterestBilled, {"uncapped": yuan("0.01")}, "recomputed"),
        (b.CardInterestBilled, {"remainder": Fraction(1, 7)}, "remainder"),
        (b.CardInterestBilled, {"interest": yuan("0.01")}, "CC-05 allows"),
        (b.LateFeeCharged, {"base": yuan("0.01")}, "late charge"),
        (b.LateFeeCharged, {"fee": yuan("0.01")}, "CC-05 allows"),
        (b.CardStatementIssued, {"minimum": yuan("0.01")}, "CC-03"),
        (b.CardStatementIssued, {"due": date(2024, 1, 1)}, "CC-02"),
        (b.CardFeeCharged, {"fee": yuan("0.01")}, "CC-07"),
        (b.InstalmentBilled, {"principal": yuan("0.01")}, "CC-08"),
        (b.InstalmentBilled, {"plan": "none"}, "no part"),
    ],
)
def test_a_figure_that_does_not_follow_is_found(
    kind: type[Any], changes: dict[str, Any], words: str
) -> None:
    line, entry = with_event(eventful_card(), kind, **changes)
    assert words in (RECOMPUTERS[kind](line, entry) or "")
    nothing = RECOMPUTERS[kind](None, entry) or ""
    assert "before" in nothing or kind in {b.CardFeeCharged, b.InstalmentBilled}


@pytest.mark.parametrize("figure", ["settled-interest", "minimum"])
def test_floor_and_charge_cap_are_parts_of_an_explanation(figure: str) -> None:
    # 94.00 never paid: the minimum is the floor, and charges stop at 94.00 (CC-03, CC-05).
    desk = card_bank(product="standard", limit="10000")
    buy(desk, "2024-03-10", "94")
    assert explained(desk, "balance", "2024-03-10").value == 9_400
    desk.advance("2025-12-31")
    for on in ("2024-04-05", "2024-12-05", "2025-12-05"):
        found = explained(desk, figure, on)
        assert found.adds_up
    labels = {p.label_en for p in explained(desk, figure, "2024-04-05").parts}
    assert figure != "minimum" or "Floor, or the whole balance" in labels
