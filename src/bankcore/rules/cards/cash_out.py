"""CC-14 Signs of cashing out a card (套现识别): a score for review, never a decision by itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction

from bankcore.values.money import Money, total

SIGNS = ("pay_then_swipe", "round_amounts", "one_merchant", "near_limit", "odd_hours")


class Measure(StrEnum):
    """What a review of the signs may lead to (处置措施): never the score alone."""

    NONE = "none"
    LIMIT_CUT = "limit_cut"
    FREEZE = "freeze"
    RECALL = "recall"
    REPORT = "report"


@dataclass(frozen=True, slots=True)
class Swipe:
    """A purchase with the hour it was made and whether the merchant is flagged high-risk."""

    on: date
    hour: int
    merchant: str
    high_risk: bool
    amount: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class CashOutTerms:
    """Points by sign, alert threshold, days looked back, and the thresholds of the signs.

    `large_share` of the limit makes a payment large and of that payment makes the swipes large;
    `merchant_share` of all purchases and `merchant_limit_share` of the limit mark one merchant;
    `near_share` of the limit a purchase near it. `least_count` purchases make a pattern.
    """

    points: Mapping[str, int]
    alert_from: int
    days: int
    days_after_payment: int
    large_share: Fraction
    round_step: Money
    merchant_share: Fraction
    merchant_limit_share: Fraction
    near_share: Fraction
    least_count: int
    night_from: int
    night_until: int


@dataclass(frozen=True, slots=True)
class CashOut:
    """The signs seen in their order, the sum of their points, and whether to alert."""

    signs: tuple[str, ...]
    score: int
    alert: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity:
    """Limit, purchases and payments of an account as of a day."""

    limit: Money
    as_of: date
    purchases: Sequence[Swipe]
    payments: Sequence[tuple[date, Money]]


def cash_out(activity: Activity, terms: CashOutTerms) -> CashOut:
    """Score the purchases and payments of the last days; each sign counts once."""
    first = activity.as_of - timedelta(days=terms.days - 1)
    swipes = [p for p in activity.purchases if first <= p.on <= activity.as_of]
    payments = [p for p in activity.payments if first <= p[0] <= activity.as_of]
    tests = (
        _pay_then_swipe(swipes, payments, activity.limit, terms),
        _round_amounts(swipes, terms),
        _one_merchant(swipes, activity.limit, terms),
        _near_limit(swipes, activity.limit, terms),
        _odd_hours(swipes, terms),
    )
    signs = tuple(sign for sign, seen in zip(SIGNS, tests, strict=True) if seen)
    score = sum(terms.points[sign] for sign in signs)
    return CashOut(signs, score, score >= terms.alert_from)


def _pay_then_swipe(
    swipes: Sequence[Swipe],
    payments: Sequence[tuple[date, Money]],
    limit: Money,
    terms: CashOutTerms,
) -> bool:
    share = terms.large_share
    for paid_on, paid in payments:
        if paid.minor < share * limit.minor:
            continue
        last = paid_on + timedelta(days=terms.days_after_payment)
        risky = total([s.amount for s in swipes if s.high_risk and paid_on <= s.on <= last])
        if risky.minor >= share * paid.minor:
            return True
    return False


def _round_amounts(swipes: Sequence[Swipe], terms: CashOutTerms) -> bool:
    step = terms.round_step.minor
    whole = [s.merchant for s in swipes if s.amount.minor >= step and s.amount.minor % step == 0]
    return any(whole.count(merchant) >= terms.least_count for merchant in set(whole))


def _one_merchant(swipes: Sequence[Swipe], limit: Money, terms: CashOutTerms) -> bool:
    everything = total([s.amount for s in swipes]).minor
    for merchant in {s.merchant for s in swipes}:
        value = total([s.amount for s in swipes if s.merchant == merchant]).minor
        large = value >= terms.merchant_limit_share * limit.minor
        if large and value >= terms.merchant_share * everything:
            return True
    return False


def _near_limit(swipes: Sequence[Swipe], limit: Money, terms: CashOutTerms) -> bool:
    near = [s for s in swipes if terms.near_share * limit.minor <= s.amount.minor <= limit.minor]
    return len(near) >= terms.least_count


def _odd_hours(swipes: Sequence[Swipe], terms: CashOutTerms) -> bool:
    night = [
        s
        for s in swipes
        if s.high_risk and (s.hour >= terms.night_from or s.hour < terms.night_until)
    ]
    return len(night) >= terms.least_count
