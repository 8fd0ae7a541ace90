"""Late facts on a card (倒起息重算): all cuts from its value date on are recomputed.

Issued statements are not rewritten; what they should have charged and did not is posted in the
next cut, in one event (section 0.6 of the card rules, GEN-05).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from bankcore.aggregates.card_line import CARD, CardLine
from bankcore.aggregates.card_line import events_billing as b
from bankcore.aggregates.card_line import events_use as u
from bankcore.operations.cards.crediting import credit
from bankcore.operations.decision import Decision
from bankcore.operations.money import placeholders
from bankcore.rules.cards.book import Book
from bankcore.rules.cards.statement import Fact, booked, cut_on
from bankcore.values.entry import Entry
from bankcore.values.money import ZERO, Money, total

INCOME = "6011.02"


@dataclass(frozen=True, slots=True)
class Restated:
    """Interest and late charges of all cuts so far: as billed, and as they should have been."""

    billed: Money
    due: Money
    causes: tuple[str, ...]

    @property
    def difference(self) -> Money:
        """What is missing; negative when too much was billed."""
        return self.due - self.billed


def post_differences(d: Decision, card: str) -> None:
    """Post what late facts changed; nothing when none came in or they change nothing."""
    line = d.need(CARD, card)
    if line.late_from is None or line.last_cut is None:
        return
    found = restated(line, d.history(CARD, card))
    gap = found.difference
    if gap.minor > 0:
        adjusted = b.CardInterestAdjusted(
            item=f"adjusted-{d.day}", interest=gap, cause=found.causes, gl={}
        )
        d.emit(CARD, card, adjusted)
    elif gap.minor < 0:
        parts = credit(line, d.day, -gap)
        returned = b.CardInterestReturned(
            cause=found.causes, gl=placeholders(source=INCOME), **parts.fields()
        )
        d.emit(CARD, card, returned)


def restated(line: CardLine, history: Sequence[Entry[Any]]) -> Restated:
    """Run all facts in value order through the cuts that were made, and compare the charges."""
    cuts = [x.event for x in history if isinstance(x.event, b.CardStatementIssued)]
    facts = sorted(_facts(history), key=lambda pair: pair[0].on)
    book, due, done = Book(), ZERO, 0
    for cut in cuts:
        while done < len(facts) and facts[done][0].on <= cut.statement_date:
            book = booked(book, facts[done][0], facts[done][1], line.terms)
            done += 1
        made = cut_on(book, cut.statement_date, line.limit.permanent, line.terms)
        book, due = made.statement.book, due + made.retail + made.cash + made.late
    causes = tuple(
        x.id for x in history if line.late_from and _is_late(x, line.late_from, cuts[-1])
    )
    return Restated(_billed(history), due, causes)


def _is_late(entry: Entry[Any], since: date, last: b.CardStatementIssued) -> bool:
    late = since <= entry.value_date <= last.statement_date < entry.booking_date
    return late and fact_of(entry) is not None


def _facts(history: Sequence[Entry[Any]]) -> list[tuple[Fact, str]]:
    found = [(fact_of(x), x.id) for x in history]
    return [(fact, key) for fact, key in found if fact is not None]


def fact_of(entry: Entry[Any]) -> Fact | None:
    """A debit or credit as the rules replay it; None for what they derive themselves."""
    event, on = entry.event, entry.value_date
    match event:
        case u.CardTransactionPosted(amount=amount):
            return Fact(on, "purchase", amount)
        case u.CashAdvancePosted(amount=amount):
            return Fact(on, "cash", amount)
        case b.CardFeeCharged(kind=kind, fee=fee):
            return Fact(on, kind.value, fee)
        case u.CardPaymentReceived(paid=paid):
            return Fact(on, "payment", paid)
        case u.CardRefundPosted(paid=paid):
            return Fact(on, "refund", paid)
        case _:
            return None


def _billed(history: Sequence[Entry[Any]]) -> Money:
    amounts = []
    for entry in history:
        match entry.event:
            case b.CardInterestBilled(interest=m) | b.CardInterestAdjusted(interest=m):
                amounts.append(m)
            case b.LateFeeCharged(fee=m):
                amounts.append(m)
            case b.CardInterestReturned(paid=m):
                amounts.append(-m)
            case _:
                pass
    return total(amounts)
