"""State of a contract and what one event does to it: the shared transitions of the standard."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from fractions import Fraction
from typing import Final

from bankcore.rules.actus.terms import Observed, Terms
from bankcore.rules.actus.times import Moment

ZERO: Final = Fraction(0)

ORDER: Final = {
    name: nr
    for nr, name in enumerate(
        ("AD", "IED", "PR", "PI", "XD", "IP", "IPCI", "DV", "RR", "RRF", "PRF", "SC", "IPCB",
         "PRD", "STD", "TD", "MD")
    )
}  # fmt: skip
"""Which event comes first at one time stamp."""


@dataclass(frozen=True, slots=True)
class Event:
    """A scheduled event; `unshifted` is the date that market values are read at."""

    kind: str
    moment: Moment
    unshifted: datetime
    value: Fraction | None = None


@dataclass(frozen=True, slots=True)
class State:
    """State after the last event; amounts are signed by the contract role."""

    at: datetime
    notional: Fraction = ZERO
    rate: Fraction = ZERO
    accrued: Fraction = ZERO
    base: Fraction = ZERO
    next_redemption: Fraction = ZERO
    notional_scaling: Fraction = Fraction(1)
    interest_scaling: Fraction = Fraction(1)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the result: the event, its payoff, the state after it."""

    at: datetime
    kind: str
    payoff: Fraction
    state: State


def accrue(terms: Terms, state: State, to: datetime) -> State:
    """Carry interest forward to a point in time on the interest calculation base."""
    if to == state.at:
        return state
    years = terms.conventions.years(state.at, to)
    grown = state.accrued + years * state.rate * state.base
    return replace(state, accrued=grown, at=to)


def based(terms: Terms, state: State) -> State:
    """After the notional moved: the base follows it unless the terms fix it (NTIED, NTL)."""
    return replace(state, base=state.notional) if terms.base_mode == "NT" else state


def exchange(terms: Terms, state: State, at: datetime) -> tuple[Fraction, State]:
    """IED: the notional is exchanged at its premium or discount."""
    notional = terms.role * terms.notional
    rate = terms.rate or ZERO
    accrued = terms.accrued * terms.role if terms.accrued is not None else ZERO
    anchor = terms.interest.anchor
    if terms.accrued is None and anchor is not None and anchor < at:
        accrued = terms.conventions.years(anchor, at) * rate * notional
    base = (
        notional if terms.base_mode == "NT" else terms.role * (terms.base_amount or terms.notional)
    )
    after = replace(state, at=at, notional=notional, rate=rate, accrued=accrued, base=base)
    return -terms.role * (terms.notional + terms.premium), after


def pay_interest(state: State) -> tuple[Fraction, State]:
    """IP: what has accrued is paid."""
    return state.interest_scaling * state.accrued, replace(state, accrued=ZERO)


def capitalise(terms: Terms, state: State) -> tuple[Fraction, State]:
    """IPCI: what has accrued joins the notional (结息入本)."""
    grown = replace(state, notional=state.notional + state.accrued, accrued=ZERO)
    return ZERO, based(terms, grown)


def redeem(terms: Terms, state: State, amount: Fraction) -> tuple[Fraction, State]:
    """PR of a signed amount, at most the notional that is left."""
    paid = amount
    if abs(paid) > abs(state.notional) and paid * state.notional > 0:
        paid = state.notional
    after = replace(state, notional=state.notional - paid)
    return state.notional_scaling * paid, based(terms, after)


def mature(state: State) -> tuple[Fraction, State]:
    """MD: what is left is paid and the contract ends."""
    payoff = state.notional_scaling * state.notional + state.interest_scaling * state.accrued
    return payoff, replace(state, notional=ZERO, accrued=ZERO, base=ZERO)


def buy(terms: Terms, state: State) -> tuple[Fraction, State]:
    """PRD: the price and the signed accrual are paid."""
    return -terms.role * (terms.purchase_price + state.accrued), state


def terminate(terms: Terms, state: State) -> tuple[Fraction, State]:
    """TD: the price and the signed accrual are received and the contract ends."""
    payoff = terms.role * (terms.termination_price + state.accrued)
    return payoff, replace(state, notional=ZERO, accrued=ZERO, base=ZERO)


def reset(terms: Terms, observed: Observed, state: State, event: Event) -> State:
    """RR: market value times multiplier plus spread; RRF: the rate fixed beforehand."""
    if event.value is not None:
        return replace(state, rate=event.value)
    market = observed.value(terms.reset_market, event.unshifted)
    return replace(state, rate=market * terms.reset_multiplier + terms.reset_spread)


def scale(terms: Terms, observed: Observed, state: State, event: Event) -> State:
    """SC: index over the index of the deal date, on interest (I..) and notional (.N.)."""
    index = observed.value(terms.scaling_market, event.unshifted) / terms.scaling_index_at_deal
    effect = terms.scaling_effect
    return replace(
        state,
        interest_scaling=index if "I" in effect else state.interest_scaling,
        notional_scaling=index if "N" in effect else state.notional_scaling,
    )
