"""整存零取 and 存本取息 of the naive model: planned draws, DEP-12 and DEP-13."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from bankcore.testing.naive.bank import NaiveBank
from bankcore.testing.naive.basics import (
    ONE_DAY,
    days,
    half_up,
    months_and_days,
    months_later,
    whole_yuan,
)
from bankcore.testing.naive.board import Board
from bankcore.testing.naive.deposit import GL, NaiveDeposit, leave, overdue, pay, shift


@dataclass(slots=True)
class NaiveDraws(NaiveDeposit):
    """A lump with something to be paid every `step` months, the last time at maturity."""

    step: int = 0
    placed: int = 0

    @property
    def count(self) -> int:
        """How many draws there are."""
        return self.months // self.step

    def day_of(self, number: int) -> date:
        """The day of a draw, from 1."""
        return months_later(self.start, number * self.step)

    def part_of_step(self, number: int, end: date) -> Fraction:
        """How much of a step (from 0) has gone by at a day, in years, never beyond the step."""
        begin = self.day_of(number)
        if end <= begin:
            return Fraction(0)
        months, odd = months_and_days(begin, end)
        return min(Fraction(months, 12) + Fraction(odd, 360), Fraction(self.step, 12))

    @abstractmethod
    def draw(self, bank: NaiveBank, number: int) -> None:
        """Pay a draw."""

    def morning(self, bank: NaiveBank) -> None:
        """The draw of today, before what matures."""
        for number in range(1, self.count + 1):
            if self.day_of(number) == bank.today:
                self.draw(bank, number)
        NaiveDeposit.morning(self, bank)


@dataclass(slots=True)
class NaivePrincipalDraws(NaiveDraws):
    """整存零取: equal parts of principal, cut to the fen; the rest and all interest at maturity."""

    @property
    def each(self) -> int:
        """What every draw but the last one pays."""
        return self.placed // self.count

    def draw(self, bank: NaiveBank, number: int) -> None:
        """A part goes onto the account, D8; the last one leaves at maturity."""
        if number < self.count:
            gl = pay(bank, self, self.each, "account")
            bank.post(bank.today, {GL[self.product]: self.each, gl: -self.each})
            shift(bank, self, -self.each)

    def until(self, end: date) -> Fraction:
        """Interest of the balance of each step, fen included, up to a day."""
        parts = [
            (self.placed - number * self.each) * self.part_of_step(number, end)
            for number in range(self.count)
        ]
        return sum(parts, Fraction(0)) * self.rate / 100

    def grown(self, _board: Board, on: date) -> Fraction:
        """Interest of the running term at the end of a day."""
        return self.until(on + ONE_DAY)

    def at_maturity(self, _demand: Fraction) -> Fraction:
        """Interest of the whole term."""
        return self.until(months_later(self.start, self.months))

    def early(self, demand: Fraction, _fen: int, today: date) -> int:
        """Whole yuan of each day's balance at the demand rate."""
        total = 0
        for day in days(self.start, today):
            total += whole_yuan(sum(m.fen for m in self.moves if m.valued <= day))
        return half_up(total * demand / 36000)

    def mature(self, bank: NaiveBank) -> None:
        """The last draw is paid automatically too."""
        NaiveDeposit.mature(self, bank)
        if self.principal():
            leave(bank, self, self.principal(), 0, "account")


@dataclass(slots=True)
class NaiveInterestDraws(NaiveDraws):
    """存本取息: equal parts of the interest; the principal stays until maturity."""

    drawn: int = 0
    paid: int = 0

    def of(self, months: int) -> int:
        """Interest of so many months."""
        return half_up(whole_yuan(self.placed) * self.rate / 1200 * months)

    def draw(self, bank: NaiveBank, number: int) -> None:
        """A part of the interest goes onto the account, the rest with the last one, D3, D4."""
        fen = self.of(self.step)
        if number == self.count:
            fen = self.of(self.months) - self.drawn
        self.drawn += fen
        self.paid = number
        bank.post(bank.today, {self.expense: fen, pay(bank, self, fen, "account"): -fen})

    def grown(self, _board: Board, on: date) -> Fraction:
        """Interest since the last draw."""
        return (
            whole_yuan(self.placed) * self.rate / 100 * self.part_of_step(self.paid, on + ONE_DAY)
        )

    def at_maturity(self, _demand: Fraction) -> Fraction:
        """All of it has been drawn."""
        return Fraction(0)

    def early(self, demand: Fraction, _fen: int, today: date) -> int:
        """What is due at demand less what was drawn: below zero it comes off the principal."""
        return half_up(overdue(self.placed, demand, self.start, today)) - self.drawn
