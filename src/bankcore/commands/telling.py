"""Entries as JSON objects, for every command that tells events."""

from __future__ import annotations

from typing import Any

from bankcore.commands.options import View
from bankcore.projections.sentences import sentence
from bankcore.values.declare import EVENTS
from bankcore.values.entry import Entry


def told(entry: Entry[Any], view: View) -> dict[str, object]:
    """An entry as a JSON object: envelope, event by name and fields, and its sentence."""
    info = EVENTS[type(entry.event)]
    return {
        "position": entry.position,
        "id": entry.id,
        "event": info.name,
        "booking_date": entry.booking_date,
        "value_date": entry.value_date,
        "actor": entry.actor.id,
        "role": entry.actor.role,
        "command_id": entry.command_id,
        "sentence": sentence(entry, view.lang),
        "fields": entry.event,
    }
