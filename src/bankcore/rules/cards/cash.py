"""CC-07 Cash advance (预借现金): limits of the day, the cash line, the fee."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from bankcore.values.figures import Figure, figure
from bankcore.values.money import ZERO, Money
from bankcore.values.reasons import Reason, Rejected

RULE: Final = "CC-07"


@dataclass(frozen=True, slots=True, kw_only=True)
class CashTerms:
    """Cap a day, note step, fee in percent with least and most."""

    daily_cap: Money
    step: Money
    fee_pct: Fraction
    fee_min: Money
    fee_max: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Draw:
    """A draw of notes: the amount, drawn earlier today, cash line left, credit balance."""

    amount: Money
    drawn_today: Money
    cash_available: Money
    credit_balance: Money


@dataclass(frozen=True, slots=True)
class CashAdvance:
    """What of the draw is credit, and the fee on that part."""

    credit_part: Money
    fee: Figure


def check_draw(draw: Draw, terms: CashTerms) -> None:
    """Refuse `amount_not_multiple`, `cash_daily_limit_exceeded`, `cash_limit_exceeded`."""
    if draw.amount.minor % terms.step.minor:
        raise Rejected(Reason.AMOUNT_NOT_MULTIPLE, step=terms.step)
    if draw.drawn_today + draw.amount > terms.daily_cap:
        raise Rejected(
            Reason.CASH_DAILY_LIMIT_EXCEEDED, drawn=draw.drawn_today, cap=terms.daily_cap
        )
    if draw.amount > draw.cash_available:
        raise Rejected(Reason.CASH_LIMIT_EXCEEDED, available=draw.cash_available)


def cash_advance(draw: Draw, terms: CashTerms) -> CashAdvance:
    """The part drawn on credit and its fee; own money (溢缴款) is drawn free of charge.

    The fee is rounded half up, then held between least and most. Refuses as `check_draw`.
    """
    check_draw(draw, terms)
    part = max(ZERO, draw.amount - draw.credit_balance)
    if not part:
        return CashAdvance(part, Figure(ZERO, Fraction(0), RULE, {"credit_part": part}))
    rated = figure(RULE, terms.fee_pct * part.minor / 100, credit_part=part, percent=terms.fee_pct)
    amount = min(terms.fee_max, max(terms.fee_min, rated.amount))
    exact = rated.exact if amount == rated.amount else Fraction(amount.minor)
    inputs = {**rated.inputs, "least": terms.fee_min, "most": terms.fee_max}
    return CashAdvance(part, Figure(amount, exact, RULE, inputs))
