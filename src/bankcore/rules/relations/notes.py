"""Visit note and follow-up (拜访记录与跟进), CRM-05: a note in time, each promise a task."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from bankcore.products.relation_terms import NoteTerms
from bankcore.values.calendar import Calendar


@dataclass(frozen=True, slots=True)
class Promise:
    """Something promised to a customer, with the day agreed or none."""

    id: str
    agreed: date | None = None


@dataclass(frozen=True, slots=True)
class Visit:
    """A visit that was held, when its note was written, what was promised and taken up."""

    held: date
    noted_on: date | None
    promises: Sequence[Promise] = ()
    follow_ups: Collection[str] = ()


@dataclass(frozen=True, slots=True)
class NoteDues:
    """The last day of the note, whether it is late, and each promise with its last day."""

    note_due: date
    note_late: bool
    follow_up_due: tuple[tuple[str, date], ...]
    without_follow_up: tuple[str, ...]
    rule: str = "CRM-05"


def note_dues(visit: Visit, as_of: date, terms: NoteTerms, calendar: Calendar) -> NoteDues:
    """When note and promises are due (CRM-05).

    An agreed day stands, also on a weekend; a promise without one has the days of the catalogue.
    """
    note_due = calendar.add_business_days(visit.held, terms.note_days)
    default = calendar.add_business_days(visit.held, terms.follow_up_days)
    return NoteDues(
        note_due=note_due,
        note_late=(visit.noted_on or as_of) > note_due,
        follow_up_due=tuple((p.id, p.agreed or default) for p in visit.promises),
        without_follow_up=tuple(p.id for p in visit.promises if p.id not in visit.follow_ups),
    )
