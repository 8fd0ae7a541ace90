"""Fold of use and payment (用卡与还款): items, credit balance, the totals of the ledger."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Protocol, assert_never

from bankcore.aggregates.card_line import events_use as u
from bankcore.aggregates.card_line.fold_watch import paid_in, swiped
from bankcore.aggregates.card_line.state import Arrears, CardLine, Hold, Plan, Posted
from bankcore.aggregates.card_line.terms import ItemShare
from bankcore.rules.cards.allocation import Allocated
from bankcore.rules.cards.book import Book, Debit, add_debit, apply_credit, reduce_items
from bankcore.rules.cards.cycle import statement_on_or_after
from bankcore.rules.cards.kinds import ItemKind
from bankcore.values.changing import changed
from bankcore.values.entry import Entry
from bankcore.values.money import ZERO, Money
from bankcore.values.roles import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Charge:
    """A debit as it is folded: item, kind, amount, and what credit balance paid of it."""

    item: str
    kind: ItemKind
    amount: Money
    from_credit: Money = ZERO


def debited(line: CardLine, on: date, charge: Charge) -> CardLine:
    """Add an item to the book and to what refunds and disputes look up."""
    assert line.agreement is not None, "debits come after issue"
    debit = Debit(
        id=charge.item,
        kind=charge.kind,
        on=on,
        amount=charge.amount,
        from_credit=charge.from_credit,
    )
    book = add_debit(line.book, debit, compound=line.agreement.compound)
    posted = (*line.posted, Posted(charge.item, charge.kind, charge.amount, on))
    return touched(changed(line, book=book, posted=posted), on)


def touched(line: CardLine, on: date) -> CardLine:
    """Something happened on a day: the next cut is known, or a cut already made is late."""
    assert line.agreement is not None, "money moves after issue"
    day, booked = line.agreement.statement_day, line.last_booking or on
    after = changed(line, next_cut=line.next_cut or statement_on_or_after(booked, day))
    if statement_on_or_after(on, day) >= booked:
        return after
    return changed(after, late_from=min(line.late_from or on, on))


class Credit(Protocol):
    """An event that pays items by an allocation; all fields are money but `allocation`."""

    @property
    def principal(self) -> Money:
        """What of it pays principal."""

    @property
    def interest(self) -> Money:
        """What of it pays interest."""

    @property
    def fees(self) -> Money:
        """What of it pays fees."""

    @property
    def excess(self) -> Money:
        """What of it becomes credit balance."""

    @property
    def allocation(self) -> tuple[ItemShare, ...]:
        """What it pays of each item."""


def fold_use(line: CardLine, event: u.UseEvent, entry: Entry[u.UseEvent]) -> CardLine:
    """Fold one event; total."""
    on = entry.value_date
    match event:
        case u.CardAuthorised():
            hold = Hold(event.authorisation, event.amount, event.kind, entry.booking_date)
            return changed(line, holds=(*line.holds, hold))
        case u.CardAuthorisationLapsed(authorisation=gone):
            return changed(line, holds=_without(line.holds, gone))
        case u.CardTransactionPosted():
            held = changed(line, holds=_without(line.holds, event.authorisation))
            return swiped(_spent(held, on, event, ItemKind.PURCHASE), entry)
        case u.CashAdvancePosted():
            drawn = changed(line, cash_drawn=_drawn(line, on, event.amount))
            return _spent(drawn, on, event, ItemKind.CASH)
        case u.CreditBalanceWithdrawn(amount=amount):
            totals = line.totals
            book = changed(line.book, credit_balance=line.book.credit_balance - amount)
            unused = totals.unused - (amount if event.within_line else ZERO)
            totals = changed(totals, credit=totals.credit - amount, unused=unused)
            return touched(changed(line, book=book, totals=totals), on)
        case u.CardPaymentReceived():
            paid = paid_in(_credited(line, event, on), entry)
            by_hand = entry.actor.role is not Role.SYSTEM
            return changed(paid, last_activity=on) if by_hand else paid
        case _:
            return _credited(line, event, on)


def _drawn(line: CardLine, on: date, amount: Money) -> tuple[tuple[date, Money], ...]:
    """Cash drawn, kept for the day alone: the cap of CC-07 looks no further back."""
    return (*(x for x in line.cash_drawn if x[0] == on), (on, amount))


def _without(holds: tuple[Hold, ...], authorisation: str) -> tuple[Hold, ...]:
    return tuple(h for h in holds if h.authorisation != authorisation)


def _spent(
    line: CardLine, on: date, event: u.CardTransactionPosted | u.CashAdvancePosted, kind: ItemKind
) -> CardLine:
    own, totals = event.from_credit_balance, line.totals
    totals = changed(
        totals,
        revolving=totals.revolving + event.amount - own,
        credit=totals.credit - own,
        unused=totals.unused - (event.amount if event.within_line else ZERO),
    )
    charge = Charge(item=event.item, kind=kind, amount=event.amount, from_credit=own)
    return changed(debited(line, on, charge), totals=totals, last_activity=on)


def _credited(
    line: CardLine,
    event: u.CardPaymentReceived | u.CardRefundPosted | u.CreditBalanceApplied,
    on: date,
) -> CardLine:
    match event:
        case u.CardPaymentReceived(amount=freed):
            paid = credited(line, event, on, freed)
            return changed(paid, arrears=paid_to_plan(paid.arrears, on, event.paid))
        case u.CardRefundPosted(item=item, amount=freed):
            posted = tuple(
                changed(p, returned=p.returned + event.paid) if p.item == item else p
                for p in line.posted
            )
            plans = _refunded(line.plans, item, on, event.paid)
            return credited(changed(line, posted=posted, plans=plans), event, on, freed)
        case u.CreditBalanceApplied():
            book = taken(line.book, on, event.allocation)
            book = changed(book, credit_balance=book.credit_balance - event.paid)
            totals = changed(
                line.totals,
                revolving=line.totals.revolving - event.principal,
                interest=line.totals.interest - event.interest,
                fees=line.totals.fees - event.fees,
                credit=line.totals.credit - event.paid,
                unused=line.totals.unused - event.amount,
            )
            return changed(line, book=book, totals=totals)
        case _:
            assert_never(event)


def _refunded(plans: tuple[Plan, ...], item: str, on: date, amount: Money) -> tuple[Plan, ...]:
    """A refund counts for the plans that the item went into, each up to its principal (CC-08)."""
    left, after = amount, []
    for plan in plans:
        share = min(left, plan.refunded.open) if item in plan.items else ZERO
        left -= share
        after.append(changed(plan, refunds=(*plan.refunds, (on, share))) if share else plan)
    return tuple(after)


def paid_to_plan(arrears: Arrears, on: date, amount: Money) -> Arrears:
    """Payments count towards a personalised plan while it is kept (CC-13)."""
    if not arrears.plan_kept:
        return arrears
    return changed(arrears, plan_paid=(*arrears.plan_paid, (on, amount)))


def credited(line: CardLine, event: Credit, on: date, freed: Money) -> CardLine:
    """Book a credit that was allocated when it was decided (CC-10)."""
    parts = tuple((share.item, share.amount) for share in event.allocation)
    book = apply_credit(line.book, on, Allocated(parts, event.excess))
    totals = line.totals
    totals = changed(
        totals,
        revolving=totals.revolving - event.principal,
        interest=totals.interest - event.interest,
        fees=totals.fees - event.fees,
        credit=totals.credit + event.excess,
        unused=totals.unused + freed,
    )
    return touched(changed(line, book=book, totals=totals), on)


def taken(book: Book, on: date, shares: tuple[ItemShare, ...]) -> Book:
    """Items reduced without a credit being counted: own money, a plan, a dispute, a waiver."""
    return reduce_items(book, on, [(share.item, share.amount) for share in shares])
