"""WM-09: dealing days and forward pricing."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bankcore.products.catalogue import shipped
from bankcore.products.wealth_terms import DealingTerms, dealing_terms
from bankcore.rules.wealth.dealing import check_cancel, dealing
from bankcore.values.reasons import Reason, Rejected

TERMS = DealingTerms(cutoff=time(15), confirm_lag=1, payout_lag=2)


def weekday(day: date) -> bool:
    return day.weekday() < 5


moment = datetime.fromisoformat
moments = st.datetimes(moment("2025-01-01"), moment("2026-12-01"))
lags = st.builds(
    DealingTerms,
    cutoff=st.just(time(15)),
    confirm_lag=st.integers(1, 3),
    payout_lag=st.integers(0, 7),
)


@given(moments, lags)
def test_dates_never_go_back_and_units_count_after_the_trade(
    at: datetime, terms: DealingTerms
) -> None:
    found = dealing(at, terms, weekday)
    assert at.date() <= found.trade < found.confirm <= found.payout
    assert all(map(weekday, (found.trade, found.confirm, found.payout)))


@given(moments, st.timedeltas(timedelta(0), timedelta(days=20)))
def test_a_later_order_never_trades_earlier(at: datetime, later: timedelta) -> None:
    assert dealing(at, TERMS, weekday).trade <= dealing(at + later, TERMS, weekday).trade


@pytest.mark.parametrize(
    ("at", "trade"),
    [
        (moment("2025-03-14T14:59:59"), date(2025, 3, 14)),
        (moment("2025-03-14T15:00"), date(2025, 3, 17)),
        (moment("2025-03-16T09:00"), date(2025, 3, 17)),
    ],
)
def test_the_cutoff_itself_is_too_late(at: datetime, trade: date) -> None:
    assert dealing(at, TERMS, weekday).trade == trade


def test_an_order_is_cancelled_until_the_cutoff_of_its_trade_date() -> None:
    check_cancel(moment("2025-03-17T14:59:59"), date(2025, 3, 17), TERMS)
    with pytest.raises(Rejected) as no:
        check_cancel(moment("2025-03-17T15:00"), date(2025, 3, 17), TERMS)
    assert no.value.reason is Reason.CANCEL_AFTER_CUTOFF


def test_the_shipped_lags_are_those_of_the_rulebook() -> None:
    on = date(2026, 1, 5)
    lag = {k: dealing_terms(shipped(), k, on) for k in ("cash", "bond", "mixed", "equity", "qdii")}
    assert [terms.payout_lag for terms in lag.values()] == [0, 1, 2, 3, 7]
    assert [terms.confirm_lag for terms in lag.values()] == [1, 1, 1, 1, 2]
    assert lag["cash"].cutoff == time(15)
