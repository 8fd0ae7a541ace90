"""Balance-days kept up with the movements (累计积数), so that an accrual need not walk them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from bankcore.values.money import Money


class BalanceDays(NamedTuple):
    """Σ base · days in fen·days of a running period, up to its last movement (DEP-02).

    `to` is the ordinal of that movement's value date and `balance` the fen from that day on; the
    base is whole yuan unless `fen`.
    """

    to: int
    balance: int
    weight: int
    fen: bool

    @property
    def base(self) -> int:
        """The fen of the balance that bear interest, as `rules.deposits.demand.base_of`."""
        if self.fen:
            return self.balance
        return self.balance - self.balance % 100 if self.balance > 0 else 0

    def moved(self, on: date, change: Money) -> BalanceDays:
        """With one more movement, not before the last one."""
        to = on.toordinal()
        weight = self.weight + self.base * (to - self.to)
        return BalanceDays(to, self.balance + change.minor, weight, self.fen)

    def until(self, end: int) -> int:
        """The balance-days up to a day that is not counted, given as its ordinal."""
        return self.weight + self.base * (end - self.to)


def counted(
    start: date, opening_balance: Money, movements: Iterable[tuple[date, Money]], *, fen: bool
) -> BalanceDays:
    """The balance-days of a period from its first day, counted through its movements."""
    running = BalanceDays(start.toordinal(), opening_balance.minor, 0, fen)
    for on, change in movements:
        running = running.moved(on, change)
    return running
