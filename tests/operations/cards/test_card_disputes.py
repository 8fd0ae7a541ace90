"""A dispute over which the bank does not decide in time is the cardholder's, CC-14."""

from __future__ import annotations

from bankcore.aggregates.card_line import events_risk as r
from bankcore.aggregates.card_line import service_commands as s
from bankcore.audit.verify import verify
from bankcore.values.money import yuan
from bankcore.values.reasons import Reason
from card_spec import buy, card, card_bank, history
from spec import Desk, check_books

POSTPONE = s.PostponeDispute(card="K1", dispute="D1")


def disputed() -> Desk:
    """Two items are disputed on 10 March 2024."""
    desk = card_bank(product="standard", limit="10000")
    for item, dispute in (("theirs", "D1"), ("other", "D2")):
        buy(desk, "2024-03-10", "500", item=item)
        desk.do(s.OpenDispute(card="K1", dispute=dispute, item=item, amount=yuan("500")))
    return desk


def sound(desk: Desk) -> None:
    check_books(desk)
    assert verify(desk.bank.log).ok


def won(desk: Desk) -> list[str]:
    return [x.dispute for x in history(desk, r.DisputeWon)]


def test_thirty_days_without_a_result_decide_for_the_cardholder() -> None:
    # 10 March + 30 days is 9 April: that evening, not the one before.
    desk = disputed()
    desk.advance("2024-04-09")
    assert won(desk) == []
    desk.advance("2024-04-10")
    assert won(desk) == ["D1", "D2"]
    assert (card(desk).disputes, card(desk).totals.debt) == ((), yuan("0"))
    desk.refused(s.DecideDispute(card="K1", dispute="D1", outcome="lost"), Reason.STREAM_NOT_FOUND)
    sound(desk)


def test_a_notice_in_time_gives_sixty_days_more_once() -> None:
    # 9 April + 60 days is 8 June.
    desk = disputed()
    desk.refused(s.PostponeDispute(card="K1", dispute="D7"), Reason.STREAM_NOT_FOUND)
    desk.advance("2024-04-09")
    desk.do(POSTPONE)
    desk.refused(POSTPONE, Reason.ILLEGAL_TRANSITION)
    desk.advance("2024-06-08")
    assert won(desk) == ["D2"]
    desk.advance("2024-06-09")
    assert won(desk) == ["D2", "D1"]
    desk.refused(POSTPONE, Reason.STREAM_NOT_FOUND)
    sound(desk)


def test_a_decision_in_time_is_left_alone() -> None:
    desk = disputed()
    desk.advance("2024-04-09")
    desk.do(s.DecideDispute(card="K1", dispute="D1", outcome="lost"))
    desk.advance("2024-04-12")
    assert won(desk) == ["D2"]
    assert card(desk).totals.debt == yuan("500")
    sound(desk)
