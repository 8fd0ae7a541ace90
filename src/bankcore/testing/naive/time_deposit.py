"""Lump-lump deposits and certificates of the naive model: DEP-04 to DEP-08, DEP-16, GL-06."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Final

from bankcore.testing.naive.bank import NaiveBank
from bankcore.testing.naive.basics import (
    ONE_DAY,
    Refused,
    months_and_days,
    months_later,
    whole_yuan,
)
from bankcore.testing.naive.board import Board
from bankcore.testing.naive.demand import PAYABLE
from bankcore.testing.naive.deposit import GL, NaiveDeposit, pay, shift, within

SMALLEST_REST: Final = {"lump_lump": 5_000, "large_cd": 20_000_000}
COLUMN: Final = {"lump_lump": "", "large_cd": "cd"}


@dataclass(slots=True)
class Cycle:
    """One term: from its start at a fixed rate."""

    start: date
    rate: Fraction
    months: int

    @property
    def maturity(self) -> date:
        """The day on which it ends."""
        return months_later(self.start, self.months)

    def at_maturity(self, fen: int) -> Fraction:
        """Interest of the whole term, in exact fen, DEP-04."""
        return whole_yuan(fen) * self.rate / 100 * self.months / 12

    def grown(self, fen: int, end: date) -> Fraction:
        """Interest up to a day by months and odd days, never above that at maturity, DEP-05."""
        months, odd = months_and_days(self.start, end)
        part = Fraction(months, 12) + Fraction(odd, 360)
        return min(whole_yuan(fen) * self.rate / 100 * part, self.at_maturity(fen))


@dataclass(slots=True)
class NaiveTimeDeposit(NaiveDeposit):
    """A lump for a term; what rolls over starts anew."""

    partials: int = 0
    rolled: bool = False
    next_months: int | None = None

    @property
    def cycle(self) -> Cycle:
        """The running term."""
        return Cycle(self.start, self.rate, self.months)

    def grown(self, _board: Board, on: date) -> Fraction:
        """Interest of the running term at the end of a day."""
        return self.cycle.grown(self.principal(), on + ONE_DAY)

    def at_maturity(self, _demand: Fraction) -> Fraction:
        """Interest of the whole term."""
        return self.cycle.at_maturity(self.principal())

    def may_leave_early(self, fen: int) -> None:
        """Once in part, and what stays must be worth it, DEP-06."""
        rest = self.principal() - fen
        if rest and self.partials:
            raise Refused("partial_count_exceeded")
        if rest and rest < SMALLEST_REST[self.product]:
            raise Refused("remainder_below_minimum")

    def early(self, demand: Fraction, fen: int, today: date) -> int:
        """A part counts as one."""
        self.partials += fen < self.principal()
        return NaiveDeposit.early(self, demand, fen, today)

    def may_leave(self, fen: int) -> None:
        """In any parts after maturity, DEP-07."""
        if not self.matured:
            raise Refused("not_matured")
        within(self, fen)

    def mature(self, bank: NaiveBank) -> None:
        """The interest of the term becomes payable, then the instruction is followed, DEP-08."""
        NaiveDeposit.mature(self, bank)
        if self.rollover in {"principal_and_interest", "principal_only"}:
            self.renew(bank)

    def renew(self, bank: NaiveBank) -> None:
        """A new term from today at today's rate, D6."""
        interest = self.payable
        joins = interest if self.rollover == "principal_and_interest" else 0
        legs = {PAYABLE: interest, GL[self.product]: -joins}
        if joins:
            shift(bank, self, joins)
        else:
            legs[pay(bank, self, interest, "account")] = -interest
        bank.post(bank.today, legs)
        self.months, self.next_months = self.next_months or self.months, None
        self.rolled = True
        self.rate = bank.board.on(f"{COLUMN[self.product]}{self.months}", bank.today)
        self.start, self.matured, self.payable, self.partials = bank.today, False, 0, 0
