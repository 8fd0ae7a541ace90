"""The life of a demand account as a chain of settlements (结息、付息、销户), DEP-03."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bankcore.rules.deposits.demand import (
    DemandInterest,
    Movement,
    SettlementPeriod,
    demand_interest,
    settlement_periods,
)
from bankcore.values.dated import DatedRow, row_in_force
from bankcore.values.money import ZERO, Money, total
from bankcore.values.rates import AnnualRate


@dataclass(frozen=True, slots=True, kw_only=True)
class DemandLife:
    """Everything that happened to a demand account up to `until`.

    `rates` are the dated demand rates; `base` is `yuan` or `fen`; a `close_on` after `until` has
    not happened yet. Interest is taken before tax (nil since 2008).
    """

    opened: date
    until: date
    frequency: str
    movements: Sequence[Movement]
    rates: Sequence[DatedRow[AnnualRate]]
    base: str = "yuan"
    close_on: date | None = None

    @property
    def closed_on(self) -> date | None:
        """The closing day if it has come."""
        return self.close_on if self.close_on and self.close_on <= self.until else None


@dataclass(frozen=True, slots=True)
class Settlement:
    """One settlement: its period and the interest fixed."""

    period: SettlementPeriod
    result: DemandInterest


@dataclass(frozen=True, slots=True)
class SettlementChain:
    """All settlements up to a day, the balance then, and what closing paid out."""

    settlements: tuple[Settlement, ...]
    balance: Money
    paid_out_on_close: Money


def settlement_chain(life: DemandLife) -> SettlementChain:
    """Settle period by period; interest is credited on its pay day and bears interest from it.

    Closing settles [last end, closing day) at the closing day's rate, pays at once and takes the
    place of a regular settlement of that day; the closing day itself does not count.
    """
    moves = list(life.movements)
    done: list[Settlement] = []
    for period in _periods(life):
        before = total([m for on, m in moves if on < period.start])
        rate = row_in_force(life.rates, period.settle_on).value
        result = demand_interest(before, moves, period.start, period.end, rate, life.base)
        done.append(Settlement(period, result))
        moves.append((period.pay_on, result.interest.amount))
    last = life.closed_on or life.until
    balance = total([m for on, m in moves if on <= last])
    if life.closed_on:
        return SettlementChain(tuple(done), ZERO, balance)
    return SettlementChain(tuple(done), balance, ZERO)


def _periods(life: DemandLife) -> list[SettlementPeriod]:
    regular = settlement_periods(life.opened, life.until, life.frequency)
    closing = life.closed_on
    if closing is None:
        return regular
    kept = [p for p in regular if p.settle_on < closing]
    start = kept[-1].end if kept else life.opened
    return [*kept, SettlementPeriod(start, closing, closing, closing)]
