"""Automatic rollover (自动转存): a matured deposit starts a new term at maturity, DEP-08."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from bankcore.rules.deposits.early import early_interest
from bankcore.rules.deposits.lump import maturity_of, term_interest
from bankcore.values.dated import DatedRow, row_in_force
from bankcore.values.figures import Figure
from bankcore.values.money import ZERO, Money
from bankcore.values.rates import AnnualRate
from bankcore.values.reasons import Reason, Rejected

NONE: Final = "none"
WITH_INTEREST: Final = "principal_and_interest"
PRINCIPAL_ONLY: Final = "principal_only"
MODES: Final = (NONE, WITH_INTEREST, PRINCIPAL_ONLY)


def check_mode(mode: str) -> None:
    """Refuse `rollover_mode_unknown`."""
    if mode not in MODES:
        raise Rejected(Reason.ROLLOVER_MODE_UNKNOWN, mode=mode, known=MODES)


def check_change(on: date, maturity: date) -> None:
    """A change of the instruction is booked before the maturity day: `rollover_already_done`."""
    if on >= maturity:
        raise Rejected(Reason.ROLLOVER_ALREADY_DONE, maturity=maturity)


def capitalised(mode: str, net_interest: Money) -> Money:
    """What of the net interest joins the principal; the rest goes to the linked account."""
    check_mode(mode)
    return net_interest if mode == WITH_INTEREST else ZERO


@dataclass(frozen=True, slots=True)
class Cycle:
    """A finished term: its start is its own anchor, its rate the one posted on that day."""

    start: date
    maturity: date
    rate: AnnualRate
    principal: Money
    interest: Figure


@dataclass(frozen=True, slots=True)
class Rollover:
    """A deposit with a rollover agreement: the modes of DEP-08, the dated rates of its term."""

    principal: Money
    term_months: int
    start: date
    mode: str
    rates: Sequence[DatedRow[AnnualRate]]


@dataclass(frozen=True, slots=True)
class RolledOver:
    """Finished cycles, the running one, and what drawing it on the day pays."""

    cycles: tuple[Cycle, ...]
    principal: Money
    start: date
    withdraw_interest: Figure
    paid_out: Money

    @property
    def paid_total(self) -> Money:
        """Current principal with the interest of its early withdrawal."""
        return self.principal + self.withdraw_interest.amount


def roll_over(deposit: Rollover, on: date, demand: AnnualRate) -> RolledOver:
    """Follow a deposit through its cycles up to a day and draw it early then, DEP-08.

    The rollover runs at the opening of the maturity day, so a withdrawal on it finds the new
    cycle with no days. Interest is before tax. Refuses `rollover_mode_unknown`.
    """
    cycles: list[Cycle] = []
    principal, start, paid_out = deposit.principal, deposit.start, ZERO
    while (maturity := maturity_of(start, deposit.term_months)) <= on:
        rate = row_in_force(deposit.rates, start).value
        interest = term_interest(principal, rate, deposit.term_months)
        cycles.append(Cycle(start, maturity, rate, principal, interest))
        joined = capitalised(deposit.mode, interest.amount)
        principal, start = principal + joined, maturity
        paid_out += interest.amount - joined
    drawn = early_interest(principal, demand, start, on)
    return RolledOver(tuple(cycles), principal, start, drawn, paid_out)
