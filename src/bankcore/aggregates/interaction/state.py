"""State of the interaction: who talks, whether it goes on, what may still be put right."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time

from bankcore.aggregates.interaction import advice_events as a
from bankcore.aggregates.interaction import events as e
from bankcore.rules.relations.contact import Purpose
from bankcore.values.changing import changed
from bankcore.values.entry import Entry


@dataclass(frozen=True, slots=True)
class Interaction:
    """One talk; `topics` are those that the customer was asked about and answered."""

    customer: str = ""
    channel: str = ""
    is_open: bool = False
    topics: frozenset[str] = frozenset()
    grievances: frozenset[str] = frozenset()
    quotes: frozenset[str] = frozenset()
    recommendations: frozenset[str] = frozenset()
    marketing: tuple[datetime, ...] = ()


def evolve(state: Interaction | None, entry: Entry[e.InteractionEvent]) -> Interaction:
    """Fold one event; total. Most events are kept for what they prove and change no state."""
    talk, event = state or Interaction(), entry.event
    match event:
        case e.InteractionOpened(customer=customer, channel=channel):
            return changed(talk, customer=customer, channel=channel, is_open=True)
        case e.InteractionClosed():
            return changed(talk, is_open=False)
        case e.CustomerAnswered(topic=topic):
            return changed(talk, topics=talk.topics | {topic})
        case e.GrievanceVoiced(grievance=grievance):
            return changed(talk, grievances=talk.grievances | {grievance})
        case e.GrievanceResolvedOnTheSpot(grievance=grievance):
            return changed(talk, grievances=talk.grievances - {grievance})
        case e.NotificationSent(purpose=Purpose.MARKETING):
            sent = datetime.combine(entry.booking_date, time())
            return changed(talk, marketing=(*talk.marketing, sent))
        case a.QuoteGiven(quote=quote):
            return changed(talk, quotes=talk.quotes | {quote})
        case a.ProductRecommended():
            return changed(talk, recommendations=talk.recommendations | {entry.id})
        case a.RecommendationWithdrawn(recommendation=gone):
            return changed(talk, recommendations=talk.recommendations - {gone})
        case _:
            return talk
