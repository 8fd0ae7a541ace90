"""Complaint clocks (投诉时限): what is due by when, and how late it is, on any day.

Derived from the folded complaints, never recorded: a deadline that passes is a fact of the
calendar, not an event.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from bankcore.aggregates.complaint import COMPLAINT, Complaint
from bankcore.projections.states import States


@dataclass(frozen=True, slots=True, kw_only=True)
class ComplaintClock:
    """One complaint on a day.

    `due` is the last day of the reply in the stage reached (15, 30 or 60 days, CMP-04),
    `late_days` how many days after it the reply came or today is. `registered_late` and
    `acknowledged_late` count calendar days after the last day of CMP-01, 0 while in time.
    `review_due` stands while a review is open (CMP-05). `outcome` is empty before the decision.
    """

    complaint: str
    customer: str
    stage: str
    severity: str
    handler: str
    received: date
    clock_from: date
    clock_stage: str
    due: date
    replied_on: date | None
    late_days: int
    registered_late: int
    acknowledged_late: int
    review_due: date | None
    outcome: str
    running: bool


def complaint_clocks(states: States, on: date) -> Iterator[ComplaintClock]:
    """One row a complaint, in the order of their registration."""
    for stream, complaint in states.of(COMPLAINT):
        yield clock_row(stream, complaint, on)


def clock_row(stream: str, complaint: Complaint, on: date) -> ComplaintClock:
    """The clock of one complaint on a day."""
    clock = complaint.clock(on)
    running = complaint.replied_on is None and not complaint.ended
    return ComplaintClock(
        complaint=stream,
        customer=complaint.customer,
        stage=complaint.stage.value,
        severity=complaint.severity.value if complaint.severity else "",
        handler=complaint.handler,
        received=complaint.received,
        clock_from=complaint.clock_from,
        clock_stage=complaint.clock_stage.value,
        due=clock.due,
        replied_on=complaint.replied_on,
        late_days=clock.late_days,
        registered_late=_late(complaint.register_by, complaint.registered_on),
        acknowledged_late=_acknowledged_late(complaint, on),
        review_due=complaint.review_due,
        outcome=complaint.decided.outcome.value if complaint.decided else "",
        running=running,
    )


def _late(last_day: date, done: date) -> int:
    return max(0, (done - last_day).days)


def _acknowledged_late(complaint: Complaint, on: date) -> int:
    end = complaint.acknowledged_on or complaint.ended_on or on
    return _late(complaint.acknowledge_by, end)


def overdue(states: States, on: date) -> list[ComplaintClock]:
    """The complaints that wait for a reply after their last day, the longest first."""
    rows = [row for row in complaint_clocks(states, on) if row.running and row.late_days]
    return sorted(rows, key=lambda row: (-row.late_days, row.complaint))
