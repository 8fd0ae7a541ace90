"""A customer's account over a period (账户期间): opening, what was booked, closing.

The period is one of booking dates; the window says what is seen at all. So the closing balance of
a period that ends on a day is what the bank itself answers for that day as known then, and the
opening balance is the closing balance of the day before.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from bankcore.aggregates import kind_of
from bankcore.aggregates.card_line.events_application import CardApplicationSubmitted
from bankcore.aggregates.card_line.events_life import CardIssued
from bankcore.aggregates.deposit_account import events as e
from bankcore.aggregates.loan.events_application import LoanApplicationOpened
from bankcore.audit.exports.moves import MOVES, Moves
from bankcore.projections.window import EVERYTHING, Window
from bankcore.values.entry import Entry
from bankcore.values.money import ZERO, Money


@dataclass(frozen=True, slots=True)
class Period:
    """First and last booking date, both within."""

    start: date
    until: date


@dataclass(slots=True)
class AccountPeriod:
    """An account, loan or card over a period; `lines` are entries with what they did to it."""

    account: str
    moves: Moves
    customer: str = ""
    product: str = ""
    opened: bool = False
    opening: Money = ZERO
    closing: Money = ZERO
    lines: list[tuple[Entry[Any], Money]] = field(default_factory=list)

    def take(self, entry: Entry[Any], start: date) -> None:
        """Take in the next entry of the account, booked before the end of the period."""
        match entry.event:
            case e.AccountApplied(customer=customer):
                self.customer = customer
            case e.AccountTypeChosen(product=product):
                self.product = product
            case e.DepositAccountOpened() | CardIssued():
                self.opened = True
            case LoanApplicationOpened() | CardApplicationSubmitted():
                self.customer, self.product = entry.event.customer, str(entry.event.product)
        change = self.moves(entry)
        if not change:
            return
        self.closing += change
        if entry.booking_date < start:
            self.opening += change
        else:
            self.lines.append((entry, change))


def account_periods(
    entries: Iterable[Entry[Any]], period: Period, window: Window = EVERYTHING
) -> list[AccountPeriod]:
    """Every account, card or drawn loan that was opened or moved by the end of the period."""
    found: dict[str, AccountPeriod] = {}
    for entry in window.filter(entries):
        stream = entry.stream
        prefix = kind_of(stream).prefix
        if prefix not in MOVES or entry.booking_date > period.until:
            continue
        if stream not in found:
            found[stream] = AccountPeriod(stream, MOVES[prefix]())
        found[stream].take(entry, period.start)
    return [x for x in found.values() if x.opened or x.closing or x.opening or x.lines]
