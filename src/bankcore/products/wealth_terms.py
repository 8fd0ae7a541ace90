"""Terms of wealth products (理财参数): dealing, fees and redemption of a kind, WM-09…WM-11."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from fractions import Fraction

from bankcore.products.catalogue import Catalogue
from bankcore.values.money import Money, parse_amount
from bankcore.values.units import Units


@dataclass(frozen=True, slots=True, kw_only=True)
class DealingTerms:
    """WM-09: the cut-off of local time, exclusive, and two lags in open days."""

    cutoff: time
    confirm_lag: int
    payout_lag: int


@dataclass(frozen=True, slots=True)
class FeeTier:
    """WM-10: from a gross amount on, a rate in percent, or a flat fee in its place."""

    least: Money
    rate: Fraction
    flat: Money | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SubscriptionTerms:
    """WM-10: tiers, a factor on their rates, the fee method, and how units are rounded."""

    tiers: Sequence[FeeTier]
    discount: Fraction = Fraction(1)
    outer: bool = True
    round_down: bool = False


@dataclass(frozen=True, slots=True)
class FeeBand:
    """WM-11: from so many days of holding on, a redemption fee in percent."""

    least_days: int
    rate: Fraction


@dataclass(frozen=True, slots=True)
class RedemptionTerms:
    """WM-11: fee bands by days of holding, and the smallest holding that may be left."""

    bands: Sequence[FeeBand]
    min_hold: Units


def dealing_terms(c: Catalogue, kind: str, on: date) -> DealingTerms:
    """The terms of WM-09 of a kind: `cash`, `bond`, `mixed`, `equity` or `qdii`."""
    lag = "qdii" if kind == "qdii" else "domestic"
    return DealingTerms(
        cutoff=time.fromisoformat(c.text("wealth.cutoff", on)),
        confirm_lag=c.number(f"wealth.confirm_lag.{lag}", on),
        payout_lag=c.number(f"wealth.payout_lag.{kind}", on),
    )


def subscription_terms(c: Catalogue, kind: str, on: date, *, online: bool) -> SubscriptionTerms:
    """The terms of WM-10 of a kind: `cash`, `bond`, `mixed` or `equity`; online at a discount."""
    return SubscriptionTerms(
        tiers=tuple(_tier(row) for row in c.value(f"wealth.fee_tiers.{kind}", on)),
        discount=c.fraction("wealth.online_discount", on) if online else Fraction(1),
        outer=c.text("wealth.fee_method", on) == "outer",
        round_down=c.text("wealth.units_rounding", on) == "down",
    )


def _tier(row: Sequence[object]) -> FeeTier:
    """A row is (from, percent) or (from, 0, flat)."""
    least, rate, *flat = (str(part) for part in row)
    return FeeTier(parse_amount(least), Fraction(rate), parse_amount(flat[0]) if flat else None)


def redemption_terms(c: Catalogue, kind: str, on: date) -> RedemptionTerms:
    """The terms of WM-11 of a kind: `cash` or `equity`."""
    rows = c.value(f"wealth.redemption_bands.{kind}", on)
    bands = tuple(FeeBand(int(days), Fraction(str(rate))) for days, rate in rows)
    return RedemptionTerms(bands, Units(c.money("wealth.min_hold", on).minor))
