"""What the deposit rules refuse, one reason at a time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from bankcore.products.catalogue import shipped
from bankcore.products.deposits import DepositOffer, deposit_offer
from bankcore.rules.deposits.agreement import check_signing
from bankcore.rules.deposits.board import BoardRow, Publishing, check_publishing
from bankcore.rules.deposits.draws import DrawPlan, close_draw_plan, close_interest_draw
from bankcore.rules.deposits.early import Lump, draw_matured
from bankcore.rules.deposits.instalments import Plan, follow_plan
from bankcore.rules.deposits.insurance import compensation
from bankcore.rules.deposits.lump import period_interest
from bankcore.rules.deposits.notice import NoticeDraw, NoticeGiven, draw_notice, give_notice
from bankcore.rules.deposits.opening import OpeningAsked, check_opening
from bankcore.rules.deposits.optional import OptionalRates, optional_interest
from bankcore.rules.deposits.tranches import Tranche
from bankcore.values.money import ZERO, yuan
from bankcore.values.rates import AnnualRate
from bankcore.values.reasons import Reason, Rejected

DAY = date(2026, 1, 5)
EARLIER = date(2026, 1, 4)
RATE = AnnualRate.of("0.80")
SUM = yuan("100000.00")
PLAN = Plan(yuan("500.00"), RATE, DAY, 12)
DRAWS = DrawPlan(SUM, RATE, DAY, 12, 3)
OFFER = DepositOffer("lump_lump", yuan("50.00"), None, whole_yuan=False, terms=(), draw_steps=())
BOARD = Publishing(BoardRow("demand", None, DAY, RATE), DAY, "maker", "checker", RATE)
DRAW = NoticeDraw(
    tranches=(Tranche(SUM, DAY),),
    opened_on=DAY,
    notice_days=7,
    on=DAY,
    amount=SUM,
    notice=None,
    lapsed=(),
    notice_rate=RATE,
    demand_rate=RATE,
    min_draw=yuan("50000.00"),
    min_balance=yuan("50000.00"),
)
NEGATIVE = AnnualRate.of("-0.1")
OPTIONAL = OptionalRates(RATE, {3: RATE, 6: RATE, 12: RATE}, Fraction(3, 5))


def opening(amount: str) -> OpeningAsked:
    return OpeningAsked(yuan(amount), None, None)


def notice(amount: str, *, is_open: bool = False) -> None:
    given = NoticeGiven(yuan(amount), DAY)
    give_notice(SUM, given, yuan("50000.00"), has_open_notice=is_open)


REFUSALS: list[tuple[str, Callable[[], object], Reason]] = [
    ("nothing", lambda: check_opening(OFFER, opening("0.00")), Reason.AMOUNT_NOT_POSITIVE),
    ("no product", lambda: deposit_offer(shipped(), "gold", DAY), Reason.PRODUCT_UNKNOWN),
    (
        "not sold",
        lambda: deposit_offer(shipped(), "education", DAY),
        Reason.PRODUCT_NOT_ON_SALE,
    ),
    (
        "too early",
        lambda: deposit_offer(shipped(), "large_cd", date(2015, 6, 1)),
        Reason.PRODUCT_NOT_ON_SALE,
    ),
    (
        "negative rate",
        lambda: period_interest(SUM, NEGATIVE, DAY, DAY, "actual"),
        Reason.RATE_NEGATIVE,
    ),
    (
        "negative board",
        lambda: check_publishing(replace(BOARD, row=replace(BOARD.row, rate=NEGATIVE)), ()),
        Reason.RATE_NEGATIVE,
    ),
    (
        "past board",
        lambda: check_publishing(replace(BOARD, row=replace(BOARD.row, valid_from=EARLIER)), ()),
        Reason.EFFECTIVE_DATE_IN_PAST,
    ),
    (
        "above ceiling",
        lambda: check_publishing(replace(BOARD, ceiling=NEGATIVE), ()),
        Reason.RATE_ABOVE_CEILING,
    ),
    ("closing before", lambda: close_draw_plan(DRAWS, EARLIER, RATE), Reason.BEFORE_START),
    (
        "closing after",
        lambda: close_interest_draw(DRAWS, DRAWS.maturity, RATE),
        Reason.ALREADY_MATURED,
    ),
    ("paid late", lambda: follow_plan(PLAN, [PLAN.maturity]), Reason.ALREADY_MATURED),
    ("not due", lambda: draw_matured(Lump(SUM, RATE, DAY, 3), DAY, RATE), Reason.NOT_MATURED),
    ("before", lambda: optional_interest(SUM, DAY, EARLIER, OPTIONAL), Reason.BEFORE_START),
    ("no draw", lambda: draw_notice(replace(DRAW, amount=ZERO)), Reason.AMOUNT_NOT_POSITIVE),
    (
        "too much",
        lambda: draw_notice(replace(DRAW, amount=SUM + yuan("1.00"))),
        Reason.AMOUNT_ABOVE_PRINCIPAL,
    ),
    ("before it began", lambda: draw_notice(replace(DRAW, on=EARLIER)), Reason.BEFORE_START),
    ("open notice", lambda: notice("1.50", is_open=True), Reason.NOTICE_ALREADY_OPEN),
    ("fen", lambda: notice("1.50"), Reason.AMOUNT_NOT_WHOLE_YUAN),
    ("little", lambda: notice("49999.00"), Reason.AMOUNT_BELOW_MINIMUM),
    ("beyond", lambda: notice("100001.00"), Reason.AMOUNT_ABOVE_PRINCIPAL),
    (
        "before the scheme",
        lambda: compensation(date(2015, 4, 30), [], SUM, senior_manager=False),
        Reason.REFERENCE_DATE_BEFORE_SCHEME,
    ),
]


@pytest.mark.parametrize(("act", "reason"), [r[1:] for r in REFUSALS], ids=[r[0] for r in REFUSALS])
def test_the_rule_says_no(act: Callable[[], object], reason: Reason) -> None:
    with pytest.raises(Rejected) as no:
        act()
    assert no.value.reason is reason


def test_an_agreement_of_exactly_a_year_over_the_threshold_is_signed() -> None:
    limit = yuan("500000.00")
    check_signing(limit, limit, DAY, date(2027, 1, 5), 12)


def test_a_board_row_at_the_ceiling_is_published() -> None:
    check_publishing(BOARD, {("demand", None, EARLIER)})
