"""Points of a card (CC-09): earned, capped, excluded, redeemed, taken back, expired, advanced."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from bankcore.aggregates.card_line import commands as c
from bankcore.aggregates.card_line import service_commands as s
from bankcore.aggregates.points_account import POINTS, PointsAccount
from bankcore.aggregates.points_account import events as e
from bankcore.aggregates.points_account.commands import Redeem
from bankcore.audit.explain.evidence import evidence
from bankcore.audit.explain.registry import explain
from bankcore.audit.recompute.registry import RECOMPUTERS
from bankcore.projections.window import EVERYTHING
from bankcore.values.entry import Entry
from bankcore.values.errors import BadInput
from bankcore.values.money import Money, yuan
from bankcore.values.reasons import Reason
from card_spec import buy, card_bank
from spec import Desk, sound


def points(desk: Desk) -> PointsAccount:
    return desk.state(POINTS, "K1")


def lots(desk: Desk) -> list[tuple[str, int]]:
    return [(lot.month, lot.points) for lot in points(desk).lots]


def refund(desk: Desk, item: str, amount: str) -> list[Any]:
    desk.do(c.Refund(card="K1", item=item, amount=yuan(amount)))
    return [x for x in desk.events() if isinstance(x, e.PointsClawedBack)]


def liability(desk: Desk) -> Money:
    return points(desk).value


def test_a_purchase_earns_a_point_a_full_yuan() -> None:
    # 88.99 yuan: 88 points; 88 / 500 yuan = 17.6 fen, rounded up to 0.18.
    desk = card_bank()
    buy(desk, "2024-03-10", "88.99")
    (accrued,) = [x.event for x in desk.found(e.PointsAccrued)]
    assert (accrued.points, accrued.month, accrued.value) == (88, "2024-03", yuan("0.18"))
    assert str(accrued.through) == "2026-03-31"
    assert points(desk).balance == 88
    sound(desk)


def test_platinum_earns_twice_and_floors_the_whole_product() -> None:
    # 0.99 × 2 = 1.98: one point, not none.
    desk = card_bank(product="platinum", limit="30000")
    buy(desk, "2024-03-10", "0.99")
    assert points(desk).balance == 1


def test_less_than_a_yuan_and_excluded_groups_earn_nothing() -> None:
    desk = card_bank()
    buy(desk, "2024-03-10", "0.99")
    desk.do(
        c.Post(card="K1", item="school", amount=yuan("5000"), merchant="x", category="education")
    )
    desk.do(c.CashAdvance(card="K1", item="cash", amount=yuan("1000")))
    assert desk.found(e.PointsAccrued) == []
    assert refund(desk, "school", "5000") == []
    sound(desk)


def test_the_month_is_capped_and_the_next_begins_anew() -> None:
    # 30,000 and 25,000 in March: 50,000 in all, 5,000 of the second are cut.
    desk = card_bank(product="platinum", limit="30000")
    buy(desk, "2024-03-10", "15000")
    buy(desk, "2024-03-11", "12500")
    buy(desk, "2024-03-12", "10")
    buy(desk, "2024-04-01", "10")
    assert lots(desk) == [("2024-03", 50_000), ("2024-04", 20)]
    # All of the capped purchase comes back: the 20,000 that it earned, no more.
    (clawed,) = refund(desk, "p-2024-03-11", "12500")
    assert clawed.points == 20_000
    sound(desk)


def test_redeeming_takes_the_earliest_lot_first() -> None:
    # 600 of March and 700 of April; 1,000 points are 2.00 yuan.
    desk = card_bank()
    buy(desk, "2024-03-10", "600")
    buy(desk, "2024-04-10", "700")
    desk.do(Redeem(card="K1", points=1000))
    (done,) = desk.events()
    assert (done.value, done.cost) == (yuan("2.00"), yuan("2.00"))
    assert lots(desk) == [("2024-04", 300)]
    assert liability(desk) == yuan("0.60")
    sound(desk)


def test_redeeming_is_refused_in_the_rulebooks_order() -> None:
    desk = card_bank()
    desk.refused(Redeem(card="K1", points=500), Reason.POINTS_INSUFFICIENT)
    buy(desk, "2024-03-10", "900")
    desk.refused(Redeem(card="K1", points=0), Reason.POINTS_NOT_POSITIVE)
    desk.refused(Redeem(card="K1", points=-500), Reason.POINTS_NOT_POSITIVE)
    desk.refused(Redeem(card="K1", points=750), Reason.POINTS_STEP)
    desk.refused(Redeem(card="K1", points=1000), Reason.POINTS_INSUFFICIENT)
    # Statement 5 April, due the 25th, tolerance to the 28th: overdue from the 29th.
    desk.advance("2024-04-28")
    desk.do(Redeem(card="K1", points=500))
    desk.advance("2024-04-29")
    buy(desk, "2024-04-29", "100")
    desk.refused(Redeem(card="K1", points=1000), Reason.POINTS_INSUFFICIENT)
    desk.refused(Redeem(card="K1", points=500), Reason.ACCOUNT_OVERDUE)
    sound(desk)


def test_partial_refunds_add_up_to_the_whole() -> None:
    # 100.50 earns 100. Back 0.50: 100 stay; back 50.25 more: floor(49.75) = 49 stay; then the rest.
    desk = card_bank()
    buy(desk, "2024-03-10", "100.50", item="a")
    assert refund(desk, "a", "0.50") == []
    assert [x.points for x in refund(desk, "a", "50.25")] == [51]
    assert [x.points for x in refund(desk, "a", "49.75")] == [49]
    assert (points(desk).balance, liability(desk)) == (0, yuan("0.00"))
    sound(desk)


def test_a_refund_takes_from_the_same_month_first() -> None:
    desk = card_bank()
    buy(desk, "2024-03-10", "600", item="a")
    buy(desk, "2024-04-10", "700", item="b")
    buy(desk, "2024-05-10", "300", item="c")
    refund(desk, "b", "700")
    assert lots(desk) == [("2024-03", 600), ("2024-05", 300)]
    # 500 of March are spent; of the 600 to take back 100 are left there, 300 in May.
    desk.do(Redeem(card="K1", points=500))
    (clawed,) = refund(desk, "a", "600")
    assert [(x.month, x.points) for x in clawed.lots] == [("2024-03", 100), ("2024-05", 300)]
    assert (clawed.points, points(desk).balance) == (600, -200)
    assert liability(desk) == yuan("0.00")
    sound(desk)


def test_later_earnings_fill_a_negative_balance_first() -> None:
    desk = card_bank()
    buy(desk, "2024-03-10", "600", item="a")
    desk.do(Redeem(card="K1", points=500))
    refund(desk, "a", "600")
    assert points(desk).balance == -500
    desk.refused(Redeem(card="K1", points=500), Reason.POINTS_INSUFFICIENT)
    buy(desk, "2024-03-11", "300")
    assert (points(desk).balance, lots(desk)) == (-200, [])
    buy(desk, "2024-03-12", "900")
    # 200 fill the gap; the 700 that can be used are worth 1.40.
    assert (points(desk).balance, lots(desk)) == (700, [("2024-03", 700)])
    assert liability(desk) == yuan("1.40")
    desk.do(Redeem(card="K1", points=500))
    sound(desk)


def test_points_can_be_used_through_the_last_day_of_their_24th_month() -> None:
    desk = card_bank()
    desk.do(c.SetAutopay(card="K1", account="A1"))
    buy(desk, "2024-03-10", "1300")
    buy(desk, "2024-04-10", "44")
    desk.advance("2026-03-31")
    desk.do(Redeem(card="K1", points=500))
    desk.advance("2026-04-01")
    (expired,) = [x.event for x in desk.found(e.PointsExpired)]
    # 1,300 − 500 = 800 of March, worth 1.60; April's 44 stay, worth 8.8 fen, that is 0.09.
    assert (expired.points, expired.value) == (800, yuan("1.60"))
    assert (lots(desk), liability(desk)) == ([("2024-04", 44)], yuan("0.09"))
    desk.advance("2026-05-01")
    assert liability(desk) == yuan("0.00")
    sound(desk)


def test_a_refund_after_expiry_goes_to_other_lots() -> None:
    desk = card_bank()
    desk.do(c.SetAutopay(card="K1", account="A1"))
    buy(desk, "2024-03-10", "300", item="old")
    desk.advance("2026-04-01")
    buy(desk, "2026-04-01", "100", item="new")
    (clawed,) = refund(desk, "old", "300")
    assert [(x.month, x.points) for x in clawed.lots] == [("2026-04", 100)]
    assert points(desk).balance == -200
    sound(desk)


def test_fen_of_rounding_never_leave_a_liability_without_points() -> None:
    # 2 points are 0.4 fen: nothing is put aside for 250 such purchases, and 500 points cost 1.00.
    desk = card_bank()
    for n in range(250):
        desk.do(c.Post(card="K1", item=f"i{n}", amount=yuan("2"), merchant="shop"))
    assert (points(desk).balance, liability(desk)) == (500, yuan("0.00"))
    desk.do(Redeem(card="K1", points=500))
    (done,) = desk.events()
    assert (done.value, done.cost, liability(desk)) == (yuan("0"), yuan("1.00"), yuan("0"))
    # 3 points are 0.6 fen, put aside as 0.01 each time: the last ones take what is left.
    for n in range(2):
        desk.do(c.Post(card="K1", item=f"j{n}", amount=yuan("3"), merchant="shop"))
    assert liability(desk) == yuan("0.02")
    assert [x.value for x in refund(desk, "j0", "3")] == [yuan("0.01")]
    assert [x.value for x in refund(desk, "j1", "3")] == [yuan("0.01")]
    sound(desk)


def test_a_cancelled_card_leaves_its_points_thirty_days() -> None:
    desk = card_bank()
    buy(desk, "2024-03-10", "1500", item="a")
    desk.advance("2024-03-20")
    desk.do(c.Repay(card="K1", amount=yuan("1500")))
    desk.do(s.Cancel(card="K1", reason="customer"))
    # A purchase that clears late on the cancelled card earns points for the rest of that time.
    buy(desk, "2024-04-01", "100", item="late")
    desk.do(c.Repay(card="K1", amount=yuan("100")))
    desk.advance("2024-04-19")
    desk.do(Redeem(card="K1", points=1000))
    desk.advance("2024-04-20")
    (expired,) = [x.event for x in desk.found(e.PointsExpired)]
    assert (expired.points, lots(desk)) == (600, [])
    buy(desk, "2024-04-20", "100", item="too late")
    assert len(desk.found(e.PointsAccrued)) == 2
    sound(desk)


def test_a_card_cancelled_for_its_arrears_leaves_its_points_a_month() -> None:
    desk = card_bank()
    buy(desk, "2024-03-10", "1700")
    # Billed on 5 April, due on the 25th: 91 days past due at the close of 25 July.
    desk.advance("2024-07-26")
    (moved,) = [x.event for x in desk.found(e.PointsExpiryAdvanced)]
    assert moved.through == date(2024, 8, 24)
    desk.advance("2024-08-25")
    assert lots(desk) == []
    sound(desk)


def test_cancelling_moves_no_lot_that_ends_sooner() -> None:
    desk = card_bank()
    desk.do(c.SetAutopay(card="K1", account="A1"))
    buy(desk, "2024-03-10", "100")
    desk.advance("2026-03-15")
    desk.do(s.Cancel(card="K1", reason="customer"))
    assert desk.found(e.PointsExpiryAdvanced) == []
    desk.advance("2026-04-01")
    assert lots(desk) == []


def test_a_late_purchase_earns_in_the_month_of_its_posting_date() -> None:
    desk = card_bank()
    buy(desk, "2024-03-30", "100")
    desk.advance("2024-04-02")
    post = c.Post(card="K1", item="late", amount=yuan("50"), merchant="shop")
    frame: dict[str, Any] = {"ground": "system_fault", "approval": "supervisor"}
    desk.do(post, value_date=date(2024, 3, 31), approver="boss", **frame)
    assert lots(desk) == [("2024-03", 150)]
    assert desk.entries()[-1].value_date.day == 2
    sound(desk)


def test_the_balance_explains_itself_by_event() -> None:
    desk = card_bank()
    buy(desk, "2024-03-10", "1700", item="a")
    desk.do(Redeem(card="K1", points=500))
    refund(desk, "a", "200")
    desk.do(s.Cancel(card="K1", reason="customer"))
    seen = evidence(
        desk.entries(), EVERYTHING, desk.bank.catalogue, desk.entries()[-1].booking_date
    )
    told = explain("points", "points-K1", seen)
    assert [int(part.amount) for part in told.parts] == [1700, -500, -200]
    assert (told.shown, told.adds_up) == ("1000", True)
    with pytest.raises(BadInput, match="no points"):
        explain("points", "points-K2", seen)


def history(desk: Desk) -> list[tuple[PointsAccount | None, Entry[Any]]]:
    """Each entry of the points with the state before it."""
    state: PointsAccount | None = None
    seen = []
    for entry in desk.entries():
        if entry.stream == "points-K1":
            seen.append((state, entry))
            state = POINTS.evolve(state, entry)
    return seen


def eventful() -> Desk:
    desk = card_bank()
    desk.do(c.SetAutopay(card="K1", account="A1"))
    buy(desk, "2024-03-10", "1234", item="a")
    refund(desk, "a", "17")
    desk.do(Redeem(card="K1", points=500))
    desk.advance("2026-04-01")
    return desk


@pytest.mark.parametrize(
    ("kind", "changes", "words"),
    [
        (e.PointsAccrued, {"points": 1235}, "recomputed 1234"),
        (e.PointsAccrued, {"filled": 1}, "negative balance"),
        (e.PointsAccrued, {"value": yuan("2.46")}, "recomputed 2.47 by GL-04"),
        (e.PointsClawedBack, {"points": 18}, "recomputed 17"),
        (e.PointsClawedBack, {"item": "b"}, "earned none"),
        (e.PointsClawedBack, {"value": yuan("0.04")}, "recomputed 0.03"),
        (e.PointsRedeemed, {"cost": yuan("5.00")}, "recomputed 1.00"),
        (e.PointsRedeemed, {"lots": ()}, "hold 0"),
        (e.PointsRedeemed, {"value": yuan("0.99")}, "recomputed 1.00"),
        (e.PointsExpired, {"points": 1}, "hold 717"),
        (e.PointsExpired, {"lots": ()}, "end today"),
        (e.PointsExpired, {"value": yuan("1.43")}, "recomputed 1.44"),
    ],
)
def test_points_that_do_not_follow_are_found(
    kind: type[Any], changes: dict[str, Any], words: str
) -> None:
    # 1,234 points: 246.8 fen, 2.47 put aside; 17 back: 3.4 fen, 0.03; 500 spent: 1.00. The last
    # 717 take what is left of the liability: 2.47 - 0.03 - 1.00 = 1.44.
    found = [(state, entry) for state, entry in history(eventful()) if type(entry.event) is kind]
    state, entry = found[0]
    assert RECOMPUTERS[kind](state, entry) is None
    altered = replace(entry, event=replace(entry.event, **changes))
    assert words in (RECOMPUTERS[kind](state, altered) or "")
