"""Redress (恢复原状), CMP-07: put the customer where he would be without the fault."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Final

from bankcore.values.figures import Figure, figure
from bankcore.values.money import Money
from bankcore.values.rates import AnnualRate
from bankcore.values.reasons import Reason, Rejected

RULE: Final = "CMP-07"
DAYS_OF_YEAR: Final = 365
"""Actual/365, also in leap years: the time value is no deposit interest."""


@dataclass(frozen=True, slots=True)
class WrongItem:
    """One wrong charge or payment: its day, what was charged and what the rule engine says."""

    on: date
    charged: Money
    right: Money


@dataclass(frozen=True, slots=True)
class WrongAmount:
    """Redress of wrong interest or a wrong fee: the difference and its time value."""

    difference: Figure
    time_value: Figure

    @property
    def redress(self) -> Money:
        """What is owed: the difference plus its time value, each rounded once."""
        return self.difference.amount + self.time_value.amount


def redress_wrong_amount(
    items: Sequence[WrongItem], sign: int, redress_date: date, rate: AnnualRate
) -> WrongAmount:
    """Redress of wrong interest or fees (CMP-07 a), simple time value on actual/365.

    `sign` is +1 where the customer paid too much (loan interest, a fee) and -1 where he was paid
    too little (deposit interest). Errors of both signs are netted; a customer who gained on
    balance owes nothing through a complaint.
    """
    assert sign in {1, -1}, f"the sign of a redress is 1 or -1, not {sign}"
    deltas = [(item, sign * (item.charged.minor - item.right.minor)) for item in items]
    net = sum(delta for _, delta in deltas)
    value = sum(
        (delta * rate.yearly * _years(item.on, redress_date) for item, delta in deltas),
        Fraction(0),
    )
    wrong = tuple(items)
    return WrongAmount(
        difference=figure(RULE, Fraction(max(0, net)), items=wrong, sign=sign),
        time_value=figure(
            RULE,
            max(Fraction(0), value) if net > 0 else Fraction(0),
            items=wrong,
            sign=sign,
            redress_date=redress_date,
            rate=str(rate),
        ),
    )


def _years(day: date, redress_date: date) -> Fraction:
    return Fraction(max(0, (redress_date - day).days), DAYS_OF_YEAR)


@dataclass(frozen=True, slots=True)
class Flow:
    """Money paid into, or received from, a missold investment on a day."""

    on: date
    amount: Money


@dataclass(frozen=True, slots=True)
class Missold:
    """A missold investment: its flows, what it is worth now, the share the customer bears."""

    paid_in: tuple[Flow, ...]
    received: tuple[Flow, ...]
    value_now: Money
    customer_share_pct: int = 0


@dataclass(frozen=True, slots=True)
class MissoldRedress:
    """What the customer should have, what he has, and the redress from the exact two."""

    should_have: Figure
    has: Figure
    redress: Figure


def redress_missold(
    given: Missold, redress_date: date, rate: AnnualRate, share_cap_pct: int | None = None
) -> MissoldRedress:
    """Redress of a missold investment (CMP-07 b) against the benchmark deposit rate.

    `should_have` and `has` are rounded for showing; the redress is computed from the exact ones.
    With a cap given, a greater share of the customer is `share_above_cap`.
    """
    share = given.customer_share_pct
    if share_cap_pct is not None and share > share_cap_pct:
        raise Rejected(Reason.SHARE_ABOVE_CAP, share=share, cap=share_cap_pct)
    should = _compounded(given.paid_in, redress_date, rate)
    has = given.value_now.minor + _compounded(given.received, redress_date, rate)
    loss = max(Fraction(0), should - has) * (100 - share) / 100
    until, quote = redress_date, str(rate)
    return MissoldRedress(
        should_have=figure(RULE, should, paid_in=given.paid_in, redress_date=until, rate=quote),
        has=figure(RULE, has, given=given, redress_date=until, rate=quote),
        redress=figure(RULE, loss, given=given, redress_date=until, rate=quote),
    )


def _compounded(flows: Sequence[Flow], redress_date: date, rate: AnnualRate) -> Fraction:
    return sum(
        (f.amount.minor * (1 + rate.yearly * _years(f.on, redress_date)) for f in flows),
        Fraction(0),
    )


def check_decision(*, substantiated: bool, redress_recomputed: bool) -> None:
    """Refuse money for a claim that was not found true, or not recomputed by the rule engine.

    Order: `not_substantiated`, `right_amount_not_recomputed`.
    """
    if not substantiated:
        raise Rejected(Reason.NOT_SUBSTANTIATED)
    if not redress_recomputed:
        raise Rejected(Reason.RIGHT_AMOUNT_NOT_RECOMPUTED)
