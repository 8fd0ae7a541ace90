"""LN-19 penalty interest (罚息) and LN-20 compound interest on unpaid interest (复利)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import pairwise
from typing import Final

from bankcore.values.figures import Figure, figure
from bankcore.values.money import Money
from bankcore.values.rates import AnnualRate
from bankcore.values.reasons import Reason, Rejected

PENALTY_RULE: Final = "LN-19"
COMPOUND_RULE: Final = "LN-20"


@dataclass(frozen=True, slots=True, kw_only=True)
class PenaltyPolicy:
    """Surcharge on the contract rate in percent with its range, grace in days, cap a year."""

    surcharge: Fraction
    surcharge_min: Fraction
    surcharge_max: Fraction
    grace_days: int
    cap: AnnualRate


@dataclass(frozen=True, slots=True)
class RateStep:
    """The contract rate from a day on."""

    start: date
    rate: AnnualRate


@dataclass(frozen=True, slots=True)
class OverduePiece:
    """An amount unpaid from its due date (in) to a day (out): principal, or interest for LN-20."""

    amount: Money
    due: date
    until: date


@dataclass(frozen=True, slots=True)
class Overcharge:
    """Days that count (0 inside grace) and the figure charged for one piece."""

    days: int
    figure: Figure


def surcharged(rate: AnnualRate, surcharge: Fraction, cap: AnnualRate) -> AnnualRate:
    """min(rate·(1 + surcharge/100), cap): the rate that overdue or misused money bears."""
    return min(AnnualRate(rate.percent * (1 + surcharge / 100)), cap)


def penalty_interest(
    piece: OverduePiece, rates: Sequence[RateStep], policy: PenaltyPolicy
) -> Overcharge:
    """Penalty on overdue principal (LN-19): one piece, one rounding.

    Paid within grace nothing is charged; after it every day from the due date counts. Refuses
    `surcharge_out_of_range` and `paid_before_due`.
    """
    return _charge(PENALTY_RULE, piece, rates, policy)


def compound_interest(
    piece: OverduePiece, rates: Sequence[RateStep], policy: PenaltyPolicy
) -> Overcharge:
    """Compound interest on unpaid interest (LN-20): simple, at the penalty rate, same grace."""
    return _charge(COMPOUND_RULE, piece, rates, policy)


def _charge(
    rule: str, piece: OverduePiece, rates: Sequence[RateStep], policy: PenaltyPolicy
) -> Overcharge:
    if not policy.surcharge_min <= policy.surcharge <= policy.surcharge_max:
        raise Rejected(Reason.SURCHARGE_OUT_OF_RANGE, surcharge=str(policy.surcharge))
    if piece.until < piece.due:
        raise Rejected(Reason.PAID_BEFORE_DUE, due=piece.due.isoformat())
    days = (piece.until - piece.due).days
    segments = [] if days <= policy.grace_days else rate_segments(rates, piece.due, piece.until)
    charged = [(n, surcharged(rate, policy.surcharge, policy.cap)) for n, rate in segments]
    exact = sum((n * rate.daily for n, rate in charged), Fraction(0)) * piece.amount.minor
    counted = sum(n for n, _ in charged)
    made = figure(
        rule, exact, base=piece.amount, due=piece.due, until=piece.until, segments=charged
    )
    return Overcharge(counted, made)


def rate_segments(
    rates: Sequence[RateStep], start: date, end: date
) -> list[tuple[int, AnnualRate]]:
    """Days and contract rate of each stretch of [start, end); the newest row of a day holds."""
    ordered = sorted(rates, key=lambda step: step.start)
    assert ordered, "a loan has a contract rate"
    assert ordered[0].start <= start, "a rate is known from the first day on"
    cuts = [start, *(s.start for s in ordered if start < s.start < end), end]
    return [((b - a).days, _rate_of(ordered, a)) for a, b in pairwise(cuts) if b > a]


def _rate_of(ordered: Sequence[RateStep], day: date) -> AnnualRate:
    return [step.rate for step in ordered if step.start <= day][-1]
