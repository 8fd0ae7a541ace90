"""LN-23 Collateral (押品管理与结清): revaluation, top-up, release, settlement."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from bankcore.rules.loans.codes import LoanClass
from bankcore.values.dates import add_months
from bankcore.values.money import ZERO, Money
from bankcore.values.reasons import Reason


@dataclass(frozen=True, slots=True)
class TopUp:
    """Current ratio in exact percent (None without value) and the two cures; either is enough."""

    ltv: Fraction | None
    prepay_needed: Money
    collateral_needed: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Outstanding:
    """Everything a loan may still owe, and what the bank has still promised."""

    principal: Money = ZERO
    interest: Money = ZERO
    penalty: Money = ZERO
    compound: Money = ZERO
    costs: Money = ZERO
    undrawn: Money = ZERO


def revaluation_due(last_valuation: date, cycle_months: int) -> date:
    """am(last valuation, cycle): 12 months performing, 6 non-performing; deposits never."""
    return add_months(last_valuation, cycle_months)


def top_up(balance: Money, value: Money, approved_ltv: Fraction, trigger_add: Fraction) -> TopUp:
    """What is asked for when the ratio passes the approved one by more than the trigger.

    At the trigger nothing is asked. Both cures are rounded up to the fen. A value of zero can
    only be cured by prepayment of the whole balance.
    """
    if value.minor <= 0:
        return TopUp(None, balance, ZERO)
    ltv = Fraction(100 * balance.minor, value.minor)
    if ltv <= approved_ltv + trigger_add:
        return TopUp(ltv, ZERO, ZERO)
    prepay = balance.minor - approved_ltv * value.minor / 100
    collateral = 100 * balance.minor / approved_ltv - value.minor
    return TopUp(ltv, _round_up(prepay), _round_up(collateral))


def _round_up(exact: Fraction) -> Money:
    return Money(-(-exact.numerator // exact.denominator))


def release_refusal(owed: Outstanding) -> Reason | None:
    """The first amount that stands in the way of release or settlement, or None."""
    checks = (
        (Reason.PRINCIPAL_OUTSTANDING, owed.principal),
        (Reason.INTEREST_OUTSTANDING, owed.interest),
        (Reason.PENALTY_OUTSTANDING, owed.penalty),
        (Reason.COMPOUND_OUTSTANDING, owed.compound),
        (Reason.COSTS_OUTSTANDING, owed.costs),
        (Reason.COMMITMENT_OPEN, owed.undrawn),
    )
    return next((reason for reason, amount in checks if amount), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class PartialRelease:
    """A wish to release one of several properties."""

    balance: Money
    remaining_value: Money
    approved_ltv: Fraction
    dpd: int
    loan_class: LoanClass


def partial_release_refusal(wish: PartialRelease) -> Reason | None:
    """`in_arrears`, `class_too_low`, `ltv_after_release_exceeded`, or None; the cap passes."""
    covered = wish.approved_ltv * wish.remaining_value.minor / 100
    checks = (
        (Reason.IN_ARREARS, wish.dpd > 0),
        (Reason.CLASS_TOO_LOW, wish.loan_class.non_performing),
        (Reason.LTV_AFTER_RELEASE_EXCEEDED, wish.balance.minor > covered),
    )
    return next((reason for reason, hit in checks if hit), None)
