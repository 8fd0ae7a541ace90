"""Late facts on a card (倒起息重算): all cuts from its value date on are recomputed.

Issued statements are not rewritten; what they should have charged and did not, or the other way
round, is posted in the next cut, in one event (section 0.6 of the card rules, GEN-05).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bankcore.aggregates.card_line import CARD, CardLine
from bankcore.aggregates.card_line import events_billing as b
from bankcore.aggregates.card_line import events_risk as r
from bankcore.aggregates.card_line.book_record import record_of
from bankcore.operations.cards.facts import fact_of, facts_of
from bankcore.operations.decision import Decision
from bankcore.operations.money import placeholders
from bankcore.rules.cards.book import Book
from bankcore.rules.cards.kinds import FEES, RECEIVABLE_INTEREST
from bankcore.rules.cards.statement import booked, cut_on
from bankcore.values.entry import Entry
from bankcore.values.money import ZERO, Money, total

INCOME = "6011.02"


@dataclass(frozen=True, slots=True)
class Replayed:
    """The book of today as if the bank had known, and the late charges of all cuts."""

    book: Book
    late: Money


def post_differences(d: Decision, card: str) -> None:
    """Restate the account when late facts came in since the last cut; none, no event."""
    line = d.need(CARD, card)
    if line.late_from is None or line.last_cut is None:
        return
    history = d.history(CARD, card)
    again = replayed(line, history)
    d.emit(CARD, card, _event(line, history, again))


def replayed(line: CardLine, history: Sequence[Entry[Any]]) -> Replayed:
    """Run all facts in value order through the cuts that were made, then those since."""
    cuts = [x.event.statement_date for x in history if isinstance(x.event, b.CardStatementIssued)]
    facts = sorted(facts_of(history), key=lambda pair: pair[0].on)
    book, late, done = Book(), ZERO, 0
    for cut in cuts:
        while done < len(facts) and facts[done][0].on <= cut:
            book = booked(book, facts[done][0], facts[done][1], line.terms)
            done += 1
        made = cut_on(book, cut, line.limit.permanent, line.terms)
        book, late = made.statement.book, late + made.late
    for fact, key in facts[done:]:
        book = booked(book, fact, key, line.terms)
    return Replayed(book, late)


def _event(line: CardLine, history: Sequence[Entry[Any]], again: Replayed) -> b.CardRestated:
    """What each receivable has too much, or too little, against the replayed book."""
    book, totals = again.book, line.totals
    interest = totals.interest - book.of_kinds(RECEIVABLE_INTEREST)
    fees = totals.fees - book.of_kinds(FEES - RECEIVABLE_INTEREST)
    principal = totals.revolving - book.principal
    excess = book.credit_balance - totals.credit
    fee = _late_billed(history) - again.late
    since = line.late_from
    return b.CardRestated(
        paid=principal + interest + fees + excess,
        principal=principal,
        interest=interest,
        fees=fees - fee,
        excess=excess,
        fee=fee,
        amount=principal + excess if line.has_line else ZERO,
        cause=tuple(x.id for x in history if since is not None and _is_late(line, x)),
        book=record_of(book),
        gl=placeholders(source=INCOME),
    )


def _is_late(line: CardLine, entry: Entry[Any]) -> bool:
    last, since = line.last_cut, line.late_from
    assert last is not None, "a restatement follows a cut"
    assert since is not None, "a restatement has a first day"
    if entry.booking_date <= last:
        return False
    if isinstance(entry.event, r.DisputeWon):
        return True
    return since <= entry.value_date <= last and fact_of(entry) is not None


def _late_billed(history: Sequence[Entry[Any]]) -> Money:
    """Late charges billed so far, earlier restatements taken off."""
    billed = [x.event.fee for x in history if isinstance(x.event, b.LateFeeCharged)]
    back = [x.event.fee for x in history if isinstance(x.event, b.CardRestated)]
    return total(billed) - total(back)
