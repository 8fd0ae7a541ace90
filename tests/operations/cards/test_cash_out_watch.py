"""The watch for cashing out at the close of day: alert, review, finding (CC-14)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from bankcore.aggregates.card_line import CARD, CardLine
from bankcore.aggregates.card_line import commands as c
from bankcore.aggregates.card_line import events_watch as w
from bankcore.aggregates.card_line import service_commands as s
from bankcore.audit.findings.cards import cash_out_ignored
from bankcore.audit.findings.finding import Hit
from bankcore.audit.findings.trail import trail_of
from bankcore.audit.recompute.card_line import cash_out_alert
from bankcore.products.catalogue import shipped
from bankcore.rules.cards.cash_out import Measure
from bankcore.values.money import yuan
from bankcore.values.reasons import Reason
from bankcore.values.roles import Actor, Role
from card_spec import card, card_bank, repay
from spec import Desk, sound

DESK = Actor("desk", Role.CARD_APPROVER)


def swipe(desk: Desk, day: str, amount: str, at: str | None = None) -> None:
    """A purchase at one wholesaler."""
    desk.advance(day)
    bought = c.Post(
        card="K1",
        item=f"s{desk.count}",
        amount=yuan(amount),
        merchant="wholesaler",
        category="wholesale",
    )
    desk.do(bought, at=at)


def cashed(until: str = "2024-03-16") -> Desk:
    """A line of 20,000.00: 18,000.00 out, paid back on the 14th, and out again by the 15th."""
    desk = card_bank()
    swipe(desk, "2024-03-12", "18000.00")
    repay(desk, "2024-03-14", "18000.00")
    swipe(desk, "2024-03-14", "9000.00")
    swipe(desk, "2024-03-15", "9000.00")
    desk.advance(until)
    return desk


def alerts(desk: Desk) -> list[tuple[date, tuple[str, ...], int]]:
    found = [entry.event for entry in desk.found(w.CashOutAlertRaised)]
    return [(event.as_of, event.signs, event.score) for event in found]


def look(measure: Measure = Measure.NONE, reason: str = "a shop of his own") -> s.ReviewCashOut:
    return s.ReviewCashOut(card="K1", measure=measure, reason=reason)


def test_the_evening_on_which_the_signs_reach_sixty_points_raises_an_alert() -> None:
    desk = cashed()
    # 30 for the payment swiped again, 20 for three whole thousands, 20 for the one merchant.
    signs = ("pay_then_swipe", "round_amounts", "one_merchant")
    assert alerts(desk) == [(date(2024, 3, 15), signs, 70)]
    # By itself it does nothing to the card.
    assert (card(desk).blocks, card(desk).new_use_frozen) == ((), False)
    sound(desk)


def test_below_the_score_nothing_is_raised() -> None:
    desk = card_bank()
    swipe(desk, "2024-03-12", "18000.00")
    repay(desk, "2024-03-14", "18000.00")
    swipe(desk, "2024-03-14", "9000.00")
    swipe(desk, "2024-03-15", "8999.00")
    desk.advance("2024-03-16")
    # Two whole thousands are no pattern: 30 and 20.
    assert alerts(desk) == []


def test_an_open_alert_and_one_that_was_reviewed_are_not_raised_again_for_less() -> None:
    desk = cashed()
    swipe(desk, "2024-03-16", "1.00")
    desk.advance("2024-03-17")
    assert len(alerts(desk)) == 1
    desk.do(look(), DESK)
    swipe(desk, "2024-03-17", "1.00")
    desk.advance("2024-03-18")
    assert len(alerts(desk)) == 1


def test_more_signs_than_were_reviewed_are_raised_again() -> None:
    desk = cashed()
    desk.do(look(), DESK)
    for _ in range(3):
        swipe(desk, "2024-03-17", "10.50", at="22:10")
    desk.advance("2024-03-18")
    # Three high-risk purchases at night: 15 more.
    assert [score for _, _, score in alerts(desk)] == [70, 85]


def test_purchases_by_day_are_no_odd_hours() -> None:
    desk = cashed()
    desk.do(look(), DESK)
    for _ in range(3):
        swipe(desk, "2024-03-17", "10.50", at="21:59")
    desk.advance("2024-03-18")
    assert [score for _, _, score in alerts(desk)] == [70]


def test_the_same_pattern_after_the_period_is_a_new_alert() -> None:
    desk = cashed()
    desk.do(look(), DESK)
    repay(desk, "2024-06-18", "30000.00")
    swipe(desk, "2024-06-18", "9000.00")
    swipe(desk, "2024-06-18", "9000.00")
    swipe(desk, "2024-06-18", "9000.00")
    desk.advance("2024-06-19")
    assert [(on, score) for on, _, score in alerts(desk)] == [
        (date(2024, 3, 15), 70),
        (date(2024, 6, 18), 70),
    ]


def test_what_is_older_than_a_year_is_forgotten() -> None:
    desk = cashed()
    last = date(2024, 3, 15) + timedelta(days=366)
    desk.advance("2025-03-01")
    swipe(desk, last.isoformat(), "1.00")
    repay(desk, last.isoformat(), "1.00")
    assert [x.on for x in card(desk).watch.seen] == [last]
    assert [on for on, _ in card(desk).watch.paid] == [last]


def test_a_review_needs_an_open_alert_and_a_reason() -> None:
    desk = cashed("2024-03-15")
    desk.refused(look(), Reason.ILLEGAL_TRANSITION, DESK)
    desk.advance("2024-03-16")
    desk.refused(look(reason=""), Reason.REASON_MISSING, DESK)
    desk.do(look(Measure.REPORT), DESK)
    desk.refused(look(), Reason.ILLEGAL_TRANSITION, DESK)


def before_alert(desk: Desk) -> tuple[CardLine | None, Any]:
    line = None
    for entry in desk.entries():
        if isinstance(entry.event, w.CashOutAlertRaised):
            return line, entry
        line = CARD.evolve(line, entry) if entry.stream == CARD.stream("K1") else line
    raise AssertionError("an alert was raised")


@pytest.mark.parametrize(
    "change", [{"score": 85}, {"signs": ("pay_then_swipe", "round_amounts", "near_limit")}]
)
def test_the_score_is_derived_again(change: dict[str, Any]) -> None:
    line, entry = before_alert(cashed())
    assert cash_out_alert(line, entry, shipped()) is None
    assert cash_out_alert(None, entry, shipped())
    altered = replace(entry, event=replace(entry.event, **change))
    score = change.get("score", 70)
    assert cash_out_alert(line, altered, shipped()) == f"score {score}, recomputed 70 by CC-14"


def hits(desk: Desk) -> list[Hit]:
    """The finding over the log; 16 March 2024 is a Saturday, so the working day is the 18th."""
    return list(cash_out_ignored(trail_of(desk.entries(), shipped())))


def test_an_alert_that_nobody_looks_at_is_found() -> None:
    desk = cashed("2024-03-18")
    assert not hits(desk)
    desk.advance("2024-03-19")
    (hit,) = hits(desk)
    assert (hit.on, hit.undo) == (date(2024, 3, 18), None)
    desk.do(look(), DESK)
    (hit,) = hits(desk)
    assert hit.undo is not None


@pytest.mark.parametrize(("limit", "undone"), [("25000", 0), ("15000", 1)])
def test_a_review_after_a_limit_rise_undoes_nothing(limit: str, undone: int) -> None:
    desk = cashed("2024-03-19")
    desk.do(s.AdjustLimit(card="K1", limit=yuan(limit), reason="asked"))
    desk.do(look(), DESK)
    (hit,) = hits(desk)
    assert [hit.undo is not None] == [bool(undone)]


def test_neither_does_one_after_a_temporary_limit() -> None:
    desk = cashed("2024-03-19")
    more = s.GrantTemporaryLimit(card="K1", increase=yuan("1000"), until=date(2024, 4, 1))
    desk.do(more)
    desk.do(look(), DESK)
    (hit,) = hits(desk)
    assert hit.undo is None


def test_a_review_in_time_leaves_no_finding() -> None:
    desk = cashed("2024-03-18")
    desk.do(look(), DESK)
    desk.advance("2024-03-20")
    assert not hits(desk)
