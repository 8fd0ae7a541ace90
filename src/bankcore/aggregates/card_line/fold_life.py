"""Fold of the life of the line (发卡、额度、止付、销户)."""

from __future__ import annotations

from typing import assert_never

from bankcore.aggregates.card_line import events_life as e
from bankcore.aggregates.card_line.state import Autopay, CardLine, Plastic, Stage
from bankcore.rules.cards.limits import Limit
from bankcore.values.changing import changed
from bankcore.values.entry import Entry


def fold_life(line: CardLine, event: e.LifeEvent, entry: Entry[e.LifeEvent]) -> CardLine:
    """Fold one event; total."""
    on = entry.booking_date
    match event:
        case e.CardIssued():
            plastic = Plastic(
                number=event.number, holder=event.holder, expires=event.expires, issued_on=on
            )
            return changed(
                line,
                stage=Stage.ISSUED,
                plastic=plastic,
                agreement=event.terms,
                limit=Limit(permanent=event.limit),
                totals=changed(line.totals, unused=line.totals.unused + event.limit),
            )
        case e.CardDelivered(what="card"):
            return changed(line, stage=Stage.DELIVERED)
        case e.CardActivated():
            plastic = changed(line.plastic, activated_on=on)
            return changed(line, stage=Stage.ACTIVE, plastic=plastic, last_activity=on)
        case e.CardCancelled(limit=limit):
            plastic = changed(line.plastic, cancelled_on=on)
            unused = line.totals.unused + limit
            return changed(
                line,
                stage=Stage.CANCELLED,
                plastic=plastic,
                totals=changed(line.totals, unused=unused),
            )
        case e.CardLineClosed():
            return changed(line, stage=Stage.CLOSED, next_cut=None)
        case e.CardDelivered() | e.CardholderBriefed():
            return line
        case _:
            return _changed(line, event)


def _changed(line: CardLine, event: e.ChangeEvent) -> CardLine:
    match event:
        case e.CardBlocked() | e.CardUnblocked() | e.NewUseFrozen():
            return _stopped(line, event)
        case e.CreditLimitAdjusted(new=new, limit=difference):
            totals = changed(line.totals, unused=line.totals.unused + difference)
            return changed(line, limit=changed(line.limit, permanent=new), totals=totals)
        case e.TemporaryLimitGranted(increase=increase, since=since, until=until):
            limit = changed(line.limit, increase=increase, increase_from=since, increase_to=until)
            return changed(line, limit=limit)
        case e.StatementDayChanged(day=day, since=since):
            assert line.agreement is not None, "only an issued card has a statement day"
            agreement = changed(line.agreement, statement_day=day)
            return changed(line, agreement=agreement, statement_day_changed=since)
        case e.CardAutopaySet(account=account, mode=mode):
            return changed(line, autopay=Autopay(account, mode))
        case e.DueReminderSent(statement=statement, kind=kind):
            return changed(line, reminders=(*line.reminders, (statement, kind)))
        case _:
            assert_never(event)


def _stopped(line: CardLine, event: e.CardBlocked | e.CardUnblocked | e.NewUseFrozen) -> CardLine:
    match event:
        case e.CardBlocked(kind=kind):
            return changed(line, blocks=(*(b for b in line.blocks if b != kind), kind))
        case e.CardUnblocked(kind=kind):
            return changed(line, blocks=tuple(b for b in line.blocks if b != kind))
        case e.NewUseFrozen():
            return changed(line, new_use_frozen=True)
        case _:
            assert_never(event)
