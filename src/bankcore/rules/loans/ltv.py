"""LN-05 Loan to value and down payment (抵押率与首付)."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from bankcore.rules.loans.affordability import round_down
from bankcore.values.money import Money
from bankcore.values.reasons import Reason


@dataclass(frozen=True, slots=True)
class LtvRow:
    """The row in force on the application date: cap in percent, step of rounding down."""

    max_ltv: Fraction
    step: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Pledge:
    """What secures the loan: contract price (None if nothing is bought), appraisal, older liens."""

    price: Money | None
    appraisal: Money
    prior_liens: Money
    amount: Money
    down_payment: Money | None


@dataclass(frozen=True, slots=True)
class LoanToValue:
    """Value that counts, exact ratio in percent, largest loan, and the first refusal if any."""

    max_ltv: Fraction | None
    value: Money | None
    ltv: Fraction | None
    max_amount: Money | None
    min_down_payment: Money | None
    reason: Reason | None


def loan_to_value(pledge: Pledge, row: LtvRow | None) -> LoanToValue:
    """Check amount and down payment against the cap of the application date.

    `row` is None before the first one (`no_ltv_row`, that is `rule_not_in_force`). Value = the
    lower of price and appraisal for purchases. Then `value_not_positive`, `ltv_exceeded` (exact
    comparison; the cap itself passes) and `down_payment_too_small` (amount + down payment below
    the price).
    """
    if row is None:
        return LoanToValue(None, None, None, None, None, Reason.RULE_NOT_IN_FORCE)
    max_ltv, value = row.max_ltv, pledge.appraisal
    if pledge.price is not None:
        value = min(pledge.price, pledge.appraisal)
    if value.minor <= 0:
        return LoanToValue(max_ltv, value, None, None, None, Reason.VALUE_NOT_POSITIVE)
    ltv = Fraction(100 * (pledge.amount.minor + pledge.prior_liens.minor), value.minor)
    max_amount = round_down(max_ltv * value.minor / 100 - pledge.prior_liens.minor, row.step)
    down = None if pledge.price is None else pledge.price - max_amount
    reason: Reason | None = None
    if ltv > max_ltv:
        reason = Reason.LTV_EXCEEDED
    elif pledge.price is not None and _paid(pledge) < pledge.price:
        reason = Reason.DOWN_PAYMENT_TOO_SMALL
    return LoanToValue(max_ltv, value, ltv, max_amount, down, reason)


def _paid(pledge: Pledge) -> Money:
    return pledge.amount + (pledge.down_payment or Money(0))
