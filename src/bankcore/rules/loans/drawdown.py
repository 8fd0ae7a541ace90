"""LN-09 Payment mode and drawdown conditions (支付方式: 自主支付 / 受托支付)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bankcore.rules.loans.codes import AUTO, PROPERTY, PaymentMode, Product
from bankcore.values.money import Money, total
from bankcore.values.reasons import Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawdownPolicy:
    """Self-payment thresholds of the draw date, anti-splitting window, availability in days."""

    consumer_threshold: Money
    business_threshold: Money
    window_days: int
    availability_days: int


@dataclass(frozen=True, slots=True)
class EarlierDraw:
    """An earlier draw of the same contract and purpose."""

    drawn_on: date
    amount: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Draw:
    """A draw asked for, and what is known of its payee."""

    product: Product
    amount: Money
    drawn_on: date
    earlier: Sequence[EarlierDraw]
    counterparty_known: bool
    non_cash_impossible: bool


@dataclass(frozen=True, slots=True)
class ModeDecision:
    """The mode: `self` means self-payment is allowed; entrusted payment always is."""

    linked: Money
    threshold: Money | None
    mode: PaymentMode
    basis: str


def payment_mode(draw: Draw, policy: DrawdownPolicy) -> ModeDecision:
    """Which mode LN-09 asks for: by product, payee and the sum of linked draws.

    Linked = this draw and earlier ones at most `window_days` before it. The threshold itself
    is still self-payment.
    """
    linked = draw.amount + total(
        [e.amount for e in draw.earlier if _linked(e, draw, policy.window_days)]
    )
    if draw.product in PROPERTY | AUTO:
        return ModeDecision(linked, None, PaymentMode.ENTRUSTED, "purchase")
    if draw.non_cash_impossible:
        return ModeDecision(linked, None, PaymentMode.SELF, "no_non_cash")
    if draw.product is Product.BUSINESS:
        return _by_threshold(linked, policy.business_threshold, "business_small")
    if draw.counterparty_known:
        known = policy.consumer_threshold
        return ModeDecision(linked, known, PaymentMode.ENTRUSTED, "counterparty_known")
    return _by_threshold(linked, policy.consumer_threshold, "unknown_counterparty_small")


def _linked(earlier: EarlierDraw, draw: Draw, window_days: int) -> bool:
    return 0 <= (draw.drawn_on - earlier.drawn_on).days <= window_days


def _by_threshold(linked: Money, threshold: Money, basis: str) -> ModeDecision:
    if linked <= threshold:
        return ModeDecision(linked, threshold, PaymentMode.SELF, basis)
    return ModeDecision(linked, threshold, PaymentMode.ENTRUSTED, "above_threshold")


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawdownCase:
    """Everything a drawdown is checked against; `signed_on` None = no contract."""

    signed_on: date | None
    conditions_met: bool
    draw_date: date
    amount: Money
    undrawn: Money
    open_high_risk_event: bool
    currently_overdue: bool
    mode: PaymentMode
    required_mode: PaymentMode
    payee_is_counterparty: bool
    payee_blocked: bool


def drawdown_refusal(case: DrawdownCase, policy: DrawdownPolicy) -> Reason | None:
    """The first refusal of a drawdown in the order of LN-09, or None."""
    if case.signed_on is None:
        return Reason.CONTRACT_NOT_SIGNED
    last_day = case.signed_on + timedelta(days=policy.availability_days)
    entrusted = case.mode is PaymentMode.ENTRUSTED
    must_entrust = case.required_mode is PaymentMode.ENTRUSTED
    checks = (
        (Reason.CONDITIONS_NOT_MET, not case.conditions_met),
        (Reason.OUTSIDE_AVAILABILITY, not case.signed_on <= case.draw_date <= last_day),
        (Reason.AMOUNT_NOT_POSITIVE, case.amount.minor <= 0),
        (Reason.ABOVE_CONTRACT_AMOUNT, case.amount > case.undrawn),
        (Reason.OPEN_HIGH_RISK_EVENT, case.open_high_risk_event),
        (Reason.CURRENTLY_OVERDUE, case.currently_overdue),
        (Reason.ENTRUSTED_REQUIRED, must_entrust and not entrusted),
        (Reason.PAYEE_NOT_COUNTERPARTY, entrusted and not case.payee_is_counterparty),
        (Reason.PAYEE_BLOCKED, case.payee_blocked),
    )
    return next((reason for reason, hit in checks if hit), None)
