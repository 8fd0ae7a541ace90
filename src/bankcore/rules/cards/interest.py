"""CC-04 Interest on card debt (透支利息): counted from the posting date, posted once a statement.

A statement that is not paid in full turns its items from interest-free to bearing, back to the
day they were posted: on the billed amount (全额计息) or on what was left (未偿部分计息).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise
from typing import Final

from bankcore.rules.cards.book import Book, Item, Phase
from bankcore.rules.cards.kinds import ItemKind, bears_interest
from bankcore.rules.cards.tolerance import Billed, Tested, ToleranceTerms, judge_statement
from bankcore.values.figures import Figure, figure
from bankcore.values.money import Money, total
from bankcore.values.reasons import Reason, Rejected

RULE: Final = "CC-04"
_PERMYRIAD: Final = 10_000


class InterestMode(StrEnum):
    """What bears interest when a statement is not paid in full: all of it, or the unpaid part."""

    FULL = "full"
    UNPAID = "unpaid"


@dataclass(frozen=True, slots=True)
class DayRate:
    """The daily rate in ‱ from a day on."""

    start: date
    permyriad: Fraction


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days [start, until) on which one base of an item bore one rate."""

    item: str
    start: date
    until: date
    base: Money
    permyriad: Fraction

    @property
    def days(self) -> int:
        """First day in, last day out."""
        return (self.until - self.start).days

    @property
    def exact(self) -> Fraction:
        """Base · days · rate in minor units, unrounded."""
        return Fraction(self.base.minor * self.days) * self.permyriad / _PERMYRIAD


def yearly_rate(permyriad: Fraction) -> Fraction:
    """The yearly rate that must be shown, in percent: daily ‱ · 365 / 100 (5‱ is 18.25 %)."""
    return permyriad * 365 / 100


@dataclass(frozen=True, slots=True, kw_only=True)
class RateBand:
    """Lowest and highest daily rate in ‱ while a band was in force, and the yearly ceiling in %."""

    least: Fraction | None
    most: Fraction | None
    ceiling: Fraction | None


def check_rate(permyriad: Fraction, band: RateBand) -> None:
    """Refuse `rate_out_of_band` and `rate_above_internal_ceiling`."""
    low, high = band.least, band.most
    if (low is not None and permyriad < low) or (high is not None and permyriad > high):
        raise Rejected(Reason.RATE_OUT_OF_BAND, rate=str(permyriad))
    if band.ceiling is not None and yearly_rate(permyriad) > band.ceiling:
        raise Rejected(Reason.RATE_ABOVE_INTERNAL_CEILING, yearly=str(yearly_rate(permyriad)))


def tested(book: Book, tolerance: ToleranceTerms) -> Tested | None:
    """The test of the last statement (CC-06); None before the first."""
    last = book.standing
    if last is None:
        return None
    balance, minimum = last.at_test
    billed = Billed(
        statement_date=last.statement_date,
        due_date=last.due_date,
        balance=balance,
        minimum=minimum,
    )
    return judge_statement(billed, book.credits, tolerance)


def after_test(book: Book, result: Tested | None, mode: InterestMode) -> Book:
    """The book once the test of its last statement has decided about its interest-free items."""
    if result is None or book.standing is None:
        return book
    statement = book.standing.statement_date
    items = tuple(
        _decided(item, result, mode)
        if item.phase is Phase.GRACE and item.statement == statement
        else item
        for item in book.items
    )
    return replace(book, items=items)


def _decided(item: Item, result: Tested, mode: InterestMode) -> Item:
    if result.full:
        # A remainder within the tolerance goes on to the next statement, free until the day
        # after the tolerance day.
        return replace(item, statement=None, start=result.last_day + timedelta(days=1))
    cap = item.billed_amount if mode is InterestMode.FULL else item.owed_on(result.last_day)
    return replace(item, phase=Phase.BEARING, cap=cap)


def stretches(item: Item, until: date, rates: Sequence[DayRate]) -> list[Stretch]:
    """The days of a bearing item in [start, until), cut where its balance or the rate changes."""
    if item.phase is not Phase.BEARING or item.start >= until:
        return []
    cuts = {item.start, until}
    cuts |= {d for d, _ in item.balances if item.start < d < until}
    cuts |= {r.start for r in rates if item.start < r.start < until}
    found = []
    for a, b in pairwise(sorted(cuts)):
        base = min(item.cap, item.owed_on(a))
        if base:
            found.append(Stretch(item.id, a, b, base, _rate_on(rates, a)))
    return found


def _rate_on(rates: Sequence[DayRate], day: date) -> Fraction:
    known = [r for r in rates if r.start <= day]
    assert known, "a card has a daily rate from its first day on"
    return max(known, key=lambda r: r.start).permyriad


@dataclass(frozen=True, slots=True)
class CardInterest:
    """Interest of one group, `retail` or `cash`: the figure and the stretches that add up to it."""

    group: str
    interest: Figure
    stretches: tuple[Stretch, ...]


def interest_until(book: Book, until: date, rates: Sequence[DayRate]) -> list[CardInterest]:
    """Interest of the bearing items on days not yet counted before `until`, one figure a group.

    Each group is summed exactly and rounded once, half up; the remainder is not carried.
    """
    groups = {"retail": [], "cash": []}  # type: dict[str, list[Stretch]]
    for item in book.items:
        group = "cash" if item.kind is ItemKind.CASH else "retail"
        groups[group] += stretches(item, until, rates)
    return [_summed(group, found, until) for group, found in groups.items()]


def _summed(group: str, found: list[Stretch], until: date) -> CardInterest:
    exact = sum((s.exact for s in found), Fraction(0))
    return CardInterest(
        group, figure(RULE, exact, group=group, until=until, stretches=len(found)), tuple(found)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class SingleItem:
    """One item that bears from its posting date, whatever its grace: the closed form."""

    kind: ItemKind
    amount: Money
    posted: date
    permyriad: Fraction


def item_interest(
    single: SingleItem, payments: Sequence[tuple[date, Money]], until: date, *, compound: bool
) -> tuple[Figure, int]:
    """Interest and balance-days (fen·days) of one item up to `until`, which is not counted.

    A payment lowers the balance from its own day, never below 0. Fees never bear: 0 and 0.
    """
    if not bears_interest(single.kind, compound=compound):
        return figure(RULE, Fraction(0)), 0
    days = 0
    cuts = sorted({single.posted, until, *(d for d, _ in payments if single.posted < d < until)})
    for a, b in pairwise(cuts):
        paid = total([m for d, m in payments if d <= a])
        days += max(0, single.amount.minor - paid.minor) * (b - a).days
    exact = Fraction(days) * single.permyriad / _PERMYRIAD
    return figure(RULE, exact, balance_days=days, permyriad=single.permyriad), days
