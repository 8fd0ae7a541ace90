"""Fold of billing (出账): fees and interest become items, a statement closes the cycle."""

from __future__ import annotations

from datetime import date
from typing import assert_never

from bankcore.aggregates.card_line import events_billing as b
from bankcore.aggregates.card_line.book_record import book_of
from bankcore.aggregates.card_line.fold_use import Charge, debited, taken
from bankcore.aggregates.card_line.state import CardLine, Posted
from bankcore.aggregates.card_line.terms import ItemShare, StatementLine
from bankcore.rules.cards.book import Book, Item, Phase, Standing, is_decided, relieve
from bankcore.rules.cards.buckets import QueueEntry
from bankcore.rules.cards.kinds import ItemKind
from bankcore.rules.cards.statement import billed_item, queued
from bankcore.values.changing import changed
from bankcore.values.entry import Entry
from bankcore.values.money import ZERO, Money


def fold_billing(line: CardLine, event: b.BillingEvent, entry: Entry[b.BillingEvent]) -> CardLine:
    """Fold one event; total."""
    on = entry.value_date
    match event:
        case b.CardFeeCharged(item=item, kind=kind, fee=fee):
            return _fee(line, on, Charge(item=item, kind=kind, amount=fee))
        case b.LateFeeCharged(item=item, fee=fee):
            charge = Charge(item=item, kind=ItemKind.LATE_FEE, amount=fee)
            return _counted(_fee(line, on, charge), fee)
        case b.CardInterestBilled(item=item, interest=interest):
            return _counted(_interest(line, on, item, interest), interest)
        case b.CardRestated():
            return _restated(line, event)
        case b.CardStatementIssued():
            return _issued(line, event)
        case b.CardFeeWaived() | b.CardInterestWaived():
            return _waived(line, event, on)
        case _:
            assert_never(event)


def _restated(line: CardLine, event: b.CardRestated) -> CardLine:
    """The book as if the bank had known, and the ledger's totals moved to it."""
    totals = changed(
        line.totals,
        revolving=line.totals.revolving - event.principal,
        interest=line.totals.interest - event.interest,
        fees=line.totals.fees - event.fees - event.fee,
        credit=line.totals.credit + event.excess,
        unused=line.totals.unused + event.amount,
    )
    return changed(line, book=book_of(event.book), totals=totals, late_from=None)


def _waived(line: CardLine, event: b.CardFeeWaived | b.CardInterestWaived, on: date) -> CardLine:
    totals = line.totals
    if isinstance(event, b.CardFeeWaived) and event.kind is ItemKind.PLAN_CHARGE:
        totals, amount = changed(totals, interest=totals.interest - event.fee), event.fee
    elif isinstance(event, b.CardFeeWaived):
        totals, amount = changed(totals, fees=totals.fees - event.fee), event.fee
    else:
        totals, amount = changed(totals, interest=totals.interest - event.interest), event.interest
    book = taken(line.book, on, (ItemShare(item=event.item, amount=amount),))
    if _was_billed(line, event.item):
        decided = is_decided(line.book, on, line.terms.tolerance.days)
        book = relieve(book, amount, decided=decided)
    late = isinstance(event, b.CardFeeWaived) and event.kind is ItemKind.LATE_FEE
    waived_on = (*line.waived_on, on) if late else line.waived_on
    plans = tuple(
        changed(p, charged=p.charged - amount) if event.item in p.charge_items else p
        for p in line.plans
    )
    return changed(line, totals=totals, book=book, waived_on=waived_on, plans=plans)


def _was_billed(line: CardLine, key: str) -> bool:
    item = line.book.item(key)
    return item is not None and item.billed


def _fee(line: CardLine, on: date, charge: Charge) -> CardLine:
    totals = changed(line.totals, fees=line.totals.fees + charge.amount)
    return changed(debited(line, on, charge), totals=totals)


def _interest(line: CardLine, on: date, item: str, interest: Money) -> CardLine:
    totals = changed(line.totals, interest=line.totals.interest + interest)
    charge = Charge(item=item, kind=ItemKind.INTEREST, amount=interest)
    return changed(debited(line, on, charge), totals=totals)


def _counted(line: CardLine, amount: Money) -> CardLine:
    """What an overdue episode, or a cut in which one may begin, has been charged (CC-05)."""
    posted = line.arrears.episode_posted + amount
    return changed(line, arrears=changed(line.arrears, episode_posted=posted))


def _issued(line: CardLine, event: b.CardStatementIssued) -> CardLine:
    """The statement's items are the open ones, with what its test decided about them."""
    known = {item.id: item for item in line.book.items}
    items = tuple(
        _standing_item(known[x.item], x, event.statement_date)
        for x in event.items
        if x.item in known
    )
    standing = Standing(
        statement_date=event.statement_date,
        due_date=event.due,
        balance=event.balance,
        minimum=event.minimum,
        purchase_share=event.purchase_share,
    )
    entry = QueueEntry(event.statement_date, event.due, event.fresh_minimum)
    queue = queued(line.book.queue, entry)
    arrears = line.arrears
    ended = event.episode_principal is None
    arrears = changed(
        arrears,
        episode_principal=event.episode_principal,
        episode_posted=ZERO if ended else arrears.episode_posted,
    )
    book = Book(
        items=items, credit_balance=line.book.credit_balance, standing=standing, queue=queue
    )
    return changed(
        line,
        book=book,
        arrears=arrears,
        posted=_shown(line, event.statement_date),
        last_cut=event.statement_date,
        next_cut=event.next_cut if items or any(p.running for p in line.plans) else None,
        late_from=None,
    )


def _standing_item(item: Item, shown: StatementLine, day: date) -> Item:
    phased = changed(
        item,
        phase=shown.phase,
        start=shown.start,
        cap=shown.cap,
        statement=None if shown.phase is Phase.GRACE else item.statement,
    )
    return billed_item(phased, day)


def _shown(line: CardLine, day: date) -> tuple[Posted, ...]:
    return tuple(changed(p, statement=p.statement or day) for p in line.posted)
