"""WM-11 Redemption (赎回): first in first out with fee bands, large and fast redemptions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Final

from bankcore.products.wealth_terms import FeeBand, RedemptionTerms
from bankcore.values.figures import Figure, figure
from bankcore.values.money import CNY, ZERO, Money
from bankcore.values.reasons import Reason, Rejected
from bankcore.values.units import NONE, Units, total_units

RULE: Final = "WM-11"


@dataclass(frozen=True, slots=True)
class Lot:
    """Units confirmed on one day; reinvested dividends form lots of their own date."""

    date: date
    units: Units


@dataclass(frozen=True, slots=True)
class Redeemed:
    """Gross amount and fee, each rounded once from exact sums, and the lots that are left."""

    gross: Figure
    fee: Figure
    lots: tuple[Lot, ...]

    @property
    def net(self) -> Money:
        """What the customer receives."""
        return self.gross.amount - self.fee.amount


def band_rate(days: int, bands: Sequence[FeeBand]) -> Fraction:
    """Percent of the band that the holding days reach, lower bounds inclusive."""
    return max((b for b in bands if b.least_days <= days), key=lambda b: b.least_days).rate


def take(lots: Sequence[Lot], units: Units) -> tuple[tuple[Lot, ...], tuple[Lot, ...]]:
    """What is taken from the oldest lots on, and what is left; lots of a day in their sequence."""
    taken, left = [], []
    for lot in sorted(lots, key=lambda each: each.date):
        used = min(units, lot.units)
        units -= used
        if used:
            taken.append(replace(lot, units=used))
        if used < lot.units:
            left.append(replace(lot, units=lot.units - used))
    return tuple(taken), tuple(left)


def redeem(
    lots: Sequence[Lot], units: Units, nav: Fraction, confirm: date, terms: RedemptionTerms
) -> Redeemed:
    """Redeem units at the net asset value of the trade date; days run to the confirm date.

    Refuses, in order, `units_not_positive`, `units_insufficient`, `below_minimum_holding` (a rest
    below the smallest holding; all may be redeemed).
    """
    _check(total_units(lot.units for lot in lots), units, terms.min_hold)
    taken, left = take(lots, units)
    fee = sum((_fee(lot, nav, confirm, terms) for lot in taken), Fraction(0))
    shown = {"nav": nav, "taken": taken, "confirm": confirm}
    return Redeemed(
        figure(RULE, units.worth(nav), CNY, **shown),
        figure(RULE, fee, CNY, **shown, terms=terms),
        left,
    )


def _check(held: Units, units: Units, min_hold: Units) -> None:
    if units <= NONE:
        raise Rejected(Reason.UNITS_NOT_POSITIVE, units=units)
    if units > held:
        raise Rejected(Reason.UNITS_INSUFFICIENT, held=held)
    if NONE < held - units < min_hold:
        raise Rejected(Reason.BELOW_MINIMUM_HOLDING, rest=held - units, least=min_hold)


def _fee(lot: Lot, nav: Fraction, confirm: date, terms: RedemptionTerms) -> Fraction:
    """Exact fen of the fee on what was taken from a lot."""
    rate = band_rate((confirm - lot.date).days, terms.bands)
    return lot.units.worth(nav) * rate / 100


@dataclass(frozen=True, slots=True)
class Request:
    """A request of a day with large redemptions; `defer` carries the rest to the next open day."""

    id: str
    units: Units
    defer: bool


@dataclass(frozen=True, slots=True)
class Shared:
    """What becomes of one request; the three parts add up to it."""

    id: str
    accepted: Units
    deferred: Units
    cancelled: Units


@dataclass(frozen=True, slots=True)
class LargeRedemption:
    """Whether the day is one of large redemption (巨额赎回), and every request's parts."""

    large: bool
    shares: tuple[Shared, ...]


def share_out(
    requests: Sequence[Request], total: Units, subscriptions: Units, percent: Fraction
) -> LargeRedemption:
    """Limit a day whose net redemption is above `percent` of the units of the day before.

    What can be taken, that share plus the subscriptions, is split by size, rounded down to 0.01
    unit. Exactly at the threshold all is accepted.
    """
    asked = total_units(r.units for r in requests)
    acceptable = percent / 100 * total.hundredths + subscriptions.hundredths
    if asked.hundredths <= acceptable:
        kept = tuple(Shared(r.id, r.units, NONE, NONE) for r in requests)
        return LargeRedemption(large=False, shares=kept)
    return LargeRedemption(
        large=True, shares=tuple(_limited(r, acceptable / asked.hundredths) for r in requests)
    )


def _limited(request: Request, share: Fraction) -> Shared:
    exact = request.units.hundredths * share
    accepted = Units(exact.numerator // exact.denominator)
    rest = request.units - accepted
    if request.defer:
        return Shared(request.id, accepted, rest, NONE)
    return Shared(request.id, accepted, NONE, rest)


@dataclass(frozen=True, slots=True, kw_only=True)
class FastRequest:
    """A request for money at once (快速赎回, T+0), and what limits it on that day."""

    request: Money
    used_today: Money
    cap: Money
    holding: Money
    facility: Money


@dataclass(frozen=True, slots=True)
class FastRedemption:
    """What is paid at once from the advance facility, and what is redeemed as usual."""

    fast: Money
    normal: Money


def fast_redemption(given: FastRequest) -> FastRedemption:
    """The least of request, cap left, holding and facility, not below zero, is paid at once.

    Refuses `units_insufficient` for more than the holding; one unit is one yuan.
    """
    if given.request > given.holding:
        raise Rejected(Reason.UNITS_INSUFFICIENT, held=given.holding)
    least = min(given.request, given.cap - given.used_today, given.facility)
    fast = max(ZERO, least)
    return FastRedemption(fast, given.request - fast)
