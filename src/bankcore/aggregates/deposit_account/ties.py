"""What ties an account down: freezes, holds, contracts that use it, standing orders."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bankcore.values.money import Money


@dataclass(frozen=True, slots=True)
class Freeze:
    """A freeze; `amount` None means everything, `until` is exclusive."""

    freeze: str
    kind: str
    amount: Money | None
    until: date | None


@dataclass(frozen=True, slots=True)
class Hold:
    """Money set aside; `until` is exclusive."""

    hold: str
    amount: Money
    purpose: str
    until: date | None


@dataclass(frozen=True, slots=True)
class Link:
    """A contract that uses the account."""

    contract: str
    kind: str


@dataclass(frozen=True, slots=True)
class StandingOrder:
    """Money that goes to a payee on a day of each month, from `since` to `until`."""

    order: str
    payee: str
    amount: Money
    day: int
    since: date
    until: date | None
