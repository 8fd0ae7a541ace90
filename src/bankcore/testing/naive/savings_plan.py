"""零存整取 of the naive model: a fixed sum every month, missed months, breach; DEP-10, DEP-11."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any

from bankcore.testing.naive.bank import NaiveBank
from bankcore.testing.naive.basics import ONE_DAY, Refused, half_up, months_and_days, months_later
from bankcore.testing.naive.board import Board
from bankcore.testing.naive.deposit import NaiveDeposit, may_give, put_in, running


@dataclass(frozen=True, slots=True)
class Payment:
    """A payment and the plan month that it fills; `breached` when it came after the breach."""

    on: date
    month: int
    breached: bool


@dataclass(slots=True)
class NaivePlan(NaiveDeposit):
    """A savings plan: payments, the months that ended without one, and whether it is broken."""

    monthly: int = 0
    payments: list[Payment] = field(default_factory=list)
    missed: list[int] = field(default_factory=list)
    breached: bool = False

    def month_of(self, day: date) -> int:
        """The plan month of a day, from 1."""
        return months_and_days(self.start, day)[0] + 1

    def filled(self, month: int) -> bool:
        """That month has its payment."""
        return any(p.month == month for p in self.payments)

    def take(self, today: date) -> None:
        """A payment fills its month, or makes up the one before while the plan is in order."""
        month = self.month_of(today)
        if self.filled(month):
            month -= 1
            if self.breached or month < 1 or self.filled(month):
                raise Refused("instalment_already_paid")
        self.payments = [*self.payments, Payment(today, month, self.breached)]

    def morning(self, bank: NaiveBank) -> None:
        """A month has ended: not made up, or missed a second time, is the breach."""
        NaiveDeposit.morning(self, bank)
        ended = self.month_of(bank.today) - 1
        if months_later(self.start, ended) != bank.today or self.matured or ended < 1:
            return
        lost = [month for month in self.missed if not self.filled(month)]
        if not self.filled(ended):
            self.missed = [*self.missed, ended]
        if lost or len(self.missed) > 1:
            self.breached = True

    def at_demand(self, payments: list[Payment], demand: Fraction, until: date) -> Fraction:
        """Each payment at the demand rate for its own actual days."""
        days = sum((until - p.on).days for p in payments)
        return self.monthly * demand / 36000 * days

    def at_plan_rate(self, months: int) -> Fraction:
        """Payments in time earn the plan rate for their whole months, so many having gone."""
        products = sum(max(0, months - p.month + 1) for p in self.payments if not p.breached)
        return self.monthly * self.rate / 1200 * products

    def grown(self, board: Board, on: date) -> Fraction:
        """Whole months gone at the plan rate, nothing for the month begun, GL-06."""
        return self._both(board.on("demand", on), on + ONE_DAY)

    def at_maturity(self, demand: Fraction) -> Fraction:
        """Both sorts of payments to the maturity."""
        return self._both(demand, months_later(self.start, self.months))

    def _both(self, demand: Fraction, day: date) -> Fraction:
        end = min(day, months_later(self.start, self.months))
        late = [p for p in self.payments if p.breached]
        return self.at_plan_rate(self.month_of(end) - 1) + self.at_demand(late, demand, end)

    def early(self, demand: Fraction, _fen: int, today: date) -> int:
        """Every payment at demand, breach or not."""
        return half_up(self.at_demand(self.payments, demand, today))


def pay_instalment(bank: NaiveBank, c: Any, _: Any) -> None:
    """Pay a month of the plan."""
    plan = running(bank, c.deposit)
    if not isinstance(plan, NaivePlan):
        raise Refused("illegal_transition")
    if plan.matured:
        raise Refused("plan_matured")
    if c.amount.minor != plan.monthly:
        raise Refused("instalment_amount_mismatch")
    before = plan.payments
    plan.take(bank.today)
    try:
        may_give(bank, plan, plan.monthly, c.source)
    except Refused:
        plan.payments = before
        raise
    put_in(bank, plan, plan.monthly, c.source)
