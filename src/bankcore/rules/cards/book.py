"""The items of a card account (账项) with the history of their balances: what CC-04 counts over.

A `Book` is a value. Its functions are total: a debit adds an item, a credit takes from items what
CC-10 decided, and both keep end-of-day balances so that interest can be counted afterwards.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from bankcore.rules.cards.allocation import Allocated, OpenItem, allocate_credit
from bankcore.rules.cards.buckets import QueueEntry, fill, past_due
from bankcore.rules.cards.kinds import FEES, PRINCIPAL, ItemKind, bears_interest
from bankcore.rules.cards.minimum import Owed
from bankcore.rules.cards.tolerance import ToleranceTerms
from bankcore.values.money import ZERO, Money, total


class Phase(StrEnum):
    """Whether an item bears interest: not yet (免息), from its start day (计息), or never."""

    GRACE = "grace"
    BEARING = "bearing"
    FREE = "free"


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A debit of the account.

    `statement` is the statement whose test decides about it, None while unbilled; `billed_amount`
    what was outstanding at that statement's close. `start` is the first day not yet counted,
    `cap` the most that bears. `balances` are (first day, minor units at the end of day), rising
    in date, from `start` on.
    """

    id: str
    kind: ItemKind
    posted: date
    phase: Phase
    start: date
    cap: Money
    balances: tuple[tuple[date, int], ...]
    statement: date | None = None
    billed: bool = False
    billed_amount: Money = ZERO

    @property
    def outstanding(self) -> Money:
        """What is owed now."""
        return Money(self.balances[-1][1])

    def owed_on(self, day: date) -> Money:
        """What was owed at the end of a day; nothing before the item was posted."""
        owed = 0
        for start, minor in self.balances:
            if start > day:
                break
            owed = minor
        return Money(owed)

    def changed(self, on: date, by: Money) -> Item:
        """The item with its balance changed from a day on; a back-dated change moves later days."""
        before = self.owed_on(on).minor
        kept = [(d, m) for d, m in self.balances if d < on]
        later = [(d, m + by.minor) for d, m in self.balances if d > on]
        return replace(self, balances=(*kept, (on, before + by.minor), *later))


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """The last statement as the tests need it (CC-03, CC-05, CC-06).

    `decided` are the balance and minimum that its test saw, once something was taken out later.
    """

    statement_date: date
    due_date: date
    balance: Money
    minimum: Money
    purchase_share: Money
    decided: tuple[Money, Money] | None = None

    @property
    def at_test(self) -> tuple[Money, Money]:
        """Balance and minimum as its test sees them: what is relieved afterwards counts as due."""
        return self.decided or (self.balance, self.minimum)


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """Items in order of arrival, credit balance, last statement, credits since it, past-due queue.

    `credits` are (posting date, amount) of payments and refunds since the last statement.
    """

    items: tuple[Item, ...] = ()
    credit_balance: Money = ZERO
    standing: Standing | None = None
    credits: tuple[tuple[date, Money], ...] = ()
    queue: tuple[QueueEntry, ...] = ()

    @property
    def debt(self) -> Money:
        """Sum of what is outstanding."""
        return total([item.outstanding for item in self.items])

    def of_kinds(self, kinds: Iterable[ItemKind]) -> Money:
        """Outstanding of some kinds."""
        chosen = frozenset(kinds)
        return total([item.outstanding for item in self.items if item.kind in chosen])

    @property
    def owed(self) -> Owed:
        """Outstanding by the groups of the minimum payment (CC-03)."""
        return Owed(
            purchases=self.of_kinds({ItemKind.PURCHASE}),
            cash=self.of_kinds({ItemKind.CASH}),
            instalment=self.of_kinds({ItemKind.INSTALMENT}),
            interest=self.of_kinds({ItemKind.INTEREST}),
            fees=self.of_kinds(FEES),
        )

    @property
    def principal(self) -> Money:
        """Purchases, cash and billed instalments outstanding (CC-05)."""
        return self.of_kinds(PRINCIPAL)

    def item(self, key: str) -> Item | None:
        """The item of an id, None when it is not (or no longer) in the book."""
        return next((item for item in self.items if item.id == key), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Debit:
    """A debit to be booked: its id, kind, posting date, amount and the credit balance it eats."""

    id: str
    kind: ItemKind
    on: date
    amount: Money
    from_credit: Money = ZERO


def eaten(book: Book, amount: Money) -> Money:
    """What of a debit the credit balance pays at once (CC-11)."""
    return min(book.credit_balance, amount)


def add_debit(book: Book, debit: Debit, *, compound: bool) -> Book:
    """Add an item for what the credit balance did not pay; cash bears from its posting date."""
    owed = debit.amount - debit.from_credit
    rest = replace(book, credit_balance=book.credit_balance - debit.from_credit)
    if not owed:
        return rest
    return replace(rest, items=(*book.items, _new_item(debit, owed, compound=compound)))


def _new_item(debit: Debit, owed: Money, *, compound: bool) -> Item:
    phase = Phase.GRACE if bears_interest(debit.kind, compound=compound) else Phase.FREE
    if debit.kind is ItemKind.CASH:
        phase = Phase.BEARING
    return Item(
        id=debit.id,
        kind=debit.kind,
        posted=debit.on,
        phase=phase,
        start=debit.on,
        cap=owed,
        balances=((debit.on, owed.minor),),
    )


def allocation_of(
    book: Book, on: date, amount: Money, tolerance: ToleranceTerms, switch_after: int = 90
) -> Allocated:
    """What a credit would pay on a day: CC-10 at the days past due before it."""
    dpd = past_due(book.queue, on, tolerance).dpd
    return allocate_credit(amount, dpd, open_items(book), switch_after)


def open_items(book: Book) -> list[OpenItem]:
    """What can be paid, in sequence."""
    return [
        OpenItem(item.id, item.kind, item.billed, item.posted, item.outstanding)
        for item in book.items
        if item.outstanding
    ]


def apply_credit(book: Book, on: date, allocated: Allocated) -> Book:
    """Book a credit that was allocated: items fall, surplus rises, the past-due queue fills."""
    paid = dict(allocated.parts)
    items = tuple(
        item.changed(on, -paid[item.id]) if item.id in paid else item for item in book.items
    )
    amount = total(list(paid.values())) + allocated.surplus
    return replace(
        book,
        items=items,
        credit_balance=book.credit_balance + allocated.surplus,
        credits=(*book.credits, (on, amount)),
        queue=fill(book.queue, on, amount),
    )


def reduce_items(book: Book, on: date, shares: Sequence[tuple[str, Money]]) -> Book:
    """Items reduced from a day on without a credit being counted: a plan, a dispute, a waiver."""
    by_item = dict(shares)
    items = tuple(
        item.changed(on, -min(by_item[item.id], item.outstanding)) if item.id in by_item else item
        for item in book.items
    )
    return replace(book, items=items)


def is_decided(book: Book, on: date, tolerance_days: int) -> bool:
    """True after the last day of tolerance: the test of the last statement stays as it was."""
    last = book.standing
    return last is not None and on > last.due_date + timedelta(days=tolerance_days)


def relieve(book: Book, amount: Money, *, decided: bool) -> Book:
    """Take an amount out of the last statement: its balance, its minimum, the past-due queue.

    `decided`: its test is over, so that what it found is kept (CC-06).
    """
    last = book.standing
    if last is None:
        return book
    balance = max(ZERO, last.balance - amount)
    minimum = min(last.minimum, balance)
    share = min(last.purchase_share, minimum)
    standing = replace(
        last,
        balance=balance,
        minimum=minimum,
        purchase_share=share,
        decided=last.at_test if decided else None,
    )
    queue = tuple(
        replace(e, open=min(e.open, minimum)) if e.statement_date == last.statement_date else e
        for e in book.queue
    )
    return replace(book, standing=standing, queue=queue)
