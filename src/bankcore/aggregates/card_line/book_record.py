"""A book of items to its stored record and back."""

from __future__ import annotations

from bankcore.aggregates.card_line.terms import (
    BookItem,
    BookRecord,
    DayAmount,
    QueueRecord,
    StandingRecord,
)
from bankcore.rules.cards.book import Book, Item, Standing
from bankcore.rules.cards.buckets import QueueEntry
from bankcore.values.money import Money


def record_of(book: Book) -> BookRecord:
    """The record of a book."""
    return BookRecord(
        items=tuple(_item_record(item) for item in book.items),
        credit_balance=book.credit_balance,
        standing=None if book.standing is None else _standing_record(book.standing),
        credits=tuple(DayAmount(day=day, amount=amount) for day, amount in book.credits),
        queue=tuple(
            QueueRecord(statement_date=e.statement_date, due=e.due_date, open=e.open)
            for e in book.queue
        ),
    )


def _standing_record(last: Standing) -> StandingRecord:
    return StandingRecord(
        statement_date=last.statement_date,
        due=last.due_date,
        balance=last.balance,
        minimum=last.minimum,
        purchase_share=last.purchase_share,
        decided_balance=last.decided[0] if last.decided else None,
        decided_minimum=last.decided[1] if last.decided else None,
    )


def _item_record(item: Item) -> BookItem:
    return BookItem(
        item=item.id,
        kind=item.kind,
        posted=item.posted,
        phase=item.phase,
        start=item.start,
        cap=item.cap,
        balances=tuple(DayAmount(day=day, amount=Money(minor)) for day, minor in item.balances),
        statement=item.statement,
        billed=item.billed,
        billed_amount=item.billed_amount,
    )


def book_of(record: BookRecord) -> Book:
    """The book of a record."""
    return Book(
        items=tuple(_item_of(item) for item in record.items),
        credit_balance=record.credit_balance,
        standing=None if record.standing is None else _standing_of(record.standing),
        credits=tuple((x.day, x.amount) for x in record.credits),
        queue=tuple(QueueEntry(e.statement_date, e.due, e.open) for e in record.queue),
    )


def _standing_of(last: StandingRecord) -> Standing:
    decided = None
    if last.decided_balance is not None and last.decided_minimum is not None:
        decided = last.decided_balance, last.decided_minimum
    return Standing(
        statement_date=last.statement_date,
        due_date=last.due,
        balance=last.balance,
        minimum=last.minimum,
        purchase_share=last.purchase_share,
        decided=decided,
    )


def _item_of(item: BookItem) -> Item:
    return Item(
        id=item.item,
        kind=item.kind,
        posted=item.posted,
        phase=item.phase,
        start=item.start,
        cap=item.cap,
        balances=tuple((x.day, x.amount.minor) for x in item.balances),
        statement=item.statement,
        billed=item.billed,
        billed_amount=item.billed_amount,
    )
