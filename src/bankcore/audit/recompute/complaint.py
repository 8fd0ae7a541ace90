"""Redress and due days of complaints derived again from their own inputs, CMP-04, CMP-07."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bankcore.aggregates.complaint import Complaint
from bankcore.aggregates.complaint import decision_events as m
from bankcore.aggregates.complaint import events as e
from bankcore.aggregates.complaint.decide import NOTHING, redress_of
from bankcore.values.entry import Entry


def decided(before: Complaint | None, entry: Entry[Any]) -> str | None:  # noqa: ARG001  # one shape
    """None when the redress follows from its basis, else what is wrong."""
    event = entry.event
    assert isinstance(event, m.ComplaintDecided), "registered for this event"
    owed = NOTHING if event.basis is None else redress_of(event.basis)
    if (event.difference, event.time_value) != (owed.difference, owed.time_value):
        return (
            f"redress {event.difference} + {event.time_value}, "
            f"recomputed {owed.difference} + {owed.time_value} by CMP-07"
        )
    if event.amount != owed.amount:
        return f"amount {event.amount}, its parts add up to {owed.amount} by CMP-07"
    if event.remainder != owed.remainder:
        return f"remainder {event.remainder}, recomputed {owed.remainder} by GEN-01"
    return None


def extended(before: Complaint | None, entry: Entry[Any]) -> str | None:
    """None when the new due day follows from the clock, else what is wrong."""
    event = entry.event
    assert isinstance(event, e.ComplaintExtended), "registered for this event"
    if before is None:
        return "extended before it was registered"
    due = replace(before, clock_stage=event.stage).clock(entry.booking_date).due
    return None if due == event.due else f"due {event.due}, recomputed {due} by CMP-04"
