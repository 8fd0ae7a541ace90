"""Words and records of the complaint stream: findings, outcomes, remedies, the basis of redress."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from bankcore.values.declare import record
from bankcore.values.money import Money
from bankcore.values.rates import AnnualRate


class Finding(StrEnum):
    """What the investigation found so far (调查结论)."""

    OPEN = "open"
    SUBSTANTIATED = "substantiated"
    PARTLY = "partly_substantiated"
    UNSUBSTANTIATED = "unsubstantiated"


class Outcome(StrEnum):
    """What the bank decides about the claims (处理结果)."""

    UPHELD = "upheld"
    PARTLY_UPHELD = "partly_upheld"
    REJECTED = "rejected"


class Remedy(StrEnum):
    """How the fault is put right (补救方式).

    `reversal` is booked by the product's own stream, `refund` takes back income (R3, R4),
    `compensation` is a loss of the bank (R2, R1), `correction` mends a record.
    """

    NONE = "none"
    APOLOGY = "apology"
    CORRECTION = "correction"
    REVERSAL = "reversal"
    REFUND = "refund"
    COMPENSATION = "compensation"

    @property
    def pays(self) -> bool:
        """Whether the remedy is money."""
        return self in {Remedy.REVERSAL, Remedy.REFUND, Remedy.COMPENSATION}


class RedressKind(StrEnum):
    """What went wrong (差错种类), CMP-07."""

    WRONG_INTEREST = "wrong_interest"
    WRONG_FEE = "wrong_fee"
    MISSOLD = "missold"


class ReviewOutcome(StrEnum):
    """What the review says of the decision (核查结论)."""

    CONFIRMED = "confirmed"
    REVISED = "revised"


@record
class RedressItem:
    """One wrong item: its day, what was charged or paid, and what the rules say."""

    on: date
    charged: Money
    right: Money


@record
class RedressFlow:
    """Money paid into or received from a missold investment."""

    on: date
    amount: Money


@record
class RedressBasis:
    """All inputs of CMP-07, so that the redress can be derived again; the rate is yearly."""

    kind: RedressKind
    redress_date: date
    rate: AnnualRate
    sign: int = 1
    items: tuple[RedressItem, ...] = ()
    paid_in: tuple[RedressFlow, ...] = ()
    received: tuple[RedressFlow, ...] = ()
    value_now: Money = Money(0)
    customer_share_pct: int = 0


@record
class ClockDays:
    """The calendar days of the three stages in force on the day of receipt (CMP-04)."""

    simple: int
    complex: int
    special: int
