"""A rest within the tolerance amount is no arrears, and does not hide later ones (CC-06, CC-12)."""

from __future__ import annotations

from bankcore.aggregates.card_line.events_risk import CardReclassified
from card_spec import buy, card_bank, repay


def test_a_small_rest_does_not_hide_that_the_next_minimum_was_missed() -> None:
    desk = card_bank(product="standard", limit="10000")
    buy(desk, "2024-03-06", "3000")
    desk.advance("2024-04-24")
    # The minimum of the statement of 5 April is 10 % of 3,000.00; 5.00 are left open.
    repay(desk, "2024-04-24", "295", "A1")
    desk.advance("2024-06-02")
    # The next minimum was due on 25 May; the third tolerance day is 28 May.
    changes = [e for e in desk.entries() if isinstance(e.event, CardReclassified)]
    assert [(str(e.booking_date), e.event.new, e.event.dpd) for e in changes] == [
        ("2024-05-29", "special_mention", 4)
    ]
