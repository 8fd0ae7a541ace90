"""LN-15 Prepayment (提前还款): partial with two options, and full payoff."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction
from typing import Final

from bankcore.rules.loans.remaining import Remaining, level_over, refill, until_paid
from bankcore.rules.loans.schedule import Schedule
from bankcore.values.dates import add_months
from bankcore.values.figures import Figure, figure
from bankcore.values.money import Money
from bankcore.values.rates import AnnualRate
from bankcore.values.reasons import Reason

RULE: Final = "LN-15"


class PrepaymentOption(StrEnum):
    """What a partial prepayment changes: the instalment (月供减少) or the term (期限缩短)."""

    REDUCE_INSTALMENT = "reduce_instalment"
    SHORTEN_TERM = "shorten_term"


@dataclass(frozen=True, slots=True)
class FeeStep:
    """A fee in percent of prepaid principal below a number of full months on book."""

    below_months: int
    percent: Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class PrepaymentPolicy:
    """Fee steps of the product in ascending months (none left = free), minimum, notice in days."""

    fee_steps: tuple[FeeStep, ...]
    minimum: Money
    notice_days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PrepaymentRequest:
    """A wish to prepay on a day; `notice_on` is the day the notice was given."""

    active: bool
    in_arrears: bool
    amount: Money
    balance: Money
    notice_on: date
    prepay_date: date


@dataclass(frozen=True, slots=True)
class PartialPrepayment:
    """What the customer pays (principal + interest to the day + fee) and the schedule after."""

    interest: Figure
    fee: Figure
    customer_pays: Money
    schedule: Schedule


@dataclass(frozen=True, slots=True)
class Payoff:
    """Full payoff: days of interest, its figures, and the whole sum with all arrears."""

    days: int
    interest: Figure
    fee: Figure
    payoff: Money


def prepayment_refusal(request: PrepaymentRequest, policy: PrepaymentPolicy) -> Reason | None:
    """The first refusal of LN-15, or None; the whole balance needs no minimum."""
    earliest = request.notice_on + timedelta(days=policy.notice_days)
    partial = request.amount < request.balance
    checks = (
        (Reason.LOAN_NOT_ACTIVE, not request.active),
        (Reason.IN_ARREARS, request.in_arrears),
        (Reason.AMOUNT_NOT_POSITIVE, request.amount.minor <= 0),
        (Reason.AMOUNT_EXCEEDS_BALANCE, request.amount > request.balance),
        (Reason.BELOW_MINIMUM, partial and request.amount < policy.minimum),
        (Reason.NOTICE_TOO_SHORT, request.prepay_date < earliest),
    )
    return next((reason for reason, hit in checks if hit), None)


def full_months(start: date, end: date) -> int:
    """The largest k ≥ 0 with am(start, k) ≤ end: full months on book."""
    months = (end.year - start.year) * 12 + end.month - start.month
    return max(months if add_months(start, months) <= end else months - 1, 0)


def fee_percent(steps: Sequence[FeeStep], value_date: date, on: date) -> Fraction:
    """The fee in percent by full months on book (先到先用); zero after the last step."""
    months = full_months(value_date, on)
    return next((step.percent for step in steps if months < step.below_months), Fraction(0))


def prepayment_fee(principal: Money, percent: Fraction) -> Figure:
    """R(X·fee%) on the prepaid principal."""
    return figure(RULE, principal.minor * percent / 100, principal=principal, fee_pct=percent)


def interest_to_day(principal: Money, segments: Sequence[tuple[int, AnnualRate]]) -> Figure:
    """R(X·Σ days·δ): interest by actual use since the last due date, one segment a rate."""
    exact = sum((days * rate.daily for days, rate in segments), Fraction(0))
    return figure(RULE, principal.minor * exact, principal=principal, segments=tuple(segments))


def partial_prepayment(
    remaining: Remaining,
    amount: Money,
    segments: Sequence[tuple[int, AnnualRate]],
    option: PrepaymentOption,
    fee_pct: Fraction,
) -> PartialPrepayment:
    """Prepay X on a day between two due dates: interest on X by days, then rebuild from B − X.

    `segments` are the days and rates since the last due (or value) date. The next instalment
    bears interest on B − X only, for its whole period. `reduce_instalment` rebuilds the level
    figure over all open periods; `shorten_term` keeps it and drops the due dates it frees.
    X = B leaves no rows and a level of zero.
    """
    interest = interest_to_day(amount, segments)
    fee = prepayment_fee(amount, fee_pct)
    pays = amount + interest.amount + fee.amount
    left = replace(remaining, balance=remaining.balance - amount)
    return PartialPrepayment(interest, fee, pays, _after(left, option))


def _after(left: Remaining, option: PrepaymentOption) -> Schedule:
    if not left.balance:
        return Schedule((), figure(RULE, Fraction(0), balance=left.balance))
    if option is PrepaymentOption.REDUCE_INSTALMENT:
        return refill(RULE, left, level_over(RULE, left))
    kept = figure(RULE, Fraction(left.level.minor), kept=left.level)
    schedule = refill(RULE, left, kept)
    return Schedule(until_paid(schedule.rows), kept)


def payoff(
    balance: Money,
    segments: Sequence[tuple[int, AnnualRate]],
    fee_pct: Fraction,
    arrears: Money = Money(0),  # noqa: B008  # frozen, so one value may be shared
) -> Payoff:
    """B + R(B·days·δ) + fee + everything in arrears; days since the last due or value date."""
    interest = interest_to_day(balance, segments)
    fee = prepayment_fee(balance, fee_pct)
    days = sum(days for days, _ in segments)
    return Payoff(days, interest, fee, balance + interest.amount + fee.amount + arrears)
