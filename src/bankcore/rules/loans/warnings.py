"""LN-29 Early warning (风险预警): signals, level, and when a warning may be closed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from bankcore.values.reasons import Reason

YELLOW: Final = frozenset(
    {"dpd_1_7", "enquiries_surge", "income_drop", "ltv_high", "min_payment_streak"}
)
ORANGE: Final = frozenset(
    {
        "dpd_8_30",
        "income_drop_severe",
        "lawsuit",
        "guarantor_trouble",
        "other_bank_overdue",
        "contact_lost",
    }
)
RED: Final = frozenset(
    {
        "dpd_over_30",
        "misuse",
        "collateral_seized",
        "defaulter_listed",
        "fraud_suspected",
        "business_closed",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class WarningPolicy:
    """Thresholds of LN-29 (counts, percent, points, days) and working days to close by level."""

    enquiries: int
    income_drop: Fraction
    income_drop_severe: Fraction
    ltv_add: Fraction
    min_payment_streak: int
    days_without_contact: int
    close_within: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class WarningFacts:
    """What is watched; `dpd` strict, ratios in exact percent."""

    dpd: int = 0
    enquiries_3m: int = 0
    inflow_drop: Fraction = Fraction(0)
    ltv: Fraction = Fraction(0)
    approved_ltv: Fraction = Fraction(0)
    min_payment_streak: int = 0
    lawsuit: bool = False
    guarantor_trouble: bool = False
    other_bank_overdue: bool = False
    days_without_contact: int = 0
    misuse: bool = False
    collateral_seized: bool = False
    defaulter_listed: bool = False
    fraud_suspected: bool = False
    business_closed: bool = False


@dataclass(frozen=True, slots=True)
class Warnings:
    """Signals in table order, the level they make, and the working days in which to close."""

    signals: tuple[str, ...]
    level: str
    close_within: int | None


def warnings(facts: WarningFacts, policy: WarningPolicy) -> Warnings:
    """All signals that hold, in table order, and the level they make together.

    The levels of the day counts (1–7, 8–30, over 30) are part of their codes.
    """
    severe = facts.inflow_drop >= policy.income_drop_severe
    table = (
        ("dpd_1_7", 1 <= facts.dpd <= 7),
        ("enquiries_surge", facts.enquiries_3m >= policy.enquiries),
        ("income_drop", facts.inflow_drop >= policy.income_drop and not severe),
        ("ltv_high", facts.ltv > facts.approved_ltv + policy.ltv_add),
        ("min_payment_streak", facts.min_payment_streak >= policy.min_payment_streak),
        ("dpd_8_30", 8 <= facts.dpd <= 30),
        ("income_drop_severe", severe),
        ("lawsuit", facts.lawsuit),
        ("guarantor_trouble", facts.guarantor_trouble),
        ("other_bank_overdue", facts.other_bank_overdue),
        ("contact_lost", facts.days_without_contact >= policy.days_without_contact),
        ("dpd_over_30", facts.dpd > 30),
        ("misuse", facts.misuse),
        ("collateral_seized", facts.collateral_seized),
        ("defaulter_listed", facts.defaulter_listed),
        ("fraud_suspected", facts.fraud_suspected),
        ("business_closed", facts.business_closed),
    )
    signals = tuple(code for code, hit in table if hit)
    level = level_of(signals)
    return Warnings(signals, level, policy.close_within.get(level))


def level_of(signals: tuple[str, ...]) -> str:
    """Red if any red or two orange, orange if any orange or three yellow, else yellow or none."""
    yellow = sum(code in YELLOW for code in signals)
    orange = sum(code in ORANGE for code in signals)
    red = len(signals) - yellow - orange
    if red or orange >= 2:
        return "red"
    if orange or yellow >= 3:
        return "orange"
    return "yellow" if yellow else "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class WarningClosing:
    """A wish to close a warning: why, what was done, by whom, and whether a red one persists."""

    reason: str
    measure: str
    raised_by: str
    closed_by: str
    red_signal_present: bool


def closing_refusal(closing: WarningClosing) -> Reason | None:
    """Why a warning may not be closed, or None.

    In order `reason_missing`, `measure_missing`, `same_actor`, `signal_still_present`.
    """
    checks = (
        (Reason.REASON_MISSING, not closing.reason),
        (Reason.MEASURE_MISSING, not closing.measure),
        (Reason.MAKER_IS_CHECKER, closing.raised_by == closing.closed_by),
        (Reason.SIGNAL_STILL_PRESENT, closing.red_signal_present),
    )
    return next((reason for reason, hit in checks if hit), None)
