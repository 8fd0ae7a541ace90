"""State of a guard stream: who holds the place, which contracts count, what was counted when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import assert_never

from bankcore.aggregates.guard.events import (
    ClassOneReleased,
    ClassOneReserved,
    ClassPlaceReleased,
    ClassPlaceReserved,
    ExposureReleased,
    ExposureReserved,
    GoodwillCounted,
    GuardEvent,
    WaiverCounted,
)
from bankcore.values.changing import changed
from bankcore.values.entry import Entry
from bankcore.values.money import Money


@dataclass(frozen=True, slots=True)
class Reserved:
    """One contract that counts towards an exposure."""

    contract: str
    amount: Money
    level: int
    on: date


@dataclass(frozen=True, slots=True)
class Counted:
    """One waiver or goodwill payment with its day."""

    kind: str
    amount: Money
    reference: str
    on: date


@dataclass(frozen=True, slots=True)
class Guard:
    """`class_one` names the account that holds the place, `places` those of Class II or III.

    The tuples keep their order.
    """

    class_one: str | None = None
    places: tuple[str, ...] = ()
    reserved: tuple[Reserved, ...] = ()
    counted: tuple[Counted, ...] = ()


def evolve(state: Guard | None, entry: Entry[GuardEvent]) -> Guard:
    """Fold one event; total."""
    guard = state or Guard()
    on = entry.booking_date
    match entry.event:
        case ClassOneReserved(account=account):
            return changed(guard, class_one=account)
        case ClassOneReleased():
            return changed(guard, class_one=None)
        case ClassPlaceReserved(account=account):
            return changed(guard, places=(*guard.places, account))
        case ClassPlaceReleased(account=account):
            return changed(guard, places=tuple(a for a in guard.places if a != account))
        case ExposureReserved(contract=contract, amount=amount, level=level):
            return changed(guard, reserved=(*guard.reserved, Reserved(contract, amount, level, on)))
        case ExposureReleased(contract=contract):
            rest = tuple(r for r in guard.reserved if r.contract != contract)
            return changed(guard, reserved=rest)
        case WaiverCounted(kind=kind, amount=amount, contract=contract):
            return changed(guard, counted=(*guard.counted, Counted(kind, amount, contract, on)))
        case GoodwillCounted(amount=amount, complaint=complaint):
            entry_ = Counted("goodwill", amount, complaint, on)
            return changed(guard, counted=(*guard.counted, entry_))
        case _:
            assert_never(entry.event)
