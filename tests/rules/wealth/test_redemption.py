"""WM-11: redemption by lots, large and fast redemptions."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bankcore.products.catalogue import shipped
from bankcore.products.wealth_terms import redemption_terms
from bankcore.rules.wealth.redemption import (
    FastRequest,
    Lot,
    Request,
    band_rate,
    fast_redemption,
    redeem,
    share_out,
)
from bankcore.values.money import Money, yuan
from bankcore.values.reasons import Reason, Rejected
from bankcore.values.units import NONE, Units, total_units

CONFIRM = date(2026, 4, 1)
TERMS = redemption_terms(shipped(), "equity", CONFIRM)
lots_of = st.lists(
    st.builds(
        Lot,
        st.integers(0, 400).map(lambda n: CONFIRM - timedelta(days=n)),
        st.integers(1, 10**7).map(Units),
    ),
    min_size=1,
    max_size=6,
)
navs = st.integers(1, 99_999).map(lambda n: Fraction(n, 10_000))


@given(lots_of, navs, st.data())
def test_units_are_conserved_and_the_fee_is_at_most_the_gross(
    lots: list[Lot], nav: Fraction, data: st.DataObject
) -> None:
    held = total_units(lot.units for lot in lots)
    most = max(1, held.hundredths - TERMS.min_hold.hundredths)
    units = Units(
        data.draw(
            st.integers(1, most).filter(lambda n: not NONE < held - Units(n) < TERMS.min_hold)
        )
    )
    made = redeem(lots, units, nav, CONFIRM, TERMS)
    assert total_units(lot.units for lot in made.lots) + units == held
    assert Money(0) <= made.fee.amount <= made.gross.amount
    assert made.net + made.fee.amount == made.gross.amount
    assert list(made.lots) == sorted(made.lots, key=lambda lot: lot.date)


@given(lots_of, navs)
def test_a_lot_split_in_two_of_its_day_changes_nothing(lots: list[Lot], nav: Fraction) -> None:
    halves = [
        half
        for lot in lots
        for half in (
            Lot(lot.date, Units(lot.units.hundredths // 2)),
            Lot(lot.date, Units(lot.units.hundredths - lot.units.hundredths // 2)),
        )
    ]
    units = total_units(lot.units for lot in lots)
    one = redeem(lots, units, nav, CONFIRM, TERMS)
    two = redeem(halves, units, nav, CONFIRM, TERMS)
    assert (one.gross.exact, one.fee.exact) == (two.gross.exact, two.fee.exact)


@pytest.mark.parametrize(
    ("days", "rate"),
    [(0, "1.5"), (6, "1.5"), (7, "1"), (29, "1"), (30, "0.5"), (179, "0.5"), (180, "0")],
)
def test_a_band_begins_on_its_bound(days: int, rate: str) -> None:
    assert band_rate(days, TERMS.bands) == Fraction(rate)


def test_the_band_from_seven_days_was_lower_before_2026() -> None:
    before = redemption_terms(shipped(), "equity", date(2025, 12, 31))
    assert band_rate(7, before.bands) == Fraction(3, 4)


@pytest.mark.parametrize(
    ("units", "reason"),
    [
        ("0.00", Reason.UNITS_NOT_POSITIVE),
        ("100.01", Reason.UNITS_INSUFFICIENT),
        ("99.01", Reason.BELOW_MINIMUM_HOLDING),
    ],
)
def test_what_is_refused(units: str, reason: Reason) -> None:
    lots = [Lot(date(2026, 1, 5), Units.parse("100.00"))]
    with pytest.raises(Rejected) as no:
        redeem(lots, Units.parse(units), Fraction(1), CONFIRM, TERMS)
    assert no.value.reason is reason


def test_all_but_the_smallest_holding_can_be_redeemed() -> None:
    lots = [Lot(date(2026, 1, 5), Units.parse("100.00"))]
    made = redeem(lots, Units.parse("99.00"), Fraction(1), CONFIRM, TERMS)
    assert [str(lot.units) for lot in made.lots] == ["1.00"]


requests_of = st.lists(
    st.builds(Request, st.just("x"), st.integers(0, 10**7).map(Units), st.booleans()),
    min_size=1,
    max_size=5,
)


@given(requests_of, st.integers(1, 10**8).map(Units), st.integers(0, 10**6).map(Units))
def test_no_more_is_accepted_than_can_be_taken(
    requests: list[Request], total: Units, subscriptions: Units
) -> None:
    made = share_out(requests, total, subscriptions, Fraction(10))
    taken = sum(share.accepted.hundredths for share in made.shares)
    if made.large:
        assert taken <= total.hundredths / Fraction(10) + subscriptions.hundredths
    for request, share in zip(requests, made.shares, strict=True):
        assert share.accepted + share.deferred + share.cancelled == request.units
        assert not (share.deferred and share.cancelled)


def test_a_hundredth_above_the_threshold_is_large() -> None:
    request = [Request("a", Units.parse("100000.01"), defer=True)]
    made = share_out(request, Units.parse("1000000.00"), NONE, Fraction(10))
    assert made.large
    assert str(made.shares[0].deferred) == "0.01"


money = st.integers(0, 3_000_000).map(Money)


@given(money, money, money, money)
def test_fast_and_normal_are_the_request(
    request: Money, used: Money, facility: Money, more: Money
) -> None:
    given_ = FastRequest(
        request=request,
        used_today=used,
        cap=yuan("10000.00"),
        holding=request + more,
        facility=facility,
    )
    made = fast_redemption(given_)
    assert made.fast + made.normal == request
    assert Money(0) <= made.fast <= facility
    assert made.fast == Money(0) or made.fast + used <= given_.cap


def test_more_than_the_holding_is_refused() -> None:
    with pytest.raises(Rejected) as no:
        fast_redemption(
            FastRequest(
                request=yuan("2.00"),
                used_today=Money(0),
                cap=yuan("10000.00"),
                holding=yuan("1.99"),
                facility=yuan("9.00"),
            )
        )
    assert no.value.reason is Reason.UNITS_INSUFFICIENT


@pytest.mark.parametrize(("held", "fee"), [(6, "1.50"), (7, "1.00"), (180, "0.00")])
def test_days_run_from_the_lot_to_the_confirm_date(held: int, fee: str) -> None:
    lots = [Lot(CONFIRM - timedelta(days=held), Units.parse("100.00"))]
    made = redeem(lots, Units.parse("100.00"), Fraction(1), CONFIRM, TERMS)
    assert str(made.fee.amount) == fee
