"""CC-11 Autopay (自动还款): what is drawn from the linked account on and after the due date."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from bankcore.values.money import ZERO, Money, total


class AutopayMode(StrEnum):
    """Whether the statement balance or only the minimum is drawn."""

    FULL = "full"
    MINIMUM = "minimum"


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A statement to be paid: its date, due date, balance and minimum, and the mode agreed."""

    mode: AutopayMode
    statement_date: date
    due_date: date
    balance: Money
    minimum: Money

    @property
    def amount(self) -> Money:
        """What autopay aims at."""
        return self.balance if self.mode is AutopayMode.FULL else self.minimum


def autopay_need(target: Target, credits_: Sequence[tuple[date, Money]], on: date) -> Money:
    """What is still missing on a day, given the credits posted after the statement date."""
    paid = total([m for day, m in credits_ if target.statement_date < day <= on])
    return max(ZERO, target.amount - paid)


def autopay_debits(
    target: Target,
    tolerance_days: int,
    payments: Sequence[tuple[date, Money]],
    available: Sequence[tuple[date, Money]],
) -> list[tuple[date, Money]]:
    """The debits of one statement, partial ones retried on each tolerance day.

    `available` is the linked balance that would be there without autopay; earlier debits lower
    it, a date not listed has nothing.
    """
    on_hand = dict(available)
    debits: list[tuple[date, Money]] = []
    for offset in range(tolerance_days + 1):
        day = target.due_date + timedelta(days=offset)
        drawn = total([m for _, m in debits])
        need = autopay_need(target, [*payments, *debits], day)
        amount = min(need, max(ZERO, on_hand.get(day, ZERO) - drawn))
        if amount:
            debits.append((day, amount))
    return debits
