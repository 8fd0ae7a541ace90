"""WM-07 Order steps and amounts (下单步骤与金额)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bankcore.values.money import Money
from bankcore.values.reasons import Reason, Rejected

STEPS: Final = (
    "assessed",
    "recommended",
    "facts_presented",
    "risk_disclosed",
    "suitability_passed",
    "risk_acknowledged",
    "recorded",
    "placed",
)
"""The steps of a sale in order; online a trace stands in the place of the recording."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderAmount:
    """An order beside the product's minima and what was bought already; None is no limit."""

    amount: Money
    holding: Money
    min_first: Money
    min_add: Money
    step: Money
    bought_today: Money
    daily_max: Money | None
    quota: Money | None
    raised: Money


def check_amount(order: OrderAmount) -> None:
    """Refuse an amount in the order of WM-07; the last part of a quota is not filled in part.

    `amount_not_positive`, `below_first_minimum` or `below_additional_minimum`,
    `amount_not_in_steps` (counted from the first minimum, then from 0), `daily_max_exceeded`,
    `quota_exhausted`.
    """
    if order.amount.minor <= 0:
        raise Rejected(Reason.AMOUNT_NOT_POSITIVE, amount=order.amount)
    first = not order.holding
    least = order.min_first if first else order.min_add
    if order.amount < least:
        below = Reason.BELOW_FIRST_MINIMUM if first else Reason.BELOW_ADDITIONAL_MINIMUM
        raise Rejected(below, minimum=least)
    base = least.minor if first else 0
    if (order.amount.minor - base) % order.step.minor:
        raise Rejected(Reason.AMOUNT_NOT_IN_STEPS, step=order.step)
    _check_room(order)


def _check_room(order: OrderAmount) -> None:
    if order.daily_max is not None and order.bought_today + order.amount > order.daily_max:
        raise Rejected(Reason.DAILY_MAX_EXCEEDED, most=order.daily_max)
    if order.quota is not None and order.raised + order.amount > order.quota:
        raise Rejected(Reason.QUOTA_EXHAUSTED, quota=order.quota)


@dataclass(frozen=True, slots=True)
class StepTaken:
    """A step of a sale by its name, and when."""

    name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class StepFault:
    """The first step that is missing, or that was taken before the one before it."""

    reason: Reason
    step: str


def step_fault(
    taken: Sequence[StepTaken], *, self_directed: bool, online: bool
) -> StepFault | None:
    """The first fault in the order of the steps; equal times are in order.

    Self-directed online orders need no recommendation. The first step of a name counts, others
    and unknown names do not.
    """
    first: dict[str, datetime] = {}
    for step in taken:
        first.setdefault(step.name, step.at)
    before = None
    for name in asked_for(self_directed=self_directed, online=online):
        at = first.get(name)
        if at is None:
            return StepFault(Reason.STEP_MISSING, name)
        if before is not None and at < before:
            return StepFault(Reason.STEP_OUT_OF_ORDER, name)
        before = at
    return None


def asked_for(*, self_directed: bool, online: bool) -> list[str]:
    """The steps that this way of selling needs, in order."""
    spared = "recommended" if self_directed and online else ""
    names = (name for name in STEPS if name != spared)
    return ["traced" if online and name == "recorded" else name for name in names]
