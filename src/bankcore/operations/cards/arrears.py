"""Arrears of a card (逾期): past-due roll, blocks, reminders, lapses; steps 20, 260, 280."""

from __future__ import annotations

from typing import Final

from bankcore.aggregates.card_line import CARD, CardLine
from bankcore.aggregates.card_line import events_life as life
from bankcore.aggregates.card_line import events_risk as e
from bankcore.aggregates.card_line import events_use as u
from bankcore.aggregates.card_line.decide import overdue
from bankcore.aggregates.guard import GUARD
from bankcore.aggregates.guard.events import ExposureReleased
from bankcore.operations.cards import points
from bankcore.operations.cards.application import exposure_key
from bankcore.operations.decision import Decision
from bankcore.values.money import ZERO
from bankcore.values.streams import Due


def roll_past_due(d: Decision, due: Due) -> None:
    """Step 260: book the bucket of today; block from 31 days, cancel the card from 91 (CC-12)."""
    card = due.stream
    line = d.need(CARD, card)
    late = overdue(line, d.day)
    if late.bucket == line.arrears.bucket or not late.dpd:
        return
    rolled = e.CardBecamePastDue(bucket=late.bucket, dpd=late.dpd, past_due=late.amount)
    d.emit(CARD, card, rolled)
    hard = d.catalogue.number("card.hard_block_from", d.day)
    if late.dpd >= hard and "overdue" not in line.blocks:
        d.emit(CARD, card, life.CardBlocked(kind="overdue", reason=f"{late.dpd} days past due"))
    if late.dpd >= d.catalogue.number("card.cancel_from", d.day) and line.has_line:
        cancel_card(d, card, "overdue")


def cancel_card(d: Decision, card: str, reason: str) -> None:
    """No card any more: the unused line and the reserved exposure end, debts stay."""
    line = d.need(CARD, card)
    cancelled = life.CardCancelled(
        number=line.plastic.number, reason=reason, limit=-line.totals.unused, gl={}
    )
    d.emit(CARD, card, cancelled)
    points.end_with_card(d, card)
    granted = line.limit.permanent
    released = ExposureReleased(contract=CARD.stream(card), amount=granted)
    d.emit(GUARD, exposure_key(line.customer), released)


def never_activated(d: Decision, due: Due) -> None:
    """Step 260: a card that nobody activated in time is cancelled (CC-01)."""
    cancel_card(d, due.stream, "never_activated")


def lapse(d: Decision, due: Due) -> None:
    """Step 20: a hold that was never posted ends."""
    d.emit(CARD, due.stream, u.CardAuthorisationLapsed(authorisation=due.contract))


def remind(d: Decision, due: Due) -> None:
    """Step 280: the reminder before the due date, once a statement."""
    line = d.need(CARD, due.stream)
    if wants_reminder(line, "before") and line.book.standing is not None:
        sent = life.DueReminderSent(
            statement=line.book.standing.statement_date, kind="before", channel="sms"
        )
        d.emit(CARD, due.stream, sent)


def wants_reminder(line: CardLine, kind: str) -> bool:
    """True when the last statement is not paid and this reminder was not sent for it."""
    last = line.book.standing
    if last is None or (last.statement_date, kind) in line.reminders:
        return False
    paid = sum(m.minor for _, m in line.book.credits)
    return last.balance.minor - paid > ZERO.minor


STEPS: Final = {
    "card_past_due": roll_past_due,
    "card_never_activated": never_activated,
    "card_authorisation_lapse": lapse,
    "card_reminder": remind,
}
