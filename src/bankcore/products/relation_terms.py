"""Terms of customer relations (客户关系参数): cadence, contact caps and notes, CRM-04, CRM-05."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time

from bankcore.products.catalogue import Catalogue

CLASSES = ("high", "mid", "low")


@dataclass(frozen=True, slots=True)
class ContactTerms:
    """CRM-04: days between contacts by class; caps as (days, contacts); hours, both inclusive."""

    cadence_days: Mapping[str, int]
    weekly: tuple[int, int]
    monthly: tuple[int, int]
    earliest: time
    latest: time


@dataclass(frozen=True, slots=True)
class NoteTerms:
    """CRM-05: working days for the note, and for a promise without an agreed day."""

    note_days: int
    follow_up_days: int


def contact_terms(catalogue: Catalogue, on: date) -> ContactTerms:
    """The terms of CRM-04 in force on a day."""
    key = "relation.contact"
    return ContactTerms(
        cadence_days={c: catalogue.number(f"{key}.cadence_days.{c}", on) for c in CLASSES},
        weekly=(
            catalogue.number(f"{key}.weekly_days", on),
            catalogue.number(f"{key}.weekly_cap", on),
        ),
        monthly=(
            catalogue.number(f"{key}.monthly_days", on),
            catalogue.number(f"{key}.monthly_cap", on),
        ),
        earliest=time.fromisoformat(catalogue.text(f"{key}.earliest", on)),
        latest=time.fromisoformat(catalogue.text(f"{key}.latest", on)),
    )


def note_terms(catalogue: Catalogue, on: date) -> NoteTerms:
    """The terms of CRM-05 in force on a day."""
    return NoteTerms(
        note_days=catalogue.number("relation.note_days", on),
        follow_up_days=catalogue.number("relation.follow_up_days", on),
    )
