"""WM-02 Matching (适当性匹配): does one product suit one customer on one day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bankcore.products.suitability_terms import MatchingTerms
from bankcore.values.money import Money
from bankcore.values.reasons import Reason, Rejected


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """Product, customer and order. `assets` are known financial assets, the cash used included."""

    on_sale: bool
    risk: int
    tolerance: int | None
    profile_valid_to: date | None
    date: date
    tenor_months: int
    horizon_months: int
    amount: Money
    available: Money
    holding: Money
    assets: Money
    professional: bool
    age: int
    elderly_review: bool


def check_match(match: Match, terms: MatchingTerms) -> None:
    """Refuse with the first reason of WM-02; a professional investor is spared four kinds of test.

    `product_not_on_sale`, `profile_missing`, `profile_expired`, `risk_above_tolerance`,
    `horizon_too_short`, `amount_above_available`, `concentration_too_high`,
    `elderly_review_missing`.
    """
    if not match.on_sale:
        raise Rejected(Reason.PRODUCT_NOT_ON_SALE)
    personal = None if match.professional else _personal(match)
    if personal is not None:
        raise Rejected(personal, risk=match.risk, tolerance=match.tolerance)
    if match.amount > match.available:
        raise Rejected(Reason.AMOUNT_ABOVE_AVAILABLE, available=match.available)
    if not match.professional and _concentrated(match, terms):
        raise Rejected(Reason.CONCENTRATION_TOO_HIGH, most=terms.caps[match.risk])
    older = match.age >= terms.elderly_age and match.risk >= terms.elderly_risk
    if older and not match.elderly_review:
        raise Rejected(Reason.ELDERLY_REVIEW_MISSING, age=match.age)


def _personal(match: Match) -> Reason | None:
    """The first thing that profile and horizon say against it."""
    if match.tolerance is None or match.profile_valid_to is None:
        return Reason.PROFILE_MISSING
    if match.profile_valid_to < match.date:
        return Reason.PROFILE_EXPIRED
    if match.risk > match.tolerance:
        return Reason.RISK_ABOVE_TOLERANCE
    return Reason.HORIZON_TOO_SHORT if match.tenor_months > match.horizon_months else None


def _concentrated(match: Match, terms: MatchingTerms) -> bool:
    """Above the cap of the level, as exact fractions; without assets any order is."""
    cap = terms.caps.get(match.risk)
    if cap is None:
        return False
    return (match.holding + match.amount).minor * 100 > cap * match.assets.minor
