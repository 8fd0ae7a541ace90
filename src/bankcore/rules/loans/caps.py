"""LN-06 Caps and longest terms (额度与期限上限)."""

from __future__ import annotations

from dataclasses import dataclass

from bankcore.values.money import Money
from bankcore.values.reasons import Reason


@dataclass(frozen=True, slots=True)
class CapRow:
    """The product's row in force on the application date: cap and longest term in months."""

    cap: Money
    max_term_months: int


@dataclass(frozen=True, slots=True)
class LimitCheck:
    """The amount limit that binds and the first refusal; limit None without a row."""

    amount_limit: Money | None
    reason: Reason | None


def check_limits(
    amount: Money, term_months: int, row: CapRow | None, other_limits: tuple[Money, ...] = ()
) -> LimitCheck:
    """Amount limit = the smallest of cap, LN-05 and LN-04 limits; at the limit passes.

    Refuses in order `no_product_row` (`rule_not_in_force`), `term_not_positive`,
    `amount_not_positive`, `term_above_maximum`, `amount_above_cap`.
    """
    if row is None:
        return LimitCheck(None, Reason.RULE_NOT_IN_FORCE)
    limit = min((row.cap, *other_limits))
    checks = (
        (Reason.TERM_NOT_POSITIVE, term_months <= 0),
        (Reason.AMOUNT_NOT_POSITIVE, amount.minor <= 0),
        (Reason.TERM_ABOVE_MAXIMUM, term_months > row.max_term_months),
        (Reason.AMOUNT_ABOVE_CAP, amount > limit),
    )
    return LimitCheck(limit, next((reason for reason, hit in checks if hit), None))
