"""Fold of what the watch for cashing out looks at (套现监测), CC-14."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, Final, assert_never

from bankcore.aggregates.card_line import events_watch as w
from bankcore.aggregates.card_line.state import CardLine
from bankcore.aggregates.card_line.watch import Alert, Seen
from bankcore.values.changing import changed
from bankcore.values.entry import Entry
from bankcore.values.money import Money

_KEPT: Final = timedelta(days=366)
"""Longer than any period that CC-14 looks back over."""
_NOON: Final = 12
"""The hour of a purchase whose time nobody told: no sign of anything."""


def fold_watch(line: CardLine, event: w.WatchEvent, _entry: Entry[w.WatchEvent]) -> CardLine:
    """Fold one event; total."""
    match event:
        case w.CashOutAlertRaised(as_of=on, score=score):
            return changed(line, watch=changed(line.watch, alert=Alert(on, score)))
        case w.CashOutAlertReviewed():
            alert = line.watch.alert
            reviewed = None if alert is None else changed(alert, reviewed=True)
            return changed(line, watch=changed(line.watch, alert=reviewed))
        case _:
            assert_never(event)


def swiped(line: CardLine, entry: Entry[Any]) -> CardLine:
    """A purchase is looked at in the evening."""
    event, on = entry.event, entry.value_date
    hour = _NOON if entry.at is None else int(entry.at[:2])
    seen = Seen(on, hour, event.merchant, event.category, event.amount)
    kept = tuple(x for x in line.watch.seen if x.on > on - _KEPT)
    return _looked_at(line, entry, (*kept, seen), line.watch.paid)


def paid_in(line: CardLine, entry: Entry[Any]) -> CardLine:
    """So is a payment."""
    on = entry.value_date
    kept = tuple(x for x in line.watch.paid if x[0] > on - _KEPT)
    return _looked_at(line, entry, line.watch.seen, (*kept, (on, entry.event.paid)))


def _looked_at(
    line: CardLine, entry: Entry[Any], seen: Iterable[Seen], paid: Iterable[tuple[date, Money]]
) -> CardLine:
    watch = changed(line.watch, on=entry.booking_date, seen=tuple(seen), paid=tuple(paid))
    return changed(line, watch=watch)
