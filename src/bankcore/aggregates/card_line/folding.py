"""The fold of the card line (信用卡状态折叠): total, refuses nothing; a function a chapter."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, get_args

from bankcore.aggregates.card_line.events import CardEvent
from bankcore.aggregates.card_line.events_application import ApplicationEvent
from bankcore.aggregates.card_line.events_billing import BillingEvent, PlanEvent
from bankcore.aggregates.card_line.events_life import LifeEvent
from bankcore.aggregates.card_line.events_risk import DisputeEvent, RiskEvent
from bankcore.aggregates.card_line.events_use import UseEvent
from bankcore.aggregates.card_line.events_watch import WatchEvent
from bankcore.aggregates.card_line.fold_application import fold_application
from bankcore.aggregates.card_line.fold_billing import fold_billing
from bankcore.aggregates.card_line.fold_life import fold_life
from bankcore.aggregates.card_line.fold_plans import fold_plan
from bankcore.aggregates.card_line.fold_risk import fold_dispute, fold_risk
from bankcore.aggregates.card_line.fold_use import fold_use
from bankcore.aggregates.card_line.fold_watch import fold_watch
from bankcore.aggregates.card_line.state import CardLine
from bankcore.values.changing import changed
from bankcore.values.entry import Entry

Fold = Callable[[CardLine, Any, Entry[Any]], CardLine]


def _chapter(events: Any, fold: Fold) -> dict[type, Fold]:
    return dict.fromkeys(get_args(events), fold)


FOLDS: Final[dict[type, Fold]] = {
    **_chapter(ApplicationEvent, fold_application),
    **_chapter(LifeEvent, fold_life),
    **_chapter(UseEvent, fold_use),
    **_chapter(BillingEvent, fold_billing),
    **_chapter(PlanEvent, fold_plan),
    **_chapter(RiskEvent, fold_risk),
    **_chapter(DisputeEvent, fold_dispute),
    **_chapter(WatchEvent, fold_watch),
}
"""One fold for each event class; that none is missing is a test."""


def evolve(state: CardLine | None, entry: Entry[CardEvent]) -> CardLine:
    """Fold one event; total."""
    line = changed(state or CardLine(), last_booking=entry.booking_date)
    return FOLDS[type(entry.event)](line, entry.event, entry)
