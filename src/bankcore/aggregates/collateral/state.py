"""State of a piece of collateral: its value and the loans that it secures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import assert_never

from bankcore.aggregates.collateral import events as e
from bankcore.values.changing import changed
from bankcore.values.entry import Entry
from bankcore.values.money import ZERO, Money


@dataclass(frozen=True, slots=True)
class Registration:
    """One loan that the collateral secures, and the value off book for it."""

    loan: str
    value: Money
    certificate: str


@dataclass(frozen=True, slots=True)
class Collateral:
    """Kind, newest value with its day, older liens, registrations."""

    kind: str = ""
    value: Money = ZERO
    prior_liens: Money = ZERO
    valued_on: date | None = None
    registrations: tuple[Registration, ...] = ()

    def registered_for(self, loan: str) -> Registration | None:
        """The registration of a loan, if any."""
        return next((r for r in self.registrations if r.loan == loan), None)


def evolve(state: Collateral | None, entry: Entry[e.CollateralEvent]) -> Collateral:
    """Fold one event; total."""
    held, event = state or Collateral(), entry.event
    match event:
        case e.CollateralValued():
            return changed(
                held,
                kind=event.kind,
                value=event.value,
                prior_liens=event.prior_liens,
                valued_on=event.on,
            )
        case e.CollateralRegistered():
            made = Registration(event.loan, event.value, event.certificate)
            return changed(held, registrations=(*held.registrations, made))
        case e.CollateralTopUpDemanded():
            return held
        case e.CollateralReleased() | e.CollateralSurrendered():
            return _lessened(held, event.loan, event.value)
        case _:
            assert_never(event)


def _lessened(held: Collateral, loan: str, value: Money) -> Collateral:
    """What is registered for a loan shrinks; a registration of nothing is gone."""
    left = [changed(r, value=r.value - value) if r.loan == loan else r for r in held.registrations]
    return changed(held, registrations=tuple(r for r in left if r.value))


def subledger(collateral: Collateral) -> Mapping[str, int]:
    """The registered value off book (8501)."""
    return {"8501": sum(r.value.minor for r in collateral.registrations)}
