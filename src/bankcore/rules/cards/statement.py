"""The statement cut (出账单): test of the last statement, interest, late charge, new balance.

Puts CC-02 to CC-06 together in the order of the rules: the tolerance test first, then the cut.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bankcore.rules.cards.book import (
    Book,
    Debit,
    Item,
    Phase,
    Standing,
    add_debit,
    allocation_of,
    apply_credit,
    eaten,
    is_decided,
    reduce_items,
    relieve,
)
from bankcore.rules.cards.buckets import QueueEntry
from bankcore.rules.cards.cycle import statement_after
from bankcore.rules.cards.interest import (
    CardInterest,
    DayRate,
    InterestMode,
    after_test,
    interest_until,
    tested,
)
from bankcore.rules.cards.kinds import ItemKind
from bankcore.rules.cards.late_charge import LateCharge, LateTerms, late_charge
from bankcore.rules.cards.minimum import Earlier, MinimumPayment, MinimumTerms, minimum_payment
from bankcore.rules.cards.tolerance import Tested, ToleranceTerms
from bankcore.values.money import ZERO, Money, total


@dataclass(frozen=True, slots=True, kw_only=True)
class CardTerms:
    """What was agreed for a card account: days, tolerance, interest, minimum, late charge."""

    statement_day: int
    due_offset: int
    mode: InterestMode
    compound: bool
    rates: tuple[DayRate, ...]
    minimum: MinimumTerms
    late: LateTerms
    tolerance_days: int

    @property
    def tolerance(self) -> ToleranceTerms:
        """Days and amount of CC-06."""
        return ToleranceTerms(days=self.tolerance_days, amount=self.late.tolerance)


@dataclass(frozen=True, slots=True)
class Charges:
    """What the close of a cycle finds before anything is posted: test, interest, late charge.

    `book` is the book after the test: items of an unpaid statement bear interest now.
    """

    book: Book
    tested: Tested | None
    interest: tuple[CardInterest, ...]
    late: LateCharge | None


def charges_of_cut(book: Book, day: date, terms: CardTerms) -> Charges:
    """The test of the last statement and what it brings about, at the cut of `day`.

    Interest counts every day not yet counted before `day`; the late charge goes with a failed
    minimum and is posted in this cut.
    """
    result = tested(book, terms.tolerance)
    after = after_test(book, result, terms.mode)
    interest = tuple(interest_until(after, day, terms.rates))
    late = None
    if result is not None and book.standing is not None:
        late = late_charge(book.standing.at_test[1], result.paid, terms.late)
    return Charges(after, result, interest, late)


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement: its dates, the minimum payment, and the book at its close."""

    statement_date: date
    due_date: date
    payment: MinimumPayment
    book: Book


def close_cycle(book: Book, day: date, limit: Money, terms: CardTerms) -> Statement:
    """Bill every open item on `day`, fix balance and minimum, start the next cycle.

    `book` is the tested book with interest and charges of this cut posted. Paid and counted
    items leave it.
    """
    last = book.standing
    since = total([m for _, m in book.credits])
    earlier = Earlier(
        minimum=last.minimum if last else ZERO,
        purchase_share=last.purchase_share if last else ZERO,
        credits_since=since,
    )
    payment = minimum_payment(book.owed, limit, earlier, terms.minimum)
    due = day + timedelta(days=terms.due_offset)
    standing = Standing(
        statement_date=day,
        due_date=due,
        balance=payment.balance,
        minimum=payment.minimum.amount,
        purchase_share=payment.purchase_share,
    )
    fresh = max(ZERO, payment.minimum.amount - earlier.unpaid)
    closed = replace(
        book,
        items=tuple(billed_item(i, day) for i in book.items if i.outstanding),
        standing=standing,
        credits=(),
        queue=queued(book.queue, QueueEntry(day, due, fresh)),
    )
    return Statement(day, due, payment, closed)


def queued(queue: Sequence[QueueEntry], entry: QueueEntry) -> tuple[QueueEntry, ...]:
    """The past-due queue (CC-12) with one more statement; entries paid in full leave it."""
    return tuple(e for e in (*queue, entry) if e.open)


def billed_item(item: Item, day: date) -> Item:
    """An item as it stands on the statement of `day`; what was counted need not be kept."""
    if item.phase is Phase.BEARING:
        start = max(item.start, day)
        balances = (
            *((start, item.owed_on(start).minor),),
            *((d, m) for d, m in item.balances if d > start),
        )
        return replace(item, billed=True, start=start, balances=balances)
    if item.statement is None:
        owed = item.outstanding
        return replace(item, billed=True, statement=day, billed_amount=owed)
    return replace(item, billed=True)


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that happened on an account: a debit of a kind, a `payment`, a `refund`.

    A `plan` takes its `shares` (item, amount) out of the items and out of the last statement, a
    `waiver` out of the items; a `withdrawal` takes credit balance out.
    """

    on: date
    kind: str
    amount: Money
    shares: tuple[tuple[str, Money], ...] = ()


@dataclass(frozen=True, slots=True)
class Cut:
    """One statement of a run with what was posted in it."""

    statement: Statement
    retail: Money
    cash: Money
    late: Money


def run(
    terms: CardTerms, limit: Money, facts: Iterable[Fact], first: date, last: date
) -> list[Cut]:
    """Replay facts through statements from `first` to `last`, each posting its charges.

    Facts of one day are taken in their order; everything up to `first` belongs to it.
    """
    ordered = sorted(facts, key=lambda fact: fact.on)
    book, cuts, day, done = Book(), [], first, 0
    while day <= last:
        while done < len(ordered) and ordered[done].on <= day:
            book = booked(book, ordered[done], f"{done + 1}", terms)
            done += 1
        cut = cut_on(book, day, limit, terms)
        cuts.append(cut)
        book, day = cut.statement.book, statement_after(day, terms.statement_day)
    return cuts


def booked(book: Book, fact: Fact, key: str, terms: CardTerms) -> Book:
    """Book one fact: a credit is allocated by CC-10, a debit eats credit balance first."""
    if fact.kind == "withdrawal":
        return replace(book, credit_balance=book.credit_balance - fact.amount)
    if fact.kind in {"plan", "waiver"}:
        billed = {item.id for item in book.items if item.billed}
        freed = total([m for item, m in fact.shares if item in billed])
        decided = is_decided(book, fact.on, terms.tolerance.days)
        return relieve(reduce_items(book, fact.on, fact.shares), freed, decided=decided)
    if fact.kind in {"payment", "refund"}:
        allocated = allocation_of(book, fact.on, fact.amount, terms.tolerance)
        return apply_credit(book, fact.on, allocated)
    debit = Debit(
        id=key,
        kind=ItemKind(fact.kind),
        on=fact.on,
        amount=fact.amount,
        from_credit=eaten(book, fact.amount),
    )
    return add_debit(book, debit, compound=terms.compound)


def cut_on(book: Book, day: date, limit: Money, terms: CardTerms) -> Cut:
    """Test, post interest and late charge, close the cycle: one whole statement day."""
    charges = charges_of_cut(book, day, terms)
    late = charges.late.charge.amount if charges.late else ZERO
    posted = charges.book
    posts = [(ItemKind.LATE_FEE, f"late-{day}", late)]
    posts += [
        (ItemKind.INTEREST, f"interest-{day}-{c.group}", c.interest.amount)
        for c in charges.interest
    ]
    for kind, name, amount in posts:
        debit = Debit(
            id=name,
            kind=kind,
            on=day,
            amount=amount,
            from_credit=eaten(posted, amount),
        )
        posted = add_debit(posted, debit, compound=terms.compound)
    retail, cash = (c.interest.amount for c in charges.interest)
    return Cut(close_cycle(posted, day, limit, terms), retail, cash, late)
